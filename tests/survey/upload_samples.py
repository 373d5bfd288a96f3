"""A small barometer, and files as somebody might send them on the pages of the editing environment."""

from pathlib import Path
from typing import Any

from answer_files import CODEBOOK, HEADER, csv_text
from barometer_factories import make_indicator
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import make_concept

#: Everybody gives the same answers, and there are enough of them to be shown.
ROWS = [
    [str(100 + number), "15-02-2021 08:00", "15-02-2021 08:20", "Voltooid", "1", "1", "1", "0", "3", ""]
    for number in range(24)
]
LIST = "/beheer/antwoorden-invoeren/"
NEW = f"{LIST}nieuw/"


def make_small_barometer(settings: Any, folder: Path) -> None:
    """What the small questionnaire needs, and a folder where files may wait."""
    settings.SURVEY_UPLOAD_DIR = folder / "wacht"
    make_concept("sector/gemeenten")
    make_concept("sector/zelfstandige-bestuursorganen")
    make_indicator("klimaatscore")
    for group in ("beperkt", "gemiddeld", "krachtig"):
        make_concept(f"klimaatgroep/{group}")
        make_indicator(f"klimaatgroep-{group}")


def csv_upload(rows: list[list[str]] | None = None, name: str = "antwoorden.csv") -> SimpleUploadedFile:
    """A file with these answers."""
    return SimpleUploadedFile(name, csv_text([HEADER, *(ROWS if rows is None else rows)]).encode())


def codebook_upload(text: str = CODEBOOK) -> SimpleUploadedFile:
    """A file with this codebook."""
    return SimpleUploadedFile("codeboek.csv", text.encode())


def filled_in(**fields: Any) -> dict[str, Any]:
    """What somebody fills in; a field that is None is left alone."""
    given = {"answers": csv_upload(), "codebook": codebook_upload(), "edition": "proef"} | fields
    return {name: value for name, value in given.items() if value is not None}


def text_of(response: Any) -> str:
    """The page with single spaces."""
    return " ".join(response.content.decode().split())

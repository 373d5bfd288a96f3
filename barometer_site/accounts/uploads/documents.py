"""Documents: what they are, and whether they hold something that runs or calls elsewhere.

This looks for what is known to do harm in the formats that editors upload. It is no virus scanner.
"""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError

from .packages import check_package
from .pdf import check_pdf
from .refusal import RefusedError

#: How a file starts that a browser could take for a page.
PAGE_STARTS = (b"<", b"%pdf", b"pk\x03\x04")


def check_document(file: Any) -> None:
    """Raise a ValidationError in plain Dutch, for the field, when the file is not what its name says or not safe."""
    extension = PurePath(file.name).suffix.lower().lstrip(".")
    file.seek(0)
    try:
        if extension == "pdf":
            check_pdf(file.read())
        elif extension == "csv":
            _check_csv(file.read())
        else:
            check_package(file, extension)
    except RefusedError as error:
        raise ValidationError(str(error), code="unsafe_document") from error
    finally:
        file.seek(0)


def _check_csv(data: bytes) -> None:
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(PAGE_STARTS) or b"\0" in data:
        raise RefusedError(
            "Dit is geen csv-bestand, al heet het zo. Bewaar het opnieuw als csv en probeer het nog eens."
        )
    lowered = data.lower()
    if b"<script" in lowered or b"<html" in lowered:
        raise RefusedError("In dit csv-bestand staat een stuk webpagina. Haal dat eruit en probeer het nog eens.")

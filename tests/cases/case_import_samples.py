"""Files with cases as people send them, and what an import does with them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from cases import exports
from cases.importing.checking import Checked, check
from cases.importing.plan import Told
from cases.importing.preview import LISTED, page_of
from cases.importing.writing import Choices, Outcome, take_over
from cases.models import CasePage

#: What a new case needs.
NEW = {"titel": "Een drone boven zee", "uitkomst": "geslaagd", "samenvatting": "Een drone telt zeehonden."}


def json_lines(folder: Path, *rows: dict[str, Any]) -> Path:
    """A file with a case on each line."""
    return written(folder, "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))


def csv_file(folder: Path, *rows: dict[str, Any], delimiter: str = ",") -> Path:
    """A file with a header and a case on each row."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return written(folder, out.getvalue())


def xlsx_file(folder: Path, *rows: dict[str, Any]) -> Path:
    """A workbook with a header and a case on each row."""
    book = Workbook()
    for line in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(line)
    path = folder / "casussen.bestand"
    book.save(path)
    return path


def written(folder: Path, content: str | bytes) -> Path:
    """A file with this in it."""
    path = folder / "casussen.bestand"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def exported(folder: Path, extension: str) -> Path:
    """The export of the whole catalogue."""
    pks = list(CasePage.objects.published().order_by("pk").values_list("pk", flat=True))
    parts = exports.as_file(extension, exports.rows(pks))
    return written(folder, b"".join(part.encode() if isinstance(part, str) else part for part in parts))


def looked_at(path: Path) -> Checked:
    """The file is checked; what the preview shows stands in the folder `beside`."""
    return check(path, beside(path))


def beside(path: Path) -> Path:
    """Where the preview of a file is kept."""
    folder = path.parent / "kijk"
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        if left.name == "fouten.csv":
            left.unlink()
    return folder


def preview(path: Path) -> dict[int, Told]:
    """The rows that do anything, by their number."""
    looked_at(path)
    return {row.number: row for name in LISTED for row in page_of(path.parent / "kijk", name, 1)}


def imported(path: Path, *, only_good_rows: bool = False, publish: bool = True, user: Any = None) -> Outcome:
    """The file is checked and taken over."""
    looked_at(path)
    return take_over(path.parent / "kijk", Choices(only_good_rows, publish, user), lambda share, text: None)


def mistake(path: Path) -> str:
    """The only mistake of the only wrong row, in words."""
    found = looked_at(path).mistakes.told
    assert len(found) == 1, found
    return str(found[0])

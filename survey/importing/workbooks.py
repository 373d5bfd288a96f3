"""XLSX as lines of comma separated text, so that the rest of the import knows one kind of table."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from .mistakes import refused

#: Bytes after unpacking; what is larger is refused unread.
LARGEST_UNPACKED = 3 * 1024**3
#: Bytes of everything but the sheets: openpyxl holds it in memory.
LARGEST_PART = 128 * 1024**2
#: A spreadsheet of answers shrinks to a tenth; one that was made to fill a disk shrinks to a thousandth.
GREATEST_RATIO = 150
SMALL = 16 * 1024**2
#: As many rows as a spreadsheet has.
MOST_ROWS = 1_048_576
#: As many columns as are searched for a header.
MOST_COLUMNS = 2_000
#: Rows at a time.
ROWS = 20_000

_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    DefusedXmlException,
    ParseError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
)
_NO_WORKBOOK = "Dit bestand is geen XLSX of is beschadigd. Open het in een spreadsheet en bewaar het opnieuw als XLSX."


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheet with the header."""

    path: Path
    sheet: str
    first_lines: list[str]
    rows: int

    @classmethod
    def opened(cls, path: Path, fit: Callable[[list[str]], int], first: int) -> "Workbook":
        """The sheet whose first lines fit best; a hidden one only where nothing that can be seen fits.

        Two that fit equally well are refused: nobody can tell which has the answers.
        """
        _refuse_bomb(path)
        found: list[tuple[tuple[bool, int], Workbook]] = []
        with _book(path) as book:
            for sheet in book.worksheets:
                rows = sheet.max_row or 0
                lines = [_line(row) for row in islice(_rows(sheet, MOST_COLUMNS), first)]
                fits = fit(lines)
                is_seen = sheet.sheet_state == "visible"
                found.append(((is_seen and fits > 1, fits), cls(path, sheet.title, lines, rows)))
        if not found:
            raise refused("Dit XLSX-bestand heeft geen tabblad met een tabel.")
        best = max(rank for rank, _ in found)
        same = [book for rank, book in found if rank == best]
        if best[1] and len(same) > 1:
            names = " en ".join(f"‘{book.sheet}’" for book in same[:5])
            raise refused(f"Deze tabbladen hebben dezelfde kolommen: {names}. Bewaar alleen het tabblad dat telt.")
        return same[0]

    def chunks(self, width: int) -> Iterator[tuple[bytes, float]]:
        """Lines, many at a time, with how far we are."""
        done = 0
        with _book(self.path) as book:
            rows = _rows(book[self.sheet], width + 20)
            while some := list(islice(rows, ROWS)):
                done += len(some)
                yield "".join(f"{_line(row, width)}\n" for row in some).encode(), min(1.0, done / max(self.rows, done))

    def cells(self, width: int) -> Iterator[tuple[tuple[str, ...], float]]:
        """The cells of each row as they were typed, the line ends within them too, with how far we are."""
        with _book(self.path) as book:
            for done, row in enumerate(_rows(book[self.sheet], width + 20), 1):
                yield row, min(1.0, done / max(self.rows, done))


@contextmanager
def _book(path: Path) -> Iterator[Any]:
    """Opened as a stream: the name of an upload need not end in .xlsx."""
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # about styles and validation, which we don't read
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except _BROKEN as error:
            raise refused(_NO_WORKBOOK) from error
        try:
            yield book
        finally:
            book.close()


def _rows(sheet: Any, width: int) -> Iterator[tuple[Any, ...]]:
    """The cells of each row as far as they are filled; what the sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=width)
    while True:
        try:
            row = next(rows, None)
            if row is None:
                return
            cells = [_text(cell) for cell in row]
        except _BROKEN as error:
            raise refused(_NO_WORKBOOK) from error
        yield tuple(cells)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":  # never the result that was stored with it
        text = str(getattr(value, "text", None) or value)
        return text if text.startswith("=") else f"={text}"
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\0", " ")


def _line(cells: tuple[str, ...], at_least: int = 0) -> str:
    """The cells without the empty ones after the last filled one, but so many at least."""
    filled = len(cells)
    while filled > at_least and not cells[filled - 1]:
        filled -= 1
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([" ".join(cell.splitlines()) for cell in cells[:filled]])
    return out.getvalue()


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            infos = parts.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise refused(_NO_WORKBOOK) from error
    names = {info.filename for info in infos}
    if not any(name.startswith("xl/") for name in names):
        raise refused("Dit is een ingepakt bestand of een ander soort document. Pak het uit, of bewaar het als XLSX.")
    if any(info.flag_bits & 1 for info in infos):
        raise refused("Dit bestand heeft een wachtwoord. Haal dat er eerst af.")
    unpacked = sum(info.file_size for info in infos)
    others = sum(info.file_size for info in infos if not info.filename.startswith("xl/worksheets/"))
    ratio = unpacked / max(1, path.stat().st_size)
    if unpacked > LARGEST_UNPACKED or others > LARGEST_PART or (unpacked > SMALL and ratio > GREATEST_RATIO):
        raise refused(
            f"Dit bestand wordt bij het uitpakken veel te groot ({unpacked / 1024**2:.0f} MB). Bewaar de tabel als CSV."
        )

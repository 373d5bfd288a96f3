"""Opening a table that somebody sends: which kind of file, which encoding, which delimiter, where the header is.

Everything after this module sees one dialect: UTF-8, lines that end in a newline, quotes as in RFC 4180.
"""

import codecs
import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from .encodings import CHUNK, utf8_chunks
from .mistakes import refused
from .workbooks import Workbook

#: Bytes. Larger than any questionnaire; what is larger is refused unread.
LARGEST_FILE = 2 * 1024**3
#: The header stands within so many rows.
HEADER_WITHIN = 60
DELIMITERS = (";", ",", "\t", "|")

OTHER_QUESTIONNAIRE = (
    "Geen van de kolommen uit het codeboek staat in dit bestand. Is dit het bestand van een andere vragenlijst? "
    "Kies het goede bestand of het goede codeboek."
)
_SAVE_AS = "Bewaar het als CSV of als XLSX."
#: How files begin that are not a table.
_SIGNATURES = {
    b"%PDF": f"Dit is een PDF, geen tabel. {_SAVE_AS}",
    b"\x89PNG": "Dit is een afbeelding, geen tabel.",
    b"\xff\xd8\xff": "Dit is een afbeelding, geen tabel.",
    b"GIF8": "Dit is een afbeelding, geen tabel.",
    b"\xd0\xcf\x11\xe0": f"Dit is een oud Excel-bestand (.xls) of een bestand met een wachtwoord. {_SAVE_AS} "
    "Haal een wachtwoord er eerst af.",
    b"\x1f\x8b": "Dit bestand is ingepakt. Pak het eerst uit.",
    b"7z\xbc\xaf": "Dit bestand is ingepakt. Pak het eerst uit.",
    b"Rar!": "Dit bestand is ingepakt. Pak het eerst uit.",
    b"{\\rtf": f"Dit is een tekstdocument, geen tabel. {_SAVE_AS}",
}
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1f]")
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose header is found. `header` without spaces around names and without empty names at its end."""

    path: Path
    size: int
    delimiter: str
    header: list[str]
    header_row: int
    encoding: str = ""
    workbook: Workbook | None = None

    def lines(self) -> Iterator[tuple[bytes, float]]:
        """What stands below the header, a piece at a time, with how far we are (0 to 1)."""
        wanted = self.header_row
        for chunk, share in self._chunks():
            rest = chunk
            while wanted and rest:
                end = rest.find(b"\n") + 1
                wanted -= bool(end)
                rest = rest[end:] if end else b""
            if rest:
                yield rest, share

    def _chunks(self) -> Iterator[tuple[bytes, float]]:
        if self.workbook is not None:
            return self.workbook.chunks(len(self.header))
        return utf8_chunks(self.path, self.encoding, self.size)


def open_table(
    path: Path, names: Collection[str], largest: int = LARGEST_FILE, no_match: str = OTHER_QUESTIONNAIRE
) -> Table:
    """Find the header by the names that are expected in it.

    Raises SurveyFileError when this is no table, too large, or holds none of the names; then it says `no_match`.
    """
    size = checked_size(path, largest)
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK"):
        workbook = Workbook.opened(path, lambda lines: _matches(_header(lines, (",",), names)[2], names), HEADER_WITHIN)
        delimiter, row, header = _header(workbook.first_lines, (",",), names)
        encoding = ""
    else:
        workbook = None
        _refuse_other_kinds(start)
        encoding = encoding_of(path, start)
        delimiter, row, header = _header(_first_lines(path, encoding, size), DELIMITERS, names)
    if not _matches(header, names):
        raise refused(no_match)
    while header and not header[-1]:
        header.pop()
    return Table(path, size, delimiter, header, row, encoding, workbook)


def checked_size(path: Path, largest: int) -> int:
    """Bytes. Raises SurveyFileError for a file that is not there, empty or too large."""
    if not path.is_file():
        raise refused("Dit bestand bestaat niet. Kies een ander bestand.")
    size = path.stat().st_size
    if size > largest:
        raise refused(
            f"Dit bestand is te groot: {size / 1024**2:.0f} MB. Het mag hoogstens {largest / 1024**2:.0f} MB zijn."
        )
    if not size:
        raise refused("Dit bestand is leeg. Maak de export opnieuw.")
    return size


def _refuse_other_kinds(start: bytes) -> None:
    for signature, message in _SIGNATURES.items():
        if start.startswith(signature):
            raise refused(message)
    if _WEB_PAGE.match(start):
        raise refused(f"Dit is een webpagina, geen tabel. {_SAVE_AS}")
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        if b"\0" in start:
            raise refused("Dit bestand bevat tekens zonder betekenis (NUL). Bewaar het opnieuw als CSV UTF-8.")
        if _BINARY.search(start):
            raise refused(f"Dit is geen tabel. {_SAVE_AS}")


def encoding_of(path: Path, start: bytes) -> str:
    """UTF-16 tells itself by its first bytes; what is not UTF-8 from beginning to end is Windows-1252."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if decoder.getstate()[0] or not chunk.isascii():
                    decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _first_lines(path: Path, encoding: str, size: int) -> list[str]:
    found: list[str] = []
    text = ""
    for chunk, _ in islice(utf8_chunks(path, encoding, size, chunk=1 << 18), 2):
        text += chunk.decode(errors="replace")
        found = text.split("\n")
        if len(found) > HEADER_WITHIN:
            break
    return found[:HEADER_WITHIN]


def _header(lines: list[str], delimiters: Collection[str], names: Collection[str]) -> tuple[str, int, list[str]]:
    """The delimiter, the row (from 1) and the names of the line that holds most of the names."""
    best: tuple[int, str, int, list[str]] = (0, ";", 1, [])
    for delimiter in delimiters:
        for row, line in enumerate(lines, 1):
            fields = [field.strip() for field in fields_of(line, delimiter)]
            if (found := _matches(fields, names)) > best[0]:
                best = (found, delimiter, row, fields)
    return best[1:]


def _matches(fields: Collection[str], names: Collection[str]) -> int:
    return len(set(fields) & set(names))


def fields_of(record: str, delimiter: str) -> list[str]:
    """The cells of one record; nothing when it can't be read."""
    try:
        return list(chain.from_iterable(csv.reader([record], delimiter=delimiter)))
    except csv.Error:
        return []

"""The rows of a file with cases, whatever it was written in: CSV, XLSX, JSON Lines, or JSON as the catalogue gives it."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from survey.importing.encodings import utf8_chunks
from survey.importing.files import Table, open_table
from survey.importing.mistakes import Mistake, refused, shortened
from survey.spreadsheets import plain_cell

from ..exports import COLUMNS
from .json_rows import is_json, json_items

#: Bytes. What is larger is refused unread.
LARGEST_FILE = 4 * 1024**3
#: Characters in one cell.
LONGEST_CELL = 1_000_000
#: Characters in one row.
LONGEST_ROW = 16 * 1024**2
NO_COLUMNS = (
    "Geen van de kolommen van een casus staat in dit bestand. Zet in de eerste rij de namen van de kolommen, zoals slug, "
    "titel, uitkomst en samenvatting. Een export van de catalogus is een goed begin."
)
#: Gets how far the reading is, from 0 to 1.
Progress = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands there. `number` counts as a spreadsheet does; in JSON it is the line, or which case it is."""

    number: int
    cells: dict[str, Any] = field(default_factory=dict)
    mistake: Mistake | None = None


def rows_of(path: Path, progress: Progress = lambda share: None) -> tuple[str, Iterator[Row]]:
    """The kind of file (`csv`, `xlsx` or `json`) and its rows that are not empty.

    Raises SurveyFileError, also while the rows are read, when the file as a whole can't be used.
    """
    if is_json(path, LARGEST_FILE):
        return "json", _checked(_json(path, progress))
    table = open_table(path, _names(), LARGEST_FILE, NO_COLUMNS)
    columns = _columns(table.header)
    if table.workbook is not None:
        return "xlsx", _checked(_from_workbook(table, columns, progress))
    return "csv", _checked(_from_text(table, columns, progress))


def _names() -> set[str]:
    """The columns, also as people write them."""
    spaced = {name.replace("_", " ") for name in COLUMNS}
    return {way(name) for name in spaced | set(COLUMNS) for way in (str, str.capitalize, str.upper, str.title)}


def _columns(header: list[str]) -> list[str]:
    """The names as we write them. Raises SurveyFileError for one that is unknown or stands there twice."""
    columns = [name.strip().casefold().replace(" ", "_") for name in header]
    for written, name in zip(header, columns, strict=True):
        if name not in COLUMNS:
            raise refused(_unknown(written, "kolom"))
        if columns.count(name) > 1:
            raise refused(f"De kolom ‘{name}’ staat er twee keer. Laat er één staan.")
    return columns


def _unknown(name: str, what: str) -> str:
    if not name.strip():
        return "Een kolom heeft geen naam. Geef haar een naam of haal haar weg."
    near = get_close_matches(name.strip().casefold(), COLUMNS, n=1)
    hint = f" Bedoel je ‘{near[0]}’?" if near else " Haal haar weg."
    return f"De {what} ‘{shortened(name)}’ bestaat niet.{hint} Bekend: {', '.join(COLUMNS)}."


def _json(path: Path, progress: Progress) -> Iterator[Row]:
    for number, item, share in json_items(path, LONGEST_ROW):
        progress(share)
        if isinstance(item, str):
            yield Row(number, mistake=Mistake(number, "", "", item))
        elif unknown := next((name for name in item if name not in COLUMNS), None):
            yield Row(number, mistake=Mistake(number, shortened(unknown), "", _unknown(unknown, "kolom")))
        else:
            yield Row(number, item)


def _from_workbook(table: Table, columns: list[str], progress: Progress) -> Iterator[Row]:
    assert table.workbook is not None  # noqa: S101  for the types
    for number, (cells, share) in enumerate(table.workbook.cells(len(columns)), 1):
        progress(share)
        if number > table.header_row:
            yield _row(number, columns, [*cells, *[""] * (len(columns) - len(cells))])


def _from_text(table: Table, columns: list[str], progress: Progress) -> Iterator[Row]:
    """Quotes must fit exactly: otherwise nobody knows where a row ends."""
    most, csv_limit = LONGEST_ROW, csv.field_size_limit(LONGEST_ROW)
    shares = [0.0]
    reader = csv.reader(_lines(table, most, shares), delimiter=table.delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            progress(shares[0])
            if number > table.header_row:
                yield _row(number, columns, cells)
    except csv.Error as error:
        raise refused(_csv_message(str(error)), number + 1) from error
    finally:
        csv.field_size_limit(csv_limit)


def _csv_message(error: str) -> str:
    if "unexpected end" in error:
        return "Deze rij houdt halverwege op: een aanhalingsteken sluit niet meer. Is het bestand half opgeslagen?"
    if "field limit" in error:
        return "Deze rij is veel te lang. Sluit een aanhalingsteken niet?"
    return (
        "Hier staat een aanhalingsteken op een verkeerde plaats. Zet de hele tekst tussen aanhalingstekens en schrijf een "
        'aanhalingsteken in de tekst dubbel ("").'
    )


def _lines(table: Table, most: int, shares: list[float]) -> Iterator[str]:
    kept = ""
    for number, (chunk, share) in enumerate(utf8_chunks(table.path, table.encoding, table.size)):
        text = kept + chunk.decode()
        if not number:
            text = text.removeprefix("\ufeff")
        shares[0] = share
        *lines, kept = text.split("\n")
        for line in lines:
            yield f"{line}\n"
        if len(kept) > most:
            raise refused("Een regel in dit bestand is veel te lang. Is dit wel een tabel met casussen?")
    if kept:
        yield kept


def _row(number: int, columns: list[str], cells: list[str]) -> Row:
    filled = len(cells)
    while filled > len(columns) and not cells[filled - 1].strip():
        filled -= 1
    if not any(cell.strip() for cell in cells):
        return Row(number)
    if filled < len(columns):
        message = f"Deze rij heeft {filled} cellen en de kop {len(columns)}: het einde ontbreekt. Vul de rij aan."
        return Row(number, mistake=Mistake(number, "", shortened(cells[0]), message))
    if filled > len(columns):
        message = (
            f"Deze rij heeft {filled} cellen en de kop {len(columns)}. Staat er een scheidingsteken in een tekst? Zet die "
            "tekst tussen aanhalingstekens."
        )
        return Row(number, mistake=Mistake(number, "", shortened(cells[0]), message))
    return Row(number, {name: plain_cell(cell) for name, cell in zip(columns, cells, strict=False)})


def _checked(rows: Iterator[Row]) -> Iterator[Row]:
    """Without the empty ones; signs that can't be stored, and cells too long to be meant, are mistakes."""
    for row in rows:
        if row.cells:
            yield next((Row(row.number, mistake=wrong) for wrong in _unfit(row)), row)
        elif row.mistake:
            yield row


def _unfit(row: Row) -> Iterator[Mistake]:
    for name, value in row.cells.items():
        for text in _texts(value):
            if len(text) > LONGEST_CELL:
                yield Mistake(
                    row.number, name, shortened(text), f"Hoogstens {LONGEST_CELL} tekens passen. Kort het in."
                )
            if "\0" in text or not _can_be_stored(text):
                message = "Hier staat een teken zonder betekenis. Haal het weg of maak het bestand opnieuw."
                yield Mistake(row.number, name, "", message)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _can_be_stored(text: str) -> bool:
    """Half of a surrogate pair is a string to Python, but no text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

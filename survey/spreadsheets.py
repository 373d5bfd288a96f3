"""Tables as files: CSV, XLSX and JSON, given away while they are written, with cells that no spreadsheet runs as a formula.

Memory does not grow with the number of rows. A file that could not be finished shows it: CSV ends with `INCOMPLETE`, JSON
and XLSX can't be opened.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain, count
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

Rows = Iterable[Mapping[str, Any]]

INCOMPLETE = "ONVOLLEDIG: er ging iets mis terwijl dit bestand werd gemaakt. Haal het opnieuw op."
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_HIDDEN_FORMULA = re.compile(r"(;\s*)(?=[=+@＝＋＠]|-\S)")
_MADE_HARMLESS = re.compile(r"(;\s*)'(?=[=+@＝＋＠]|-\S)")
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Characters in a cell, as a spreadsheet counts them: one outside the basic plane is two.
LONGEST_CELL = 32_767
_COMPRESSION = 4
"""Half as much time as the usual 6, for files that are a fifteenth larger."""
_SHEET = "xl/worksheets/sheet1.xml"
_SHEET_START = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_SHEET_END = "</sheetData></worksheet>"


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet shows instead of running as a formula; nothing stays empty, numbers stay numbers."""
    if value is None or isinstance(value, int | float):
        return value
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    # A spreadsheet set to Dutch parts cells at a semicolon, so a formula may also hide behind one.
    if ";" in text:
        text = _HIDDEN_FORMULA.sub(r"\1'", text)
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """The text that `safe_cell` made harmless, as it was."""
    if text.startswith("'") and _FORMULA.match(text[1:]):
        text = text[1:]
    return _MADE_HARMLESS.sub(r"\1", text)


def as_csv(columns: Iterable[str], rows: Rows) -> Iterator[str]:
    """Lines of CSV with a byte order mark, so that spreadsheets read the accents."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(columns)
    yield _taken(buffer)
    try:
        for row in rows:
            writer.writerow([safe_cell(value) for value in row.values()])
            yield _taken(buffer)
    except Exception:
        # Half a table looks like a whole one, also when a proxy hides that the connection broke.
        yield INCOMPLETE + "\r\n"
        raise


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def as_json(name: str, rows: Rows, after: Mapping[str, Any] | None = None) -> Iterator[str]:
    """`{name: [...], "aantal": n}`, written row by row, with what comes `after` the rows.

    The number stands behind the rows, because only then is it known: something may be taken away meanwhile.
    """
    yield f'{{"{name}": ['
    number = 0
    for number, row in enumerate(rows, start=1):
        yield ("," if number > 1 else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield f'\n], "aantal": {number}'
    for key, value in (after or {}).items():
        yield f", {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
    yield "}\n"


def as_xlsx(title: str, columns: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """A workbook with one sheet. Cells are text or numbers, never formulas.

    Openpyxl makes everything around the sheet; the sheet itself is written here, because a library can only give a
    workbook away when it is whole: a reader would wait for minutes, and a proxy would not. A sheet of over 2 GB ends with
    an error.
    """
    sink = _Sink()
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as book:
        with ZipFile(_empty_book(title)) as empty:
            for name in empty.namelist():
                if name != _SHEET:
                    book.writestr(name, empty.read(name))
        with book.open(_SHEET, "w") as sheet:
            sheet.write(_SHEET_START.encode())
            for number, values in zip(count(1), chain([columns], (row.values() for row in rows))):
                cells = (_xlsx_cell(f"{letter}{number}", value) for letter, value in zip(letters, values, strict=True))
                sheet.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())
                if written := sink.taken():
                    yield written
            sheet.write(_SHEET_END.encode())
    yield sink.taken()


class _Sink(io.RawIOBase):
    """What is written to it can be taken away again; nothing in it can be found back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        written = b"".join(self._parts)
        self._parts.clear()
        return written


def _empty_book(title: str) -> io.BytesIO:
    book = Workbook(write_only=True)
    book.create_sheet(title)
    file = io.BytesIO()
    book.save(file)
    return file


def _xlsx_cell(place: str, value: Any) -> str:
    value = xlsx_value(value)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, str):
        text = escape(value, quote=False)
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def xlsx_value(value: Any) -> Any:
    """What of a value fits in a cell of a workbook: not more than LONGEST_CELL, and only signs that it knows."""
    value = safe_cell(value)
    if not isinstance(value, str):
        return value
    value = NOT_IN_XML.sub("", value)
    if len(value) > LONGEST_CELL // 2:
        value = value.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", errors="ignore")
    return value

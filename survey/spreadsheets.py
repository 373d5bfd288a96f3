"""Tables as files: CSV, XLSX and JSON, written row by row, with cells that no spreadsheet runs as a formula."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Rows = Iterable[Mapping[str, Any]]

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_HIDDEN_FORMULA = re.compile(r"(;\s*)(?=[=+@＝＋＠]|-\S)")
_MADE_HARMLESS = re.compile(r"(;\s*)'(?=[=+@＝＋＠]|-\S)")
#: Characters in a cell; no spreadsheet holds more.
LONGEST_CELL = 32_767


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet shows instead of running as a formula; nothing stays empty, numbers stay numbers."""
    if value is None or isinstance(value, int | float):
        return value
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    # A spreadsheet set to Dutch parts cells at a semicolon, so a formula may also hide behind one.
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
    for row in rows:
        writer.writerow([safe_cell(value) for value in row.values()])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def as_json(name: str, rows: Rows, total: int, after: Mapping[str, Any] | None = None) -> Iterator[str]:
    """`{"aantal": total, name: [...]}`, written row by row, with what comes `after` the rows."""
    yield f'{{"aantal": {total}, "{name}": ['
    for number, row in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]"
    for key, value in (after or {}).items():
        yield f", {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
    yield "}\n"


def as_xlsx(title: str, columns: Sequence[str], rows: Rows) -> bytes:
    """A workbook with one sheet. Cells are text or numbers, never formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(columns)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row.values()])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    value = xlsx_value(value)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def xlsx_value(value: Any) -> Any:
    """What of a value fits in a cell of a workbook: not more than LONGEST_CELL, and only signs that it knows."""
    value = safe_cell(value)
    if not isinstance(value, str):
        return value
    if ILLEGAL_CHARACTERS_RE.search(value):
        value = "".join(c for c in value if c.isprintable() or c == "\n")
    return value[:LONGEST_CELL]


def file_response(name: str, extension: str, content: bytes | Iterator[str]) -> HttpResponse | StreamingHttpResponse:
    """A download; text is sent while it is written."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{extension}"'}
    kind = CONTENT_TYPES[extension]
    if isinstance(content, bytes):
        return HttpResponse(content, content_type=kind, headers=headers)
    return StreamingHttpResponse(content, content_type=kind, headers=headers)

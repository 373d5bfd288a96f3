"""Tables as files: given away while they are written, whole or visibly not, whatever stands in a cell."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count, islice
from typing import Any
from zipfile import BadZipFile

import pytest
from openpyxl import load_workbook

from survey import downloads
from survey.downloads import TooBusyError, file_response
from survey.spreadsheets import INCOMPLETE, LONGEST_CELL, as_csv, as_json, as_xlsx

Row = Mapping[str, Any]
COLUMNS = ["naam", "waarde"]
FORMATS: dict[str, Callable[[Iterable[Row]], Iterator[str] | Iterator[bytes]]] = {
    "csv": lambda rows: as_csv(COLUMNS, rows),
    "json": lambda rows: as_json("rijen", rows),
    "xlsx": lambda rows: as_xlsx("tabel", COLUMNS, rows),
}


def until_it_breaks(extension: str, rows: Iterable[Row]) -> bytes:
    """What a reader has when writing the file goes wrong."""
    found = b""
    with pytest.raises(ZeroDivisionError):
        for piece in file_response("tabel", extension, FORMATS[extension](rows)):
            found += piece
    return found


def broken_rows() -> Iterator[Row]:
    for number in range(3):
        yield {"naam": f"rij {number}", "waarde": 1 / (2 - number)}


def sheet_of(values: list[Any]) -> list[Any]:
    file = io.BytesIO(b"".join(as_xlsx("tabel", ["cel"], [{"cel": value} for value in values])))
    book = load_workbook(file)
    assert book.sheetnames == ["tabel"]
    return [cell.value for (cell,) in list(book.active.iter_rows(max_col=1, max_row=len(values) + 1))[1:]]


@pytest.mark.parametrize("extension", FORMATS)
def test_an_endless_table_is_given_away_from_its_beginning(extension: str) -> None:
    endless = ({"naam": f"rij {number}", "waarde": number * 7919 % 1_000_003} for number in count())
    pieces = list(islice(file_response("tabel", extension, FORMATS[extension](endless)), 3))
    assert all(downloads.PIECE <= len(piece) < 2 * downloads.PIECE for piece in pieces)


def test_half_a_csv_says_in_its_last_line_that_it_is_no_whole() -> None:
    lines = list(csv.reader(io.StringIO(until_it_breaks("csv", broken_rows()).decode())))
    assert [line[0] for line in lines[1:]] == ["rij 0", "rij 1", INCOMPLETE]


def test_half_a_json_file_cannot_be_read() -> None:
    found = until_it_breaks("json", broken_rows())
    assert b"rij 1" in found
    with pytest.raises(json.JSONDecodeError):
        json.loads(found)


def test_half_a_workbook_cannot_be_opened() -> None:
    with pytest.raises(BadZipFile):
        load_workbook(io.BytesIO(until_it_breaks("xlsx", broken_rows())))


def test_numbers_stay_numbers_and_nothing_stays_nothing_in_a_workbook() -> None:
    assert sheet_of([1, -2.5, True, None, "", "007"]) == [1, -2.5, True, None, None, "007"]


def test_what_xml_does_not_know_is_left_out_of_a_workbook() -> None:
    assert sheet_of(["a\x00b\x0bc", "d\ufffee\uffff", '<f> & "g"', "  h\ni\u00a0 "]) == [
        "abc",
        "de",
        '<f> & "g"',
        "  h\ni\u00a0 ",
    ]


def test_a_cell_holds_no_more_than_a_spreadsheet_can_hold() -> None:
    plain, wide = sheet_of(["a" * 40_000, "😀" * 40_000])
    assert len(plain) == LONGEST_CELL
    assert len(wide.encode("utf-16-le")) // 2 == LONGEST_CELL - 1, "half a sign is no sign"


def test_a_large_file_that_nobody_reads_gives_its_place_back() -> None:
    for _ in range(downloads.LARGE_AT_ONCE + 1):
        file_response("tabel", "csv", as_csv(COLUMNS, []), rows=downloads.LARGE)
    kept = [
        file_response("tabel", "csv", as_csv(COLUMNS, []), rows=downloads.LARGE) for _ in range(downloads.LARGE_AT_ONCE)
    ]
    with pytest.raises(TooBusyError):
        file_response("tabel", "csv", as_csv(COLUMNS, []), rows=downloads.LARGE)
    del kept

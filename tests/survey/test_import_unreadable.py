"""A file that is no table of answers, or would cost too much to open: refused before anything big is read."""

import zipfile
from pathlib import Path

import pytest
from answer_files import (
    HEADER,
    ROWS,
    answer_file,
    changed,
    csv_text,
    mistakes_in,
    only,
    raw,
    small_codebook,
    xlsx_file,
)
from openpyxl import Workbook

from survey.importing.codebook import Codebook
from survey.importing.reading import read_answers


@pytest.fixture
def codebook(tmp_path: Path) -> Codebook:
    return small_codebook(tmp_path)


def test_an_endless_cell_is_refused(codebook: Codebook, tmp_path: Path) -> None:
    mistake = only(mistakes_in(answer_file(tmp_path, changed(0, tekst="x" * 40_000)), codebook))
    assert (mistake.row, mistake.column, mistake.value) == (2, "tekst", "")
    five_million = raw(tmp_path, csv_text([HEADER, *changed(0, tekst="x" * 5_000_000)]).encode())
    assert only(mistakes_in(five_million, codebook)).row == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "leeg"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "afbeelding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "wachtwoord"),
        (b"PK\x03\x04 half a zip", "beschadigd"),
        (b"\x1f\x8b\x08", "ingepakt"),
        (b"<!DOCTYPE html><table>", "webpagina"),
        (b"\x01\x02\x03\x04", "geen tabel"),
        (b"respons_id;sector\r\n1;\x00\r\n", "NUL"),
        ("respons_id;sector\r\n".encode("utf-16-le"), "NUL"),
        (b"\xff\xfe\x00\xd8", "niet te lezen"),
        (b"respons_id;\x81\r\n", "niet te lezen"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, told: str, codebook: Codebook, tmp_path: Path) -> None:
    mistake = only(mistakes_in(raw(tmp_path, content), codebook))
    assert told in mistake.message and mistake.row is None


def test_a_nul_far_down_is_told_with_its_row(codebook: Codebook, tmp_path: Path) -> None:
    rows = [[str(number), *ROWS[0][1:]] for number in range(1000)]
    rows[900][-1] = "a\0b"
    assert only(mistakes_in(answer_file(tmp_path, rows), codebook)).row == 902


def test_ten_gigabytes_are_refused_unread(codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    with path.open("wb") as file:
        file.truncate(10 * 1024**3)
    assert "te groot" in only(mistakes_in(path, codebook)).message


def test_a_zip_bomb_is_refused_unpacked(codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    book = Workbook()
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts, parts.open("xl/worksheets/sheet2.xml", "w") as part:
        for _ in range(32):
            part.write(b" " * 1024**2)
    assert "uitpakken" in only(mistakes_in(path, codebook)).message


def test_another_zip_is_refused(codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "tekst.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("word/document.xml", "<w/>")
    assert "ander soort document" in only(mistakes_in(path, codebook)).message


def test_a_row_far_below_the_sheet_ends_somewhere(
    codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.importing.workbooks.MOST_ROWS", 50_000)  # a million takes seconds
    path = xlsx_file(tmp_path, [HEADER, *ROWS])
    mended = tmp_path / "ver.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(mended, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<row r="5"', b'<row r="999999999999"'))
    assert read_answers(mended, codebook).finished == 2

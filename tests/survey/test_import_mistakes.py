"""A file that can't be used is refused whole; what is told about it is enough to mend it."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from answer_files import (
    HEADER,
    ROWS,
    answer_file,
    changed,
    csv_text,
    mistakes_in,
    small_codebook,
    xlsx_file,
)
from openpyxl import Workbook

from survey.importing.codebook import Codebook
from survey.importing.mistakes import MOST_TOLD, Mistake, SurveyFileError
from survey.importing.reading import read_answers


@pytest.fixture
def codebook(tmp_path: Path) -> Codebook:
    return small_codebook(tmp_path)


def only(mistakes: list[Mistake]) -> Mistake:
    assert len(mistakes) == 1, mistakes
    return mistakes[0]


def raw(folder: Path, content: bytes, name: str = "bestand.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("sector", "7", "1, 9"),
        ("sector", "1e0", "1, 9"),
        ("sector", "1.5", "1, 9"),
        ("sector", "-1", "1, 9"),
        ("sector", "Gemeenten", "1, 9"),
        ("klimaat", "4", "1, 2, 3, 9"),
        ("soort_1", "2", "0, 1, 9"),
        ("sector", "300", "1, 9"),
        ("sector", "9999999999999999999999", "1, 9"),
        ("sector", "inf", "1, 9"),
        ("sector", "True", "1, 9"),
    ],
)
def test_an_unknown_code_is_told_with_the_codes_that_can_be(
    column: str, value: str, told: str, codebook: Codebook, tmp_path: Path
) -> None:
    mistake = only(mistakes_in(answer_file(tmp_path, changed(0, **{column: value})), codebook))
    assert (mistake.row, mistake.column, mistake.value) == (2, column, value)
    assert f": {told}." in mistake.message


def test_the_row_is_that_of_the_spreadsheet_with_title_and_empty_rows(codebook: Codebook, tmp_path: Path) -> None:
    rows = changed(3, sector="7")
    text = "Export\r\n\r\n" + csv_text([HEADER, rows[0], [], *rows[1:]])
    assert only(mistakes_in(raw(tmp_path, text.encode()), codebook)).row == 8
    sheet = [["Export"], [], HEADER, rows[0], [], *rows[1:]]
    assert only(mistakes_in(xlsx_file(tmp_path, sheet), codebook)).row == 8


def test_codes_of_unfinished_responses_are_checked_too(codebook: Codebook, tmp_path: Path) -> None:
    assert only(mistakes_in(answer_file(tmp_path, changed(2, sector="7")), codebook)).row == 4


def test_both_rows_of_a_doubled_respondent_are_told(codebook: Codebook, tmp_path: Path) -> None:
    mistakes = mistakes_in(answer_file(tmp_path, changed(3, respons_id="101")), codebook)
    assert [(one.row, one.column, one.value) for one in mistakes] == [
        (2, "respons_id", "101"),
        (5, "respons_id", "101"),
    ]
    assert "rij 5" in mistakes[0].message and "rij 2" in mistakes[1].message


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"startdatum": "31-02-2021 10:00"}, "startdatum", "bestaat niet"),
        ({"einddatum": "2021-13-01"}, "einddatum", "bestaat niet"),
        ({"einddatum": "gisteren"}, "einddatum", "bestaat niet"),
        ({"startdatum": "15-02-2021 25:00"}, "startdatum", "bestaat niet"),
        ({"einddatum": "14-02-2021 08:00"}, "einddatum", "voor het begin"),
        ({"einddatum": "15-02-2029 08:00"}, "einddatum", "in de toekomst"),
        ({"startdatum": "15-02-1021 08:00"}, "startdatum", "voor 2000"),
    ],
)
def test_an_impossible_moment_is_told(
    cells: dict[str, str], column: str, told: str, codebook: Codebook, tmp_path: Path
) -> None:
    path = answer_file(tmp_path, changed(0, **cells))
    mistake = only(mistakes_in(path, codebook, today=date(2021, 6, 1)))
    assert (mistake.row, mistake.column, mistake.value) == (2, column, cells[column])
    assert told in mistake.message


def test_an_answer_where_nothing_was_asked_is_told(codebook: Codebook, tmp_path: Path) -> None:
    mistake = only(mistakes_in(answer_file(tmp_path, changed(1, soort_1="1")), codebook))
    assert (mistake.row, mistake.column, mistake.value) == (3, "soort_1", "1")
    assert "innovatie = 1" in mistake.message


def test_open_answers_never_stand_in_a_message(codebook: Codebook, tmp_path: Path) -> None:
    rows = changed(1, tekst="Wij zijn herkenbaar")
    rows[0][HEADER.index("tekst")] = "=HERKENBAAR()"
    mistakes = mistakes_in(answer_file(tmp_path, rows), codebook)
    assert [one.row for one in mistakes] == [2, 3]
    assert not re.search("herkenbaar", str(mistakes), re.IGNORECASE)


def test_an_empty_respondent_is_told(codebook: Codebook, tmp_path: Path) -> None:
    mistake = only(mistakes_in(answer_file(tmp_path, changed(1, respons_id="  ")), codebook))
    assert (mistake.row, mistake.column) == (3, "respons_id")


def renamed(old: str, new: str | None) -> tuple[list[list[str]], list[str]]:
    place = HEADER.index(old)
    if new is not None:
        return ROWS, [new if name == old else name for name in HEADER]
    return [row[:place] + row[place + 1 :] for row in ROWS], HEADER[:place] + HEADER[place + 1 :]


def test_a_renamed_column_is_told_with_its_old_name(codebook: Codebook, tmp_path: Path) -> None:
    rows, header = renamed("innovatie", "Innovatie2")
    missing, unknown = mistakes_in(answer_file(tmp_path, rows, header), codebook)
    assert missing.column == "innovatie" and "‘Innovatie2’" in missing.message
    assert unknown.column == "Innovatie2" and "‘innovatie’" in unknown.message


@pytest.mark.parametrize("name", ["respons_id", "sector"])
def test_a_missing_column_is_told(name: str, codebook: Codebook, tmp_path: Path) -> None:
    rows, header = renamed(name, None)
    mistake = only(mistakes_in(answer_file(tmp_path, rows, header), codebook))
    assert mistake.column == name and "ontbreekt" in mistake.message


def test_an_unknown_and_a_doubled_column_are_told(codebook: Codebook, tmp_path: Path) -> None:
    rows = [[*row, "1", "1"] for row in ROWS]
    mistakes = mistakes_in(answer_file(tmp_path, rows, [*HEADER, "sector", "leeftijd"]), codebook)
    assert [one.column for one in mistakes] == ["sector", "leeftijd"]


def test_a_column_with_answers_but_without_a_name_is_told(codebook: Codebook, tmp_path: Path) -> None:
    rows = [[*row, ""] for row in ROWS]
    rows[1][-1] = "7"
    assert only(mistakes_in(answer_file(tmp_path, rows, [*HEADER, ""]), codebook)).row == 3


@pytest.mark.parametrize("header", [["respons_id", "naam", "leeftijd"], ["naam", "leeftijd", "woonplaats"]])
def test_a_file_of_another_questionnaire_is_told_in_one_sentence(
    header: list[str], codebook: Codebook, tmp_path: Path
) -> None:
    mistake = only(mistakes_in(answer_file(tmp_path, [["1", "2", "3"]], header), codebook))
    assert "andere vragenlijst" in mistake.message


def test_a_file_without_answers_is_refused(codebook: Codebook, tmp_path: Path) -> None:
    assert "geen antwoorden" in only(mistakes_in(answer_file(tmp_path, []), codebook)).message


def test_a_file_without_finished_responses_is_refused(codebook: Codebook, tmp_path: Path) -> None:
    mistake = only(mistakes_in(answer_file(tmp_path, [ROWS[2]]), codebook))
    assert "voltooid" in mistake.message and "Niet voltooid" in mistake.message


@pytest.mark.parametrize("formula", ["=1+1", "=1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", ' =HYPERLINK("x")'])
@pytest.mark.parametrize("column", ["sector", "tekst", "status", "startdatum", "respons_id"])
def test_a_formula_is_refused(formula: str, column: str, codebook: Codebook, tmp_path: Path) -> None:
    mistakes = mistakes_in(answer_file(tmp_path, changed(0, **{column: formula})), codebook)
    assert any((one.row, one.column) == (2, column) and "formule" in one.message for one in mistakes)


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
@pytest.mark.parametrize("before", ["", " ", "  ", "\t", "\xa0"])
def test_a_formula_is_refused_in_every_dialect(delimiter: str, before: str, codebook: Codebook, tmp_path: Path) -> None:
    text = csv_text([HEADER, *changed(0, tekst=f"{before}=A1", status=f"{before}@A1")], delimiter)
    mistakes = mistakes_in(raw(tmp_path, text.encode()), codebook)
    assert [(one.row, one.column) for one in mistakes] == [(2, "status"), (2, "tekst")]


def test_a_formula_in_a_workbook_is_refused_whatever_its_last_result(codebook: Codebook, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [HEADER, *changed(0, sector="=1")])
    mistake = only(mistakes_in(path, codebook))
    assert (mistake.row, mistake.column, mistake.value) == (2, "sector", "=1")


def test_half_a_row_at_the_end_is_refused(codebook: Codebook, tmp_path: Path) -> None:
    text = csv_text([HEADER, *ROWS])
    cut = text[: text.rindex("Voltooid") + 4]
    mistake = only(mistakes_in(raw(tmp_path, cut.encode()), codebook))
    assert mistake.row == 5 and "4 cellen" in mistake.message


def test_rows_that_are_too_short_or_too_long_are_told(codebook: Codebook, tmp_path: Path) -> None:
    rows = [ROWS[0], ROWS[1][:-1], [*ROWS[2], "extra"], ROWS[3]]
    assert [one.row for one in mistakes_in(answer_file(tmp_path, rows), codebook)] == [3, 4]


@pytest.mark.parametrize("text", ['"nooit gesloten', 'zo"maar', '"te "vroeg" dicht"'])
def test_broken_quotes_are_told_with_their_row(text: str, codebook: Codebook, tmp_path: Path) -> None:
    content = csv_text([HEADER, *ROWS]).replace("Café aan de haven", text)
    mistake = only(mistakes_in(raw(tmp_path, content.encode()), codebook))
    assert mistake.row == 2 and "aanhalingsteken" in mistake.message


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


def test_a_row_far_below_the_sheet_ends_somewhere(codebook: Codebook, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [HEADER, *ROWS])
    mended = tmp_path / "ver.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(mended, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<row r="5"', b'<row r="999999999999"'))
    assert read_answers(mended, codebook).finished == 2


def test_many_mistakes_are_counted(codebook: Codebook, tmp_path: Path) -> None:
    rows = [[str(number), *changed(0, sector="7", klimaat="8")[0][1:]] for number in range(1000)]
    with pytest.raises(SurveyFileError) as refusal:
        read_answers(answer_file(tmp_path, rows), codebook)
    assert len(refusal.value.mistakes) == MOST_TOLD
    assert refusal.value.more == 2000 - MOST_TOLD
    assert {one.row for one in refusal.value.mistakes} == set(range(2, 2 + MOST_TOLD // 2))
    assert "En nog 1950 andere fouten" in str(refusal.value)

"""A file that can't be used is refused whole; what is told about it is enough to mend it."""

import re
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
    only,
    raw,
    small_codebook,
    xlsx_file,
)
from openpyxl import Workbook

from survey.importing.codebook import Codebook
from survey.importing.mistakes import MOST_TOLD, SurveyFileError
from survey.importing.reading import read_answers


@pytest.fixture
def codebook(tmp_path: Path) -> Codebook:
    return small_codebook(tmp_path)


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


@pytest.mark.parametrize("name", ["respons_id", "sector", "status", "startdatum", "einddatum"])
def test_a_missing_column_is_told(name: str, codebook: Codebook, tmp_path: Path) -> None:
    rows, header = renamed(name, None)
    mistake = only(mistakes_in(answer_file(tmp_path, rows, header), codebook))
    assert mistake.column == name and "ontbreekt" in mistake.message


def test_an_unknown_and_a_doubled_column_are_told(codebook: Codebook, tmp_path: Path) -> None:
    rows = [[*row, "1", "1"] for row in ROWS]
    mistakes = mistakes_in(answer_file(tmp_path, rows, [*HEADER, "sector", "leeftijd"]), codebook)
    assert [one.column for one in mistakes] == ["sector", "leeftijd"]


def test_a_header_of_thousands_of_columns_is_refused_in_one_sentence(codebook: Codebook, tmp_path: Path) -> None:
    extra = [f"kolom_{number}" for number in range(2000)]
    rows = [[*row, *["1"] * len(extra)] for row in ROWS]
    mistake = only(mistakes_in(answer_file(tmp_path, rows, [*HEADER, *extra]), codebook))
    assert "2010 kolommen" in mistake.message


def test_rows_are_counted_after_very_many_empty_lines(codebook: Codebook, tmp_path: Path) -> None:
    lines = csv_text([HEADER, *changed(3, sector="7")], newline="\n").splitlines(keepends=True)
    text = "".join([*lines[:-1], "\n" * 100_000, ";;;;;;;;;\n" * 1000, " ; \n" * 10, lines[-1]])
    mistake = only(mistakes_in(raw(tmp_path, text.encode()), codebook))
    assert (mistake.row, mistake.column, mistake.value) == (101_015, "sector", "7")


@pytest.mark.parametrize(
    ("last", "newline", "is_whole"), [("Loket", "", False), ("Loket", "\n", True), ("Balie", "", True)]
)
def test_a_file_that_ends_within_an_open_answer_is_half_a_file(
    last: str, newline: str, is_whole: bool, codebook: Codebook, tmp_path: Path
) -> None:
    rows = [*ROWS, ["105", "18-02-2021 11:00", "18-02-2021 11:20", "Voltooid", "9", "1", "1", "1", "", last]]
    path = raw(tmp_path, (csv_text([HEADER, *rows], newline="\n").rstrip("\n") + newline).encode())
    if is_whole:
        assert read_answers(path, codebook).finished == 4
    else:
        mistake = only(mistakes_in(path, codebook))
        assert (mistake.row, mistake.column) == (6, "tekst")
        assert "half opgeslagen" in mistake.message and "Loket" not in str(mistake)


def test_two_sheets_with_the_same_columns_are_refused(codebook: Codebook, tmp_path: Path) -> None:
    path = two_sheets(tmp_path, "visible")
    assert "‘Oud’ en ‘Nieuw’" in only(mistakes_in(path, codebook)).message


def test_a_hidden_sheet_does_not_take_the_place_of_one_that_can_be_seen(codebook: Codebook, tmp_path: Path) -> None:
    assert read_answers(two_sheets(tmp_path, "hidden"), codebook).finished == 3


def two_sheets(folder: Path, state: str) -> Path:
    """The answers in the second sheet; in the first one respondent less."""
    book = Workbook()
    for name, rows in (("Oud", ROWS[1:]), ("Nieuw", ROWS)):
        sheet = book.create_sheet(name)
        for row in (HEADER, *rows):
            sheet.append(row)
    book["Oud"].sheet_state = state
    del book["Sheet"]
    book.active = book.index(book["Nieuw"])
    book.save(folder / "twee.xlsx")
    return folder / "twee.xlsx"


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


def test_many_mistakes_are_counted(codebook: Codebook, tmp_path: Path) -> None:
    rows = [[str(number), *changed(0, sector="7", klimaat="8")[0][1:]] for number in range(1000)]
    with pytest.raises(SurveyFileError) as refusal:
        read_answers(answer_file(tmp_path, rows), codebook)
    assert len(refusal.value.mistakes) == MOST_TOLD
    assert refusal.value.more == 2000 - MOST_TOLD
    assert {one.row for one in refusal.value.mistakes} == set(range(2, 2 + MOST_TOLD // 2))
    assert "En nog 1950 andere fouten" in str(refusal.value)

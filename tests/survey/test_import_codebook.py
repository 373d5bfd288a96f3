"""A codebook that an analyst writes: understood as it is meant, or told what is wrong with it."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from answer_files import CODEBOOK, small_codebook, xlsx_file

from survey.importing.codebook import Codebook, CodebookError, Kind, Option, Role, read_codebook, ready_codebook_path
from survey.importing.mistakes import Mistake

PLAIN_COLUMNS = ["variabele", "vraag", "soort", "code", "label"]


def without_columns(text: str, columns: list[str]) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    keep = [place for place, name in enumerate(rows[0]) if name in columns]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[row[place] for place in keep] for row in rows])
    return out.getvalue()


def refusal(folder: Path, text: str) -> list[Mistake]:
    with pytest.raises(CodebookError) as error:
        small_codebook(folder, text)
    return error.value.mistakes


def test_everything_in_it_is_understood(tmp_path: Path) -> None:
    codebook = small_codebook(tmp_path)
    sector, choice = codebook.variables["sector"], codebook.variables["soort_2"]
    assert sector.options[0] == Option("1", "Gemeenten", "", "sector/gemeenten", 435)
    assert (sector.kind, sector.role, sector.only_if) == (Kind.SINGLE, Role.GROUP, None)
    assert (choice.kind, choice.only_if, choice.options[0].indicator) == (Kind.MULTIPLE, ("innovatie", "1"), "dienst")
    assert [variable.name for variable in codebook.with_role(Role.CLIMATE_ITEM)] == ["klimaat"]
    assert codebook.variables["klimaat"].indicator == "samen"
    assert {option.indicator for option in codebook.variables["klimaat"].options} == {""}
    assert [one.name for one in codebook.questions()] == [
        "sector", "innovatie", "soort_1", "soort_2", "klimaat", "tekst",
    ]  # fmt: skip


def test_a_missing_code_for_all_does_not_hold_where_it_is_an_answer(tmp_path: Path) -> None:
    codebook = small_codebook(tmp_path)
    assert codebook.variables["sector"].missing == frozenset()
    assert codebook.variables["innovatie"].missing == {"9"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_spreadsheet_may_have_saved_it(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "ander.csv"
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(CODEBOOK)))
    path.write_bytes(out.getvalue().encode(encoding))
    assert read_codebook(path) == small_codebook(tmp_path)


def test_it_may_be_a_workbook(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(CODEBOOK)))
    cells: list[list[Any]] = [[int(cell) if cell.isdigit() else cell or None for cell in row] for row in rows]
    assert read_codebook(xlsx_file(tmp_path, cells)) == small_codebook(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "told"),
    [
        ("sector,Welke sector?,enkelvoudig,9", "sector,Welke sector?,enkelvoud,9", 7, "soort", "‘enkelvoudig’"),
        ("sector,Welke sector?,enkelvoudig,9", "sector,Welke sector?,schaal,9", 7, "soort", "één soort"),
        ("klimaatschaal", "klimaatschal", 12, "rol", "‘klimaatschaal’"),
        ("enkelvoudig,9", "enkelvoudig,1.0", 7, "code", "al bij dezelfde"),
        ("enkelvoudig,9,Zbo", "enkelvoudig,,Zbo", 7, "code", "Vul de code"),
        ("product,,,,innovatie=1", "product,,,,inovatie=1", 10, "alleen_als", "‘innovatie’"),
        ("product,,,,innovatie=1", "product,,,,innovatie=3", 10, "alleen_als", "code 3"),
        ("product,,,,innovatie=1", "product,,,,soms", 10, "alleen_als", "variabele=code"),
        ("sector/gemeenten,435", "sector/gemeenten,veel", 6, "populatie", "heel getal"),
        ("sector/gemeenten,435", "Gemeenten,435", 6, "begrip", "lijst/naam"),
        ("soort_1,Wat voor?,meervoudig,1", "soort_1,Wat voor?,meervoudig,0", 10, "code", "eigen kolom"),
        ("tekst,Beschrijf het,open,", "tekst,Beschrijf het,open,1", 15, "code", "geen codes"),
        ("status,Status,beheer", "status,Status,open", 5, "rol", "past niet"),
        ("beheer,,,,begin", "beheer,,,,eind", 4, "rol", "‘startdatum’"),
        ("soort_2,Wat voor?", ",Wat voor?", 11, "variabele", "naam"),
        ("*,weet niet,ontbrekend", "*,weet niet,open", 16, "soort", "ontbrekend"),
    ],
)
def test_a_mistake_is_told_with_its_row(old: str, new: str, row: int, column: str, told: str, tmp_path: Path) -> None:
    assert old in CODEBOOK
    mistakes = refusal(tmp_path, CODEBOOK.replace(old, new, 1))
    assert (row, column) in [(one.row, one.column) for one in mistakes]
    assert any(told in one.message for one in mistakes if (one.row, one.column) == (row, column))


def test_rows_of_one_variable_stand_together(tmp_path: Path) -> None:
    lines = CODEBOOK.splitlines()
    assert "bij elkaar" in refusal(tmp_path, "\n".join([*lines, lines[5]]))[0].message


def test_a_missing_and_a_misspelt_column_are_told(tmp_path: Path) -> None:
    missing = refusal(tmp_path, CODEBOOK.replace("label,indicator", "labels,indicatoor", 1))
    assert [one.column for one in missing] == ["label", "indicatoor"]
    assert "‘labels’" in missing[0].message and "‘indicator’" in missing[1].message


def test_another_table_is_no_codebook(tmp_path: Path) -> None:
    assert "geen codeboek" in refusal(tmp_path, "a,b\n1,2\n")[0].message


def test_a_codebook_without_questions_is_refused(tmp_path: Path) -> None:
    assert "geen enkele vraag" in refusal(tmp_path, "\n".join(CODEBOOK.splitlines()[:5]))[0].message


def plain(folder: Path, text: str | None = None) -> Codebook:
    """The ready codebook as somebody would write it who knows nothing of this website."""
    ready = text or ready_codebook_path().read_text(encoding="utf-8-sig")
    asked = "\n".join(line for line in ready.splitlines() if ",beheer," not in line)
    return small_codebook(folder, without_columns(asked, PLAIN_COLUMNS))


def test_a_plain_codebook_of_the_known_questionnaire_gets_what_the_ready_one_says(tmp_path: Path) -> None:
    assert plain(tmp_path) == read_codebook(ready_codebook_path())


def test_a_plain_codebook_of_another_questionnaire_has_no_roles(tmp_path: Path) -> None:
    asked = "\n".join(line for line in CODEBOOK.splitlines() if ",beheer," not in line)
    codebook = small_codebook(tmp_path, without_columns(asked, PLAIN_COLUMNS))
    assert {variable.role for variable in codebook.variables.values()} == {Role.QUESTION}
    assert {variable.only_if for variable in codebook.variables.values()} == {None}


def test_a_plain_codebook_with_other_codes_is_not_completed_with_wrong_ones(tmp_path: Path) -> None:
    ready = ready_codebook_path().read_text(encoding="utf-8-sig")
    swapped = ready.replace("enkelvoudig,1,ja,innoveert", "enkelvoudig,7,ja,innoveert", 1)
    with pytest.raises(CodebookError) as error:
        plain(tmp_path, swapped)
    assert error.value.mistakes[0].value == "ja" and "code 1" in error.value.mistakes[0].message

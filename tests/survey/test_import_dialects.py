"""The same answers, whatever program wrote the file."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from answer_files import CODEBOOK, HEADER, ROWS, answer_file, changed, content_of, csv_text, small_codebook, xlsx_file
from openpyxl import load_workbook

from survey.importing.answers import MISSING, NOT_ASKED
from survey.importing.reading import read_answers

TABLE = [HEADER, *ROWS]
DIALECTS: dict[str, bytes] = {
    "komma, UTF-8": csv_text(TABLE, ",", "\n").encode(),
    "komma, UTF-8 met BOM": csv_text(TABLE, ",", "\n").encode("utf-8-sig"),
    "tab, UTF-16": csv_text(TABLE, "\t").encode("utf-16"),
    "tab, UTF-16 big endian": b"\xfe\xff" + csv_text(TABLE, "\t").encode("utf-16-be"),
    "streepje": csv_text(TABLE, "|", "\n").encode(),
    "oude Mac": csv_text(TABLE, ";", "\r").encode("cp1252"),
    "alles tussen aanhalingstekens": csv_text(TABLE, ";", quoting=1).encode(),
    "zonder laatste regeleinde": csv_text(TABLE).rstrip().encode(),
    "titelregels": b"Export van de vragenlijst\r\nGemaakt op 1 mei; door ons\r\n\r\n" + csv_text(TABLE).encode(),
    "titelregels met lege cellen": b"Export;;;;;\n;;;;\n" + csv_text(TABLE, newline="\n").encode(),
    "spaties in de kop": csv_text([[f" {name} " for name in HEADER], *ROWS]).encode(),
    "lege kolommen achteraan": csv_text([[*row, "", ""] for row in TABLE]).encode(),
    "lege kolom alleen in de rijen": csv_text([HEADER, *([*row, ""] for row in ROWS)]).encode(),
    "lege kolom alleen in de kop": csv_text([[*HEADER, ""], *ROWS]).encode(),
    "lege rijen achteraan": csv_text([*TABLE, [""] * len(HEADER), [], []]).encode(),
    "lege rij ertussen": csv_text([HEADER, ROWS[0], [], *ROWS[1:]]).encode(),
    "kolommen in een andere volgorde": csv_text([row[::-1] for row in TABLE]).encode(),
    "hint voor Excel": b"sep=;\r\n" + csv_text(TABLE).encode(),
}


def same_as_usual(path: Path, folder: Path) -> None:
    codebook = small_codebook(folder)
    usual = read_answers(answer_file(folder, ROWS), codebook)
    assert content_of(read_answers(path, codebook)) == content_of(usual)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_the_same_answers(dialect: str, tmp_path: Path) -> None:
    path = tmp_path / "ander.csv"
    path.write_bytes(DIALECTS[dialect])
    same_as_usual(path, tmp_path)


def test_the_answers_are_what_was_written(tmp_path: Path) -> None:
    answers = read_answers(answer_file(tmp_path, ROWS), small_codebook(tmp_path))
    assert content_of(answers) | {"types": None} == {
        "sector": [0, 1, 1],  # 9 is an answer here
        "innovatie": [0, 1, 0],
        "soort_1": [1, NOT_ASKED, MISSING],
        "soort_2": [0, NOT_ASKED, 1],
        "klimaat": [2, MISSING, NOT_ASKED],
        "tekst": ["Café aan de haven", None, "Loket, digitaal; nieuw"],
        "counts": (3, 1, date(2021, 2, 15), date(2021, 2, 18)),
        "types": None,
    }


def typed(cell: str) -> Any:
    """As a spreadsheet keeps it."""
    if cell.isdigit():
        return float(cell)
    return datetime.strptime(cell, "%d-%m-%Y %H:%M") if cell[:2].isdigit() else cell or None


def test_a_workbook_with_title_rows_and_another_sheet_gives_the_same_answers(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [["Export"], [], [], HEADER, *([typed(cell) for cell in row] for row in ROWS), []])
    book = load_workbook(path)
    book.create_sheet("Uitleg", 0).append(["Dit is een toelichting"])
    book.save(path)
    same_as_usual(path, tmp_path)


@pytest.mark.parametrize("written", ["1", "1.0", "1,0", " 1 ", "01", "1,00"])
def test_a_code_may_be_written_as_a_number_with_decimals(written: str, tmp_path: Path) -> None:
    same_as_usual(answer_file(tmp_path, changed(0, sector=written)), tmp_path)


@pytest.mark.parametrize(
    "written",
    ["2021-02-15 08:00", "2021-02-15T08:00:00", "2021-02-15T08:00:00.123Z", "15/02/2021 08:00", "15-2-2021 8:00:00"],
)
def test_a_moment_may_be_written_in_several_ways(written: str, tmp_path: Path) -> None:
    same_as_usual(answer_file(tmp_path, changed(0, startdatum=written)), tmp_path)


def test_an_answer_of_several_lines_is_one_answer(tmp_path: Path) -> None:
    path = answer_file(tmp_path, changed(0, tekst='Eerste regel\nTweede "regel"'))
    answers = read_answers(path, small_codebook(tmp_path))
    assert next(iter(answers.texts["tekst"].dropna())) == 'Eerste regel\nTweede "regel"'
    assert answers.finished == 3


@pytest.mark.parametrize("text", ["-", "- samenwerken", "--", "+ meer tijd", "3", "-5"])
def test_an_open_answer_may_begin_with_a_dash(text: str, tmp_path: Path) -> None:
    answers = read_answers(answer_file(tmp_path, changed(0, tekst=text)), small_codebook(tmp_path))
    assert text in list(answers.texts["tekst"])


def test_without_status_who_has_no_end_is_unfinished(tmp_path: Path) -> None:
    place = HEADER.index("status")
    rows = [[cell for number, cell in enumerate(row) if number != place] for row in TABLE]
    plain = "\n".join(line for line in CODEBOOK.splitlines() if not line.startswith("status"))
    answers = read_answers(answer_file(tmp_path, rows[1:], rows[0]), small_codebook(tmp_path, plain))
    assert (answers.finished, answers.unfinished) == (3, 1)


def test_usual_names_of_columns_need_no_place_in_the_codebook(tmp_path: Path) -> None:
    plain = "\n".join(line for line in CODEBOOK.splitlines() if ",beheer," not in line)
    answers = read_answers(answer_file(tmp_path, ROWS), small_codebook(tmp_path, plain))
    assert (answers.finished, answers.unfinished) == (3, 1)


def test_an_option_that_is_left_empty_was_not_chosen_in_a_file_without_zeros(tmp_path: Path) -> None:
    rows = [[cell if cell != "0" else "" for cell in row] for row in ROWS]
    answers = read_answers(answer_file(tmp_path, rows), small_codebook(tmp_path))
    assert answers.columns["soort_2"].tolist() == [0, NOT_ASKED, 1]


def test_zeros_and_not_applicable_are_no_answers_where_nothing_was_asked(tmp_path: Path) -> None:
    rows = changed(1, soort_1="0", soort_2="9")
    answers = read_answers(answer_file(tmp_path, rows), small_codebook(tmp_path))
    assert [int(answers.columns[name][1]) for name in ("soort_1", "soort_2")] == [NOT_ASKED, NOT_ASKED]


def test_many_rows_are_read_in_pieces_with_the_same_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[str(1000 + number), *ROWS[number % 4][1:]] for number in range(400)]
    codebook = small_codebook(tmp_path)
    path = answer_file(tmp_path, rows)
    whole = content_of(read_answers(path, codebook))
    shares: list[float] = []
    monkeypatch.setattr("survey.importing.encodings.utf8_chunks.__defaults__", (257,))
    pieces = content_of(read_answers(path, codebook, shares.append))
    assert pieces == whole
    assert len(shares) > 20 and shares == sorted(shares) and shares[-1] == 1.0

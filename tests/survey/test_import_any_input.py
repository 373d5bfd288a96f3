"""Whatever somebody sends: answers, or a refusal in words; and what is wrong is found where it is."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from answer_files import CODEBOOK, HEADER, ROWS, answer_file, content_of, csv_text, mistakes_in, small_codebook
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from survey.importing.codebook import Codebook, CodebookError
from survey.importing.mistakes import SurveyFileError
from survey.importing.reading import read_answers

MANY = settings(max_examples=150, deadline=None)


def understood(content: bytes, codebook: Codebook) -> bool:
    """Whether the file is read; anything but a refusal in words is an error of ours."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand"
        path.write_bytes(content)
        try:
            read_answers(path, codebook)
        except SurveyFileError as error:
            assert str(error) and len(str(error)) < 40_000
            assert error.mistakes
            return False
        return True


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    return small_codebook(tmp_path_factory.mktemp("codeboek"))


WHOLE = csv_text([HEADER, *ROWS]).encode()


@MANY
@given(content=st.binary(max_size=400))
def test_any_bytes(content: bytes, codebook: Codebook) -> None:
    assert not understood(content, codebook)


@MANY
@given(content=st.binary(max_size=60), start=st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04"]))
def test_any_bytes_below_a_good_header(content: bytes, start: bytes, codebook: Codebook) -> None:
    understood(start + WHOLE + content, codebook)


@MANY
@given(data=st.data())
def test_any_damage(data: st.DataObject, codebook: Codebook) -> None:
    place = data.draw(st.integers(0, len(WHOLE)))
    gone = data.draw(st.integers(0, 30))
    instead = data.draw(st.binary(max_size=10) | st.sampled_from([b'"', b"\n", b"\r", b";", b";;", b'""', b"\0", b"="]))
    understood(WHOLE[:place] + instead + WHOLE[place + gone :], codebook)


CELLS = st.one_of(
    st.sampled_from(
        ["", "1", "2", "9", "0", "1,0", "Voltooid", "15-02-2021 08:00", "=1", "-", '"', "1e0", "\n", "nan"]
    ),
    st.text(max_size=12),
)


@MANY
@given(
    rows=st.lists(st.lists(CELLS, min_size=len(HEADER) - 1, max_size=len(HEADER) + 1), max_size=6),
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table(rows: list[list[str]], delimiter: str, encoding: str, codebook: Codebook) -> None:
    understood(csv_text([HEADER, *rows], delimiter).encode(encoding, "replace"), codebook)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_damage_to_a_workbook(data: st.DataObject, codebook: Codebook) -> None:
    out, broken = io.BytesIO(), io.BytesIO()
    book = Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(broken, "w") as new:
        victim = data.draw(st.sampled_from(sorted(old.namelist())))
        for name in old.namelist():
            content = old.read(name)
            if name == victim:
                place, gone = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 40))
                content = content[:place] + data.draw(st.binary(max_size=20)) + content[place + gone :]
            new.writestr(name, content)
    understood(broken.getvalue(), codebook)


@MANY
@given(data=st.data())
def test_any_damage_to_a_codebook(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(CODEBOOK)))
    gone = data.draw(st.integers(0, 30))
    instead = data.draw(st.text(max_size=8) | st.sampled_from([",", '"', "\n", ",,", "*"]))
    with TemporaryDirectory() as folder:
        try:
            small_codebook(Path(folder), (CODEBOOK[:place] + instead + CODEBOOK[place + gone :]).replace("\ud800", ""))
        except CodebookError as error:
            assert error.mistakes and str(error)


CODES = {"sector": ["1", "9"], "klimaat": ["1", "2", "3", "9", ""], "innovatie": ["1", "2", "9", ""]}
RESPONSE = st.fixed_dictionaries({name: st.sampled_from(codes) for name, codes in CODES.items()})


def table_of(responses: list[dict[str, str]]) -> list[list[str]]:
    return [
        [str(number), "", "", "Voltooid", one["sector"], one["innovatie"], "", "", one["klimaat"], ""]
        for number, one in enumerate(responses, 1)
    ]


@settings(max_examples=60, deadline=None)
@given(responses=st.lists(RESPONSE, min_size=1, max_size=30), delimiter=st.sampled_from(";,\t|"), quoting=st.booleans())
def test_every_way_of_writing_gives_the_same(
    responses: list[dict[str, str]], delimiter: str, quoting: bool, codebook: Codebook
) -> None:
    rows = table_of(responses)
    with TemporaryDirectory() as folder:
        other = Path(folder) / "ander.csv"
        decimal = [[f"{cell}.0" if cell in "1239" and cell else cell for cell in row] for row in rows]
        other.write_text(csv_text([HEADER, *decimal], delimiter, quoting=int(quoting)), encoding="utf-16")
        usual = read_answers(answer_file(Path(folder), rows), codebook)
        assert content_of(read_answers(other, codebook)) == content_of(usual)
        for name, codes in CODES.items():
            options = [option.code for option in codebook.variables[name].options]
            for place, answer in enumerate(usual.columns[name].tolist()):
                written = responses[place][name]
                assert (options[answer] if answer >= 0 else {-1: "9", -2: ""}[answer]) == written
                assert written in codes


@settings(max_examples=60, deadline=None)
@given(
    responses=st.lists(RESPONSE, min_size=1, max_size=30),
    planted=st.dictionaries(
        st.tuples(st.integers(0, 29), st.sampled_from(sorted(CODES))),
        st.sampled_from(["4", "11", "x", "1.5", "-1", "1e0", "=2", "ja"]),
        min_size=1,
        max_size=12,
    ),
)
def test_exactly_the_planted_mistakes_are_found(
    responses: list[dict[str, str]], planted: dict[tuple[int, str], str], codebook: Codebook
) -> None:
    rows = table_of(responses)
    expected = set()
    for (number, name), value in planted.items():
        rows[number % len(rows)][HEADER.index(name)] = value
    for number, row in enumerate(rows):
        for name, codes in CODES.items():
            if (value := row[HEADER.index(name)]) not in codes:
                expected.add((number + 2, name, value))
    with TemporaryDirectory() as folder:
        found = mistakes_in(answer_file(Path(folder), rows), codebook)
    assert {(one.row, one.column, one.value) for one in found} == expected
    assert len(found) == len(expected)

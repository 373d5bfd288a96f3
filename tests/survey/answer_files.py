"""A small questionnaire, and files with answers to it as somebody might send them."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl import Workbook

from survey.importing.answers import Answers
from survey.importing.codebook import Codebook, read_codebook
from survey.importing.mistakes import Mistake, SurveyFileError
from survey.importing.reading import read_answers

CODEBOOK = """variabele,vraag,soort,code,label,indicator,rol,begrip,populatie,alleen_als
respons_id,Nummer,beheer,,,,respondent,,,
startdatum,Begin,beheer,,,,begin,,,
einddatum,Einde,beheer,,,,eind,,,
status,Status,beheer,Voltooid,voltooid,,status,,,
sector,Welke sector?,enkelvoudig,1,Gemeenten,,uitsplitsing,sector/gemeenten,435,
sector,Welke sector?,enkelvoudig,9,Zbo's,,uitsplitsing,sector/zelfstandige-bestuursorganen,,
innovatie,Ingevoerd?,enkelvoudig,1,ja,innoveert,,,,
innovatie,Ingevoerd?,enkelvoudig,2,nee,,,,,
soort_1,Wat voor?,meervoudig,1,Product,product,,,,innovatie=1
soort_2,Wat voor?,meervoudig,1,Dienst,dienst,,,,innovatie=1
klimaat,Werkt u samen?,schaal,1,oneens,samen,klimaatschaal,,,
klimaat,Werkt u samen?,schaal,2,neutraal,samen,klimaatschaal,,,
klimaat,Werkt u samen?,schaal,3,eens,samen,klimaatschaal,,,
tekst,Beschrijf het,open,,,,,,,innovatie=1
*,weet niet,ontbrekend,9,weet niet,,,,,
"""
HEADER = [
    "respons_id", "startdatum", "einddatum", "status", "sector", "innovatie", "soort_1", "soort_2", "klimaat", "tekst",
]  # fmt: skip
ROWS: list[list[str]] = [
    ["101", "15-02-2021 08:00", "15-02-2021 08:20", "Voltooid", "1", "1", "1", "0", "3", "Café aan de haven"],
    ["102", "16-02-2021 09:00", "16-02-2021 09:20", "Voltooid", "9", "2", "", "", "9", ""],
    ["103", "17-02-2021 10:00", "", "Niet voltooid", "1", "", "", "", "", ""],
    ["104", "18-02-2021 11:00", "18-02-2021 11:20", "Voltooid", "9", "1", "9", "1", "", "Loket, digitaal; nieuw"],
]


def small_codebook(folder: Path, text: str = CODEBOOK) -> Codebook:
    """The codebook above, read from a file."""
    path = folder / "codeboek.csv"
    path.write_text(text, encoding="utf-8")
    return read_codebook(path)


def changed(row: int, **cells: str) -> list[list[str]]:
    """The rows above with other cells in one of them."""
    rows = [list(one) for one in ROWS]
    for name, value in cells.items():
        rows[row][HEADER.index(name)] = value
    return rows


def csv_text(rows: Iterable[Iterable[Any]], delimiter: str = ";", newline: str = "\r\n", **style: Any) -> str:
    """A table with its header, as a program would write it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline, **style).writerows(rows)
    return out.getvalue()


def answer_file(folder: Path, rows: Iterable[Iterable[Any]], header: list[str] | None = None) -> Path:
    """A file with semicolons and Windows-1252."""
    path = folder / "antwoorden.csv"
    path.write_bytes(csv_text([HEADER if header is None else header, *rows]).encode("cp1252"))
    return path


def xlsx_file(folder: Path, rows: Iterable[Iterable[Any]]) -> Path:
    """A workbook with these rows on its only sheet."""
    path = folder / "antwoorden.xlsx"
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def mistakes_in(path: Path, codebook: Codebook, **options: Any) -> list[Mistake]:
    """What is told about a file that is refused."""
    try:
        read_answers(path, codebook, **options)
    except SurveyFileError as error:
        return error.mistakes
    return []


def content_of(answers: Answers) -> dict[str, Any]:
    """Everything that matters, so that two sets of answers can be compared."""
    return {
        **{name: column.tolist() for name, column in answers.columns.items()},
        **{name: [None if text != text else text for text in series] for name, series in answers.texts.items()},
        "counts": (answers.finished, answers.unfinished, answers.first_day, answers.last_day),
        "types": {name: column.dtype for name, column in answers.columns.items()} | {"": np.dtype("int8")},
    }


def only(mistakes: list[Mistake]) -> Mistake:
    """The one mistake there is."""
    assert len(mistakes) == 1, mistakes
    return mistakes[0]


def raw(folder: Path, content: bytes, name: str = "bestand.csv") -> Path:
    """A file with exactly these bytes."""
    path = folder / name
    path.write_bytes(content)
    return path

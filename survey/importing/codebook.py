"""The codebook: what each column of a file with answers means, in a table that an analyst can write.

The columns `indicator, rol, begrip, populatie, alleen_als` may be left out of a codebook for the questionnaire that the
project knows; then they are taken from the ready codebook.
"""

import unicodedata
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from .codebook_files import (
    ADMIN_ROLES,
    EVERY_VARIABLE,
    OPTIONAL,
    Builder,
    CodebookRows,
    Row,
    as_codebook_error,
    rows_of,
)
from .codebook_types import Codebook, Kind, Option, Role, Variable, canonical_code
from .mistakes import CodebookError, Mistake, MistakeList

__all__ = [
    "Codebook",
    "CodebookError",
    "Kind",
    "Option",
    "Role",
    "Variable",
    "canonical_code",
    "read_codebook",
    "ready_codebook_path",
]

#: Holds for the whole variable; the other optional columns hold for one answer.
_OF_VARIABLE = ("rol", "alleen_als")


def ready_codebook_path() -> Path:
    """The codebook of the questionnaire of 2021."""
    return Path(settings.CONTENT_DIR) / "barometer" / "vragenlijst-2021.csv"


def read_codebook(path: Path) -> Codebook:
    """The codebook in a CSV or XLSX file. Raises CodebookError with everything that is wrong in it."""
    found = rows_of(path)
    rows = found.rows
    absent = [column for column in OPTIONAL if column not in found.columns]
    if absent and ready_codebook_path().is_file():
        rows = _completed(rows, rows_of(ready_codebook_path()), absent)
    return Builder().codebook(rows)


def _completed(rows: list[Row], ready: CodebookRows, absent: list[str]) -> list[Row]:
    """The rows with what the ready codebook says in the absent columns, when all variables are known there."""
    names = {row["variabele"] for row in rows} - {EVERY_VARIABLE}
    ready_names = {row["variabele"] for row in ready.rows}
    if not names or not names <= ready_names:
        return rows
    of_answer = {(row["variabele"], canonical_code(row["code"])): row for row in ready.rows}
    of_variable: dict[tuple[str, str], str] = {}
    for row in ready.rows:
        for column in _OF_VARIABLE:
            if row[column]:
                of_variable.setdefault((row["variabele"], column), row[column])
    mistakes = MistakeList()
    labels = {key: _plain(row["label"]) for key, row in of_answer.items()}
    completed: list[Row] = []
    for row in rows:
        name, code = row["variabele"], canonical_code(row["code"])
        mistakes.add(_swapped(row, labels))
        same = of_answer.get((name, code))
        extra = {column: same[column] for column in absent if same and column not in _OF_VARIABLE}
        extra |= {column: of_variable.get((name, column), "") for column in absent if column in _OF_VARIABLE}
        completed.append(replace(row, cells=row.cells | extra))
    if mistakes.total:
        raise as_codebook_error(mistakes)
    admin = [row for row in ready.rows if row["rol"] in ADMIN_ROLES and row["variabele"] not in names]
    return [*(admin if "rol" in absent else []), *completed]


def _swapped(row: Row, labels: dict[tuple[str, str], str]) -> list[Mistake]:
    """Completing goes by code; where the label belongs to another code, every number would stand at a wrong answer."""
    name, code = row["variabele"], canonical_code(row["code"])
    label = _plain(row["label"])
    others = [key[1] for key, known in labels.items() if key[0] == name and known == label and key[1]]
    if not label or not code or code in others or not others:
        return []
    message = (
        f"Dit antwoord heeft in de vragenlijst die de website kent code {others[0]}. Verbeter de code, of voeg aan het "
        f"codeboek de kolommen {', '.join(OPTIONAL)} toe."
    )
    return [Mistake(row.number, "label", row["label"], message)]


def _plain(text: str) -> str:
    """Without accents, capitals and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in letters if character.isalnum())

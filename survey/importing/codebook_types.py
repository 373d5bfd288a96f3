"""What a codebook says: what each column of a file with answers means."""

import re
from dataclasses import dataclass
from enum import StrEnum

#: Places in the options must fit in one byte, next to the signs for "not asked" and "don't know".
MOST_OPTIONS = 120
#: The code of a multiple-choice option that was not chosen.
NOT_CHOSEN = "0"
_WHOLE_NUMBER = re.compile(r"(?:\+|(-))?0*(\d+)(?:[.,]0+)?", re.ASCII)


def canonical_code(text: str) -> str:
    """One spelling for a code: 1, 01, 1.0 and "1,0" are the same; what is no whole number stays as it is."""
    stripped = text.strip()
    match = _WHOLE_NUMBER.fullmatch(stripped)
    return (match[1] or "") + match[2] if match else stripped


class Kind(StrEnum):
    """How a question is answered; the words stand in the codebook."""

    SINGLE = "enkelvoudig"
    MULTIPLE = "meervoudig"
    SCALE = "schaal"
    OPEN = "open"
    #: No question: the number of the respondent, moments, status. Its role tells which.
    ADMIN = "beheer"


class Role(StrEnum):
    """What a column is for; the words stand in the codebook."""

    QUESTION = ""
    RESPONDENT = "respondent"
    STARTED = "begin"
    FINISHED = "eind"
    STATUS = "status"
    GROUP = "uitsplitsing"
    CLIMATE_ITEM = "klimaatschaal"
    STATEMENT = "stelling"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its code in the file, its words, and what it stands for.

    `indicator` is the slug of the indicator that counts it (two options may share one; empty: counted in the base
    only). `concept` is `scheme/slug`, for a breakdown. `population`: how many such organisations there are.
    """

    code: str
    label: str
    indicator: str = ""
    concept: str = ""
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """One column. A multiple-choice question has one column, so one variable, for each of its options.

    `only_if`: (column, code): asked only of those who gave that answer there. `missing`: codes for "don't know".
    For scales (roles climate item, statement, factor) `indicator` is the one that the whole column measures.
    """

    name: str
    question: str
    kind: Kind
    options: tuple[Option, ...]
    missing: frozenset[str] = frozenset()
    role: Role = Role.QUESTION
    indicator: str = ""
    only_if: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """All columns, in their order in the codebook; those of kind ADMIN are no questions."""

    variables: dict[str, Variable]

    def with_role(self, role: Role) -> list[Variable]:
        """The columns that serve for this."""
        return [variable for variable in self.variables.values() if variable.role is role]

    def questions(self) -> list[Variable]:
        """The columns that hold answers."""
        return [variable for variable in self.variables.values() if variable.kind is not Kind.ADMIN]

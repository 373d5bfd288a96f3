"""One column of answers as one byte an answer: fast where all is well, exact about what is not."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .answers import MISSING, NOT_ASKED, Codes
from .codebook_types import NOT_CHOSEN, Kind, Variable, canonical_code

#: No code that the codebook knows.
UNKNOWN = -100
#: Codes up to here are looked up in a table; larger ones by their text.
_LARGEST_CODE = 9_999


@dataclass(slots=True)
class CodeReader:
    """Reads the answers to one closed question."""

    variable: Variable
    places: dict[str, int] = field(init=False)
    _table: NDArray[np.int8] = field(init=False)

    def __post_init__(self) -> None:
        variable = self.variable
        if variable.kind is Kind.MULTIPLE:
            self.places = {NOT_CHOSEN: 0, variable.options[0].code: 1}
        else:
            self.places = {option.code: place for place, option in enumerate(variable.options)}
        self.places |= dict.fromkeys(variable.missing - self.places.keys(), MISSING)
        numbers = {int(code): place for code, place in self.places.items() if _is_small(code)}
        self._table = np.full(max(numbers, default=0) + 2, UNKNOWN, np.int8)  # the last one: not in the table
        for number, place in numbers.items():
            self._table[number] = place

    @property
    def needs_text(self) -> bool:
        """Whether its codes are numbers that don't fit the table, such as -1 or 20210001."""
        return any(not _is_small(code) and any(map(str.isdigit, code)) for code in self.places)

    def read(self, column: "pd.Series[float]") -> Codes:
        """The place of each answer, or NOT_ASKED, MISSING or UNKNOWN."""
        if column.dtype.kind in "iuf":
            return self._of_numbers(column.to_numpy())
        return self._of_texts(column)

    def allowed(self) -> str:
        """The codes that may stand in this column, for a message."""
        known = list(self.places)
        return ", ".join(known[:20]) + (", …" if len(known) > 20 else "")

    def _of_numbers(self, values: NDArray[np.float64]) -> Codes:
        last = len(self._table) - 1
        with np.errstate(invalid="ignore"):  # empty cells are looked at below
            whole = values.astype(np.int64)
            fits = (whole == values) & (values >= 0) & (values < last)
        found: Codes = self._table[np.where(fits, whole, last)]
        if values.dtype.kind == "f":
            found[np.isnan(values)] = NOT_ASKED
        return found

    def _of_texts(self, column: "pd.Series[float]") -> Codes:
        places, unique = pd.factorize(column.to_numpy(object))
        table = np.array([self._place(str(text)) for text in unique] + [NOT_ASKED], np.int8)
        return table[places]  # pandas gives an empty cell place -1: the last one

    def _place(self, text: str) -> int:
        code = canonical_code(text)
        return self.places.get(code, UNKNOWN) if code else NOT_ASKED


@dataclass(slots=True)
class TextReader:
    """Gathers the answers to one open question; each text is kept once."""

    missing: frozenset[str]
    known: dict[str, int] = field(default_factory=dict)

    def read(self, column: "pd.Series[str]") -> NDArray[np.int32]:
        """For each respondent the number of the text, or -1."""
        places, unique = pd.factorize(column.to_numpy(object))
        numbers = [self._number(str(text).strip()) for text in unique]
        return np.array([*numbers, -1], np.int32)[places]

    def series(self, numbers: NDArray[np.int32]) -> "pd.Series[str]":
        """The texts of the respondents; only texts that somebody of them wrote are categories."""
        categories = pd.Index(list(self.known), dtype="str")
        series = pd.Series(pd.Categorical.from_codes(numbers, categories))
        return series.cat.remove_unused_categories()

    def _number(self, text: str) -> int:
        if not text or canonical_code(text) in self.missing:
            return -1
        return self.known.setdefault(text, len(self.known))


def _is_small(code: str) -> bool:
    return code.isascii() and code.isdigit() and code == canonical_code(code) and int(code) <= _LARGEST_CODE

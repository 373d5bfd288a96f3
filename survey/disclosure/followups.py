"""A question that is asked only of those who gave an answer to another: its base is the count of that answer.

Where that count is not given, the follow-up may not be shown either, or its base would give the count after all.
A codebook tells which question follows which. What it does not tell is read from the answers themselves: but that
nobody was left out, or hardly anybody, can't be told from chance there.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..measures import OUTSIDE
from .released import Group
from .structure import Bools
from .tables import Table

#: A base that happens to miss everybody with a rare answer looks like a follow-up; this is how rarely that may happen.
_CHANCE = 0.01
#: So many respondents are looked at before all of them.
_GLANCE = 1000


@dataclass(slots=True)
class FollowUps:
    """The tables that were made, so far as they have counts that are not given."""

    _open: list[tuple[Table, frozenset[Group]]]

    def __init__(self) -> None:
        self._open = []

    def add(self, table: Table) -> None:
        """Note what this table does not give. Questions have to come before those that follow on them."""
        if hidden := table.open_groups():
            self._open.append((table, hidden))

    def closed_for(self, base: Bools, after: str = "") -> frozenset[Group]:
        """The groups that have to stay hidden of a question with this base, put after the question with key `after`."""
        closed: set[Group] = set()
        for table, hidden in self._open:
            columns = _given(table, base) if table.measure.key == after else _answers_that_lead(table, base)
            if columns:
                closed |= {group for group in hidden if not _is_told(table, group, columns)}
        return frozenset(closed)


def _given(table: Table, base: Bools) -> set[int]:
    """The answers of those in the base."""
    return _columns(table, np.unique(table.measure.answers[base]))


def _columns(table: Table, answers: NDArray[np.int8]) -> set[int]:
    places = {category: column for column, category in enumerate(table.columns)}
    return {places.get(int(category), len(table.columns)) for category in answers if category != OUTSIDE}


def _answers_that_lead(table: Table, base: Bools) -> set[int]:
    """The answers that all in the base gave, when the base is a follow-up on these; else nothing."""
    answers = table.measure.answers
    if (answers[:_GLANCE][base[:_GLANCE]] == OUTSIDE).any():
        return set()
    given = answers[base]
    if not len(given) or (given == OUTSIDE).any():
        return set()
    leading = np.unique(given)
    asked = answers != OUTSIDE
    others = int(np.count_nonzero(asked) - np.count_nonzero(np.isin(answers, leading)))
    missed = 1 - len(given) / np.count_nonzero(asked)
    if not others or missed**others > _CHANCE:
        return set()
    return _columns(table, leading)


def _is_told(table: Table, group: Group, columns: set[int]) -> bool:
    """Whether these answers together are given: each of them, or each of the others."""
    others = set(range(table.counts.shape[1])) - columns
    return any(all(table.is_exact(group, column) for column in one) for one in (columns, others) if one)

"""What the attacker knows beforehand: who took part, and in which groups everybody is."""

from dataclasses import dataclass

import numpy as np

from ..measures import Breakdown, Measured
from .released import EVERYBODY, Group
from .structure import Bools, Ints


@dataclass(frozen=True, slots=True)
class Population:
    """Respondents by combination of public groups; and, apart from that, by group of each private breakdown.

    `codes`: for each way of dividing, the place of each respondent. `groups`, `divided`: the places that belong to a
    group, and to the division that a breakdown is in.
    """

    groups: dict[Group, Bools]
    divided: dict[str, Bools]
    breakdowns: tuple[Breakdown, ...]
    codes: tuple[Ints, ...]
    combinations: int

    def sizes(self, base: Bools) -> Ints:
        """How many of each combination are in this base."""
        return np.bincount(np.concatenate([codes[base] for codes in self.codes]), minlength=self.combinations)


def respondents_of(measured: Measured) -> int:
    """How many answered at all."""
    lengths = {len(one.answers) for one in measured.shares} | {len(one.scores) for one in measured.scores}
    return max(lengths, default=0)


def population_of(breakdowns: tuple[Breakdown, ...], respondents: int) -> Population:
    """Nobody knows who is in a private group, so its members can't be set against those of other groups."""
    public = [one for one in breakdowns if one.is_public]
    divisions = [public, *([one] for one in breakdowns if not one.is_public)]
    places: list[Ints] = []
    start = 0
    for division in divisions:
        codes = np.zeros(respondents, dtype=np.int64)
        for one in division:
            _, codes = np.unique(codes * (len(one.groups) + 1) + one.members + 1, return_inverse=True)
        places.append(codes + start)
        start = int(places[-1].max(initial=start - 1)) + 1
    groups: dict[Group, Bools] = {}
    divided: dict[str, Bools] = {}
    for division, codes in zip(divisions, places, strict=True):
        for one in division:
            divided[one.scheme] = _marked(codes, start)
            for place, slug in enumerate(one.groups):
                groups[Group(one.scheme, slug)] = _marked(codes[one.members == place], start)
    groups[EVERYBODY] = _marked(places[0], start)
    return Population(groups, divided, breakdowns, tuple(places), start)


def _marked(places: Ints, length: int) -> Bools:
    marks = np.zeros(length, dtype=bool)
    marks[places] = True
    return marks

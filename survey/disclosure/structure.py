"""Respondents by their combination of groups: all that tells them apart, for us and for an attacker."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..measures import OUTSIDE, Breakdown
from .released import EVERYBODY, Group

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

#: Above this many possible combinations they are counted by sorting instead of by place.
_MOST_PLACES = 5_000_000


@dataclass(frozen=True, slots=True)
class Structure:
    """Which combinations of groups occur.

    `places`: for each respondent its combination. `members`: breakdown x combination, the place of the group in the
    breakdown or OUTSIDE.
    """

    breakdowns: tuple[Breakdown, ...]
    places: Ints
    members: Ints

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return self.members.shape[1]

    def count(self, answers: NDArray[np.int8], categories: int) -> Ints:
        """How many respondents of each combination gave each answer; combinations x categories."""
        width = categories + 1
        flat = np.bincount(self.places * width + (answers.astype(np.int64) + 1), minlength=self.size * width)
        return flat.reshape(self.size, width)[:, 1:]

    def group(self, breakdown: int, place: int) -> Group:
        """The name of a group."""
        one = self.breakdowns[breakdown]
        return Group(one.scheme, one.groups[place])

    def inside(self, group: Group) -> NDArray[np.bool_]:
        """The combinations that lie in this group."""
        if group == EVERYBODY:
            return np.ones(self.size, dtype=bool)
        for place, one in enumerate(self.breakdowns):
            if one.scheme == group.scheme:
                inside: NDArray[np.bool_] = self.members[place] == one.groups.index(group.slug)
                return inside
        raise KeyError(group)

    def groups(self) -> list[Group]:
        """Everybody, then all groups of all breakdowns."""
        named = [Group(one.scheme, slug) for one in self.breakdowns for slug in one.groups]
        return [EVERYBODY, *named]


def structure_of(breakdowns: Sequence[Breakdown], respondents: int) -> Structure:
    """Find the combinations that occur among the respondents."""
    code = np.zeros(respondents, dtype=np.int64)
    width = 1
    for one in breakdowns:
        code = code * (len(one.groups) + 1) + (one.members.astype(np.int64) - OUTSIDE)
        width *= len(one.groups) + 1
        if width > _MOST_PLACES:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
            width = int(code.max(initial=0)) + 1
    present = np.flatnonzero(np.bincount(code, minlength=width))
    new_place = np.zeros(width, dtype=np.int64)
    new_place[present] = np.arange(len(present))
    places = new_place[code]
    members = np.zeros((len(breakdowns), len(present)), dtype=np.int64)
    for row, one in enumerate(breakdowns):
        members[row, places] = one.members
    return Structure(tuple(breakdowns), places, members)

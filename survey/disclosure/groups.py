"""Which groups may be shown for a base: each large enough, and no sum or difference about a few."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from ..models import Withheld
from .isolation import isolated
from .released import EVERYBODY, Group
from .rules import Rules
from .structure import Ints, Structure

NOTHING: frozenset[Group] = frozenset()


@dataclass(frozen=True, slots=True)
class ShownGroups:
    """For one base: why groups are withheld, and the bases of the groups that are shown."""

    withheld: Mapping[Group, Withheld]
    bases: Mapping[Group, int]


class Gate:
    """Decides about groups; remembers its decisions, because many questions have the same base."""

    def __init__(self, structure: Structure, rules: Rules) -> None:
        self._structure = structure
        self._rules = rules
        self._known: dict[tuple[bytes, frozenset[Group]], ShownGroups] = {}

    def shown(self, sizes: Ints, closed: frozenset[Group] = NOTHING) -> ShownGroups:
        """`sizes`: the base in each combination. `closed`: groups that have to stay hidden for another reason."""
        key = (sizes.tobytes(), closed)
        if key not in self._known:
            self._known[key] = self._decide(sizes, closed)
        return self._known[key]

    def _decide(self, sizes: Ints, closed: frozenset[Group]) -> ShownGroups:
        structure, least = self._structure, self._rules.least_answers
        bases = {group: int(sizes[structure.inside(group)].sum()) for group in structure.groups()}
        if bases[EVERYBODY] < least or EVERYBODY in closed:
            why = Withheld.FEW if bases[EVERYBODY] < least else Withheld.PROTECTS
            return ShownGroups({group: Withheld.FEW if n < least else why for group, n in bases.items()}, {})
        few = {group for group, n in bases.items() if n < least}
        fixed = few | set(closed)
        hidden = set(fixed)
        while exposing := self._exposing(sizes, hidden):
            hidden.add(min(exposing, key=lambda group: (bases[group], group.scheme, group.slug)))
        # Hiding the smallest first may have hidden more than was needed: show again what may be, the largest first.
        for group in sorted(hidden - fixed, key=lambda group: (-bases[group], group.scheme, group.slug)):
            if not self._exposing(sizes, hidden - {group}):
                hidden.discard(group)
        return ShownGroups(
            {group: Withheld.FEW if group in few else Withheld.PROTECTS for group in hidden},
            {group: n for group, n in bases.items() if group not in hidden},
        )

    def _exposing(self, sizes: Ints, hidden: Collection[Group]) -> list[Group]:
        """Shown groups one of which has to be hidden, because together they tell of a few; empty when all is well."""
        labels = [self._labels(row, hidden) for row in range(len(self._structure.breakdowns))]
        public = [row for row, one in enumerate(self._structure.breakdowns) if one.is_public]
        # Nobody knows who is in the groups of a private breakdown, so its sums can't be set against those of others.
        apart = [[row] for row in range(len(labels)) if row not in public]
        for rows in [public, *apart]:
            nodes = isolated([labels[row] for row in rows], sizes, self._rules.least_answers)
            if nodes:
                candidates = [(rows[row], label) for row, label in nodes]
                return self._shown_among(candidates, hidden) or self._shown_beside(candidates, hidden)
        return []

    def _labels(self, row: int, hidden: Collection[Group]) -> Ints:
        """The place of each group + 1; 0 for all that is not shown, unknown groups too."""
        one = self._structure.breakdowns[row]
        shown = [Group(one.scheme, slug) not in hidden for slug in one.groups]
        table = np.array([0, *(place * is_shown for place, is_shown in enumerate(shown, 1))], dtype=np.int64)
        labels: Ints = table[self._structure.members[row] + 1]
        return labels

    def _shown_among(self, nodes: list[tuple[int, int]], hidden: Collection[Group]) -> list[Group]:
        groups = [self._structure.group(row, label - 1) for row, label in nodes if label]
        return [group for group in groups if group not in hidden]

    def _shown_beside(self, nodes: list[tuple[int, int]], hidden: Collection[Group]) -> list[Group]:
        """All that is hidden in a breakdown is too little together: one more of that breakdown has to go."""
        found = []
        for row in {row for row, _ in nodes}:
            one = self._structure.breakdowns[row]
            occupied = {int(place) for place in np.unique(self._structure.members[row]) if place >= 0}
            for place in occupied:
                group = Group(one.scheme, one.groups[place])
                if group not in hidden:
                    found.append(group)
        return found

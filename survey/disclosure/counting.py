"""What an attacker can find out about counts: all ways to fill in the unknown ones, searched by linear programming.

Counts are whole numbers. In a small table a solution in fractions is solved again in whole numbers, so what is found is
exact; in a large one, where whole numbers leave practically the same room, fractions have to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import coo_array, csr_array, vstack

from .structure import Bools, Floats, Ints

_ALMOST = 1e-6
#: Up to so many directions to look in for many counts at once, before each count is looked at by itself.
_GLANCES = 12
#: So many unknowns are solved in whole numbers; and after so many seconds the solution in fractions counts.
_FEW_UNKNOWNS = 150
_PATIENCE = 10.0


@dataclass(slots=True)
class Target:
    """A count that the attacker is after: of some combinations, one answer; with what he has seen it could be.

    `n`: the base. `width`: at least so far apart the lowest and highest possible count must be.
    """

    name: str
    inside: Bools
    column: int
    n: int
    width: int = 0
    lowest: float = np.inf
    highest: float = -np.inf

    def see(self, count: float) -> None:
        """It could be this."""
        self.lowest, self.highest = min(self.lowest, count), max(self.highest, count)

    def too_high(self, limit: int) -> bool:
        """The lowest possible count tells that nearly everybody gave this answer, more precisely than allowed."""
        low, high = np.ceil(self.lowest - _ALMOST), np.floor(self.highest + _ALMOST)
        allowed = max(0, self.n - limit + 1)
        return bool(low >= allowed and (low > allowed or high < self.n))

    def too_low(self, limit: int) -> bool:
        """The highest possible count tells that nearly nobody gave this answer, more precisely than allowed."""
        low, high = np.ceil(self.lowest - _ALMOST), np.floor(self.highest + _ALMOST)
        allowed = min(self.n, limit - 1)
        return bool(high <= allowed and (high < allowed or low > 0))

    def is_narrow(self) -> bool:
        """Lowest and highest are too near to each other."""
        low, high = np.ceil(self.lowest - _ALMOST), np.floor(self.highest + _ALMOST)
        return bool(high - low < min(self.width, self.n))

    def is_found(self, limit: int) -> bool:
        """The attacker knows too much of it."""
        return self.too_low(limit) or self.too_high(limit) or self.is_narrow()


class Unknowns:
    """How many of each combination gave each answer: the unknowns, and what is told about sums of them.

    `sizes`: the base in each combination. With two answers one unknown is enough: the rest gave the other.
    """

    def __init__(self, sizes: Ints, answers: int) -> None:
        self.at = np.flatnonzero(sizes)
        self.sizes = sizes[self.at]
        self.answers = answers
        self.columns = 1 if answers == 2 else answers
        self._told: dict[tuple[bytes, int], tuple[int, int]] = {}
        self._same: list[tuple[Bools, Bools]] = []

    def same(self, one: Bools, other: Bools) -> None:
        """These are the same respondents, divided in two ways: each answer is given as often by both."""
        self._same.append((one[self.at], other[self.at]))

    def tell(self, inside: Bools, column: int, low: int, high: int) -> None:
        """The count of these combinations with this answer lies from low to high."""
        if column >= self.columns:
            n = int(self.sizes[inside[self.at]].sum())
            column, low, high = 0, n - high, n - low
        key = (inside[self.at].tobytes(), column)
        before = self._told.get(key, (0, np.iinfo(np.int64).max))
        self._told[key] = (max(low, before[0]), min(high, before[1]))

    def attack(self, targets: list[Target], limit: int) -> Iterable[str]:
        """What can be worked out, in words that do not tell it: they may end up in a log."""
        problem = _Problem(self.sizes, self.columns, self._told, self._same)
        rows = np.array([self._direction(target) for target in targets]).reshape(len(targets), len(problem.sizes))

        def look(direction: Floats) -> bool:
            point = problem.highest(direction)
            if point is None:
                return False
            for target, row in zip(targets, rows, strict=True):
                count = float(row @ point)
                target.see(target.n - count if self.columns == 1 and target.column == 1 else count)
            return True

        chance = np.random.default_rng(1)
        for glance in range(_GLANCES):
            left = [number for number, target in enumerate(targets) if target.is_found(limit)]
            if not left:
                break
            signs = chance.choice([-1.0, 1.0], len(left)) if glance > 1 else np.full(len(left), 1.0 - 2 * glance)
            if not look(signs @ rows[left]):
                yield "de getallen spreken elkaar tegen"
                return
        for target, row in zip(targets, rows, strict=True):
            for direction in (row, -row):
                if target.is_found(limit):
                    look(direction)
            if target.is_found(limit):
                yield f"{target.name}, is te nauw te bepalen"
        if problem.has_certain():
            yield "van een combinatie van groepen is zeker dat iedereen of niemand een antwoord gaf"

    def _direction(self, target: Target) -> Floats:
        direction = np.zeros((len(self.sizes), self.columns))
        direction[target.inside[self.at], 0 if self.columns == 1 else target.column] = 1
        return direction.ravel()


class _Problem:
    """The linear program: for each combination and answer a number from 0 to the size of the combination."""

    def __init__(
        self,
        sizes: Ints,
        columns: int,
        told: dict[tuple[bytes, int], tuple[int, int]],
        same: list[tuple[Bools, Bools]],
    ) -> None:
        self.sizes = np.repeat(sizes, columns).astype(np.float64)
        self.seen_some = np.zeros(len(self.sizes), dtype=bool)
        self.seen_others = np.zeros(len(self.sizes), dtype=bool)
        self.columns = columns
        rows: list[tuple[Ints, Floats, int, int]] = []
        for (inside, column), (least, most) in told.items():
            members = np.flatnonzero(np.frombuffer(inside, dtype=bool))
            rows.append((members * columns + column, np.ones(len(members)), least, most))
        for one, other in same:
            members = np.flatnonzero(one | other)
            rows.extend((members * columns + c, np.where(one[members], 1.0, -1.0), 0, 0) for c in range(columns))
        if columns > 1:
            for at, size in enumerate(sizes.tolist()):
                rows.append((np.arange(at * columns, (at + 1) * columns), np.ones(columns), size, size))
        lows, highs = [row[2] for row in rows], [row[3] for row in rows]
        where = np.repeat(np.arange(len(rows)), [len(row[0]) for row in rows])
        places = np.concatenate([np.array([], dtype=np.int64), *(row[0] for row in rows)])
        values = np.concatenate([np.array([]), *(row[1] for row in rows)])
        matrix = csr_array(coo_array((values, (where, places)), shape=(len(rows), len(self.sizes))))
        low, high = np.array(lows, dtype=np.float64), np.array(highs, dtype=np.float64)
        exact = low == high
        self.equal, self.equal_to = matrix[exact], low[exact]
        self.below = vstack([matrix[~exact], -matrix[~exact]], format="csr")
        self.below_of = np.concatenate([high[~exact], -low[~exact]])

    def highest(self, direction: Floats) -> Floats | None:
        """A point that is as far as possible in this direction; None when nothing fits what is told."""
        found = _solve(-direction, self.below, self.below_of, self.equal, self.equal_to, self.sizes)
        if found is None:
            return None
        self.seen_some |= found > 1 - _ALMOST
        self.seen_others |= found < self.sizes - 1 + _ALMOST
        return found

    def has_certain(self) -> bool:
        """Whether there are combinations of which it is certain that everybody, or nobody, gave an answer.

        Looks for a solution with as many uncertain ones as possible at once, until no more are found.
        """
        number = len(self.sizes)
        # Fractions: anything clearly above nothing can be moved to a whole one by mixing solutions.
        least = 1 - _ALMOST if 2 * number <= _FEW_UNKNOWNS else 0.01
        while not (self.seen_some.all() and self.seen_others.all()):
            some, others = np.flatnonzero(~self.seen_some), np.flatnonzero(~self.seen_others)
            signs = np.concatenate([-np.ones(len(some)), np.ones(len(others))])
            picked = np.concatenate([some, others])
            extra = len(picked)
            count = np.arange(extra)
            # For each a mark from 0 to 1: no higher than the count itself, or than how many did not give the answer.
            mark = coo_array(
                (
                    np.concatenate([signs, np.ones(extra)]),
                    (np.tile(count, 2), np.concatenate([picked, number + count])),
                ),
                shape=(extra, number + extra),
            )
            room = np.concatenate([np.zeros(len(some)), self.sizes[others]])
            below = vstack([_wider(self.below, extra), csr_array(mark)], format="csr")
            goal = np.concatenate([np.zeros(number), -np.ones(extra)])
            upper = np.concatenate([self.sizes, np.ones(extra)])
            found = _solve(
                goal, below, np.concatenate([self.below_of, room]), _wider(self.equal, extra), self.equal_to, upper
            )
            if found is None or found[number:].max() < least:
                break
            point = found[:number]
            self.seen_some |= point > least
            self.seen_others |= point < self.sizes - least
        return not (self.seen_some.all() and self.seen_others.all())


def _wider(matrix: csr_array, extra: int) -> csr_array:
    return csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], matrix.shape[1] + extra))


def _solve(
    goal: Floats, below: csr_array, below_of: Floats, equal: csr_array, equal_to: Floats, upper: Floats
) -> Floats | None:
    """The lowest point for this goal, in whole numbers."""
    arguments = {
        "A_ub": below if below.shape[0] else None,
        "b_ub": below_of if below.shape[0] else None,
        "A_eq": equal if equal.shape[0] else None,
        "b_eq": equal_to if equal.shape[0] else None,
        "bounds": np.column_stack([np.zeros(len(upper)), upper]),
        "method": "highs",
    }
    found: OptimizeResult = linprog(goal, **arguments)
    if found.x is None:
        return None
    if len(upper) <= _FEW_UNKNOWNS and np.abs(found.x - np.rint(found.x)).max(initial=0) > _ALMOST:
        whole = linprog(goal, integrality=1, options={"time_limit": _PATIENCE}, **arguments)
        if whole.x is not None:
            return np.asarray(whole.x)
    return np.asarray(found.x)

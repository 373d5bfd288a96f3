"""Can sums and differences of shown groups single out a few respondents? An exact search, for any number of breakdowns.

Give every group of every breakdown a number; groups that are not shown share one. A sum of groups, each taken once,
added or subtracted, gives a respondent the sum of the numbers of its groups, and tells of those where this is not
zero. So we look for numbers that leave few respondents, but not nobody, above or below zero.

- A breakdown of which the numbers would have to differ only at the cost of many respondents can be left out.
- With two breakdowns left it is a graph: groups are points, respondents are lines from their one group to their other,
  and few respondents singled out is a light cut through a connected part. Stoer and Wagner (1997) find the lightest.
- With more it is a small integer program.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .structure import Ints

#: Two-part divisions of a breakdown are all looked at up to this many groups (2^9 divisions).
_MOST_DIVIDED = 10

#: (row of the partition, label in it)
Node = tuple[int, int]


def isolated(partitions: Sequence[Ints], sizes: Ints, fewest: int) -> list[Node]:
    """Groups of which a sum or difference tells of less than `fewest` respondents; empty if there are none.

    `partitions`: for each breakdown the label of each combination, one label for all that is not shown.
    `sizes`: respondents in each combination.
    """
    occupied = sizes > 0
    sizes = sizes[occupied]
    left = [(row, labels[occupied]) for row, labels in enumerate(partitions)]
    for row, labels in left:
        totals = np.bincount(labels, weights=sizes)
        small = np.flatnonzero((totals > 0) & (totals < fewest))
        if len(small):
            return [(row, int(label)) for label in small]
    for one in sorted(left, key=lambda item: len(np.unique(item[1]))):
        if len(left) > 2 and _must_be_even(one[1], [labels for row, labels in left if row != one[0]], sizes, fewest):
            left = [item for item in left if item[0] != one[0]]
    if len(left) < 2:
        return []
    if len(left) == 2:
        return _light_cut(left, sizes, fewest)
    return _program(left, sizes, fewest)


def _must_be_even(labels: Ints, others: list[Ints], sizes: Ints, fewest: int) -> bool:
    """Whether two different numbers in this breakdown always cost `fewest` respondents, whatever the others do.

    Respondents who are alike in all other breakdowns can only all be at zero if their numbers here are the same.
    """
    own = np.unique(labels, return_inverse=True)[1]
    groups = int(own.max()) + 1
    if groups == 1:
        return True
    if groups > _MOST_DIVIDED:
        return False
    _, cell = np.unique(np.stack(others), axis=1, return_inverse=True)
    table = np.zeros((int(cell.max()) + 1, groups))
    np.add.at(table, (cell, own), sizes)
    for division in product((False, True), repeat=groups - 1):
        part = np.array([True, *division])
        if not part.all():
            cost = np.minimum(table[:, part].sum(axis=1), table[:, ~part].sum(axis=1)).sum()
            if cost < fewest:
                return False
    return True


def _light_cut(left: list[tuple[int, Ints]], sizes: Ints, fewest: int) -> list[Node]:
    nodes = [(row, int(label)) for row, labels in left for label in np.unique(labels)]
    place = {node: number for number, node in enumerate(nodes)}
    weight = np.zeros((len(nodes), len(nodes)))
    (first, first_labels), (second, second_labels) = left
    for one, other, size in zip(first_labels, second_labels, sizes, strict=True):
        a, b = place[first, int(one)], place[second, int(other)]
        weight[a, b] += size
        weight[b, a] += size
    for part in _connected(weight > 0):
        cut, side = _lightest_cut(weight[np.ix_(part, part)])
        if cut < fewest:
            chosen = part[side]
            rest = np.setdiff1d(part, chosen)
            crossing = [n for n in part if weight[n, rest if n in chosen else chosen].sum() > 0]
            smaller = chosen if weight[chosen].sum() <= weight[rest].sum() else rest
            return [nodes[n] for n in smaller] + [nodes[n] for n in crossing if n not in smaller]
    return []


def _connected(linked: NDArray[np.bool_]) -> list[Ints]:
    unseen, parts = set(range(len(linked))), []
    while unseen:
        part, edge = set(), [unseen.pop()]
        while edge:
            node = edge.pop()
            part.add(node)
            new = [n for n in np.flatnonzero(linked[node]).tolist() if n in unseen]
            unseen.difference_update(new)
            edge.extend(new)
        parts.append(np.array(sorted(part)))
    return parts


def _lightest_cut(weight: NDArray[np.float64]) -> tuple[float, Ints]:
    """The lightest cut of a connected graph, and the points on one side (Stoer-Wagner)."""
    weight = weight.copy()
    merged = [[n] for n in range(len(weight))]
    alive = list(range(len(weight)))
    best, side = np.inf, np.array([], dtype=np.int64)
    while len(alive) > 1:
        order = [alive[0]]
        pull = weight[alive[0]].copy()
        while len(order) < len(alive):
            rest = [n for n in alive if n not in order]
            order.append(max(rest, key=lambda n: pull[n]))
            if len(order) < len(alive):
                pull += weight[order[-1]]
        last, before = order[-1], order[-2]
        if pull[last] < best:
            best, side = float(pull[last]), np.array(merged[last])
        merged[before] += merged[last]
        weight[before] += weight[last]
        weight[:, before] += weight[:, last]
        weight[before, before] = 0
        alive.remove(last)
    return best, side


def _program(left: list[tuple[int, Ints]], sizes: Ints, fewest: int) -> list[Node]:
    """Numbers for each group (the total and a group each -1, 0 or 1) that leave 1 to `fewest` - 1 respondents off zero.

    Unknowns: the numbers; for each combination whether it is above zero and whether it is below.
    """
    nodes = [(row, int(label)) for row, labels in left for label in np.unique(labels)]
    place = {node: number for number, node in enumerate(nodes)}
    atoms, free = len(sizes), len(nodes)
    # The total counts along with the groups of the first breakdown.
    reach = np.where([row == left[0][0] for row, _ in nodes], 2.0, 1.0)
    most = len(left) + 1
    rows: list[tuple[dict[int, float], float, float]] = []
    for atom in range(atoms):
        above, below = free + atom, free + atoms + atom
        total = {place[row, int(labels[atom])]: 1.0 for row, labels in left}
        # above = 1 exactly when the total is 1 or more, below = 1 exactly when it is -1 or less.
        rows.append((total | {above: -float(most)}, -np.inf, 0))
        rows.append((total | {above: -float(most + 1)}, -most, np.inf))
        rows.append((total | {below: float(most)}, 0, np.inf))
        rows.append((total | {below: float(most + 1)}, -np.inf, most))
    counted = {free + atom + side * atoms: float(sizes[atom]) for atom in range(atoms) for side in (0, 1)}
    rows.append((counted, 1, fewest - 1))
    matrix = csr_array(
        (
            [value for row, _, _ in rows for value in row.values()],
            (
                [number for number, (row, _, _) in enumerate(rows) for _ in row],
                [column for row, _, _ in rows for column in row],
            ),
        ),
        shape=(len(rows), free + 2 * atoms),
    )
    bounds = Bounds(np.concatenate([-reach, np.zeros(2 * atoms)]), np.concatenate([reach, np.ones(2 * atoms)]))
    found = milp(
        np.zeros(free + 2 * atoms),
        integrality=np.ones(free + 2 * atoms),
        bounds=bounds,
        constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
        options={"time_limit": 20},
    )
    if found.status == 2:  # proven impossible
        return []
    if found.x is None:  # undecided: as unsafe as found
        return nodes
    return [node for node, number in zip(nodes, found.x[:free], strict=True) if abs(number) > 0.5]

"""What may be told of scores: mean and deviation, quartiles of larger groups, never a lowest, highest or single value."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from ..measures import ScoreMeasure
from .groups import Gate
from .released import Group, ReleasedScore
from .rules import Rules
from .structure import Floats, Ints, Structure

#: The ends of every score.
LOWEST_SCORE, HIGHEST_SCORE = 1.0, 5.0
#: A quartile with more decimals could be the score of one organisation.
_DECIMALS = 1
_QUARTILES = (0.25, 0.5, 0.75)
_TENTHS = (0.1, 0.9)


def release_scores(
    measure: ScoreMeasure, structure: Structure, gate: Gate, rules: Rules, closed: frozenset[Group]
) -> Iterable[ReleasedScore]:
    """One row for each group. Groups of which nearly all scores are the same are withheld too."""
    scale, table = _table(measure, structure)
    closed = _with_telling_groups(scale, table, measure.edges, structure, gate, rules, closed)
    shown = gate.shown(table.sum(axis=1), closed)
    for group in structure.groups():
        if group in shown.withheld:
            yield ReleasedScore(measure.indicator, group, None, withheld=shown.withheld[group])
        else:
            yield _row(measure.indicator, group, scale, table[structure.inside(group)].sum(axis=0), rules)


def _table(measure: ScoreMeasure, structure: Structure) -> tuple[Floats, Ints]:
    """The different scores, and how many of each combination have each."""
    known = ~np.isnan(measure.scores)
    values, codes = np.unique(measure.scores[known], return_inverse=True)
    flat = np.bincount(structure.places[known] * len(values) + codes, minlength=structure.size * len(values))
    return values, flat.reshape(structure.size, len(values))


def _with_telling_groups(
    scale: Floats,
    table: Ints,
    edges: tuple[float, ...],
    structure: Structure,
    gate: Gate,
    rules: Rules,
    closed: frozenset[Group],
) -> frozenset[Group]:
    """Close groups until neither a shown group nor what is left of a breakdown tells of a few by its mean and spread."""
    sizes = table.sum(axis=1)

    def tells(part: Ints) -> bool:
        return _is_same(part, rules) or _tells_a_class(scale, part.sum(axis=0), edges, rules)

    while True:
        shown = gate.shown(sizes, closed)
        exposed = {group for group in shown.bases if tells(table[structure.inside(group)])}
        for one in structure.breakdowns:
            groups = [Group(one.scheme, slug) for slug in one.groups]
            open_groups = [group for group in groups if group in shown.bases]
            rest = np.ones(structure.size, dtype=bool)
            for group in open_groups:
                rest &= ~structure.inside(group)
            if open_groups and tells(table[rest]):
                exposed.add(min(open_groups, key=lambda group: (shown.bases[group], group.slug)))
        if not exposed:
            return closed
        closed |= exposed


def _is_same(table: Ints, rules: Rules) -> bool:
    """All scores are the same, or so few differ that one who knows his own knows those of the others."""
    totals = table.sum(axis=0)
    n = int(totals.sum())
    return n > 0 and n - int(totals.max(initial=0)) < rules.small_count


def _tells_a_class(scale: Floats, counts: Ints, edges: tuple[float, ...], rules: Rules) -> bool:
    """Whether mean and deviation prove that a class of scores with very few in it can't hold as many as its range says.

    So many in the class, as near to the mean as the class goes, and all others equal, give the least spread there can
    be. When that is more than the spread that is told, or the others would lie beyond the scale, a reader knows more
    than the range of the class tells.
    """
    n, most = int(counts.sum()), rules.small_count - 1
    if not edges or n <= rules.small_count:
        return False
    mean = float(counts @ scale / n)
    spread = float(counts @ (scale - mean) ** 2)
    for low, high in pairwise((LOWEST_SCORE, *edges, HIGHEST_SCORE)):
        # A score on an edge between classes is in one of them: counting it in neither only withholds more.
        within = ((scale > low) | (low == LOWEST_SCORE)) & ((scale < high) | (high == HIGHEST_SCORE))
        inside = int(counts[within].sum())
        nearest = min(max(mean, low), high)
        others = (n * mean - most * nearest) / (n - most)
        least = most * (nearest - mean) ** 2 * n / (n - most)
        if inside < rules.small_count and (least > spread or not LOWEST_SCORE <= others <= HIGHEST_SCORE):
            return True
    return False


def _row(indicator: str, group: Group, scale: Floats, counts: Ints, rules: Rules) -> ReleasedScore:
    n = int(counts.sum())
    mean = float(counts @ scale / n)
    deviation = float(np.sqrt(counts @ (scale - mean) ** 2 / (n - 1)))
    quartiles = _quantiles(scale, counts, _QUARTILES) if n >= rules.quartiles_from else (None, None, None)
    tenths = _quantiles(scale, counts, _TENTHS) if n >= rules.tenths_from else (None, None)
    return ReleasedScore(indicator, group, n, mean, deviation, *quartiles, *tenths)


def _quantiles(scale: Floats, counts: Ints, shares: Iterable[float]) -> tuple[float, ...]:
    """As `numpy.quantile` of all scores would give them (between neighbours in proportion), rounded."""
    upto = np.cumsum(counts)
    found = []
    for share in shares:
        place = share * (int(upto[-1]) - 1)
        low, high = (scale[np.searchsorted(upto, np.floor(place) + step, side="right")] for step in (0, place % 1 > 0))
        found.append(round(float(low + (high - low) * (place % 1)), _DECIMALS))
    return tuple(found)

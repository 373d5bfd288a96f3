"""What may be told of scores: mean and deviation, quartiles of larger groups, never a lowest, highest or single value."""

from collections.abc import Iterable

import numpy as np

from ..measures import ScoreMeasure
from .groups import Gate
from .released import Group, ReleasedScore
from .rules import Rules
from .structure import Floats, Ints, Structure

#: A quartile with more decimals could be the score of one organisation.
_DECIMALS = 1
_QUARTILES = (0.25, 0.5, 0.75)
_TENTHS = (0.1, 0.9)


def release_scores(
    measure: ScoreMeasure, structure: Structure, gate: Gate, rules: Rules, closed: frozenset[Group]
) -> Iterable[ReleasedScore]:
    """One row for each group. Groups of which nearly all scores are the same are withheld too."""
    scale, table = _table(measure, structure)
    closed = _with_hidden_sameness(table, structure, gate, rules, closed)
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


def _with_hidden_sameness(
    table: Ints, structure: Structure, gate: Gate, rules: Rules, closed: frozenset[Group]
) -> frozenset[Group]:
    """Close groups until no shown group, and nothing that is left of a breakdown, has nearly only one score."""
    sizes = table.sum(axis=1)
    while True:
        shown = gate.shown(sizes, closed)
        exposed = {group for group in shown.bases if _is_same(table[structure.inside(group)], rules)}
        for one in structure.breakdowns:
            groups = [Group(one.scheme, slug) for slug in one.groups]
            open_groups = [group for group in groups if group in shown.bases]
            rest = np.ones(structure.size, dtype=bool)
            for group in open_groups:
                rest &= ~structure.inside(group)
            if open_groups and _is_same(table[rest], rules):
                exposed.add(min(open_groups, key=lambda group: (shown.bases[group], group.slug)))
        if not exposed:
            return closed
        closed |= exposed


def _is_same(table: Ints, rules: Rules) -> bool:
    """All scores are the same, or so few differ that one who knows his own knows those of the others."""
    totals = table.sum(axis=0)
    n = int(totals.sum())
    return n > 0 and n - int(totals.max(initial=0)) < rules.small_count


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

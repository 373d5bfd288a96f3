"""What goes with an innovation that paid off: the regressions of the report of 2021 (Tekstvak 2), computed again.

For each outcome a logistic regression on all features of the innovation and the climate score, backward, p < 0.05.
Sector and size are no features: their odds ratios, beside the shares of all others, could tell what disclosure control
withheld of a small sector; the report found that they matter little.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..measures import OUTSIDE, Measured, ShareMeasure
from ..models import Association
from ..statistics.regression import Coefficient, NotEstimableError, backward
from .features import Feature, complete, features_of

Direction = Association.Direction
Flags = NDArray[np.bool_]
Columns = Mapping[str, NDArray[Any]]

OUTCOMES = ("waarde-kwaliteit", "waarde-efficiency", "waarde-tevreden-medewerkers")
#: No number may rest on fewer: who has the feature or not, with or without the outcome, must each be this many.
SMALLEST_CELL = 10
#: Respondents who answered everything that is looked at.
SMALLEST = 100
#: Organisations with and without the outcome for each feature that stays (Peduzzi 1996), and for each to begin with:
#: of more features those that by themselves go least with the outcome are not looked at.
EVENTS_KEPT, EVENTS_TRIED = 10, 5
#: In a larger file so many respondents, evenly spread over it, choose the features; everybody counts in what is found.
SAMPLE = 10_000
DECIMALS = 3


@dataclass(frozen=True, slots=True)
class AssociationEstimate:
    """How a feature goes with an outcome, both as indicators, all features looked at together.

    No odds ratio where the feature was looked at and nothing was found. For the climate score it is for one point more.
    """

    outcome: str
    feature: str
    direction: str
    odds_ratio: float | None
    low: float | None
    high: float | None
    n: int


def associations_of(measured: Measured) -> list[AssociationEstimate]:
    """All regressions that these answers allow; an outcome that can't be estimated is left out."""
    features = features_of(measured)
    found: list[AssociationEstimate] = []
    for outcome in OUTCOMES:
        for measure in measured.shares:
            for place, category in enumerate(measure.categories):
                if category.indicator == outcome:
                    found.extend(_associations(outcome, measure, place, features))
    return found


def _associations(
    outcome: str, measure: ShareMeasure, place: int, features: list[Feature]
) -> Iterable[AssociationEstimate]:
    rows, known = complete(np.flatnonzero(measure.answers != OUTSIDE), features)
    reached = measure.answers[rows] == place
    events = _events(reached)
    if len(rows) < SMALLEST or events < EVENTS_KEPT:
        return
    columns = {feature.indicator: feature.values(rows) for feature in known}
    strength = {slug: _strength(column, reached) for slug, column in columns.items() if _is_broad(column, reached)}
    order = sorted(strength, key=lambda slug: (-strength[slug], slug))
    found = _looked_at(reached, {slug: columns[slug] for slug in order[: events // EVENTS_TRIED]})
    for slug, term in sorted(found.items(), key=lambda item: item[1].probability if item[1] else 1):
        if term is None:
            yield AssociationEstimate(outcome, slug, Direction.NONE, None, None, None, len(rows))
        else:
            direction = Direction.POSITIVE if term.estimate > 0 else Direction.NEGATIVE
            ratio, low, high = (round(number, DECIMALS) for number in (term.odds_ratio, term.low, term.high))
            yield AssociationEstimate(outcome, slug, direction, ratio, low, high, len(rows))


def _looked_at(reached: Flags, columns: Columns) -> dict[str, Coefficient | None]:
    """What was found of each feature that could be estimated; None is nothing."""
    if len(reached) <= SAMPLE:
        return _backward(reached, columns)
    sample = np.linspace(0, len(reached) - 1, SAMPLE).astype(np.intp)
    found = _backward(reached[sample], {slug: column[sample] for slug, column in columns.items()})
    return found | _backward(reached, {slug: columns[slug] for slug, term in found.items() if term})


def _backward(reached: Flags, columns: Columns) -> dict[str, Coefficient | None]:
    """Columns run from the one that goes most with the outcome to the one that goes least."""
    tried = list(columns)
    while tried:
        try:
            model = backward(reached, [columns[slug] for slug in tried], most=_events(reached) // EVENTS_KEPT)
        except NotEstimableError as error:
            # The feature that is to blame goes, or else the one that by itself goes least with the outcome.
            tried.pop(-1 if error.column is None else error.column)
            continue
        kept = dict(zip(model.columns, model.coefficients, strict=True)) if model else {}
        return {slug: kept.get(column) for column, slug in enumerate(tried)}
    return {}


def _events(reached: Flags) -> int:
    """The smaller group of those with and those without the outcome."""
    positive = int(np.count_nonzero(reached))
    return min(positive, len(reached) - positive)


def _is_broad(column: NDArray[Any], reached: Flags) -> bool:
    """Whether enough respondents stand in each cell of feature against outcome."""
    if column.dtype != np.bool_:
        return bool(np.ptp(column) > 0)
    n, yes, events = len(column), int(np.count_nonzero(column)), int(np.count_nonzero(reached))
    both = int(np.count_nonzero(column & reached))
    return min(both, yes - both, events - both, n - yes - events + both) >= SMALLEST_CELL


def _strength(column: NDArray[Any], reached: Flags) -> float:
    """How far feature and outcome go together by themselves: their correlation without its sign."""
    return abs(float(np.corrcoef(column, reached)[0, 1]))

"""Features of an innovation that may go with what it brought: the columns of the regressions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..measures import OUTSIDE, Measured, ScoreMeasure, ShareMeasure
from ..models import Statistic
from .climate import SCORE

Rows = NDArray[np.intp]

#: Indicators that are features of an innovation, by the beginning of their slug.
FEATURES = ("type-", "herkomst-", "technologie-", "aanleiding-", "financiering-", "partner-", "factor-")
#: What the other answers to a question are set against; where none of these is among them, the most given answer.
REFERENCES = frozenset({"herkomst-zelf-ontwikkeld", "technologie-klein-of-geen-deel"})
#: A question that fewer of the respondents answered is left out, rather than all who did not answer it.
ANSWERED = 0.8


@dataclass(frozen=True, slots=True)
class Feature:
    """One answer that a respondent gave or not, or a score.

    `is_yes_or_unknown`: who is outside the base of the question counts as not having the feature.
    """

    indicator: str
    measure: ShareMeasure | ScoreMeasure
    place: int = 0
    is_yes_or_unknown: bool = False

    def known(self, rows: Rows) -> NDArray[np.bool_]:
        """Of which of these respondents the feature is known."""
        if isinstance(self.measure, ScoreMeasure):
            return ~np.isnan(self.measure.scores[rows])
        if self.is_yes_or_unknown:
            return np.ones(len(rows), dtype=np.bool_)
        return self.measure.answers[rows] != OUTSIDE

    def values(self, rows: Rows) -> NDArray[Any]:
        """True, False or the score."""
        if isinstance(self.measure, ScoreMeasure):
            return self.measure.scores[rows]
        return self.measure.answers[rows] == self.place


def features_of(measured: Measured) -> list[Feature]:
    """All features that these answers tell, in the order of the questions; the climate score last."""
    found = [feature for measure in measured.shares for feature in _features(measure)]
    return found + [Feature(SCORE, score) for score in measured.scores if score.indicator == SCORE]


def complete(rows: Rows, features: list[Feature]) -> tuple[Rows, list[Feature]]:
    """Which of these respondents answered all questions that enough of them answered, and the features among those."""
    kept: list[Feature] = []
    everything = np.ones(len(rows), dtype=np.bool_)
    for feature in features:
        known = feature.known(rows)
        if np.count_nonzero(known) >= max(1, ANSWERED * len(rows)):
            everything &= known
            kept.append(feature)
    return rows[everything], kept


def _features(measure: ShareMeasure) -> Iterable[Feature]:
    """Each answer of a question that is a feature, but one to set the others against."""
    for place, category in enumerate(measure.categories):
        # Of a factor only whether it helped. Who does not know, or has nothing to do with it, does not say that it did.
        if category.statistic is Statistic.HELPED and category.indicator.startswith(FEATURES):
            yield Feature(category.indicator, measure, place, is_yes_or_unknown=True)
    places = [
        place
        for place, category in enumerate(measure.categories)
        if category.statistic is Statistic.SHARE and category.indicator.startswith(FEATURES)
    ]
    if places and len(places) == len(measure.categories):
        places.remove(_reference(measure))
    for place in places:
        yield Feature(measure.categories[place].indicator, measure, place)


def _reference(measure: ShareMeasure) -> int:
    for place, category in enumerate(measure.categories):
        if category.indicator in REFERENCES:
            return place
    return int(np.argmax([np.count_nonzero(measure.answers == place) for place in range(len(measure.categories))]))

"""A question that was counted from others, such as the innovation spectrum: how many of the four types were ticked.

Its counts and theirs are tied by a sum over all of them, which no table of one question knows of. So it is shown only
where nothing of it, and nothing of what it was counted from, is left open.
"""

from collections.abc import Sequence

import numpy as np

from ..measures import OUTSIDE, ShareMeasure

#: Respondents that are looked at for each possible source; with fewer a sum would fit by chance.
_FOR_EACH = 3
_MOST = 5000
_ALMOST = 1e-6


def sources_of(measure: ShareMeasure, others: Sequence[ShareMeasure]) -> list[ShareMeasure]:
    """The questions with two answers of which this one is a sum; empty when it is not. They have the same base."""
    base = measure.answers != OUTSIDE
    if len(measure.categories) < 3 or not base.any():
        return []
    two = [one for one in others if len(one.categories) == 2 and np.array_equal(one.answers != OUTSIDE, base)]
    rows = np.flatnonzero(base)[:_MOST]
    if not two or len(rows) < _FOR_EACH * len(two):
        return []
    known = np.column_stack([np.ones(len(rows)), *(one.answers[rows] for one in two)]).astype(np.float64)
    wanted = measure.answers[rows].astype(np.float64)
    weights = np.linalg.lstsq(known, wanted, rcond=None)[0]
    if np.abs(known @ weights - wanted).max() > _ALMOST:
        return []
    return [one for one, weight in zip(two, weights[1:], strict=True) if abs(weight) > _ALMOST]

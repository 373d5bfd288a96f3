"""Scales of several statements: one score for each respondent, how reliable it is, and how scores are spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Items = Sequence[NDArray[Any]]

#: The part of the statements that a respondent must have answered to get a score. The report of 2021 names no rule;
#: four out of five is the usual one: the score of the others says little else, and few organisations are lost.
ANSWERED = 0.8

#: Below the first a climate is limited, above the second it is strong; both bounds belong to the middle group.
LIMITED_BELOW, STRONG_ABOVE = 3.6, 4.0
#: Scores are means of whole numbers; beyond this many decimals they differ by the rounding of the computer only.
DECIMALS = 9


class ClimateGroup(IntEnum):
    """Place of a climate group in everything that lists them."""

    LIMITED = 0
    MEDIUM = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Quartiles:
    """With linear interpolation between answers (R's type 7, numpy's default), as spreadsheets do it too."""

    lower: float
    median: float
    upper: float


def scale_scores(items: Items, answered: float = ANSWERED) -> NDArray[np.float64]:
    """The mean of each respondent's answers, NaN for who answered less than `answered` of the items.

    Each item holds one answer for each respondent, from 1 up; what is below 1 or NaN is no answer.
    """
    if not items:
        return np.empty(0)
    total, count = np.zeros(len(items[0])), np.zeros(len(items[0]), dtype=np.int16)
    for item in items:
        given = item >= 1
        total += np.where(given, item, 0)
        count += given
    # 0.8 x 15 is 12.000000000000002 for a computer: twelve answers must do.
    enough = count >= max(1.0, round(answered * len(items), DECIMALS))
    return np.divide(total, count, out=np.full(len(total), np.nan), where=enough)


def complete_rows(items: Items) -> NDArray[np.bool_]:
    """Who answered every item."""
    return np.logical_and.reduce([item >= 1 for item in items]) if items else np.empty(0, dtype=np.bool_)


def cronbach_alpha(items: Items) -> float:
    """Cronbach's alpha (1951) over those who answered every item.

    NaN where it says nothing: fewer than two items or respondents, or everybody has the same total.
    """
    complete = complete_rows(items)
    if len(items) < 2 or np.count_nonzero(complete) < 2:
        return float("nan")
    total, own = np.zeros(np.count_nonzero(complete)), 0.0
    for item in items:
        answers = item[complete].astype(np.float64)
        total += answers
        own += answers.var(ddof=1)
    together = total.var(ddof=1)
    if together <= 10**-DECIMALS:
        return float("nan")
    return float(len(items) / (len(items) - 1) * (1 - own / together))


def climate_groups(scores: NDArray[np.float64]) -> NDArray[np.int8]:
    """The ClimateGroup of each score; -1 without a score. 3.6 and 4.0 themselves are in the middle group."""
    exact = np.round(scores, DECIMALS)
    groups = np.full(len(exact), ClimateGroup.MEDIUM, dtype=np.int8)
    groups[exact < LIMITED_BELOW] = ClimateGroup.LIMITED
    groups[exact > STRONG_ABOVE] = ClimateGroup.STRONG
    groups[np.isnan(exact)] = -1
    return groups


def quartiles(scores: NDArray[np.float64]) -> Quartiles:
    """The quartiles of the scores that are there; NaN if there are none."""
    known = scores[~np.isnan(scores)]
    if not len(known):
        return Quartiles(float("nan"), float("nan"), float("nan"))
    lower, median, upper = np.quantile(known, [0.25, 0.5, 0.75])
    return Quartiles(float(lower), float(median), float(upper))

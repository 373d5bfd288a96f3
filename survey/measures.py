"""What is measured of each respondent, before anything is published: the input of disclosure control.

Nothing here may reach the database or a page; only what `survey.disclosure` releases may.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .models import Statistic

#: The respondent does not belong to the base of this measure (not asked, don't know).
OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Category:
    """One class of answers. Without an indicator it only completes the base and is never shown itself."""

    indicator: str
    statistic: Statistic = Statistic.SHARE


@dataclass(frozen=True, slots=True)
class ShareMeasure:
    """Answers in classes that exclude each other and together hold the whole base.

    `answers`: for each respondent the place in `categories`, or OUTSIDE. `after`: the key of the question that decides
    to whom this one is put; empty when it is put to everybody.
    """

    key: str
    categories: tuple[Category, ...]
    answers: NDArray[np.int8]
    after: str = ""


@dataclass(frozen=True, slots=True)
class ScoreMeasure:
    """A score from 1 to 5 for each respondent; NaN where it can't be given.

    `edges`: where classes of scores meet, when it is told too how many organisations are in each class.
    """

    key: str
    indicator: str
    scores: NDArray[np.float64]
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Which group of one classification each respondent belongs to.

    `scheme` and `groups` are slugs of the vocabulary; `members`: place in `groups`, or OUTSIDE when unknown.
    `is_public`: an outsider can know to which group an organisation belongs (sector, cluster, size; not its climate).
    """

    scheme: str
    groups: tuple[str, ...]
    members: NDArray[np.int8]
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """All that is measured of one file of answers, and how its respondents can be grouped."""

    shares: tuple[ShareMeasure, ...]
    scores: tuple[ScoreMeasure, ...]
    breakdowns: tuple[Breakdown, ...]

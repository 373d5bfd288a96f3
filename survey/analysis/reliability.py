"""How well the statements of the climate scale measure one thing."""

from math import isnan

import numpy as np

from ..disclosure.released import EVERYBODY
from ..importing.answers import Answers
from ..models import Statistic
from ..statistics.scales import complete_rows, cronbach_alpha
from .climate import SCORE, items
from .estimates import Estimate

#: Fewer complete answers make alpha jump about; and one number over so many tells nothing about one organisation.
SMALLEST = 30
#: What the field reports; more would only tell more about the answers behind it.
DECIMALS = 2


def reliability_of(answers: Answers) -> list[Estimate]:
    """Cronbach's alpha over everybody who answered the whole climate scale; empty without a scale or enough answers."""
    scale = items(answers)
    if not scale:
        return []
    n = int(np.count_nonzero(complete_rows(scale)))
    alpha = cronbach_alpha(scale) if n >= SMALLEST else float("nan")
    if isnan(alpha):
        return []
    return [Estimate(SCORE, EVERYBODY, Statistic.RELIABILITY, value=round(alpha, DECIMALS), n=n)]

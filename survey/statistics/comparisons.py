"""Whether a group differs from all others by more than chance.

Probabilities are two-sided and take the organisations as a draw out of many more: no finite population correction,
so a verdict never leans on having heard nearly all of a small group.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ..models import Verdict

#: How likely a verdict may be by chance alone, over the family it belongs to.
SIGNIFICANCE = 0.05
#: A group, or all others together, needs this many answers for a verdict.
SMALLEST = 10
#: Below this expected count the normal approximation fails (Cochran 1954), and Fisher's exact test is used.
LEAST_EXPECTED = 5
#: Means that differ less are the same number to a reader.
ROUNDING = 1e-9
#: Tables whose chances differ by less than this part are equally likely; the rest is rounding.
TIE = 1e-7


@dataclass(frozen=True, slots=True)
class Count:
    """How many of n."""

    count: int
    n: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and deviation (divided by n - 1) of n scores."""

    mean: float
    deviation: float
    n: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A group minus the rest, and how likely a difference at least this large is by chance (NaN: can't be said)."""

    difference: float
    probability: float


def compare_shares(group: Count, rest: Count) -> Comparison:
    """The difference between shares (from -1 to 1), by the pooled z test or, for small counts, Fisher's exact test."""
    if not group.n or not rest.n:
        return Comparison(nan, nan)
    difference = group.count / group.n - rest.count / rest.n
    if min(group.n, rest.n) < SMALLEST:
        return Comparison(difference, nan)
    n, count = group.n + rest.n, group.count + rest.count
    if count in (0, n):
        return Comparison(difference, 1.0)
    if min(group.n, rest.n) * min(count, n - count) / n < LEAST_EXPECTED:
        return Comparison(difference, _exact_probability(group, rest))
    pooled = count / n
    error = sqrt(pooled * (1 - pooled) * (1 / group.n + 1 / rest.n))
    return Comparison(difference, float(2 * special.ndtr(-abs(difference) / error)))


def compare_means(group: Spread, rest: Spread) -> Comparison:
    """The difference between means, by Welch's test."""
    difference = group.mean - rest.mean
    if min(group.n, rest.n) < SMALLEST:
        return Comparison(difference, nan)
    own, other = group.deviation**2 / group.n, rest.deviation**2 / rest.n
    if not own + other > 0:
        # Nobody differs from anybody; or two groups that each agree, of which no test can say more.
        return Comparison(difference, 1.0 if own + other == 0 and abs(difference) < ROUNDING else nan)
    freedom = (own + other) ** 2 / (own**2 / (group.n - 1) + other**2 / (rest.n - 1))
    return Comparison(difference, float(2 * special.stdtr(freedom, -abs(difference) / sqrt(own + other))))


def without(everybody: Spread, group: Spread) -> Spread:
    """All others: what is left of everybody when a group is taken out. Deviation NaN for fewer than two others."""
    n = everybody.n - group.n
    if n <= 0:
        return Spread(nan, nan, 0)
    mean = (everybody.mean * everybody.n - group.mean * group.n) / n
    squares = (
        _squares(everybody)
        - _squares(group)
        - group.n * (group.mean - everybody.mean) ** 2
        - n * (mean - everybody.mean) ** 2
    )
    # Rounded input can leave slightly less than nothing.
    return Spread(mean, sqrt(max(squares, 0.0) / (n - 1)) if n > 1 else nan, n)


def verdicts(comparisons: Sequence[Comparison], significance: float = SIGNIFICANCE) -> list[Verdict]:
    """What to say of each comparison of one family.

    By Benjamini and Hochberg (1995): of all differences that are called higher or lower in a family, at most one in
    twenty is expected to be chance. A reader goes through many numbers of a breakdown and stops at the marked ones, so
    what must hold is that marks can be trusted; Holm's promise (not one false mark among hundreds of comparisons)
    would hide nearly every real difference in a survey of a few hundred organisations.
    """
    adjusted = false_discovery_rates(np.array([comparison.probability for comparison in comparisons]))
    return [
        _verdict(comparison, rate, significance)
        for comparison, rate in zip(comparisons, adjusted.tolist(), strict=True)
    ]


def false_discovery_rates(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities adjusted for their number, by Benjamini and Hochberg; NaN stays NaN and does not count."""
    adjusted = np.full(len(probabilities), nan)
    known = np.flatnonzero(~np.isnan(probabilities))
    falling = known[np.argsort(-probabilities[known])]
    ranks = np.arange(len(falling), 0, -1)
    adjusted[falling] = np.minimum.accumulate(probabilities[falling] * len(falling) / ranks)
    return adjusted


def _exact_probability(group: Count, rest: Count) -> float:
    """Fisher's exact test, two-sided: all tables with the same totals that are at most as likely as this one.

    scipy.stats has it too, but takes 35 MB and a second to load, for every process of the site.
    """
    count = group.count + rest.count
    first = max(0, count - rest.n)
    counts = np.arange(first, min(count, group.n) + 1)
    logs = _log_choices(group.n, counts) + _log_choices(rest.n, count - counts)
    likely = special.softmax(logs)
    return float(min(1.0, likely[likely <= likely[group.count - first] * (1 + TIE)].sum()))


def _log_choices(n: int, counts: NDArray[np.int_]) -> NDArray[np.float64]:
    """The logarithm of how many ways there are to choose so many out of n."""
    return np.asarray(special.gammaln(n + 1) - special.gammaln(counts + 1) - special.gammaln(n - counts + 1))


def _verdict(comparison: Comparison, rate: float, significance: float) -> Verdict:
    if isnan(rate):
        return Verdict.UNKNOWN
    if rate >= significance:
        return Verdict.SAME
    return Verdict.MORE if comparison.difference > 0 else Verdict.LESS


def _squares(spread: Spread) -> float:
    return spread.deviation**2 * (spread.n - 1) if spread.n > 1 else 0.0

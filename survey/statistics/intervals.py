"""How sure a share or a mean is: intervals, corrected for a population that is known and small."""

from math import inf, sqrt
from typing import NamedTuple

from scipy import special

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """From `low` to `high`, both included."""

    low: float
    high: float


def share_interval(count: int, n: int, population: int | None = None, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval for a share, from 0 to 1 (Wilson 1927).

    With a known population of N the answers weigh as n(N - 1) / (N - n) answers out of an endless one, because the
    variance of a share drawn without replacement is (N - n) / (N - 1) of that with replacement (Cochran, Sampling
    Techniques, 3.2). Who heard everybody (n = N) knows the share itself; with more answers than organisations N says nothing.
    Nobody asked: anything is possible.
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    share = count / n
    weight = _effective(n, population)
    if weight == inf:
        return Interval(share, share)
    z = _normal_quantile(confidence)
    centre = (share + z * z / (2 * weight)) / (1 + z * z / weight)
    half = z * sqrt(share * (1 - share) / weight + z * z / (4 * weight * weight)) / (1 + z * z / weight)
    # At 0 and 1 the bound is exact; rounding must not carry it past the share it belongs to.
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == n else min(1.0, centre + half)
    return Interval(low, high)


def mean_interval(
    mean: float, deviation: float, n: int, population: int | None = None, confidence: float = CONFIDENCE
) -> Interval | None:
    """Student's interval for a mean; `deviation` is that of the sample (divided by n - 1).

    With a known population of N the standard error shrinks by the root of 1 - n/N (Cochran, 2.6). Nothing for fewer
    than two answers: one answer does not tell how far answers lie apart.
    """
    if population and n > population:
        population = None  # more answers than there are organisations: parts of them answered too
    if population == n:
        return Interval(mean, mean)
    if n < 2 or not deviation >= 0:
        return None
    unseen = 1 - n / population if population else 1.0
    half = float(special.stdtrit(n - 1, (1 + confidence) / 2)) * deviation / sqrt(n) * sqrt(unseen)
    return Interval(mean - half, mean + half)


def _effective(n: int, population: int | None) -> float:
    if not population or n > population:
        return n
    return n * (population - 1) / (population - n) if n < population else inf


def _normal_quantile(confidence: float) -> float:
    return float(special.ndtri((1 + confidence) / 2))

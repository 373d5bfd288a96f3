"""From released counts to numbers a reader can weigh: percentages, intervals, differences, verdicts.

Computed from released numbers only, so nothing here can tell more than disclosure control let pass.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import isnan

from ..disclosure.released import EVERYBODY, Group, Release, ReleasedScore, ReleasedShare
from ..models import Qualifier, Statistic, Verdict, Withheld
from ..statistics.comparisons import Comparison, Count, Spread, compare_means, compare_shares, verdicts, without
from ..statistics.intervals import Interval, mean_interval, share_interval

DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number of an edition; shares in percent (0-100), differences of shares in percentage points.

    `difference` and `verdict` are against all others together, so everybody has none. What is withheld has only its
    reason.
    """

    indicator: str
    group: Group
    statistic: Statistic
    value: float | None = None
    value_to: float | None = None
    qualifier: Qualifier = Qualifier.EXACT
    n: int | None = None
    low: float | None = None
    high: float | None = None
    difference: float | None = None
    verdict: Verdict | None = None
    withheld: Withheld | None = None


def estimates_of(release: Release, populations: Mapping[Group, int]) -> list[Estimate]:
    """All numbers of an edition.

    The population of a group corrects the interval of every question, also of those asked of a part of the group: how
    many there are in that part is unknown, and the whole group can only make the interval wider.

    Verdicts are corrected within a family: all indicators of one breakdown, shares and scores apart (the climate score
    differs between climate groups by definition; such certainties must not make the others look more certain).
    """
    families: dict[tuple[str, bool], list[tuple[int, Comparison]]] = defaultdict(list)
    estimates: list[Estimate] = []
    everybody = {(share.indicator, share.statistic): share for share in release.shares if share.group == EVERYBODY}
    for share in release.shares:
        estimate, comparison = _share(share, populations.get(share.group), everybody)
        if comparison:
            families[share.group.scheme, True].append((len(estimates), comparison))
        estimates.append(estimate)
    everyone = {score.indicator: score for score in release.scores if score.group == EVERYBODY}
    for score in release.scores:
        estimate, comparison = _mean(score, populations.get(score.group), everyone.get(score.indicator))
        if comparison:
            families[score.group.scheme, False].append((len(estimates), comparison))
        estimates.append(estimate)
        estimates.extend(_spread(score))
    for family in families.values():
        for (place, _), verdict in zip(family, verdicts([one for _, one in family]), strict=True):
            estimates[place] = replace(estimates[place], verdict=verdict)
    return estimates


def _share(
    share: ReleasedShare,
    population: int | None,
    everybody: Mapping[tuple[str, Statistic], ReleasedShare],
) -> tuple[Estimate, Comparison | None]:
    estimate = Estimate(share.indicator, share.group, share.statistic)
    if share.withheld or not share.n:
        return replace(estimate, withheld=share.withheld or Withheld.FEW), None
    if share.count is None:
        return _bounded(estimate, share, share.n), None
    bounds = share_interval(share.count, share.n, population)
    estimate = replace(
        estimate,
        value=_percent(share.count / share.n),
        n=share.n,
        low=_percent(bounds.low),
        high=_percent(bounds.high),
    )
    others = _others(share, everybody.get((share.indicator, share.statistic)))
    if not others:
        return estimate, None
    comparison = compare_shares(Count(share.count, share.n), others)
    return replace(estimate, difference=_percent(comparison.difference)), comparison


def _bounded(estimate: Estimate, share: ReleasedShare, n: int) -> Estimate:
    """A count of which only is known between which bounds it lies.

    Nobody or nearly nobody: less than one more than the most it can be. Everybody or nearly: likewise from below.
    """
    at_least, at_most = share.at_least or 0, n if share.at_most is None else share.at_most
    if at_least <= 0:
        return replace(estimate, value=_percent(min(1, (at_most + 1) / n)), qualifier=Qualifier.LESS_THAN, n=n)
    if at_most >= n:
        return replace(estimate, value=_percent((at_least - 1) / n), qualifier=Qualifier.MORE_THAN, n=n)
    low, high = _percent(at_least / n), _percent(at_most / n)
    return replace(estimate, value=low, value_to=high, qualifier=Qualifier.BETWEEN, n=n)


def _others(share: ReleasedShare, everybody: ReleasedShare | None) -> Count | None:
    if share.group == EVERYBODY or everybody is None or everybody.count is None or not everybody.n:
        return None
    n = everybody.n - (share.n or 0)
    return Count(everybody.count - (share.count or 0), n) if n > 0 else None


def _mean(
    score: ReleasedScore, population: int | None, everybody: ReleasedScore | None
) -> tuple[Estimate, Comparison | None]:
    estimate = Estimate(score.indicator, score.group, Statistic.MEAN)
    if score.withheld or score.mean is None or not score.n:
        return replace(estimate, withheld=score.withheld or Withheld.FEW), None
    estimate = replace(estimate, value=round(score.mean, DECIMALS), n=score.n)
    own = _known_spread(score)
    if own is None:
        return estimate, None
    bounds = mean_interval(own.mean, own.deviation, own.n, population)
    if bounds:
        low, high = _within_scale(bounds)
        estimate = replace(estimate, low=low, high=high)
    whole = _known_spread(everybody) if everybody and score.group != EVERYBODY else None
    others = without(whole, own) if whole else None
    if not others or others.n < 1:
        return estimate, None
    comparison = compare_means(own, others)
    if isnan(comparison.difference):
        return estimate, None
    return replace(estimate, difference=round(comparison.difference, DECIMALS)), comparison


def _spread(score: ReleasedScore) -> Iterable[Estimate]:
    """The numbers of a boxplot; those the group is too small for say so."""
    for statistic, value in (
        (Statistic.LOWER_QUARTILE, score.lower_quartile),
        (Statistic.MEDIAN, score.median),
        (Statistic.UPPER_QUARTILE, score.upper_quartile),
        (Statistic.LOWER_TENTH, score.lower_tenth),
        (Statistic.UPPER_TENTH, score.upper_tenth),
    ):
        estimate = Estimate(score.indicator, score.group, statistic)
        if score.withheld or value is None:
            yield replace(estimate, withheld=score.withheld or Withheld.FEW)
        else:
            yield replace(estimate, value=round(value, DECIMALS), n=score.n)


def _known_spread(score: ReleasedScore) -> Spread | None:
    if score.withheld or score.mean is None or score.deviation is None or not score.n:
        return None
    return Spread(score.mean, score.deviation, score.n)


def _within_scale(bounds: Interval) -> tuple[float, float]:
    """A mean of answers from 1 to 5 lies there too."""
    return round(max(1.0, bounds.low), DECIMALS), round(min(5.0, bounds.high), DECIMALS)


def _percent(share: float) -> float:
    return round(100 * share, DECIMALS)

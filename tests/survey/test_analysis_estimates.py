"""From released counts to numbers with interval, difference and verdict."""

import pytest

from survey.analysis.estimates import Estimate, estimates_of
from survey.disclosure.released import EVERYBODY, Group, Release, ReleasedScore, ReleasedShare
from survey.models import Qualifier, Statistic, Verdict, Withheld
from survey.statistics.intervals import mean_interval, share_interval

GROUP, OTHER = Group("sector", "gemeenten"), Group("sector", "provincies")


def share(
    group: Group, n: int | None, count: int | None, indicator: str = "type-proces", **more: object
) -> ReleasedShare:
    return ReleasedShare(indicator, Statistic.SHARE, group, n, count, **more)  # type: ignore[arg-type]


def score(
    group: Group, n: int | None, mean: float | None, deviation: float | None = 0.5, **more: object
) -> ReleasedScore:
    return ReleasedScore("klimaatscore", group, n, mean, deviation, **more)  # type: ignore[arg-type]


def estimates(*released: ReleasedShare | ReleasedScore, populations: dict[Group, int] | None = None) -> list[Estimate]:
    shares = tuple(one for one in released if isinstance(one, ReleasedShare))
    scores = tuple(one for one in released if isinstance(one, ReleasedScore))
    return estimates_of(Release(shares, scores), populations or {})


def test_a_share_has_its_base_and_interval() -> None:
    (plain,) = estimates(share(EVERYBODY, 313, 241))
    low, high = share_interval(241, 313)
    assert (plain.value, plain.n) == (76.9968, 313)
    assert (plain.low, plain.high) == (round(100 * low, 4), round(100 * high, 4))
    assert (plain.difference, plain.verdict, plain.qualifier) == (None, None, Qualifier.EXACT)
    (known,) = estimates(share(EVERYBODY, 313, 241), populations={EVERYBODY: 1374})
    low, high = share_interval(241, 313, 1374)
    assert (known.low, known.high) == (round(100 * low, 4), round(100 * high, 4))


def test_a_group_is_set_against_all_others() -> None:
    everybody, group = estimates(share(EVERYBODY, 300, 150), share(GROUP, 100, 80))
    assert everybody.difference is None
    assert (group.difference, group.verdict) == (45.0, Verdict.MORE)
    _, less = estimates(share(EVERYBODY, 300, 150), share(GROUP, 100, 20))
    assert (less.difference, less.verdict) == (-45.0, Verdict.LESS)
    _, same = estimates(share(EVERYBODY, 300, 150), share(GROUP, 100, 51))
    assert (same.difference, same.verdict) == (1.5, Verdict.SAME)


def test_too_few_others_give_no_verdict() -> None:
    _, group = estimates(share(EVERYBODY, 105, 50), share(GROUP, 100, 50))
    assert (group.difference, group.verdict) == (50.0, Verdict.UNKNOWN)
    _, whole = estimates(share(EVERYBODY, 100, 50), share(GROUP, 100, 50))
    assert (whole.value, whole.difference, whole.verdict) == (50.0, None, None)


def test_verdicts_are_corrected_for_how_many_groups_and_indicators_are_looked_at() -> None:
    alone = estimates(share(EVERYBODY, 300, 150), share(GROUP, 100, 60))
    assert alone[1].verdict is Verdict.MORE
    more = [share(EVERYBODY, 300, 150, f"i{i}") for i in range(20)] + [
        share(OTHER, 100, 50, f"i{i}") for i in range(20)
    ]
    found = estimates(share(EVERYBODY, 300, 150), share(GROUP, 100, 60), *more)
    assert found[1].verdict is Verdict.SAME
    elsewhere = [
        share(Group("omvang", one.group.slug) if one.group.slug else one.group, one.n, one.count, one.indicator)
        for one in more
    ]
    assert estimates(share(EVERYBODY, 300, 150), share(GROUP, 100, 60), *elsewhere)[1].verdict is Verdict.MORE


def test_a_count_that_would_tell_too_much_becomes_less_than_or_more_than() -> None:
    low, high, between = estimates(
        share(GROUP, 50, None, at_least=0, at_most=2),
        share(GROUP, 50, None, at_least=48, at_most=50),
        share(GROUP, 50, None, at_least=10, at_most=20),
    )
    assert (low.value, low.qualifier, low.n) == (6.0, Qualifier.LESS_THAN, 50)
    assert (high.value, high.qualifier, high.n) == (94.0, Qualifier.MORE_THAN, 50)
    assert (between.value, between.value_to, between.qualifier) == (20.0, 40.0, Qualifier.BETWEEN)
    for one in (low, high, between):
        assert (one.low, one.high, one.difference, one.verdict) == (None, None, None, None)


@pytest.mark.parametrize("everybody", [share(EVERYBODY, 300, None, at_least=0, at_most=9), share(GROUP, 100, 60)])
def test_without_a_count_of_everybody_there_is_no_difference(everybody: ReleasedShare) -> None:
    group = estimates(everybody, share(GROUP, 100, 4))[1]
    assert (group.value, group.difference, group.verdict) == (4.0, None, None)


def test_what_is_withheld_has_only_its_reason() -> None:
    found = estimates(
        share(EVERYBODY, 300, 150),
        share(GROUP, None, None, withheld=Withheld.FEW),
        score(GROUP, None, None, None, withheld=Withheld.PROTECTS),
    )
    assert found[1] == Estimate("type-proces", GROUP, Statistic.SHARE, withheld=Withheld.FEW)
    assert {one.statistic for one in found[2:]} == {
        Statistic.MEAN, Statistic.LOWER_QUARTILE, Statistic.MEDIAN, Statistic.UPPER_QUARTILE,
        Statistic.LOWER_TENTH, Statistic.UPPER_TENTH,
    }  # fmt: skip
    for one in found[2:]:
        assert one == Estimate("klimaatscore", GROUP, one.statistic, withheld=Withheld.PROTECTS)


def test_factors_are_compared_with_the_same_answer_of_everybody() -> None:
    def factor(statistic: Statistic, group: Group, n: int, count: int) -> ReleasedShare:
        return ReleasedShare("factor-lef", statistic, group, n, count)

    found = estimates(
        factor(Statistic.HELPED, EVERYBODY, 300, 200),
        factor(Statistic.HINDERED, EVERYBODY, 300, 40),
        factor(Statistic.HINDERED, GROUP, 100, 20),
    )
    assert (found[2].statistic, found[2].difference) == (Statistic.HINDERED, 10.0)


def test_a_score_has_interval_difference_and_boxplot() -> None:
    box = {"lower_quartile": 3.3, "median": 3.7, "upper_quartile": 4.123456}
    everybody, *_, group, q1, median, q3, low, high = estimates(
        score(EVERYBODY, 366, 3.7, 0.5, lower_tenth=3.0, upper_tenth=4.4, **box),
        score(GROUP, 36, 4.0, 0.4, **box),
        populations={GROUP: 100},
    )
    bounds = mean_interval(4.0, 0.4, 36, 100)
    assert bounds is not None
    assert (group.statistic, group.value, group.n) == (Statistic.MEAN, 4.0, 36)
    assert (group.low, group.high) == pytest.approx(bounds, abs=1e-4)
    assert group.difference == pytest.approx(4.0 - (366 * 3.7 - 36 * 4.0) / 330, abs=1e-4)
    assert group.verdict is Verdict.MORE
    assert everybody.verdict is None
    assert [one.value for one in (q1, median, q3)] == [3.3, 3.7, 4.1235]
    assert [(one.statistic, one.withheld, one.n) for one in (low, high)] == [
        (Statistic.LOWER_TENTH, Withheld.FEW, None),
        (Statistic.UPPER_TENTH, Withheld.FEW, None),
    ]


def test_a_mean_without_its_spread_has_no_interval() -> None:
    mean = estimates(score(EVERYBODY, 300, 3.7), score(GROUP, 12, 4.5, None))[6]
    assert (mean.value, mean.low, mean.high, mean.difference, mean.verdict) == (4.5, None, None, None, None)


def test_the_interval_of_a_mean_stays_on_the_scale() -> None:
    mean = estimates(score(EVERYBODY, 3, 4.9, 0.2))[0]
    assert mean.high == 5.0


def test_nothing_released_gives_nothing() -> None:
    assert estimates() == []

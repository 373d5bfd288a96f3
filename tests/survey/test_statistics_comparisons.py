"""Differences with a verdict, held against the literature, scipy and statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest

from survey.models import Verdict
from survey.statistics.comparisons import (
    Comparison,
    Count,
    Spread,
    compare_means,
    compare_shares,
    false_discovery_rates,
    verdicts,
    without,
)

#: Benjamini and Hochberg 1995, section 3.2: four of fifteen stand at 5 percent.
PUBLISHED = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1.0,
]


def spread_of(scores: np.ndarray) -> Spread:
    return Spread(float(scores.mean()), float(scores.std(ddof=1)), len(scores))


def test_large_counts_are_compared_by_the_z_test() -> None:
    found = compare_shares(Count(60, 110), Count(100, 256))
    assert found.difference == pytest.approx(60 / 110 - 100 / 256)
    assert found.probability == pytest.approx(proportions_ztest([60, 100], [110, 256])[1])


@given(n=st.integers(10, 40), other=st.integers(10, 400), data=st.data())
def test_small_counts_are_compared_by_the_exact_test(n: int, other: int, data: st.DataObject) -> None:
    count, rest = data.draw(st.integers(0, n)), data.draw(st.integers(0, other))
    expected = np.outer([n, other], [count + rest, n + other - count - rest]) / (n + other)
    found = compare_shares(Count(count, n), Count(rest, other))
    if count + rest in (0, n + other):
        assert found == Comparison(0.0, 1.0)
    elif expected.min() < 5:
        table = [[count, n - count], [rest, other - rest]]
        assert found.probability == pytest.approx(stats.fisher_exact(table)[1])
    else:
        assert found.probability == pytest.approx(proportions_ztest([count, rest], [n, other])[1])


def test_the_exact_test_holds_in_a_million_answers() -> None:
    found = compare_shares(Count(9, 30), Count(60_000, 999_970))
    assert found.probability == pytest.approx(stats.fisher_exact([[9, 21], [60_000, 939_970]])[1], rel=1e-6)
    found = compare_shares(Count(21, 30), Count(939_970, 999_970))
    assert found.probability == pytest.approx(stats.fisher_exact([[9, 21], [60_000, 939_970]])[1], rel=1e-6)


def test_a_group_or_a_rest_below_ten_gets_no_verdict() -> None:
    comparisons = [
        compare_shares(Count(9, 9), Count(0, 300)),
        compare_shares(Count(0, 300), Count(9, 9)),
        compare_shares(Count(0, 0), Count(0, 300)),
        compare_means(Spread(5, 0.1, 9), Spread(1, 0.1, 300)),
    ]
    assert verdicts(comparisons) == [Verdict.UNKNOWN] * 4


@given(seed=st.integers(0, 1000), n=st.integers(10, 60), other=st.integers(10, 60))
def test_means_are_compared_by_welch(seed: int, n: int, other: int) -> None:
    rng = np.random.default_rng(seed)
    group, rest = rng.normal(3.7, 0.5, n), rng.normal(3.5, 0.9, other)
    found = compare_means(spread_of(group), spread_of(rest))
    assert found.difference == pytest.approx(group.mean() - rest.mean())
    assert found.probability == pytest.approx(stats.ttest_ind(group, rest, equal_var=False).pvalue)


@given(seed=st.integers(0, 1000), n=st.integers(2, 60), other=st.integers(2, 60))
def test_the_rest_is_everybody_without_the_group(seed: int, n: int, other: int) -> None:
    scores = np.random.default_rng(seed).normal(3.7, 0.5, n + other)
    found = without(spread_of(scores), spread_of(scores[:n]))
    expected = spread_of(scores[n:])
    assert (found.mean, found.deviation, found.n) == pytest.approx((expected.mean, expected.deviation, expected.n))


def test_a_rest_of_nobody_or_one_says_so() -> None:
    everybody = spread_of(np.array([1.0, 2.0, 3.0]))
    assert without(everybody, everybody).n == 0
    alone = without(everybody, spread_of(np.array([1.0, 2.0])))
    assert (alone.mean, alone.n) == (pytest.approx(3), 1)
    assert np.isnan(alone.deviation)


def test_two_groups_without_spread_are_the_same_or_unknown() -> None:
    assert compare_means(Spread(4, 0, 20), Spread(4, 0, 20)).probability == 1
    assert np.isnan(compare_means(Spread(4, 0, 20), Spread(3, 0, 20)).probability)


def test_many_comparisons_are_corrected_as_published() -> None:
    found = verdicts([Comparison(1.0, probability) for probability in PUBLISHED])
    assert found == [Verdict.MORE] * 4 + [Verdict.SAME] * 11


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_the_correction_is_that_of_statsmodels(probabilities: list[float]) -> None:
    expected = multipletests(probabilities, method="fdr_bh")[1]
    assert false_discovery_rates(np.array(probabilities)) == pytest.approx(expected, abs=1e-12)


def test_what_has_no_verdict_does_not_count_in_the_correction() -> None:
    unknown = [Comparison(0.5, float("nan"))] * 40
    assert verdicts([Comparison(-0.2, 0.04), *unknown])[0] == Verdict.LESS
    assert verdicts([Comparison(-0.2, 0.04), Comparison(0.1, 0.9)]) == [Verdict.SAME, Verdict.SAME]
    assert verdicts([]) == []


def test_chance_alone_hardly_ever_gets_a_mark() -> None:
    rng = np.random.default_rng(5)
    marked = 0
    for _ in range(200):
        counts = rng.binomial(40, 0.4, 60)
        family = [compare_shares(Count(int(count), 40), Count(130, 326)) for count in counts]
        marked += any(verdict in (Verdict.MORE, Verdict.LESS) for verdict in verdicts(family))
    assert marked <= 20

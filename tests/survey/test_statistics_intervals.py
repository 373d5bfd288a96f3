"""Intervals for shares and means, held against the literature, scipy and statsmodels."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from survey.statistics.intervals import mean_interval, share_interval


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_the_interval_of_the_literature(count: int, n: int, low: float, high: float) -> None:
    assert share_interval(count, n) == pytest.approx((low, high), abs=5e-5)


@given(n=st.integers(1, 5000), data=st.data())
def test_a_share_has_the_interval_of_statsmodels(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    assert share_interval(count, n) == pytest.approx(proportion_confint(count, n, method="wilson"), abs=1e-12)


def test_a_small_population_makes_a_share_more_certain() -> None:
    # 50 of 100 out of 200: as certain as 100 x 199 / 100 = 199 answers out of an endless population.
    expected = proportion_confint(99.5, 199, method="wilson")
    assert share_interval(50, 100, population=200) == pytest.approx(expected, abs=1e-12)


@given(n=st.integers(1, 300), extra=st.integers(1, 3000), data=st.data())
def test_a_known_population_never_makes_a_share_less_certain(n: int, extra: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    plain, known = share_interval(count, n), share_interval(count, n, population=n + extra)
    assert known.high - known.low <= plain.high - plain.low + 1e-12
    assert known.low - 1e-12 <= count / n <= known.high + 1e-12


def test_who_asked_everybody_knows_the_share() -> None:
    assert share_interval(3, 4, 4) == (0.75, 0.75)


@pytest.mark.parametrize("population", [3, 1])
def test_more_answers_than_organisations_make_nothing_certain(population: int) -> None:
    """Parts of organisations answered as well: the number of organisations says nothing about how sure this is."""
    assert share_interval(3, 4, population) == share_interval(3, 4)
    assert mean_interval(3.7, 0.4, 4, population) == mean_interval(3.7, 0.4, 4)


def test_nobody_asked_leaves_everything_possible() -> None:
    assert share_interval(0, 0) == (0.0, 1.0)


def test_none_and_all_touch_the_end_exactly() -> None:
    assert share_interval(0, 7).low == 0.0
    assert share_interval(7, 7).high == 1.0
    assert share_interval(1, 1) == pytest.approx(proportion_confint(1, 1, method="wilson"))


@given(scores=st.lists(st.floats(1, 5), min_size=2, max_size=60).filter(lambda scores: np.std(scores) > 1e-6))
def test_a_mean_has_the_interval_of_scipy(scores: list[float]) -> None:
    mean, deviation, n = float(np.mean(scores)), float(np.std(scores, ddof=1)), len(scores)
    expected = stats.t.interval(0.95, n - 1, loc=mean, scale=deviation / sqrt(n))
    assert mean_interval(mean, deviation, n) == pytest.approx(expected)


def test_a_small_population_makes_a_mean_more_certain() -> None:
    plain, known = mean_interval(3.7, 0.5, 36), mean_interval(3.7, 0.5, 36, population=100)
    assert plain is not None and known is not None
    assert (known.high - known.low) / (plain.high - plain.low) == pytest.approx(sqrt(0.64))
    assert mean_interval(3.7, 0.5, 36, population=36) == (3.7, 3.7)


def test_one_answer_tells_nothing_about_a_mean() -> None:
    assert mean_interval(3.7, float("nan"), 1) is None
    assert mean_interval(float("nan"), float("nan"), 0) is None
    assert mean_interval(3.7, 0.0, 5) == (3.7, 3.7)

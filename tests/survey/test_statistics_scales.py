"""The climate scale: scores, reliability, groups, quartiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.scales import ClimateGroup, climate_groups, cronbach_alpha, quartiles, scale_scores


def items(*rows: list[float]) -> list[np.ndarray]:
    return list(np.array(rows, dtype=float).T)


def test_a_score_is_the_mean_of_the_answers_given() -> None:
    rows = [[3, 4, 5, 4, 4], [1, 2, 3, 4, 0], [5, 5, 5, np.nan, -1], [0, 0, 0, 0, 0]]
    assert scale_scores(items(*rows)) == pytest.approx([4, 2.5, np.nan, np.nan], nan_ok=True)


@pytest.mark.parametrize(("size", "needed"), [(1, 1), (2, 2), (5, 4), (10, 8), (12, 10), (15, 12)])
def test_four_out_of_five_answers_are_enough(size: int, needed: int) -> None:
    rows = [[4.0] * needed + [0.0] * (size - needed), [4.0] * (needed - 1) + [0.0] * (size - needed + 1)]
    assert scale_scores(items(*rows)) == pytest.approx([4, np.nan], nan_ok=True)


def test_small_whole_numbers_do_not_overflow() -> None:
    column = np.full(3, 5, dtype=np.int8)
    assert scale_scores([column] * 60).tolist() == [5, 5, 5]


def test_no_items_give_no_scores() -> None:
    assert len(scale_scores([])) == 0


def test_alpha_of_a_worked_example() -> None:
    # Variances of the items 2.5, 2.5 and 2.7, of the totals 20.7: 3/2 x (1 - 7.7 / 20.7).
    rows = [[1, 2, 1], [2, 1, 2], [3, 3, 4], [4, 5, 5], [5, 4, 4]]
    assert cronbach_alpha(items(*rows)) == pytest.approx(0.942029, abs=5e-7)


@given(seed=st.integers(0, 10_000), size=st.integers(2, 8))
def test_alpha_is_what_the_covariances_say(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    answers = np.clip(np.rint(3 + rng.normal(size=(40, 1)) + rng.normal(size=(40, size))), 1, 5)
    covariance = np.cov(answers, rowvar=False)
    expected = size / (size - 1) * (1 - np.trace(covariance) / covariance.sum())
    holes = np.vstack([answers, np.full((3, size), np.nan)])
    holes[-1, 0] = 3
    assert cronbach_alpha(list(answers.T.astype(np.int8))) == pytest.approx(expected)
    assert cronbach_alpha(list(holes.T)) == pytest.approx(expected)


def test_alpha_says_nothing_where_nobody_differs() -> None:
    assert np.isnan(cronbach_alpha(items([3, 3], [3, 3], [3, 3])))
    assert np.isnan(cronbach_alpha(items([3, 4])))
    assert np.isnan(cronbach_alpha([np.array([1.0, 2.0, 3.0])]))
    assert np.isnan(cronbach_alpha([]))
    assert cronbach_alpha(items([1, 1], [4, 4], [3, 3])) == pytest.approx(1)


def test_the_bounds_belong_to_the_middle_group() -> None:
    scores = np.array([1, 3.59, 3.6, 0.1 * 36, 3.6 - 1e-12, 3.8, 4.0, 4 + 1e-12, 4.01, 5, np.nan])
    low, medium, strong = ClimateGroup.LIMITED, ClimateGroup.MEDIUM, ClimateGroup.STRONG
    assert climate_groups(scores).tolist() == [low, low, *[medium] * 6, strong, strong, -1]


@pytest.mark.parametrize("size", range(5, 16))
def test_a_mean_of_exactly_a_bound_is_medium(size: int) -> None:
    total = round(3.6 * size, 6)
    if total != int(total):
        total = 4 * size
    row = [total // size + (place < total % size) for place in range(size)]
    assert climate_groups(scale_scores(items(row))).tolist() == [ClimateGroup.MEDIUM]


def test_quartiles_are_linear_between_answers() -> None:
    found = quartiles(np.array([1.0, 2.0, 3.0, 4.0, np.nan]))
    assert (found.lower, found.median, found.upper) == (1.75, 2.5, 3.25)
    assert np.isnan(quartiles(np.array([np.nan])).median)
    assert quartiles(np.array([3.5])).upper == 3.5

"""Logistic regression, held against published ones and statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.statistics.regression import NotEstimableError, Problem, backward, logistic

#: Temperature and whether an O-ring was damaged at 23 launches (Dalal, Fowlkes and Hoadley 1989).
TEMPERATURE = [53, 57, 58, 63, 66, 67, 67, 67, 68, 69, 70, 70, 70, 70, 72, 73, 75, 75, 76, 76, 78, 79, 81]
DAMAGED = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]


def survey_like(seed: int, n: int, features: int) -> tuple[np.ndarray, list[np.ndarray]]:
    rng = np.random.default_rng(seed)
    columns = [rng.random(n) < rng.uniform(0.2, 0.8) for _ in range(features - 1)] + [rng.normal(3.7, 0.5, n)]
    odds = -0.3 + 1.2 * columns[0] - 0.8 * columns[1] + 0.9 * (columns[-1] - 3.7)
    return rng.random(n) < 1 / (1 + np.exp(-odds)), columns


def test_the_shuttle_gives_the_published_coefficients() -> None:
    found = logistic(np.array(DAMAGED, dtype=bool), [np.array(TEMPERATURE)])
    assert found.intercept == pytest.approx(15.0429, abs=5e-5)
    assert found.coefficients[0].estimate == pytest.approx(-0.2322, abs=5e-5)
    assert found.coefficients[0].probability == pytest.approx(0.0320, abs=5e-5)


def test_greenes_students_give_the_published_fit() -> None:
    data = sm.datasets.spector.load_pandas()
    found = logistic(data.endog.to_numpy() == 1, [data.exog[name].to_numpy() for name in ("GPA", "TUCE", "PSI")])
    assert [one.estimate for one in found.coefficients] == pytest.approx([2.82611, 0.09516, 2.37869], abs=5e-5)
    assert found.log_likelihood == pytest.approx(-12.8896, abs=5e-5)
    assert found.mcfadden == pytest.approx(0.3740, abs=5e-5)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), n=st.sampled_from([150, 400, 9000]))
def test_everything_is_what_statsmodels_finds(seed: int, n: int) -> None:
    outcome, columns = survey_like(seed, n, 6)
    found = logistic(outcome, columns)
    expected = sm.Logit(outcome.astype(float), sm.add_constant(np.column_stack(columns).astype(float))).fit(disp=0)
    assert found.intercept == pytest.approx(expected.params[0], rel=1e-5, abs=1e-7)
    assert [one.estimate for one in found.coefficients] == pytest.approx(expected.params[1:], rel=1e-5, abs=1e-7)
    assert [one.error for one in found.coefficients] == pytest.approx(expected.bse[1:], rel=1e-5)
    assert [one.probability for one in found.coefficients] == pytest.approx(expected.pvalues[1:], rel=1e-4, abs=1e-9)
    bounds = np.exp(expected.conf_int()[1:])
    assert [(one.low, one.high) for one in found.coefficients] == [pytest.approx(row, rel=1e-5) for row in bounds]
    assert found.mcfadden == pytest.approx(expected.prsquared)
    assert found.adjusted == pytest.approx(1 - (expected.llf - 7) / expected.llnull)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000))
def test_backward_leaves_what_a_plain_loop_leaves(seed: int) -> None:
    outcome, columns = survey_like(seed, 300, 8)
    kept = list(range(8))
    while kept:
        matrix = sm.add_constant(np.column_stack([columns[place] for place in kept]).astype(float))
        fit = sm.Logit(outcome.astype(float), matrix).fit(disp=0)
        worst = int(fit.pvalues[1:].argmax())
        if fit.pvalues[1:][worst] < 0.05:
            break
        kept.pop(worst)
    found = backward(outcome, columns)
    assert (list(found.columns) if found else []) == kept
    if found:
        assert [one.estimate for one in found.coefficients] == pytest.approx(fit.params[1:], rel=1e-5)


def test_backward_goes_on_until_few_enough_are_left() -> None:
    outcome, columns = survey_like(1, 5000, 6)
    found = backward(outcome, columns, most=2)
    assert found is not None
    assert len(found.columns) == 2
    assert backward(outcome, columns, most=0) is None


def test_the_scale_of_a_feature_does_not_matter() -> None:
    outcome, columns = survey_like(3, 400, 4)
    plain = logistic(outcome, columns)
    stretched = logistic(outcome, [*columns[:-1], columns[-1] * 1e6 + 1e8])
    assert stretched.coefficients[-1].estimate * 1e6 == pytest.approx(plain.coefficients[-1].estimate, rel=1e-4)
    assert stretched.coefficients[0].odds_ratio == pytest.approx(plain.coefficients[0].odds_ratio, rel=1e-5)


@pytest.mark.parametrize("size", [40, 400, 20_000])
@pytest.mark.parametrize("share", [0.5, 0.02])
def test_a_feature_that_only_winners_have_is_not_estimable(size: int, share: float) -> None:
    rng = np.random.default_rng(2)
    outcome = np.arange(size) % 2 == 0
    feature = outcome & (np.arange(size) < max(4, share * size))
    with pytest.raises(NotEstimableError) as refused:
        logistic(outcome, [feature, rng.random(size)])
    assert refused.value.problem is Problem.SEPARATED


def test_a_perfect_prediction_is_not_estimable() -> None:
    score = np.linspace(1, 5, 200)
    with pytest.raises(NotEstimableError) as refused:
        logistic(score > 3, [score])
    assert refused.value.problem is Problem.SEPARATED


def test_what_carries_nothing_is_named() -> None:
    outcome, columns = survey_like(4, 300, 4)
    cases = [
        ([*columns, np.full(300, 3)], Problem.CONSTANT, {4}),
        ([*columns, np.full(300, 0.1)], Problem.CONSTANT, {4}),
        ([columns[0], columns[1], ~columns[0]], Problem.COLLINEAR, {0, 2}),
    ]
    for given_columns, problem, places in cases:
        with pytest.raises(NotEstimableError) as refused:
            logistic(outcome, given_columns)
        assert refused.value.problem is problem
        assert refused.value.column in places


def test_nothing_to_learn_from_is_refused() -> None:
    flag = np.array([True, False] * 5)
    for outcome, columns, problem in [
        (np.ones(10, dtype=bool), [flag], Problem.ONE_OUTCOME),
        (flag[:2], [flag[:2]], Problem.TOO_FEW),
        (flag[:0], [flag[:0]], Problem.TOO_FEW),
    ]:
        with pytest.raises(NotEstimableError) as refused:
            logistic(outcome, columns)
        assert refused.value.problem is problem

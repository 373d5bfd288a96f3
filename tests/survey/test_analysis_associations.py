"""Which features go with an outcome, never told from a few."""

import numpy as np
import pytest
import statsmodels.api as sm

from survey.analysis.associations import AssociationEstimate, associations_of
from survey.measures import OUTSIDE, Category, Measured, ScoreMeasure, ShareMeasure
from survey.models import Association, Statistic

Direction = Association.Direction


def yes_no(indicator: str, answers: np.ndarray) -> ShareMeasure:
    return ShareMeasure(indicator, (Category(""), Category(indicator)), answers.astype(np.int8))


def found(outcome: np.ndarray, *features: ShareMeasure, climate: np.ndarray | None = None) -> list[AssociationEstimate]:
    scores = () if climate is None else (ScoreMeasure("klimaatscore", "klimaatscore", climate),)
    return associations_of(Measured((yes_no("waarde-kwaliteit", outcome), *features), scores, ()))


def world(n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Outcome, a feature that helps, one that does nothing, and a climate score that helps."""
    rng = np.random.default_rng(seed)
    helps, idle, climate = rng.random(n) < 0.4, rng.random(n) < 0.5, rng.normal(3.7, 0.5, n)
    odds = -0.6 + 1.5 * helps + 1.2 * (climate - 3.7)
    return rng.random(n) < 1 / (1 + np.exp(-odds)), helps, idle, climate


@pytest.mark.parametrize("n", [400, 30_000])
def test_a_feature_that_matters_is_found_with_the_odds_ratio_of_statsmodels(n: int) -> None:
    outcome, helps, idle, climate = world(n)
    result = {
        one.feature: one
        for one in found(outcome, yes_no("type-product", helps), yes_no("type-dienst", idle), climate=climate)
    }
    expected = sm.Logit(outcome.astype(float), sm.add_constant(np.column_stack([helps, climate]).astype(float))).fit(
        disp=0
    )
    bounds = np.exp(expected.conf_int())
    for place, slug in enumerate(["type-product", "klimaatscore"], 1):
        one = result[slug]
        assert (one.direction, one.n) == (Direction.POSITIVE, n)
        assert one.odds_ratio == pytest.approx(np.exp(expected.params[place]), abs=6e-4)
        assert (one.low, one.high) == pytest.approx(bounds[place], abs=6e-4)
    assert result["type-dienst"] == AssociationEstimate(
        "waarde-kwaliteit", "type-dienst", Direction.NONE, None, None, None, n
    )


def test_a_feature_that_goes_against_it_is_negative() -> None:
    outcome, helps, *_ = world(400)
    (one,) = found(~outcome, yes_no("aanleiding-managers", helps))
    assert one.direction == Direction.NEGATIVE
    assert one.odds_ratio is not None
    assert one.odds_ratio < 1


def test_only_who_was_asked_and_answered_counts() -> None:
    outcome, helps, *_ = world(400)
    answers, asked = helps.astype(np.int8), outcome.astype(np.int8)
    asked[:50], answers[50:70] = OUTSIDE, OUTSIDE
    (one,) = found(asked, yes_no("type-product", answers))
    assert one.n == 330


def test_a_question_that_few_answered_is_not_looked_at() -> None:
    outcome, helps, idle, _ = world(400)
    rare = idle.astype(np.int8)
    rare[:100] = OUTSIDE
    assert [one.feature for one in found(outcome, yes_no("type-product", helps), yes_no("partner-burgers", rare))] == [
        "type-product"
    ]


@pytest.mark.parametrize(("cell", "shown"), [(9, False), (10, True)])
def test_a_feature_with_a_cell_below_ten_is_not_looked_at(cell: int, shown: bool) -> None:
    outcome = np.arange(300) < 150
    feature = np.zeros(300, dtype=bool)
    feature[:cell] = feature[150:250] = True
    assert bool(found(outcome, yes_no("type-product", feature))) is shown


@pytest.mark.parametrize(("n", "shown"), [(99, False), (100, True)])
def test_fewer_than_a_hundred_respondents_give_no_association(n: int, shown: bool) -> None:
    place = np.arange(n)
    assert bool(found(place % 2 == 0, yes_no("type-product", place % 3 == 0))) is shown


def test_ten_with_and_ten_without_the_outcome_stand_behind_each_feature_that_stays() -> None:
    rng = np.random.default_rng(3)
    features = [rng.random(150) < 0.5 for _ in range(20)]
    outcome = sum(feature.astype(float) for feature in features) + rng.normal(0, 0.3, 150) > 11.5
    result = found(outcome, *(yes_no(f"aanleiding-{place}", feature) for place, feature in enumerate(features)))
    events = min(outcome.sum(), (~outcome).sum())
    assert 0 < sum(one.odds_ratio is not None for one in result) <= events // 10


def test_answers_to_one_question_are_set_against_one_of_them() -> None:
    outcome, *_ = world(600)
    origin = np.random.default_rng(2).integers(0, 3, 600).astype(np.int8)
    named = [Category(f"herkomst-{slug}") for slug in ("zelf-ontwikkeld", "geinspireerd", "kopie")]
    slugs = {one.feature for one in found(outcome, ShareMeasure("v8", tuple(named), origin))}
    assert slugs == {"herkomst-geinspireerd", "herkomst-kopie"}
    origin[:200] = 1
    other = [Category(f"herkomst-{slug}") for slug in ("nieuw", "aangepast", "kopie")]
    slugs = {one.feature for one in found(outcome, ShareMeasure("v8", tuple(other), origin))}
    assert slugs == {"herkomst-nieuw", "herkomst-kopie"}


def test_of_a_factor_counts_whether_it_helped_and_not_knowing_is_no() -> None:
    outcome, helps, *_ = world(400)
    answers = np.where(helps, 2, np.arange(400) % 2).astype(np.int8)
    answers[(answers == 0) & (np.arange(400) % 4 == 0)] = OUTSIDE
    statistics = (Statistic.HINDERED, Statistic.NEUTRAL, Statistic.HELPED)
    factor = ShareMeasure("v18", tuple(Category("factor-lef", statistic) for statistic in statistics), answers)
    assert found(outcome, factor) == [
        AssociationEstimate(one.outcome, "factor-lef", one.direction, one.odds_ratio, one.low, one.high, 400)
        for one in found(outcome, yes_no("type-product", helps))
    ]


def test_two_names_for_one_feature_leave_one() -> None:
    outcome, helps, *_ = world(400)
    result = found(outcome, yes_no("type-product", helps), yes_no("type-dienst", ~helps))
    assert len(result) == 1


@pytest.mark.parametrize("outcome", [np.ones(300, dtype=bool), np.arange(300) < 5])
def test_an_outcome_without_enough_on_both_sides_is_left_out(outcome: np.ndarray) -> None:
    assert found(outcome, yes_no("type-product", np.arange(300) % 2 == 0)) == []


def test_without_outcomes_or_features_there_is_nothing() -> None:
    outcome, helps, *_ = world(300)
    assert associations_of(Measured((), (), ())) == []
    assert associations_of(Measured((yes_no("type-product", helps),), (), ())) == []
    assert found(outcome) == []
    assert found(outcome, yes_no("fase-analyse", helps)) == []

"""From answers to measures: categories, bases, the climate, the spectrum, groups and populations."""

from dataclasses import replace

import numpy as np
import pytest

from survey.analysis.measures import TYPES, measures_of
from survey.analysis.reliability import reliability_of
from survey.disclosure.released import EVERYBODY, Group
from survey.importing.answers import MISSING, NOT_ASKED, Answers
from survey.importing.codebook_types import Codebook, Kind, Option, Role, Variable
from survey.measures import OUTSIDE, Category, ShareMeasure
from survey.models import Statistic

FIVE = tuple(Option(str(code), f"antwoord {code}") for code in range(1, 6))
REST = Category("")


def answers_to(*columns: tuple[Variable, list[int]]) -> Answers:
    codes = {variable.name: np.array(given, dtype=np.int8) for variable, given in columns}
    count = len(columns[0][1]) if columns else 0
    return Answers(Codebook({variable.name: variable for variable, _ in columns}), codes, {}, count, 0, None, None)


def single(name: str, *indicators: str) -> Variable:
    return Variable(name, name, Kind.SINGLE, tuple(Option(str(i), i_, i_) for i, i_ in enumerate(indicators)))


def multiple(name: str, indicator: str) -> Variable:
    return Variable(name, "Welke?", Kind.MULTIPLE, (Option("1", "ja", indicator),))


def scale(name: str, role: Role, indicator: str = "") -> Variable:
    return Variable(name, name, Kind.SCALE, FIVE, role=role, indicator=indicator)


def measure_of(answers: Answers, key: str) -> ShareMeasure:
    found = {measure.key: measure for measure in measures_of(answers)[0].shares}
    return found[key]


def test_options_with_one_indicator_are_one_class_and_the_others_complete_the_base() -> None:
    question = single("v3", "minder", "minder", "", "meer", "")
    measure = measure_of(answers_to((question, [0, 1, 2, 3, 4, MISSING, NOT_ASKED])), "v3")
    assert measure.categories == (Category("minder"), REST, Category("meer"))
    assert measure.answers.tolist() == [0, 0, 1, 2, 1, OUTSIDE, OUTSIDE]
    assert measure.answers.dtype == np.int8


def test_a_question_without_indicators_gives_no_measure() -> None:
    measured, _ = measures_of(answers_to((single("v3", "", ""), [0, 1]), (multiple("v7_1", ""), [0, 1])))
    assert measured.shares == ()


def test_an_option_counts_who_chose_it_among_those_who_were_asked() -> None:
    option = multiple("v7_1", "type-proces")
    measure = measure_of(answers_to((option, [1, 0, 0, NOT_ASKED, MISSING])), "v7_1")
    assert measure.categories == (REST, Category("type-proces"))
    assert measure.answers.tolist() == [1, 0, 0, OUTSIDE, OUTSIDE]


def test_only_the_chosen_option_of_a_multiple_choice_column_counts() -> None:
    options = (Option("0", "nee", "type-geen"), Option("1", "ja", "type-proces"))
    measure = measure_of(answers_to((Variable("v7_1", "Welke?", Kind.MULTIPLE, options), [1, 0])), "v7_1")
    assert measure.categories == (REST, Category("type-proces"))


def test_measuring_leaves_the_answers_as_they_are() -> None:
    answers = answers_to((multiple("v7_1", "a"), [1, NOT_ASKED]), (scale("v20_1", Role.CLIMATE_ITEM), [4, MISSING]))
    measures_of(answers)
    assert answers.columns["v7_1"].tolist() == [1, NOT_ASKED]
    assert answers.columns["v20_1"].tolist() == [4, MISSING]


def test_a_factor_hinders_is_neutral_or_helps() -> None:
    measure = measure_of(
        answers_to((scale("v18", Role.FACTOR, "factor-lef"), [0, 1, 2, 3, 4, MISSING, NOT_ASKED])), "v18"
    )
    statistics = (Statistic.HINDERED, Statistic.NEUTRAL, Statistic.HELPED)
    assert measure.categories == tuple(Category("factor-lef", statistic) for statistic in statistics)
    assert measure.answers.tolist() == [0, 0, 1, 2, 2, OUTSIDE, OUTSIDE]


@pytest.mark.parametrize("role", [Role.STATEMENT, Role.CLIMATE_ITEM])
def test_a_statement_counts_who_agrees(role: Role) -> None:
    measure = measure_of(answers_to((scale("v21", role, "fouten-veilig"), [0, 1, 2, 3, 4, MISSING])), "v21")
    assert measure.categories == (REST, Category("fouten-veilig"))
    assert measure.answers.tolist() == [0, 0, 0, 1, 1, OUTSIDE]


def test_the_climate_is_a_score_a_share_and_a_breakdown_that_nobody_can_see_from_outside() -> None:
    rows = [[3, 3, 3, 3, 3], [2, 2, 3, 3, 3], [3, 3, 3, 3, 4], [2, 2, 2, 2, MISSING], [4, 4, 4, MISSING, NOT_ASKED]]
    columns = [(scale(f"v20_{i}", Role.CLIMATE_ITEM), list(row)) for i, row in enumerate(zip(*rows, strict=True))]
    outside = (scale("v20_9", Role.STATEMENT, "stelling"), [0] * 5)
    answers = answers_to(*columns, outside)
    measured, _ = measures_of(answers)
    (score,), (breakdown,) = measured.scores, measured.breakdowns
    assert (score.indicator, score.scores.tolist()[:4]) == ("klimaatscore", pytest.approx([4.0, 3.6, 4.2, 3.0]))
    assert np.isnan(score.scores[4])
    assert (breakdown.scheme, breakdown.groups) == ("klimaatgroep", ("beperkt", "gemiddeld", "krachtig"))
    assert breakdown.members.tolist() == [1, 1, 2, 0, OUTSIDE]
    assert not breakdown.is_public
    share = measure_of(answers, "klimaatgroep")
    assert [category.indicator for category in share.categories] == [
        "klimaatgroep-beperkt",
        "klimaatgroep-gemiddeld",
        "klimaatgroep-krachtig",
    ]
    assert share.answers.tolist() == [1, 1, 2, 0, OUTSIDE]


def test_the_spectrum_counts_the_types_of_one_innovation() -> None:
    rows = [[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 1], [1, 1, 1, 1], [NOT_ASKED] * 4, [1, 0, 0, MISSING]]
    names = ["product", "dienst", "proces", "interactie"]
    columns = [
        (multiple(f"v7_{name}", f"type-{name}"), list(row))
        for name, row in zip(names, zip(*rows, strict=True), strict=True)
    ]
    measure = measure_of(answers_to(*columns), "spectrum")
    assert [category.indicator for category in measure.categories] == [
        "",
        "spectrum-een-type",
        "spectrum-twee-typen",
        "spectrum-drie-typen",
        "spectrum-vier-typen",
    ]
    assert measure.answers.tolist() == [0, 1, 2, 3, 4, OUTSIDE, OUTSIDE]
    measured, _ = measures_of(answers_to(*columns[:3]))
    assert "spectrum" not in {share.key for share in measured.shares}


def group_variable(*options: Option) -> Variable:
    return Variable("v1", "Welke sector?", Kind.SINGLE, options, role=Role.GROUP)


def test_groups_follow_the_concepts_of_the_options() -> None:
    sectors = group_variable(
        Option("1", "G", concept="sector/gemeenten", population=340),
        Option("2", "Deelgemeente", concept="sector/gemeenten", population=2),
        Option("3", "Anders"),
        Option("4", "P", concept="sector/provincies", population=12),
    )
    measured, populations = measures_of(answers_to((sectors, [0, 1, 2, 3, MISSING, NOT_ASKED])))
    (breakdown,) = measured.breakdowns
    assert (breakdown.scheme, breakdown.groups, breakdown.is_public) == ("sector", ("gemeenten", "provincies"), True)
    assert breakdown.members.tolist() == [0, 0, OUTSIDE, 1, OUTSIDE, OUTSIDE]
    assert populations == {Group("sector", "gemeenten"): 342, Group("sector", "provincies"): 12, EVERYBODY: 354}


def test_everybody_is_counted_only_where_all_groups_are() -> None:
    sectors = group_variable(
        Option("1", "G", concept="sector/gemeenten", population=340), Option("2", "P", concept="sector/provincies")
    )
    assert measures_of(answers_to((sectors, [0, 1])))[1] == {Group("sector", "gemeenten"): 340}


def test_a_codebook_with_nothing_to_measure_gives_nothing() -> None:
    measured, populations = measures_of(answers_to())
    assert (measured.shares, measured.scores, measured.breakdowns, populations) == ((), (), (), {})
    assert reliability_of(answers_to()) == []


def test_the_reliability_of_the_climate_scale_is_a_number_of_everybody() -> None:
    rng = np.random.default_rng(1)
    climate = rng.integers(1, 4, 40)
    columns = [
        (scale(f"v20_{item}", Role.CLIMATE_ITEM), (climate + rng.integers(-1, 2, 40)).tolist()) for item in range(4)
    ]
    columns[0][1][0] = MISSING
    (estimate,) = reliability_of(answers_to(*columns))
    complete = np.array([column for _, column in columns])[:, 1:]
    covariance = np.cov(complete)
    assert estimate.value == pytest.approx(4 / 3 * (1 - np.trace(covariance) / covariance.sum()), abs=0.005)
    assert (estimate.indicator, estimate.group, estimate.statistic, estimate.n) == (
        "klimaatscore",
        EVERYBODY,
        Statistic.RELIABILITY,
        39,
    )
    assert reliability_of(answers_to(*((variable, given[:30]) for variable, given in columns))) == []


def test_a_follow_up_tells_which_question_it_comes_after() -> None:
    asked = ("v6", "1")
    types = [replace(multiple(f"v7_{slug}", slug), only_if=asked) for slug in TYPES]
    origin = replace(single("v8", "nieuw", "kopie"), only_if=asked)
    columns = [(single("v6", "innoveert", ""), [0, 0, 1]), (origin, [0, 1, NOT_ASKED])]
    answers = answers_to(*columns, *((one, [0, 1, NOT_ASKED]) for one in types))
    after = {key: measure_of(answers, key).after for key in ("v6", "v8", "v7_type-dienst", "spectrum")}
    assert after == {"v6": "", "v8": "v6", "v7_type-dienst": "v6", "spectrum": "v6"}

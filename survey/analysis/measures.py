"""From answers to measures: what each respondent counts for in every number of an edition."""

from collections.abc import Iterable, Sequence

import numpy as np

from ..disclosure.released import EVERYBODY, Group
from ..importing.answers import Answers, Codes
from ..importing.codebook_types import NOT_CHOSEN, Codebook, Kind, Option, Role, Variable
from ..measures import OUTSIDE, Breakdown, Category, Measured, ShareMeasure
from ..models import Statistic
from .climate import climate

#: The innovation spectrum counts how many of these an innovation was; each is an option of one question.
TYPES = ("type-product", "type-dienst", "type-proces", "type-interactie")
SPECTRUM = ("spectrum-een-type", "spectrum-twee-typen", "spectrum-drie-typen", "spectrum-vier-typen")
#: Completes a base: all answers that no indicator counts.
REST = Category("")


def measures_of(answers: Answers) -> tuple[Measured, dict[Group, int]]:
    """All measures and breakdowns of a file, and how many organisations there are in each group.

    Who was not asked, left a question empty or did not know is outside its base. A question of which nothing has an
    indicator gives no measure.
    """
    shares: list[ShareMeasure] = []
    for variable in answers.codebook.variables.values():
        if variable.name in answers.columns:
            shares.extend(_of_variable(variable, answers.columns[variable.name]))
    shares.extend(_spectrum(answers))
    scores, breakdowns = [], list(_breakdowns(answers))
    if found := climate(answers):
        score, groups, breakdown = found
        scores.append(score)
        shares.append(groups)
        breakdowns.append(breakdown)
    return Measured(tuple(shares), tuple(scores), tuple(breakdowns)), populations_of(answers.codebook)


def populations_of(codebook: Codebook) -> dict[Group, int]:
    """How many organisations exist in each group, as far as the codebook says.

    Everybody is their sum, where a breakdown gives it for all its groups.
    """
    populations: dict[Group, int] = {}
    for variable in codebook.with_role(Role.GROUP):
        known = [option for option in variable.options if option.concept and option.population is not None]
        for option in known:
            group = Group(*option.concept.split("/", 1))
            populations[group] = populations.get(group, 0) + (option.population or 0)
        if known and len(known) == sum(1 for option in variable.options if option.concept):
            populations.setdefault(EVERYBODY, sum(option.population or 0 for option in known))
    return populations


def _of_variable(variable: Variable, codes: Codes) -> Iterable[ShareMeasure]:
    if variable.kind is Kind.MULTIPLE:
        yield from _measure(variable, (REST, Category(_chosen_indicator(variable))), (0, 1), codes)
    elif variable.kind is Kind.SCALE and variable.indicator:
        yield from _of_scale(variable, codes)
    elif variable.kind in (Kind.SINGLE, Kind.SCALE):
        categories, places = _categories(variable.options)
        yield from _measure(variable, categories, places, codes)


def _of_scale(variable: Variable, codes: Codes) -> Iterable[ShareMeasure]:
    """Options run from low (1) to high (5). The middle one, if there is one, is neither side."""
    middle = (len(variable.options) - 1) / 2
    sides = [int(place > middle) - int(place < middle) for place in range(len(variable.options))]
    if variable.role is Role.FACTOR:
        statistics = (Statistic.HINDERED, Statistic.NEUTRAL, Statistic.HELPED)
        categories = tuple(Category(variable.indicator, statistic) for statistic in statistics)
        yield from _measure(variable, categories, [side + 1 for side in sides], codes)
    else:
        agree = (REST, Category(variable.indicator))
        yield from _measure(variable, agree, [int(side > 0) for side in sides], codes)


def _categories(options: Sequence[Option]) -> tuple[tuple[Category, ...], list[int]]:
    """One category for each indicator, in the order of the options, and for each option the place of its category."""
    indicators = list(dict.fromkeys(option.indicator for option in options))
    return tuple(Category(slug) for slug in indicators), [indicators.index(option.indicator) for option in options]


def _measure(
    variable: Variable, categories: tuple[Category, ...], places: Sequence[int], codes: Codes
) -> Iterable[ShareMeasure]:
    if any(category.indicator for category in categories):
        yield ShareMeasure(variable.name, categories, _looked_up(places, codes), _asked_after(variable))


def _asked_after(variable: Variable) -> str:
    return variable.only_if[0] if variable.only_if else ""


def _looked_up(places: Sequence[int], codes: Codes) -> Codes:
    """Each code replaced by its place; NOT_ASKED and MISSING are -2 and -1, so they look up the end of the table."""
    table = np.array([*places, OUTSIDE, OUTSIDE], dtype=np.int8)
    return table[codes]


def _chosen_indicator(variable: Variable) -> str:
    """The indicator that counts who chose this option of a multiple-choice question; empty when none does."""
    named = (option.indicator for option in variable.options if option.code != NOT_CHOSEN and option.indicator)
    return variable.indicator or next(named, "")


def _spectrum(answers: Answers) -> Iterable[ShareMeasure]:
    variables = {
        _chosen_indicator(variable): variable
        for variable in answers.codebook.variables.values()
        if variable.kind is Kind.MULTIPLE and variable.name in answers.columns
    }
    if all(slug in variables for slug in TYPES):
        types = [answers.columns[variables[slug].name] for slug in TYPES]
        number = np.add.reduce(types, dtype=np.int8)
        number[np.minimum.reduce(types) < 0] = OUTSIDE
        categories = (REST, *(Category(slug) for slug in SPECTRUM))
        yield ShareMeasure("spectrum", categories, number, _asked_after(variables[TYPES[0]]))


def _breakdowns(answers: Answers) -> Iterable[Breakdown]:
    for variable in answers.codebook.with_role(Role.GROUP):
        concepts = [option.concept.partition("/") for option in variable.options]
        for scheme in dict.fromkeys(scheme for scheme, _, slug in concepts if slug):
            groups = list(dict.fromkeys(slug for own, _, slug in concepts if own == scheme))
            places = [groups.index(slug) if own == scheme else OUTSIDE for own, _, slug in concepts]
            yield Breakdown(scheme, tuple(groups), _looked_up(places, answers.columns[variable.name]))

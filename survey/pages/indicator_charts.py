"""Every chart that the pages of indicators and the explorer can show, to be drawn before somebody asks."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Q

from ..barometer import IndicatorEntry, Number, barometer
from ..charts.model import AnyChart
from ..numbers import BREAKDOWNS
from ..vocabulary import vocabulary
from .explorer import figure_of
from .explorer_question import BY_COUNTRY, BY_EDITION, EVERYBODY, Question
from .indicator_numbers import read_numbers


def indicator_charts() -> Iterator[AnyChart]:
    """One query for all numbers; a chart that two pages share comes once for each."""
    by_indicator: dict[str, list[Number]] = defaultdict(list)
    for number in read_numbers(Q()):
        by_indicator[number.indicator.slug].append(number)
    entries = barometer().indicators
    for slug, numbers in by_indicator.items():
        yield from _charts_of(entries[slug], numbers)


def _charts_of(entry: IndicatorEntry, numbers: Sequence[Number]) -> Iterator[AnyChart]:
    editions = {number.edition.pk: number.edition for number in numbers}
    breakdowns = [EVERYBODY, *(slug for slug in BREAKDOWNS if slug in vocabulary().schemes)]
    questions = [Question(entry, breakdown, edition) for edition in editions.values() for breakdown in breakdowns]
    questions += [Question(entry, BY_EDITION, None), Question(entry, BY_COUNTRY, None)]
    for question in questions:
        asked = {edition.pk for edition in question.editions}
        figure = figure_of(question, [number for number in numbers if number.edition.pk in asked])
        if figure:
            yield figure.chart

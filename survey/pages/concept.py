"""The numbers of a concept that is an answer option: how many organisations said so, beside the other answers."""

from dataclasses import dataclass
from typing import Any

from ..barometer import Barometer, IndicatorEntry, Number, barometer
from ..charts.block import FigureBlock, with_drawings
from ..models import Association, Finding
from ..telling import key_numbers
from ..vocabulary import ConceptEntry
from .figures import answers_figure

MOST_KEY_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class ConceptNumbers:
    """What `templates/survey/concept_numbers.html` may rely on."""

    key_numbers: list[dict[str, Any]]
    figures: list[FigureBlock]
    findings: list[Finding]
    associations: list[Association]
    indicators: list[IndicatorEntry]

    def __bool__(self) -> bool:
        return bool(self.key_numbers or self.findings or self.associations or self.indicators)


def concept_numbers(entry: ConceptEntry) -> ConceptNumbers:
    """What the real rounds of the barometer say about this concept; three queries."""
    found = barometer()
    indicators = list(found.by_concept.get(entry.pk, ()))
    numbers = _numbers(found, entry)
    associations = Association.objects.filter(concept=entry.pk, edition__is_example=False)
    return ConceptNumbers(
        key_numbers=key_numbers(numbers)[:MOST_KEY_NUMBERS],
        figures=with_drawings(concept_figures(entry)),
        findings=list(Finding.objects.filter(concepts=entry.pk, edition__is_example=False).select_related("edition")),
        associations=list(associations.select_related("outcome__scheme", "edition")),
        indicators=indicators,
    )


def concept_figures(entry: ConceptEntry) -> list[FigureBlock]:
    """The answer beside the other answers to the same question."""
    found = barometer()
    figures = [answers_figure(_beside(found, number, entry), number) for number in _numbers(found, entry)[:1]]
    return [figure for figure in figures if figure]


def _numbers(found: Barometer, entry: ConceptEntry) -> list[Number]:
    """The newest number of each indicator of this concept, as far as there is one."""
    indicators = found.by_concept.get(entry.pk, ())
    return [number for indicator in indicators if (number := found.newest_number(indicator.slug))]


def _beside(found: Barometer, number: Number, entry: ConceptEntry) -> list[Number]:
    """The same edition's numbers for the other answers to this question."""
    beside = []
    for slug, indicator in found.indicators.items():
        if any(concept.scheme == entry.scheme for concept in indicator.concepts):
            other = found.number(number.edition.slug, slug, number.statistic)
            if other and other.indicator.question == number.indicator.question:
                beside.append(other)
    return beside

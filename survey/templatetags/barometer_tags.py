"""Numbers of the barometer on pages that are about something else."""

from typing import Any

from django import template

from ..barometer import Number, barometer
from ..pages.concept import ConceptNumbers, concept_numbers
from ..telling import key_number
from ..versions import versions
from ..vocabulary import ConceptEntry, vocabulary

register = template.Library()


@register.simple_tag
def numbers_about(entry: ConceptEntry) -> ConceptNumbers:
    """The numbers of a concept that is an answer option."""
    return concept_numbers(entry)


@register.simple_tag
def numbers_of_the_moment() -> list[Number]:
    """Numbers that cases can illustrate, in an order that begins elsewhere with each version, never with a timer."""
    found = barometer()
    numbers = [
        number
        for pk in vocabulary().by_pk
        if (number := found.headline(pk)) and number.indicator.phrase and len(number.indicator.concepts) == 1
    ]
    start = versions().content % len(numbers) if numbers else 0
    return numbers[start:] + numbers[:start]


@register.filter
def as_key_number(number: Number) -> dict[str, Any]:
    """A number, ready for `components/key_number.html`."""
    return key_number(number)

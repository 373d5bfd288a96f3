"""Numbers of the barometer on pages that are about something else."""

from typing import Any

from django import template

from ..barometer import Number, barometer
from ..pages.concept import ConceptNumbers, concept_numbers
from ..telling import key_numbers, sentence
from ..versions import versions
from ..vocabulary import ConceptEntry, vocabulary

register = template.Library()

#: What the front page says in large figures.
ON_THE_FRONT_PAGE = ("innoveert", "klimaatscore", "aanleiding-eigen-medewerkers")


@register.simple_tag
def numbers_about(entry: ConceptEntry) -> ConceptNumbers:
    """The numbers of a concept that is an answer option."""
    return concept_numbers(entry)


@register.simple_tag
def front_page_numbers() -> list[dict[str, Any]]:
    """The numbers to begin with, ready for `components/key_number.html`."""
    return key_numbers(barometer().newest_number(slug) for slug in ON_THE_FRONT_PAGE)


@register.simple_tag
def number_of_the_moment() -> dict[str, Any] | None:
    """One number that cases can illustrate: another one with each version of the content, never with a timer."""
    found = barometer()
    numbers = [
        number
        for pk in vocabulary().by_pk
        if (number := found.headline(pk)) and number.indicator.phrase and len(number.indicator.concepts) == 1
    ]
    if not numbers:
        return None
    chosen: Number = numbers[versions().content % len(numbers)]
    return {
        "number": chosen,
        "sentence": sentence(chosen),
        "concept": chosen.indicator.concepts[0],
        **key_numbers([chosen])[0],
    }

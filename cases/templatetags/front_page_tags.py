"""The cases of the front page: what is new, a failure in the light, and the story behind a number."""

from typing import Any

from django import template

from survey.entries import Number
from survey.versions import versions
from survey.vocabulary import ConceptEntry

from ..catalogue import card, overview
from ..listing import listed
from ..models import CasePage
from ..search.questions import Question
from .case_tags import BRILLIANT, MOST_IN_THE_LIGHT, card_context, case_contexts, spotlight_failure

register = template.Library()


@register.simple_tag
def front_page_cases(numbers: list[Number], newest: int = 6) -> dict[str, Any]:
    """The newest cases, the failure in the light, and the first of these numbers with a case; two queries for all.

    Which cases those are comes from the index.
    """
    number = next((number for number in numbers if _is_told(number.indicator.concepts[0])), None)
    concept = number.indicator.concepts[0] if number else None
    new = [hit.pk for hit in listed(Question(sort="nieuwste", page_size=newest)).hits]
    failures = listed(Question(choices=BRILLIANT, page_size=MOST_IN_THE_LIGHT)).hits
    stories = listed(Question(choices={concept.scheme: (concept.slug,)}, page_size=1)).hits if concept else []
    in_the_light = [failures[versions().content % len(failures)].pk] if failures else []
    wanted = [*new, *in_the_light, *(hit.pk for hit in stories)]
    found = {case.pk: case for case in CasePage.objects.published().with_card_data().in_order_of(wanted)}
    story = next((found[hit.pk] for hit in stories if hit.pk in found), None)
    return {
        "number": number,
        "concept": concept,
        "newest": case_contexts([found[pk] for pk in new if pk in found]),
        "spotlight": spotlight_failure(found.values()),
        "story": card_context(card(story), note=_evidence(story, concept)) if story and concept else None,
    }


def _is_told(concept: ConceptEntry) -> bool:
    """Whether there is a case about it."""
    return bool(overview().counts.get(concept.scheme, {}).get(concept.slug))


def _evidence(case: CasePage, concept: ConceptEntry) -> str:
    """Why this case illustrates the concept."""
    return next((link.evidence for link in case.card_links if link.concept_id == concept.pk), "")

"""The cases of a concept or a publication, for the pages of the vocabulary."""

from typing import Any, NamedTuple

from django import template
from django.db import models

from survey.vocabulary import ConceptEntry, vocabulary

from ..catalogue import catalogue_address
from ..choices import Effect, Outcome
from ..filters import OUTCOME
from ..listing import listed, newest
from ..models import CaseLink, CasePage
from ..querysets import CaseQuerySet
from ..schemes import PATTERN, TELLING_SCHEMES
from ..search.questions import Question
from ..search.results import SearchResult
from ..search_source import GROUPINGS
from .case_tags import case_contexts, evidence_context

register = template.Library()

ON_A_CONCEPT_PAGE = 12
#: How many of the newest cases are looked at, and how many when those are not enough.
NEWEST_CASES = (100, 1_000)
MOST_PATTERNS = 6


@register.simple_tag
def cases_of_concept(entry: ConceptEntry) -> dict[str, Any]:
    """The newest cases of a concept with their evidence, what went well beside what did not.

    A link that says it helped or hindered goes by that; the others by how the case ended. When the newest cases fill one
    side only, a longer stretch of them is looked at; not all of them, for there may be very many.
    """
    for stretch in NEWEST_CASES:
        found = newest(entry.scheme, entry.slug, stretch)
        rows = _newest_links(entry, found)
        sides = [[row for row in rows if _is_hard(row) is hard][:ON_A_CONCEPT_PAGE] for hard in (False, True)]
        if found.total <= stretch or all(len(side) == ON_A_CONCEPT_PAGE for side in sides):
            break
    links = _visible_links([*sides[0], *sides[1]])
    well, hard = ([_case_evidence(links[row.pk]) for row in side if row.pk in links] for side in sides)
    return {
        "well": well,
        "hard": hard,
        "total": found.total,
        "more": found.total > len(well) + len(hard),
        "url": catalogue_address(entry.scheme, entry.slug),
    }


class _LinkRow(NamedTuple):
    """A link without its text."""

    pk: int
    case_pk: int
    effect: str
    outcome: str


def _newest_links(entry: ConceptEntry, found: SearchResult) -> list[_LinkRow]:
    place = {hit.pk: number for number, hit in enumerate(found.hits)}
    rows = CaseLink.objects.filter(concept=entry.pk, case__in=list(place))
    read = [_LinkRow(*row) for row in rows.values_list("pk", "case_id", "effect", "case__outcome")]
    return sorted(read, key=lambda row: place[row.case_pk])


def _is_hard(row: _LinkRow) -> bool:
    ended_badly = row.outcome in (Outcome.STOPPED, Outcome.BRILLIANT_FAILURE)
    return row.effect == Effect.HINDERED or (not row.effect and ended_badly)


def _visible_links(rows: list[_LinkRow]) -> dict[int, CaseLink]:
    """Key -> link with its case, of those that a visitor may see."""
    visible = CasePage.objects.published().filter(pk__in=[row.case_pk for row in rows])
    links = CaseLink.objects.filter(pk__in=[row.pk for row in rows], case__in=visible)
    return {link.pk: link for link in links.select_related("case")}


def _case_evidence(link: CaseLink) -> dict[str, Any]:
    case = link.case
    return evidence_context(case.title, case.get_absolute_url(), link, Outcome(case.outcome).label)


@register.simple_tag
def published_cases() -> CaseQuerySet:
    """What a visitor may see, for tags on one page that would each ask which pages are restricted."""
    return CasePage.objects.published()


@register.simple_tag
def cases_showing(entry: ConceptEntry, published: CaseQuerySet, number: int = 3) -> list[dict[str, Any]]:
    """Some of the newest cases of any sector that show this concept, those where it hindered first; one query."""
    pks = [hit.pk for hit in newest(entry.scheme, entry.slug, NEWEST_CASES[0]).hits]
    links = CaseLink.objects.filter(concept=entry.pk, case__in=published.filter(pk__in=pks)).select_related("case")
    order = models.Case(models.When(effect=Effect.HINDERED, then=0), models.When(effect="", then=1), default=2)
    return [_case_evidence(link) for link in links.order_by(order, "-case__first_published_at", "-case_id")[:number]]


@register.simple_tag
def patterns_of_failures(entry: ConceptEntry) -> list[tuple[ConceptEntry, int, str]]:
    """The failure patterns in the stopped and failed cases of a group, the most seen first, with their address."""
    ended_badly = (Outcome.STOPPED.value, Outcome.BRILLIANT_FAILURE.value)
    if not groups_cases(entry):
        return []
    counts = listed(Question(choices={entry.scheme: (entry.slug,), OUTCOME: ended_badly}, page_size=1), PATTERN).counts
    words = vocabulary()
    found = [
        (pattern, count)
        for slug, count in counts.get(PATTERN, {}).items()
        if count and (pattern := words.concept(PATTERN, slug))
    ]
    found.sort(key=lambda pair: (-pair[1], pair[0].name))
    return [
        (pattern, count, catalogue_address(entry.scheme, entry.slug, uitkomst=list(ended_badly), patroon=pattern.slug))
        for pattern, count in found[:MOST_PATTERNS]
    ]


@register.filter
def groups_cases(entry: ConceptEntry) -> bool:
    """Whether cases belong to this concept through their organisation or phase instead of through a link."""
    return entry.scheme in (*GROUPINGS, "fase")


@register.simple_tag
def cases_in_group(entry: ConceptEntry, published: CaseQuerySet) -> dict[str, Any]:
    """The cases of a sector, cluster, country or phase, newest first, and how they ended."""
    result = listed(Question(choices={entry.scheme: (entry.slug,)}, sort="nieuwste", page_size=6), OUTCOME)
    cases = published.card_rows([hit.pk for hit in result.hits])
    outcomes = result.counts.get(OUTCOME, {})
    return {
        "cards": case_contexts(cases),
        "total": result.total,
        "url": catalogue_address(entry.scheme, entry.slug),
        "outcomes": [
            (label, outcomes.get(code, 0), catalogue_address(entry.scheme, entry.slug, uitkomst=code))
            for code, label in Outcome.choices
            if outcomes.get(code)
        ],
    }


@register.simple_tag
def neighbours(entry: ConceptEntry, number: int = 6) -> list[tuple[ConceptEntry, int, str]]:
    """Concepts that occur in the same cases most often, with how many cases and where they are."""
    words = vocabulary()
    schemes = [scheme for scheme in TELLING_SCHEMES if scheme != entry.scheme]
    counts = listed(Question(choices={entry.scheme: (entry.slug,)}, page_size=1), *schemes).counts
    found = [
        (other, count)
        for scheme in schemes
        for slug, count in counts.get(scheme, {}).items()
        if count > 1 and (other := words.concept(scheme, slug))
    ]
    found.sort(key=lambda pair: (-pair[1], pair[0].name))
    return [
        (other, count, catalogue_address(entry.scheme, entry.slug, **{other.scheme: other.slug}))
        for other, count in found[:number]
    ]


@register.simple_tag
def publication_cases(publication_pk: int) -> list[dict[str, Any]]:
    """The cases that lean on a publication."""
    cases = CasePage.objects.published().filter(sources__publication=publication_pk).distinct()
    return case_contexts(cases.newest_first().with_card_data())

"""What other pages show of cases. The barometer's pages reach cases through these tags only."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from survey.telling import number_behind
from survey.templatetags.survey_tags import told_apart, written_out
from survey.versions import versions
from survey.vocabulary import ConceptEntry, SchemeEntry, vocabulary

from ..card_rows import OnCard
from ..catalogue import Card, card, overview
from ..choices import Basis, Effect, Outcome
from ..filters import OUTCOME
from ..likeness import Relative
from ..listing import listed
from ..models import CaseLink, CasePage, CaseSource, CollectionItem
from ..schemes import PATTERN
from ..search.questions import Question

register = template.Library()

SIGNS = {Effect.HELPED: "helped", Effect.HINDERED: "hindered", "": ""}
#: The newest failures: as many as their own page shows.
MOST_IN_THE_LIGHT = 24
#: The choice of the catalogue that brilliant failures are.
BRILLIANT = {OUTCOME: (Outcome.BRILLIANT_FAILURE.value,)}
_UNSAFE_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def card_context(card: Card, *, note: str = "") -> dict[str, Any]:
    """What `components/case_card.html` prints."""
    case = card.case
    return {
        "title": card.title,
        "url": case.get_absolute_url(),
        "outcome": case.outcome,
        "outcome_label": Outcome(case.outcome).label,
        "meta": case_meta(case),
        "text": card.text,
        "chips": [(entry.name, entry.url, entry.pk in card.chosen) for entry in card.concepts],
        "note": note or card.found_by,
    }


def case_meta(case: OnCard) -> list[str]:
    """Organisation, sector or country, and years: who and when, in one line."""
    words = vocabulary()
    sector = words.by_pk.get(case.grouping_pk("sector") or 0)
    country = words.by_pk.get(case.grouping_pk("country") or 0)
    place = sector or (country if country and country.slug != "nederland" else None)
    name = case.organisation.name if case.organisation else ""
    return [text for text in (name, place.name if place else "", period(case)) if text]


@register.simple_tag
def period(case: OnCard) -> str:
    """The years of a case in words; nothing when the sources do not give them."""
    if case.period_note:
        return case.period_note
    if case.start_year and case.end_year and case.start_year != case.end_year:
        return f"{case.start_year}–{case.end_year}"
    if case.start_year and case.outcome == Outcome.RUNNING:
        return f"sinds {case.start_year}"
    return str(case.start_year or case.end_year or "")


@register.filter
def card_contexts(cards: list[Card]) -> list[dict[str, Any]]:
    """Cards of the catalogue, ready for `components/case_list.html`."""
    return [card_context(found) for found in cards]


@register.filter
def case_contexts(cases: Any) -> list[dict[str, Any]]:
    """Cases loaded with card data, ready for `components/case_list.html`."""
    return [card_context(card(case)) for case in cases]


@register.filter
def relative_contexts(relatives: list[Relative]) -> list[dict[str, Any]]:
    """Related cases with the reason."""
    return [card_context(card(found.case), note=found.reason) for found in relatives]


@register.filter
def collection_contexts(items: list[CollectionItem]) -> list[dict[str, Any]]:
    """The cases of a collection, each with what to look for in it."""
    return [card_context(card(item.case), note=item.remark) for item in items]


@register.simple_tag
def case_count() -> int:
    """How many cases a reader can find."""
    return overview().total


@register.simple_tag
def concept_counts(scheme: SchemeEntry | str) -> dict[str, int]:
    """Slug -> number of cases, for all concepts of a scheme."""
    slug = scheme if isinstance(scheme, str) else scheme.slug
    return overview().counts.get(slug, {})


@register.simple_tag
def most_told(scheme: SchemeEntry, counts: dict[str, int], most: int | str = "") -> list[ConceptEntry]:
    """The concepts of a scheme in their order; when only so many are wanted, those with the most cases."""
    entries = list(scheme.concepts.values())
    if not most:
        return entries
    kept = {entry.pk for entry in sorted(entries, key=lambda entry: -counts.get(entry.slug, 0))[: int(most)]}
    return [entry for entry in entries if entry.pk in kept]


@register.filter
def count_of(counts: dict[str, int], slug: str) -> int:
    """The number for one slug; nothing found is zero."""
    return counts.get(slug, 0)


@register.simple_tag
def spotlight_failure(loaded: Iterable[CasePage] = ()) -> dict[str, Any] | None:
    """One brilliant failure with its lesson: another one with each version of the content.

    A page that has the failures `loaded` with card data saves the queries for this one.
    """
    found = listed(Question(choices=BRILLIANT, page_size=MOST_IN_THE_LIGHT))
    if not found.hits:
        return None
    chosen = found.hits[versions().content % len(found.hits)].pk
    case = next((case for case in loaded if case.pk == chosen), None)
    case = case or CasePage.objects.published().with_card_data().filter(pk=chosen).first()
    if case is None:
        return None
    words = vocabulary()
    links = words.entries(link.concept_id for link in case.card_links)
    return {
        "case": case,
        "lesson": case.in_brief_list[-1] if case.in_brief_list else case.title,
        "meta": case_meta(case),
        "pattern": next((entry for entry in links if entry.scheme == PATTERN), None),
    }


@register.simple_tag
def newest_failures() -> dict[str, Any]:
    """The newest brilliant failures with card data, and how many there are."""
    found = listed(Question(choices=BRILLIANT, sort="nieuwste", page_size=MOST_IN_THE_LIGHT))
    cases = CasePage.objects.published().with_card_data().in_order_of([hit.pk for hit in found.hits])
    return {"cases": cases, "total": found.total, "more": found.total > len(found.hits)}


def evidence_context(label: Any, url: str, link: CaseLink, scheme: str = "") -> dict[str, Any]:
    """What `components/evidence.html` prints."""
    return {
        "label": label,
        "url": url,
        "sentence": link.evidence,
        "sign": SIGNS.get(link.effect, ""),
        "inferred": link.basis == Basis.INFERRED,
        "scheme": scheme,
    }


@register.filter
def link_evidence(lines: list[Any]) -> list[dict[str, Any]]:
    """The links of a case: each leads to its concept, and to the number of organisations that did the same."""
    found = []
    for line in lines:
        text, url = number_behind(line.concept.pk)
        context = evidence_context(line.concept.name, line.concept.url, line.link)
        found.append(context | {"number": text, "number_url": url})
    return found


@register.filter
def source_contexts(sources: list[CaseSource]) -> list[dict[str, Any]]:
    """Sources of a case, ready for `components/sources.html`."""
    return told_apart(
        {
            "title": source.publication.title if source.publication else source.title,
            "url": source.publication.get_absolute_url() if source.publication else source.url,
            "publisher": source.publication.publisher if source.publication else source.publisher,
            "date": written_out(source.publication.date_text if source.publication else source.date_text),
            "place": source.locator,
            "note": source.remark,
        }
        for source in sources
    )


@register.filter
def history_contexts(changes: list[Any]) -> list[tuple[str, str]]:
    """The public history: date written out, and what changed."""
    return [(date_format(change.date, "j F Y"), change.text) for change in changes]


@register.simple_tag
def case_facts(case: CasePage, detail: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """What `components/facts_at_a_glance.html` prints; what is not known is left out."""
    organisation = case.organisation
    facts: list[tuple[str, list[tuple[str, str]]]] = [
        (
            "Organisatie",
            [(organisation.name, organisation.get_absolute_url())] if organisation else [("Niet genoemd", "")],
        )
    ]
    for label, entry in (("Sector", detail.sector), ("Cluster", detail.cluster), ("Land", detail.country)):
        if entry:
            facts.append((label, [(entry.name, entry.url)]))
    if years := period(case):
        facts.append(("Periode", [(years, "")]))
    if detail.phase:
        facts.append(("Bereikte fase", [(detail.phase.name, detail.phase.url)]))
    for group in detail.groups:
        if group.scheme.slug in ("type", "thema", "technologie", "herkomst"):
            facts.append((group.scheme.name, [(line.concept.name, line.concept.url) for line in group.lines]))
    facts.append(("Zekerheid", [(str(case.get_certainty_display()), "")]))
    return facts


@register.simple_tag
def schema_org(case: CasePage, site_url: str) -> str:
    """Data about a case for search engines, safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": case.title,
        "abstract": case.introduction,
        "inLanguage": "nl",
        "url": site_url + case.get_absolute_url(),
        "isAccessibleForFree": True,
    }
    if case.first_published_at and case.last_published_at:
        data["datePublished"] = case.first_published_at.isoformat()
        data["dateModified"] = case.last_published_at.isoformat()
    if case.organisation:
        data["about"] = {"@type": "GovernmentOrganization", "name": case.organisation.name}
    text = json.dumps(data, ensure_ascii=False).translate(_UNSAFE_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # escaped above

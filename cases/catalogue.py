"""The catalogue: one question, its result, and everything the page says about it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from survey.versions import answers_are_behind, versions
from survey.vocabulary import ConceptEntry, vocabulary

from .card_rows import OnCard
from .filters import OUTCOME, SORTS, YEAR, CatalogueFilter
from .found_by import found_by
from .listing import listed
from .models import CasePage
from .search.analysis import folded
from .search.questions import Question
from .search.results import SearchResult

#: The parameters of an address with their values; only those that say something.
Asked = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: what a click on it gives, and the address of that click."""

    param: str
    slug: str
    label: str
    count: int
    selected: bool
    remove_label: str
    asked: Asked = field(repr=False)

    @property
    def url(self) -> str:
        """The question with this value, or without it when it is on."""
        return _url(_toggled(self.asked, self.param, self.slug))


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with the values that lead somewhere, or are chosen."""

    param: str
    label: str
    values: list[FacetValue]

    @property
    def chosen(self) -> list[FacetValue]:
        """The values that are on."""
        return [value for value in self.values if value.selected]


@dataclass(frozen=True, slots=True)
class Card:
    """A case in a list: its own text, or the fragment that was found."""

    case: OnCard
    title: str | SafeString
    text: str | SafeString
    concepts: list[ConceptEntry]
    chosen: frozenset[int] = frozenset()
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class WayOut:
    """Without this choice there are `count` cases."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that no case holds, the word that was searched instead, and the address of exactly what was typed."""

    typed: str
    meant: str
    exact_url: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What `templates/cases/case_list.html` may rely on."""

    question: Question = field(metadata={"help": "What was asked."})
    total: int = field(metadata={"help": "Cases found, over all pages."})
    sentence: str = field(metadata={"help": "The number of results as a sentence."})
    cards: list[Card] = field(metadata={"help": "One page of cases, everything a card shows loaded."})
    facets: list[Facet] = field(metadata={"help": "Facets with a value to choose, in the order of the page."})
    loosened: bool = field(metadata={"help": "True when not every word was found in every case."})
    whole: int = field(metadata={"help": "Cases that hold everything that was asked."})
    corrections: list[Correction] = field(metadata={"help": "Words that no case holds, and what was searched instead."})
    ways_out: list[WayOut] = field(metadata={"help": "When nothing was found: what to drop, and what that gives."})
    nearest_words: list[tuple[str, str]] = field(metadata={"help": "When nothing was found: word and address."})
    sorts: list[tuple[str, str, str, bool]] = field(metadata={"help": "Code, label, address, chosen."})
    page_urls: dict[int, str] = field(metadata={"help": "Page number -> address, for all pages around this one."})
    pages: int = field(metadata={"help": "Number of pages, at least 1."})
    query_string: str = field(metadata={"help": "The question without page, for exports and the feed."})

    @property
    def chips(self) -> list[FacetValue]:
        """Everything that is chosen, each with the address that drops it."""
        return [value for facet in self.facets for value in facet.chosen]


def answer(question: Question, *uncounted: str) -> SearchResult:
    """Cases with the counts of all facets of the catalogue, and of the lists that are `uncounted` there."""
    params = [OUTCOME, *(scheme.slug for scheme in vocabulary().schemes.values() if scheme.is_facet), YEAR]
    return listed(question, *params, *(name for name in uncounted if name not in params))


_overview: tuple[int, SearchResult] | None = None


def overview() -> SearchResult:
    """All cases, counted by every choice; asked once for each version of the content."""
    global _overview
    version = versions().content
    if _overview is None or _overview[0] != version or version == 0:
        found = answer(Question(page_size=1), *vocabulary().schemes)
        if answers_are_behind():
            return found
        _overview = (version, found)
    return _overview[1]


def catalogue(filters: CatalogueFilter) -> Catalogue:
    """The answer to a valid question, ready to print."""
    question = filters.question()
    result = answer(question)
    asked: Asked = {name: filters.data.getlist(name) for name in filters.data if any(filters.data.getlist(name))}
    data = {name: values for name, values in asked.items() if name != "pagina"}
    pages = max(1, ceil(result.total / question.page_size))
    facets = _facets(filters, question, result, data)
    return Catalogue(
        question=question,
        total=result.total,
        sentence=_sentence(question, result.total, facets),
        cards=_cards(question, result),
        facets=facets,
        loosened=result.loosened,
        whole=result.total_with_all_words,
        corrections=[
            Correction(typed, meant, _url(_with(data, "q", [exactly(question.text, typed)])))
            for typed, meant in result.corrections
        ],
        ways_out=_ways_out(result, data, facets),
        nearest_words=[(word, _url(_with(data, "q", [word]))) for word in result.nearest_words],
        sorts=[
            (code, label, _url(_with(data, "sorteer", [code])), code == question.sort) for code, label in SORTS.items()
        ],
        page_urls={
            number: _url(_with(data, "pagina", [str(number)] if number > 1 else []))
            for number in _near(question.page, pages)
        },
        pages=pages,
        query_string=urlencode(data, doseq=True),
    )


def _facets(filters: CatalogueFilter, question: Question, result: SearchResult, data: Asked) -> list[Facet]:
    found = []
    for param, (label, choices) in filters.facets.items():
        counts = result.counts.get(param, {})
        chosen = question.choices.get(param, ())
        if param == YEAR:
            choices = [(year, year) for year in sorted({*counts, *chosen}, reverse=True)]
        values = [
            FacetValue(param, slug, name, counts.get(slug, 0), slug in chosen, f"{label}: {name}", data)
            for slug, name in choices
            if counts.get(slug) or slug in chosen
        ]
        if values:
            found.append(Facet(param, label, values))
    return found


def _cards(question: Question, result: SearchResult) -> list[Card]:
    hits = {hit.pk: hit for hit in result.hits}
    cards = []
    for case in CasePage.objects.published().card_rows(list(hits)):
        hit = hits[case.pk]
        why, entries = found_by(hit, case, result.concepts) if question.text else ("", [])
        found = card(
            case,
            chosen=question.choices,
            asked=entries,
            title=mark_safe(hit.title_html),  # the engine escapes what it marks
            snippet=mark_safe((question.text and hit.snippet_html) or hit.summary_html),  # likewise
        )
        cards.append(replace(found, found_by=why))
    return cards


def card(
    case: OnCard,
    *,
    chosen: Mapping[str, tuple[str, ...]] | None = None,
    asked: Sequence[ConceptEntry] = (),
    title: str | SafeString = "",
    snippet: str | SafeString | None = None,
) -> Card:
    """A case with at most three concepts, those that answer the question first. A page needs `with_card_data()`."""
    words = vocabulary()
    entries = words.entries(case.concept_pks)
    wanted = frozenset(
        entry.pk for entry in entries if entry in asked or entry.slug in (chosen or {}).get(entry.scheme, ())
    )
    telling = {"patroon": 0, "strategie": 1, "factor": 2, "thema": 3}
    entries.sort(key=lambda entry: (entry.pk not in wanted, telling.get(entry.scheme, 9)))
    return Card(case, title or case.title, snippet or case.introduction, entries[:3], wanted)


def _sentence(question: Question, total: int, facets: list[Facet]) -> str:
    """The number of results as people would say it: *12 casussen in Waterschappen over drones*."""
    number = {0: "Geen casussen", 1: "1 casus"}.get(total, f"{total} casussen")
    chosen = {facet.param: [value.label for value in facet.chosen] for facet in facets if facet.chosen}
    parts = [number]
    where = [*chosen.pop("sector", []), *chosen.pop("cluster", []), *chosen.pop("land", [])]
    if where:
        parts.append("in " + _either(where))
    if question.text:
        parts.append(f"over “{question.text}”")
    if chosen:
        rest = [_either(labels) for labels in chosen.values()]
        parts.append("met " + " en ".join(rest))
    return " ".join(parts)


def exactly(text: str, term: str) -> str:
    """The same question with this word, or these words, between quotes: to be found just so."""
    words = r"[\W_]+".join(map(re.escape, term.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", folded(text))
    if found is None:
        return '"{}"'.format(text.replace('"', " ").strip())
    return f'{text[: found.start()]}"{term}"{text[found.end() :]}'


def _either(labels: list[str]) -> str:
    return " of ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else labels[0]


def _ways_out(result: SearchResult, data: Asked, facets: list[Facet]) -> list[WayOut]:
    """What to drop, and how many cases that gives; a facet with several choices is dropped as a whole."""
    named = {facet.param: facet for facet in facets}
    found = []
    for drop, count in result.without_each_choice.items():
        if drop == "q":
            found.append(WayOut("zonder zoekwoorden", _url(_with(data, "q", [])), count))
            continue
        param, slug = drop
        facet = named[param]
        chosen = [value for value in facet.chosen if slug in ("", value.slug)]
        label = ", ".join(value.label for value in chosen)
        found.append(WayOut(f"zonder {facet.label.lower()}: {label}", _url(_with(data, param, [])), count))
    return found


def _near(page: int, pages: int) -> list[int]:
    """First, last, and what lies around this page."""
    return sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})


def _with(data: Asked, param: str, values: list[str]) -> Asked:
    """The same question with other values for one parameter; none takes it away."""
    changed = {**data, param: values}
    return {name: kept for name, kept in changed.items() if kept}


def _toggled(data: Asked, param: str, slug: str) -> Asked:
    chosen = data.get(param, [])
    return _with(data, param, [value for value in chosen if value != slug] if slug in chosen else [*chosen, slug])


def _url(data: Asked) -> str:
    return reverse("case_list") + (f"?{urlencode(data, doseq=True)}" if data else "")


def catalogue_address(param: str, slug: str, **others: str | list[str]) -> str:
    """The catalogue with these choices; nothing when one of them is no filter there."""
    schemes = vocabulary().schemes
    if any(name in schemes and not schemes[name].is_facet for name in (param, *others)):
        return ""
    return reverse("case_list") + "?" + urlencode({param: slug} | others, doseq=True)

"""How the catalogue page prints its result."""

from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from ..catalogue import Catalogue, Facet, FacetValue

register = template.Library()

#: Questions as people ask them, shown under the search box.
EXAMPLES = ("schulden van inwoners", "drones", "wat ging er mis met blockchain")
#: Facets that are open when the page comes, and how many values stand outside the fold.
OPEN_FACETS = ("uitkomst", "sector")
#: What people ask for first stands first; the other facets keep their own order below these.
FIRST_FACETS = ("uitkomst", "sector", "thema", "patroon", "factor", "strategie", "aanpak", "type")
UNFOLDED = 8


@register.simple_tag
def example_questions() -> list[tuple[str, str]]:
    """Example questions, each a link to its answer."""
    return [(text, reverse("case_list") + "?" + urlencode({"q": text})) for text in EXAMPLES]


@register.filter
def facet_contexts(facets: list[Facet]) -> list[dict[str, Any]]:
    """What `components/facet_panel.html` prints."""
    return [
        {
            "label": facet.label,
            "shown": facet.values[:UNFOLDED],
            "folded": facet.values[UNFOLDED:],
            "total": len(facet.values),
            "open": facet.param in OPEN_FACETS or bool(facet.chosen),
            "chosen": len(facet.chosen),
            "more_open": any(value.selected for value in facet.values[UNFOLDED:]),
        }
        for facet in sorted(facets, key=_place)
    ]


@register.filter
def choice_lines(values: list[FacetValue]) -> SafeString:
    """The choices of a facet, each with its box. Written here because the catalogue has hundreds of them."""
    lines = []
    for value in values:
        box, label = _around(value.param, value.slug, value.label)
        lines.append(f"{box}{' checked' if value.selected else ''}{label}{value.count}{_AFTER_COUNT}")
    return mark_safe("".join(lines))  # each text is escaped below


_AFTER_COUNT = '<span class="ib-hidden"> casussen</span></span></label></li>'


@lru_cache(maxsize=5000)
def _around(param: str, slug: str, label: str) -> tuple[str, str]:
    """What stands around the mark and the number of a choice: the same on every page."""
    name = f"f-{param}-{slug}"
    box = format_html(
        '<li class="ib-check"><input class="utrecht-checkbox utrecht-checkbox--html-input ib-check__box" type="checkbox"'
        ' id="{}" name="{}" value="{}"',
        *(name, param, slug),
    )
    after = format_html(
        '><label class="ib-check__label" for="{}"><span>{}</span> <span class="ib-check__count">', name, label
    )
    return box, after


def _place(facet: Facet) -> int:
    return FIRST_FACETS.index(facet.param) if facet.param in FIRST_FACETS else len(FIRST_FACETS)


@register.filter
def chip_contexts(chips: list[FacetValue]) -> list[tuple[str, str]]:
    """What `components/chips.html` prints."""
    return [(chip.remove_label, chip.url) for chip in chips]


@register.filter
def without_choices(catalogue: Catalogue) -> str:
    """The same words without any facet."""
    text = catalogue.question.text
    return reverse("case_list") + (f"?{urlencode({'q': text})}" if text else "")


@register.filter
def sort_contexts(catalogue: Catalogue) -> list[tuple[str, str, bool]]:
    """What `components/sort.html` prints."""
    return [(code, label, chosen) for code, label, _, chosen in catalogue.sorts]


@register.simple_tag
def page_links(catalogue: Catalogue) -> dict[str, Any]:
    """What `components/pagination.html` prints; a gap stands where numbers are left out."""
    here, urls = catalogue.question.page, catalogue.page_urls
    pages: list[tuple[int | None, str, bool]] = []
    for number, url in urls.items():
        if pages and (last := pages[-1][0]) is not None and number - last > 1:
            pages.append((None, "", False))
        pages.append((number, url, number == here))
    return {"previous": urls.get(here - 1, ""), "next": urls.get(here + 1, ""), "pages": pages}


@register.simple_tag
def export_links(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The files and the feed of exactly this result."""
    query = f"?{catalogue.query_string}" if catalogue.query_string else ""
    files = [(name, reverse("case_export", args=[code]) + query) for code, name in FORMATS.items()]
    return [*files, ("Volgen (Atom)", reverse("case_feed") + query)]


FORMATS = {"csv": "CSV", "xlsx": "Excel (XLSX)", "json": "JSON"}


@register.filter
def loosened_text(catalogue: Catalogue) -> str:
    """Which of the cases are exactly what was asked, where only some are."""
    number, first = catalogue.whole, catalogue.question.sort == "relevantie"
    if not number:
        return "Geen casus past bij je hele zoekvraag. Deze passen bij een deel ervan."
    fitting = (
        "Eén casus past bij je hele zoekvraag" if number == 1 else f"{number} casussen passen bij je hele zoekvraag"
    )
    place = f" en {'staat' if number == 1 else 'staan'} bovenaan" if first else ""
    return f"{fitting}{place}. De andere passen bij een deel ervan."


@register.filter
def empty_text(catalogue: Catalogue) -> str:
    """What can be done about an empty result."""
    if catalogue.ways_out and catalogue.nearest_words:
        return "Laat een filter weg of probeer een woord dat erop lijkt."
    if catalogue.ways_out:
        return "Laat iets weg. Dit vind je dan:"
    if catalogue.nearest_words:
        return "Bedoelde je een van deze woorden?"
    return "Probeer een ander of korter woord, of blader door alle casussen."


@register.filter
def empty_links(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Ways out of an empty result: what to drop and what that gives, and the nearest words."""
    dropped = [
        (capfirst(way.label), way.url, f"{way.count} {'casus' if way.count == 1 else 'casussen'}")
        for way in catalogue.ways_out
    ]
    words = [(f"Zoek op “{word}”", url, "") for word, url in catalogue.nearest_words]
    return [*dropped, *words, ("Alle casussen", reverse("case_list"), "")]

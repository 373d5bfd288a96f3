"""Which page of this site a report is about: its address and title, found by ourselves, never taken from the asker."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from survey.barometer import barometer
from survey.models import Chart, Publication
from survey.vocabulary import SchemeEntry

from ..models import CasePage, Organisation

MOST_ADDRESS = 500
#: What may follow the path: the questions that the barometer's pages know, and the anchor of a figure.
PARAMETERS = ("indicator", "uitsplitsing", "editie")
_VALUE = re.compile(r"[\w-]{1,80}", re.ASCII)
_FIGURE = re.compile(r"figuur-([0-9a-f]{10})")
_CHART_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>")


@dataclass(frozen=True, slots=True)
class Subject:
    """A page that a visitor may see, or a figure in it."""

    address: str
    title: str
    case_pk: int | None = None

    @property
    def query(self) -> str:
        """`over=` and the address, for in a link."""
        return urlencode({"over": self.address})


#: The site as a whole: when the page is not known, or not ours.
WHOLE_SITE = Subject("/", "De hele kennisbank")


def subject_of(asked: str) -> Subject:
    """The page behind an address as a link or a form gives it; anything else is about the whole site."""
    if asked == WHOLE_SITE.address or len(asked) > MOST_ADDRESS:
        return WHOLE_SITE
    try:
        parts = urlsplit(asked)
        match = resolve(parts.path)
    except (ValueError, Resolver404):  # no address at all, or not one of ours
        return WHOLE_SITE
    find = FINDERS.get(match.view_name)
    found = find(*match.args, **match.kwargs) if find and not parts.scheme and not parts.netloc else None
    if not found:
        return WHOLE_SITE
    title, case_pk = found if isinstance(found, tuple) else (found, None)
    query, entry = _known_query(parts.query), barometer().indicators.get(QueryDict(parts.query).get("indicator", ""))
    if entry and "indicator=" in query:
        title = f"{title}: {entry.name}"
    address = parts.path + (f"?{query}" if query else "")
    if figure := _FIGURE.fullmatch(parts.fragment):
        address, title = f"{address}#{parts.fragment}", _with_figure(title, figure[1])
    return Subject(address, title[:255], case_pk)


def _known_query(query: str) -> str:
    asked = QueryDict(query)
    kept = {name: asked[name] for name in PARAMETERS if _VALUE.fullmatch(asked.get(name, ""))}
    return urlencode(kept)


def _with_figure(title: str, key: str) -> str:
    """With the title of the drawing, which stays readable after the numbers changed and the anchor is gone."""
    drawing = Chart.objects.filter(key__startswith=key).values_list("svg_file", flat=True).first() or ""
    named = _CHART_TITLE.search(drawing)
    return f"{title}, figuur ‘{unescape(named[1])}’" if named else f"{title}, een figuur"


# --- one finder for each kind of page ------------------------------------------------------------
def _case(slug: str) -> tuple[str, int] | None:
    return CasePage.objects.published().filter(slug=slug).values_list("title", "pk").first()


def _concept(scheme: SchemeEntry, slug: str) -> str | None:
    entry = scheme.concepts.get(slug)
    return entry.name if entry else None


def _indicator(slug: str) -> str | None:
    entry = barometer().indicators.get(slug)
    return entry.name if entry else None


def _edition(slug: str) -> str | None:
    entry = barometer().editions.get(slug)
    return entry.name if entry else None


def _publication(slug: str) -> str | None:
    return Publication.objects.filter(slug=slug).values_list("title", flat=True).first()


def _organisation(slug: str) -> str | None:
    return Organisation.objects.filter(slug=slug).values_list("name", flat=True).first()


def _page(path: str = "") -> str | None:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return None
    pages = Page.objects.live().public().filter(url_path=f"{site.root_page.url_path}{path}")
    return pages.values_list("title", flat=True).first()


#: Name of an address -> who finds its title, and for a case its key.
FINDERS: dict[str, Callable[..., Any]] = {
    "case": _case,
    "concept": _concept,
    "scheme": lambda scheme: scheme.plural,
    "indicator": _indicator,
    "edition": _edition,
    "publication": _publication,
    "organisation": _organisation,
    "wagtail_serve": _page,
    "case_list": lambda: "Casussen",
    "matrix": lambda: "Matrix",
    "organisation_list": lambda: "Organisaties",
    "scheme_list": lambda: "Begrippenlijsten",
    "publication_list": lambda: "Publicaties",
    "barometer": lambda: "De barometer",
    "indicator_list": lambda: "Alle cijfers van de barometer",
    "explorer": lambda: "Verkenner",
}

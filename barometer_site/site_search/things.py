"""Everything that has a page of its own and is not a case: what the search of the whole site knows of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wagtail.models import Page

from cases.models import CasePage, CollectionPage, Organisation
from cases.notions import concept_things
from cases.search.sighting import NamedThing
from cases.search_source import plain
from survey.barometer import barometer
from survey.models import Publication
from survey.vocabulary import vocabulary

from ..content import TAKEN_OVER
from ..models import HomePage

CONCEPT = "begrip:"
"""Begins the kind of a concept; its scheme follows."""
ORGANISATION, INDICATOR, EDITION = "organisatie", "indicator", "editie"
PUBLICATION, COLLECTION, PAGE = "publicatie", "verzameling", "pagina"
_PARAGRAPHS = re.compile(r"</(?:p|li|h[2-6])>")


@dataclass(frozen=True, slots=True)
class Kind:
    """What one thing of a kind is called, what many are, and where all of them stand."""

    name: str
    plural: str
    url: str = ""


#: In the order of the page; the schemes of the vocabulary stand before these.
KINDS = {
    ORGANISATION: Kind("Organisatie", "Organisaties", "/organisaties/"),
    INDICATOR: Kind("Indicator", "Indicatoren van de barometer", "/barometer/indicatoren/"),
    EDITION: Kind("Editie", "Edities van de barometer", "/barometer/"),
    PUBLICATION: Kind("Publicatie", "Publicaties", "/publicaties/"),
    COLLECTION: Kind("Verzameling", "Verzamelingen", "/verzamelingen/"),
    PAGE: Kind("Pagina", "Pagina’s"),
}
#: Pages that no editor made: title, address, other names, what is there.
OWN_PAGES = (
    ("Casussen", "/casussen/", ("alle casussen", "voorbeelden", "praktijkvoorbeelden"), "Alle voorbeelden, met filters."),
    ("Barometer", "/barometer/", ("cijfers", "onderzoek", "resultaten"), "De cijfers over innovatie bij de overheid."),
    ("Verkenner", "/barometer/verkenner/", ("cijfers vergelijken", "grafieken maken"), "Kies zelf een cijfer en vergelijk groepen."),
    ("Matrix", "/matrix/", ("tabel met aantallen", "overzicht van aantallen"), "Twee indelingen tegen elkaar, met het aantal casussen."),
    ("Organisaties", "/organisaties/", ("alle organisaties",), "Alle organisaties met een casus."),
    ("Publicaties", "/publicaties/", ("rapporten", "onderzoeken", "bronnen"), "De onderzoeken achter de casussen en de cijfers."),
    ("Begrippenlijsten", "/begrippenlijsten/", ("alle begrippen", "woordenlijst"), "De woorden waarmee we elke casus beschrijven."),
    ("Voorbeeld insturen", "/inzenden/", ("inzenden", "casus aanmelden", "meedoen"), "Stuur zelf een voorbeeld in."),
)  # fmt: skip


def things() -> Iterator[NamedThing]:
    """Every organisation is among them, also one without a public case: who shows an answer leaves those out.

    Whether it has one changes with every case that is published; everything else changes rarely.
    """
    words = vocabulary()
    for thing in concept_things(words):
        if not words.by_pk[thing.key].is_retired:
            yield replace(thing, kind=CONCEPT + thing.kind)
    yield from _barometer()
    for organisation in Organisation.objects.order_by("pk"):
        url = organisation.get_absolute_url()
        yield NamedThing(ORGANISATION, organisation.pk, organisation.name, url, organisation.names[1:])
    yield from _publications()
    yield from _pages()


def _barometer() -> Iterator[NamedThing]:
    found = barometer()
    for one in found.indicators.values():
        yield NamedThing(INDICATOR, one.pk, one.name, one.url, _told(one.short_name), _told(one.question, one.phrase))
    for edition in found.editions.values():
        if not edition.is_example:  # made-up numbers are not announced
            about = _told(f"{edition.survey}, {edition.period}", edition.unit, edition.caution)
            yield NamedThing(EDITION, edition.pk, edition.name, edition.url, _told(edition.short_name), about)


def _publications() -> Iterator[NamedThing]:
    for one in Publication.objects.prefetch_related("points").order_by("pk"):
        made_by = _told(one.publisher, *one.people_list)
        texts = _told(one.summary, ", ".join([one.kind, one.date_text]), *made_by, one.method)
        points = tuple(point.text for point in one.points.all())
        yield NamedThing(PUBLICATION, one.pk, one.title, one.get_absolute_url(), (), (*texts, *points))


def _pages() -> Iterator[NamedThing]:
    taken = {url for _, url, _, _ in OWN_PAGES}
    found = Page.objects.live().public().not_type(CasePage, HomePage).filter(depth__gt=2).order_by("pk")
    for page in found.specific():
        url = "/" + page.url_path.split("/", 2)[2]
        if url in taken or page.slug in TAKEN_OVER:
            continue
        kind = COLLECTION if isinstance(page, CollectionPage) else PAGE
        body = _PARAGRAPHS.split(str(getattr(page, "body", "")))
        texts = (getattr(page, "introduction", "") or page.search_description, *map(_on_one_line, body))
        yield NamedThing(kind, page.pk, page.title, url, (), _told(*texts))
    # Numbers below zero: no page of the tree has one.
    lists = [(one.plural, one.url, (one.name,), one.question) for one in vocabulary().schemes.values()]
    for number, (title, url, names, text) in enumerate((*OWN_PAGES, *lists), start=1):
        yield NamedThing(PAGE, -number, title, url, names, _told(text))


def _on_one_line(html: str) -> str:
    return " ".join(plain(html).split())


def _told(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))

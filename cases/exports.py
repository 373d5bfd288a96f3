"""Cases as open data: one table of columns for CSV, XLSX, JSON and the documentation, by allow-list."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Prefetch

from survey import spreadsheets
from survey.vocabulary import Vocabulary, vocabulary

from .models import CasePage, CaseRelation, CaseSource
from .search_source import GROUPINGS

if TYPE_CHECKING:
    from .querysets import CaseQuerySet

CHUNK = 200


def links(case: CasePage, words: Vocabulary) -> list[dict[str, str]]:
    """The links of a case, with their evidence."""
    found = []
    for link in case.card_links:
        entry = words.by_pk.get(link.concept_id)
        if entry is None:  # made while this file was being written
            continue
        found.append(
            {
                "schema": entry.scheme,
                "begrip": entry.slug,
                "toelichting": link.evidence,
                "grond": link.basis,
                "werking": link.effect,
            }
        )
    return found


def grouping_slug(case: CasePage, name: str, words: Vocabulary) -> str:
    """The slug of the sector, cluster or country of a case, or nothing."""
    entry = words.by_pk.get(case.grouping_pk(GROUPINGS[name]) or 0)
    return entry.slug if entry else ""


def phase_slug(case: CasePage, words: Vocabulary) -> str:
    """The slug of the phase reached, or nothing."""
    entry = words.by_pk.get(case.phase_id or 0)
    return entry.slug if entry else ""


def sources(case: CasePage, words: Vocabulary) -> list[dict[str, str]]:
    """Where the story was found; a publication by its slug."""
    return [
        {
            "publicatie": source.publication.slug if source.publication else "",
            "plaats": source.locator,
            "titel": source.title,
            "uitgever": source.publisher,
            "adres": source.url,
            "datum": source.date_text,
            "opmerking": source.remark,
        }
        for source in case.sources_to_export
    ]


def relations(case: CasePage, words: Vocabulary) -> list[dict[str, str]]:
    """The related cases that everybody may see."""
    return [{"casus": _slug_of_other(relation), "reden": relation.reason} for relation in case.relations_to_export]


def _slug_of_other(relation: CaseRelation) -> str:
    """Read along with the relation, where it was: a whole case for its slug takes half the time of a file."""
    slug: str = getattr(relation, "other_slug", "") or relation.other.slug
    return slug


def yes_or_no(name: str) -> Callable[[CasePage, Vocabulary], str]:
    """A condition in a word that every spreadsheet leaves alone."""
    return lambda case, _: "ja" if getattr(case, name) else "nee"


#: Public by this line and no other: name of the column -> its value.
COLUMNS: dict[str, Callable[[CasePage, Vocabulary], Any]] = {
    "slug": lambda case, _: case.slug,
    "titel": lambda case, _: case.title,
    "adres": lambda case, _: settings.SITE_URL + case.get_absolute_url(),
    "uitkomst": lambda case, _: case.outcome,
    "organisatie": lambda case, _: case.organisation.name if case.organisation else "",
    "organisatie_slug": lambda case, _: case.organisation.slug if case.organisation else "",
    "sector": lambda case, words: grouping_slug(case, "sector", words),
    "cluster": lambda case, words: grouping_slug(case, "cluster", words),
    "land": lambda case, words: grouping_slug(case, "land", words),
    "fase": phase_slug,
    "jaar": lambda case, _: case.start_year,
    "jaar_einde": lambda case, _: case.end_year,
    "periode": lambda case, _: case.period_note,
    "zekerheid": lambda case, _: case.certainty,
    "samenvatting": lambda case, _: case.introduction,
    "in_het_kort": lambda case, _: case.in_brief,
    "bedoeling": lambda case, _: case.intention,
    "aanpak": lambda case, _: case.approach,
    "resultaat": lambda case, _: case.result,
    "lessen": lambda case, _: case.lessons,
    "kan_dit_bij_ons": lambda case, _: case.transfer,
    "vroege_signalen": lambda case, _: case.early_signals,
    "anders_doen": lambda case, _: case.do_differently,
    "goed_bedoeld": yes_or_no("meant_well"),
    "goed_voorbereid": yes_or_no("prepared_well"),
    "anders_gelopen": yes_or_no("ended_otherwise"),
    "geleerd_en_gedeeld": yes_or_no("shared_lessons"),
    "koppelingen": links,
    "bronnen": sources,
    "verwant": relations,
}


def with_export_data(cases: "CaseQuerySet") -> "CaseQuerySet":
    """With all that a row holds: five queries, whatever the length of the list."""
    # Asked for each relation: a list of all published cases, for each few hundred, would be far longer than the file.
    other = CasePage.objects.published().filter(pk=OuterRef("other"))
    public = CaseRelation.objects.filter(Exists(other)).annotate(other_slug=F("other__slug"))
    found = cases.with_card_data().prefetch_related(
        Prefetch("sources", CaseSource.objects.select_related("publication"), to_attr="sources_to_export"),
        Prefetch("relations", public, to_attr="relations_to_export"),
    )
    return cast("CaseQuerySet", found)


def row_of(case: CasePage, words: Vocabulary) -> dict[str, Any]:
    """One case, read `with_export_data`."""
    return {name: value(case, words) for name, value in COLUMNS.items()}


def rows(pks: Iterable[int]) -> Iterator[dict[str, Any]]:
    """One row a case, in the order of the keys, a few hundred in memory at a time.

    The vocabulary is read here and now: a file is written after the request, when asking again would cost a query a case.
    """
    return _rows(pks, vocabulary())


def _rows(pks: Iterable[int], words: Vocabulary) -> Iterator[dict[str, Any]]:
    remaining = iter(pks)
    while chunk := list(islice(remaining, CHUNK)):
        for case in with_export_data(CasePage.objects.published()).in_order_of(chunk):
            yield row_of(case, words)


def as_file(extension: str, found: Iterable[dict[str, Any]]) -> Iterator[str] | Iterator[bytes]:
    """The rows as `csv`, `xlsx` or `json`, given away while they are written."""
    if extension == "csv":
        return spreadsheets.as_csv(COLUMNS, found)
    if extension == "xlsx":
        return spreadsheets.as_xlsx("casussen", list(COLUMNS), found)
    return spreadsheets.as_json("casussen", found)

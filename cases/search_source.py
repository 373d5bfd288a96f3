"""What the search index reads from the database: the published cases, and which of them changed.

Everything is read as plain rows, a few hundred cases at a time, each time from the last key on: no model instances,
no long query and no cursor that stays open, on whichever database. That is what makes building the index anew quick.
"""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from html import unescape
from itertools import islice
from typing import Any, NamedTuple

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.html import strip_tags

from survey.models import ContentChange
from survey.versions import read_versions, versions
from survey.vocabulary import ConceptEntry, Vocabulary, vocabulary

from .models import CaseLink, CasePage, Organisation
from .search.documents import CaseDocument, Changes

#: Cases that are read at once.
CHUNK = 500
TEXT_FIELDS = ("intention", "approach", "result", "lessons", "transfer", "early_signals", "do_differently")
#: Scheme -> field of the organisation.
GROUPINGS = {"sector": "sector", "cluster": "cluster", "land": "country", "omvang": "size"}
#: A tag as the editor writes them: with its attributes in double quotes, or none.
TAG = re.compile(r"""</?[a-zA-Z][^<>"'&]*(?:"[^"<>&]*"[^<>"'&]*)*>""")


class _Organisation(NamedTuple):
    names: tuple[str, ...]
    groupings: tuple[int | None, ...]


class _Link(NamedTuple):
    case: int
    concept: int
    evidence: str


class _Row(NamedTuple):
    """A case as it is read: keys where the model has other things."""

    pk: int
    title: str
    introduction: str
    in_brief: str
    outcome: str
    start_year: int | None
    end_year: int | None
    first_published_at: Any
    latest_revision_created_at: Any
    phase: int | None
    organisation: int | None
    own_sector: int | None
    own_cluster: int | None
    own_country: int | None
    body: str
    texts: tuple[str, ...]


#: The fields of a row that are read as they are; the body is read as text, and `texts` are `TEXT_FIELDS`.
CASE_FIELDS = _Row._fields[:-2]


class DatabaseCases:
    """The `CaseSource` of this site."""

    def version(self) -> int:
        """The content version (the one of this request, where there is one).

        Within a transaction 0, which any index is new enough for: what may still be rolled back is not to be found.
        """
        return 0 if _within_a_transaction() else versions().content

    def newest_version(self) -> int:
        """The content version as it is now."""
        return read_versions().content

    def count(self) -> int:
        """How many cases the index must hold."""
        return CasePage.objects.published().count()

    def changes(self, after: int, most: int, until: int | None = None) -> Changes | None:
        """The first of the changes to cases; each change has a version of its own."""
        newest = self.newest_version()
        if after != newest and not ContentChange.objects.filter(version=after).exists():
            return None  # the log does not reach back that far, or is another database's
        until = newest if until is None else until
        log = ContentChange.objects.filter(version__gt=after, version__lte=until, kind=ContentChange.Kind.CASE)
        first = list(log.order_by("version").values_list("version", "object_pk")[: most + 1])
        if len(first) > most:
            if log.filter(object_pk=None).exists():
                return None
            first = first[:most]
            upto = first[-1][0]
            return Changes(frozenset(pk for _, pk in first if pk), upto, log.filter(version__gt=upto).count())
        if any(pk is None for _, pk in first):
            return None
        return Changes(frozenset(pk for _, pk in first if pk), until, 0)

    def before_last(self, most: int) -> int:
        """As the log has it, up to the last change that names no case; 0 when it holds no more than these."""
        log = ContentChange.objects.filter(kind=ContentChange.Kind.CASE).order_by("-version")
        last = log.values_list("version", "object_pk")[: most + 1]
        return next((version for place, (version, pk) in enumerate(last) if pk is None or place == most), 0)

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        """The published cases with these keys, or all of them."""
        words = vocabulary()
        organisations: dict[int, _Organisation] = {}
        for rows in _chunks(pks):
            links = _links([row.pk for row in rows])
            _read_organisations(organisations, {row.organisation for row in rows if row.organisation})
            for row in rows:
                organisation = organisations.get(row.organisation) if row.organisation else None
                yield document_of(row, organisation, links.get(row.pk, ()), words)


def _within_a_transaction() -> bool:
    """Those that a test puts around everything do not count."""
    blocks = connection.atomic_blocks
    return bool(blocks) and not getattr(blocks[-1], "_from_testcase", False)


def _chunks(pks: Collection[int] | None) -> Iterator[list[_Row]]:
    cases = CasePage.objects.published().order_by("pk").annotate(raw_body=Cast("body", TextField()))
    cases = cases.values_list(*CASE_FIELDS, "raw_body", *TEXT_FIELDS)
    if pks is not None:
        wanted = iter(sorted(pks))
        while some := list(islice(wanted, CHUNK)):
            yield _rows(cases.filter(pk__in=some))
        return
    last = 0
    while rows := _rows(cases.filter(pk__gt=last)[:CHUNK]):
        yield rows
        last = rows[-1].pk


def _rows(found: Iterable[tuple[Any, ...]]) -> list[_Row]:
    own = len(CASE_FIELDS) + 1
    return [_Row._make((*values[:own], values[own:])) for values in found]


def _links(cases: list[int]) -> dict[int, list[_Link]]:
    found: defaultdict[int, list[_Link]] = defaultdict(list)
    rows = CaseLink.objects.filter(case__in=cases).order_by("case", "sort_order")
    for link in map(_Link._make, rows.values_list("case", "concept", "evidence")):
        found[link.case].append(link)
    return found


def _read_organisations(known: dict[int, _Organisation], wanted: set[int]) -> None:
    """Many cases have the same ones: each is read once."""
    for found in Organisation.objects.filter(pk__in=wanted - known.keys()):
        groupings = tuple(getattr(found, f"{name}_id") for name in GROUPINGS.values())
        known[found.pk] = _Organisation(found.names, groupings)


def concepts_of(
    case: _Row, organisation: _Organisation | None, links: Collection[_Link], words: Vocabulary
) -> list[ConceptEntry]:
    """Every concept that groups this case: from its links, its organisation (or itself) and its phase."""
    own = (case.own_sector, case.own_cluster, case.own_country)
    groupings = organisation.groupings if organisation else own
    return words.entries([*(link.concept for link in links), *groupings, case.phase])


def document_of(
    case: _Row, organisation: _Organisation | None, links: Collection[_Link], words: Vocabulary
) -> CaseDocument:
    """One case as the index holds it."""
    concepts = concepts_of(case, organisation, links, words)
    facets: dict[str, tuple[str, ...]] = {"uitkomst": (case.outcome,)}
    for entry in concepts:
        facets[entry.scheme] = tuple(dict.fromkeys((*facets.get(entry.scheme, ()), entry.slug)))
    if case.start_year:
        facets["jaar"] = (str(case.start_year),)
    moment = case.first_published_at or case.latest_revision_created_at
    evidence = (link.evidence for link in links)
    return CaseDocument(
        pk=case.pk,
        title=case.title,
        summary=case.introduction,
        body="\n".join([case.in_brief, *map(plain, case.texts), *evidence, *_free(case.body)]),
        organisations=organisation.names if organisation else (),
        facets=facets,
        first_published_ordinal=int(moment.timestamp()) if moment else 0,
        sort_title=case.title.casefold(),
        years=tuple(year for year in (case.start_year, case.end_year) if year),
    )


def plain(html: str) -> str:
    """Text without tags, a space where a tag parted two words."""
    if "<" in html:
        spaced = html.replace("<", " <")
        html = TAG.sub("", spaced)
        if "<" in html:  # no tag of the editor's: what it is takes longer to find out
            with suppress(SuspiciousOperation):  # nor did anybody write it to be read
                html = strip_tags(spaced)
    return unescape(html) if "&" in html else html


def _free(body: str) -> list[str]:
    blocks = json.loads(body or "[]")
    if not blocks:
        return []
    stream = CasePage._meta.get_field("body").stream_block
    found = []
    for block in stream.to_python(blocks):
        told = [plain(str(text)) for text in block.block.get_searchable_content(block.value)]
        # One line for a quotation with who said it: a fragment of that can be read. An address is no text, and Wagtail
        # gives "None" for what was left out.
        texts = (text for text in told if text not in ("", "None"))
        found.append(" – ".join(text for text in texts if not text.startswith(("https://", "http://"))))
    return found

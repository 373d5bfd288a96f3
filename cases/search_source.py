"""What the search index reads from the database: the published cases, and which of them changed."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.html import strip_tags

from survey.models import ContentChange
from survey.versions import versions
from survey.vocabulary import ConceptEntry, Vocabulary, vocabulary

from .models import CasePage, Organisation
from .search.documents import CaseDocument

if TYPE_CHECKING:
    from .models import CaseLink

#: With more changes than this since the index was last up to date, building anew is quicker.
MOST_CHANGES = 2_000
TEXT_FIELDS = ("intention", "approach", "result", "lessons", "transfer", "early_signals", "do_differently")
#: Scheme -> field of the organisation.
GROUPINGS = {"sector": "sector", "cluster": "cluster", "land": "country", "omvang": "size"}


class DatabaseCases:
    """The `CaseSource` of this site."""

    def version(self) -> int:
        """The content version (the one of this request, where there is one)."""
        return versions().content

    def count(self) -> int:
        """How many cases the index must hold."""
        return CasePage.objects.published().count()

    def changed_since(self, version: int) -> set[int] | None:
        """The cases that may look different now, or None when everything may."""
        changes = list(
            ContentChange.objects.filter(version__gt=version).values_list("kind", "object_pk")[: MOST_CHANGES + 1]
        )
        if not (changes or version == self.version()):
            return None
        if changes and not ContentChange.objects.filter(version=version).exists():
            return None  # the log does not reach back that far, or is another database's
        everything = [pk for kind, pk in changes if kind != ContentChange.Kind.OTHER and pk is None]
        if everything or len(changes) > MOST_CHANGES:
            return None
        of_kind = {kind: {pk for found, pk in changes if found == kind and pk} for kind in ContentChange.Kind.values}
        pks = set(of_kind[ContentChange.Kind.CASE])
        concepts, organisations = of_kind[ContentChange.Kind.CONCEPT], of_kind[ContentChange.Kind.ORGANISATION]
        if concepts:
            holders = Q(sector__in=concepts) | Q(cluster__in=concepts) | Q(country__in=concepts) | Q(size__in=concepts)
            organisations = organisations | set(Organisation.objects.filter(holders).values_list("pk", flat=True))
            own = Q(own_sector__in=concepts) | Q(own_cluster__in=concepts) | Q(own_country__in=concepts)
            linked = own | Q(phase__in=concepts) | Q(links__concept__in=concepts)
            pks |= set(CasePage.objects.filter(linked).values_list("pk", flat=True))
        if organisations:
            pks |= set(CasePage.objects.filter(organisation__in=organisations).values_list("pk", flat=True))
        return pks if len(pks) <= MOST_CHANGES else None

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        """The published cases with these keys, or all of them."""
        cases = CasePage.objects.published().select_related("organisation").prefetch_related("links")
        if pks is not None:
            cases = cases.filter(pk__in=pks)
        words = vocabulary()
        for case in cases.order_by("pk").iterator(chunk_size=500):
            yield document_of(case, words)


def concepts_of(case: CasePage, words: Vocabulary) -> list[ConceptEntry]:
    """Every concept that groups this case: from its links, its organisation and its phase."""
    keys = [link.concept_id for link in case.links.all()]
    keys += [case.grouping_pk(name) for name in GROUPINGS.values()]
    return words.entries([*keys, case.phase_id])


def document_of(case: CasePage, words: Vocabulary) -> CaseDocument:
    """One case as the index holds it."""
    concepts = concepts_of(case, words)
    facets: dict[str, tuple[str, ...]] = {"uitkomst": (case.outcome,)}
    for entry in concepts:
        facets[entry.scheme] = tuple(dict.fromkeys((*facets.get(entry.scheme, ()), entry.slug)))
    if case.start_year:
        facets["jaar"] = (str(case.start_year),)
    moment = case.first_published_at or case.latest_revision_created_at
    return CaseDocument(
        pk=case.pk,
        slug=case.slug,
        title=case.title,
        summary=case.introduction,
        body="\n".join(
            [case.in_brief, *(_plain(getattr(case, name)) for name in TEXT_FIELDS), *_evidence(case), *_free(case)]
        ),
        organisations=case.organisation.names if case.organisation else (),
        concepts=tuple(word for entry in concepts for word in entry.words),
        facets=facets,
        first_published_ordinal=int(moment.timestamp()) if moment else 0,
        sort_title=case.title.casefold(),
        years=tuple(year for year in (case.start_year, case.end_year) if year),
    )


def _plain(html: str) -> str:
    """Text without tags, a space where a tag parted two words."""
    return strip_tags(html.replace("<", " <"))


def _evidence(case: CasePage) -> list[str]:
    links: list[CaseLink] = list(case.links.all())
    return [link.evidence for link in links]


def _free(case: CasePage) -> list[str]:
    return [_plain(str(text)) for block in case.body for text in block.block.get_searchable_content(block.value)]

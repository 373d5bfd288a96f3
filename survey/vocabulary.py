"""The vocabulary in memory: labels, addresses and order of all schemes and concepts.

A few hundred small rows that nearly every page needs, read in four queries when the vocabulary changed and kept per
process. Pages that show one concept in full read that one from the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import Concept, ConceptScheme, FormerConcept, VocabularyChange
from .versions import kept


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """What lists, facets and cards need of a concept."""

    pk: int
    scheme: str
    slug: str
    name: str
    url: str
    group: str
    confirmed: bool
    definition: str
    is_retired: bool
    #: Whether the public log has a line about it.
    has_changes: bool
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SchemeEntry:
    """A scheme with its concepts in order."""

    slug: str
    name: str
    plural: str
    path: str
    question: str
    origin: str
    is_facet: bool
    concepts: dict[str, ConceptEntry]
    #: Codes that concepts of this scheme had before, and where they lead: perhaps to another scheme.
    former: dict[str, ConceptEntry]

    @property
    def url(self) -> str:
        """The overview of this scheme."""
        return f"/{self.path}/"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All schemes in order, and three ways in."""

    schemes: dict[str, SchemeEntry]
    by_pk: dict[int, ConceptEntry]
    by_path: dict[str, SchemeEntry]

    def entries(self, pks: Iterable[int | None]) -> list[ConceptEntry]:
        """The concepts with these keys; a key newer than this vocabulary, or none, is left out."""
        return [self.by_pk[pk] for pk in pks if pk in self.by_pk]

    def concept(self, scheme: str, slug: str) -> ConceptEntry | None:
        """The concept that has this code, or had it before; if there is one."""
        found = self.schemes.get(scheme)
        return found.concepts.get(slug) or found.former.get(slug) if found else None


@kept
def vocabulary() -> Vocabulary:
    """The vocabulary as it is now; no query when it did not change since this process read it last."""
    schemes = {
        scheme.pk: SchemeEntry(
            slug=scheme.slug,
            name=scheme.name,
            plural=scheme.plural,
            path=scheme.path,
            question=scheme.question,
            origin=scheme.origin,
            is_facet=scheme.is_facet,
            concepts={},
            former={},
        )
        for scheme in ConceptScheme.objects.all()
    }
    changed = set(VocabularyChange.objects.order_by().values_list("concept_id", flat=True).distinct())
    by_pk: dict[int, ConceptEntry] = {}
    for concept in Concept.objects.order_by("position", "name"):
        scheme = schemes[concept.scheme_id]
        entry = ConceptEntry(
            pk=concept.pk,
            scheme=scheme.slug,
            slug=concept.slug,
            name=concept.name,
            url=f"/{scheme.path}/{concept.slug}/",
            group=concept.group,
            confirmed=concept.confirmed,
            definition=concept.definition,
            is_retired=concept.retired_on is not None,
            has_changes=concept.pk in changed,
            words=(concept.name, *concept.synonym_list),
        )
        scheme.concepts[concept.slug] = by_pk[concept.pk] = entry
    for former in FormerConcept.objects.exclude(concept=None):
        if former.slug not in schemes[former.scheme_id].concepts and former.concept_id in by_pk:
            schemes[former.scheme_id].former[former.slug] = by_pk[former.concept_id]
    return Vocabulary(
        schemes={scheme.slug: scheme for scheme in schemes.values()},
        by_pk=by_pk,
        by_path={scheme.path: scheme for scheme in schemes.values()},
    )

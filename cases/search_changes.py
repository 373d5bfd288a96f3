"""Which cases search must read again because something else changed: a concept, an organisation.

The index holds of a concept where it stands in the vocabulary, not what it is called: another name costs nothing. Of an
organisation it holds every name. What changes is written down case by case, in the transaction of the change, so that
who follows never has to guess what a change meant, and can take in very many of them piece by piece.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from survey.care.trail import moved
from survey.models import Concept, ConceptScheme, ContentChange
from survey.models.changes import record_changes
from survey.versions import forget_versions

from .models import CaseLink, CasePage, Organisation

#: What the index holds of a thing in each of its cases.
HELD: dict[type[Model], tuple[str, ...]] = {
    ConceptScheme: ("slug",),
    Concept: ("scheme_id", "slug"),
    Organisation: ("name", "abbreviation", "synonyms", "sector_id", "cluster_id", "size_id", "country_id"),
}
OF_ORGANISATION = ("sector", "cluster", "size", "country")
OF_CASE = ("own_sector", "own_cluster", "own_country", "phase")


@receiver(pre_save, sender=ConceptScheme)
@receiver(pre_save, sender=Concept)
@receiver(pre_save, sender=Organisation)
def remember_what_was_held(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """For the comparison, when it is saved."""
    known = sender._default_manager.filter(pk=instance.pk) if instance.pk else None
    instance._was_held = known.values_list(*HELD[sender]).first() if known is not None else None


@receiver(post_save, sender=ConceptScheme)
@receiver(post_save, sender=Concept)
@receiver(post_save, sender=Organisation)
def read_its_cases_again(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Only when something that the index holds became different."""
    was = instance.__dict__.pop("_was_held", None)
    if was is None or was == tuple(getattr(instance, name) for name in HELD[sender]):
        return
    if sender is ConceptScheme:
        _read_again([None])
    elif sender is Concept:
        _read_again(_cases_of(instance.pk))
    else:
        _read_again(_cases_of_organisations([instance.pk]))


@receiver(moved)
def read_what_moved_again(owners: Iterable[Any], **kwargs: Any) -> None:
    """Cases (or organisations, with all their cases) go from one concept or organisation to another."""
    owners = list(owners)
    organisations = [owner.pk for owner in owners if isinstance(owner, Organisation)]
    cases = {owner.pk for owner in owners if isinstance(owner, CasePage)}
    _read_again(cases | _cases_of_organisations(organisations))


def _cases_of(concept: int) -> set[int]:
    found = set(CaseLink.objects.filter(concept=concept).values_list("case_id", flat=True))
    for name in OF_CASE:
        found |= set(CasePage.objects.filter(**{name: concept}).values_list("pk", flat=True))
    for name in OF_ORGANISATION:
        found |= set(CasePage.objects.filter(**{f"organisation__{name}": concept}).values_list("pk", flat=True))
    return found


def _cases_of_organisations(organisations: Iterable[int]) -> set[int]:
    return set(CasePage.objects.filter(organisation__in=organisations).values_list("pk", flat=True))


def _read_again(cases: Iterable[int | None]) -> None:
    record_changes(ContentChange.Kind.CASE, sorted(cases, key=lambda pk: pk or 0))
    forget_versions()

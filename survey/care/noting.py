"""The log of our words: whoever changes a name, a code or a definition, and however, a line is written here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context

from ..models import Concept, FormerConcept, VocabularyChange

Kind = VocabularyChange.Kind
#: The fields of which a change is told, and that decide where an old address leads.
TOLD = ("scheme_id", "slug", "name", "definition")
_reason: ContextVar[str] = ContextVar("reason_of_change", default="")


@contextmanager
def because(reason: str) -> Iterator[None]:
    """What changes within is told with this reason."""
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def reason_now() -> str:
    """Why, as the person who does it says."""
    return _reason.get()


def note(concept: Concept, kind: Kind, *, name: str = "", before: str = "", after: str = "") -> None:
    """One line of the public log, with the reason and the person of this moment."""
    VocabularyChange.objects.create(
        scheme_id=concept.scheme_id,
        concept=concept,
        kind=kind,
        name=name or concept.name,
        before=before,
        after=after,
        reason=reason_now(),
        changed_by=get_active_log_context().user,
    )


def forward(scheme_id: int, slug: str, concept: Concept) -> None:
    """From now on the old code leads to this concept."""
    FormerConcept.objects.update_or_create(scheme_id=scheme_id, slug=slug, defaults={"concept": concept})


@receiver(pre_save, sender=Concept)
def concept_changes(
    instance: Concept, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """A concept that exists gets another name, code or definition, in a form, a merge or a file of content."""
    if (
        raw
        or not instance.pk
        or (update_fields is not None and not {"slug", "name", "definition"} & set(update_fields))
    ):
        return
    before = Concept.objects.filter(pk=instance.pk).values(*TOLD).first()
    if before is None:
        return
    old_place, place = (before["scheme_id"], before["slug"]), (instance.scheme_id, instance.slug)
    if old_place != place:
        forward(*old_place, instance)
        _free(instance)
    for field in ("name", "slug"):
        if before[field] != getattr(instance, field):
            note(instance, Kind.RENAMED, name=before["name"], before=before[field], after=getattr(instance, field))
            break  # a new name explains its new code
    if before["definition"].split() != instance.definition.split():
        note(instance, Kind.REDEFINED, name=before["name"], before=before["definition"], after=instance.definition)


@receiver(post_save, sender=Concept)
def concept_made(instance: Concept, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Somebody adds a concept. What is loaded from files comes in by hundreds, at the first load, and is not news."""
    if not created or raw:
        return
    _free(instance)
    if get_active_log_context().user is not None:
        note(instance, Kind.ADDED, after=instance.definition)


def _free(concept: Concept) -> None:
    """A code that is in use again leads nowhere else, now or later."""
    FormerConcept.objects.filter(scheme_id=concept.scheme_id, slug=concept.slug).delete()

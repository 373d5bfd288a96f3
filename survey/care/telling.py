"""Saying what a change does, in sentences: the same ones before it (as a preview) and after it (as a report)."""

from collections.abc import Callable, Iterable
from hashlib import sha256

from django.db import transaction
from django.db.models import Model
from django.utils.text import get_text_list

from ..models import ContentVersion
from .references import Reference

#: Does everything, and says what it did.
Operation = Callable[[], list[str]]
MOST_NAMED = 10


class CareError(Exception):
    """It can't be done; the message says why and what can."""


class ChangedMeanwhileError(Exception):
    """What would happen now is no longer what was shown."""


class _Undo(Exception):  # noqa: N818  no error: the way out of a rehearsal
    pass


def rehearse(operation: Operation) -> list[str]:
    """What would happen: it is done, and undone. So a preview can't tell another story than the change itself.

    The operation reads what it works on by itself: objects in memory are not undone.
    """
    told: list[str] = []
    try:
        with transaction.atomic():
            told = operation()
            raise _Undo
    except _Undo:
        return told


def carry_out(operation: Operation, shown: str) -> list[str]:
    """Do it, in one transaction, when it does what was shown (the digest of it); else nothing happens."""
    with transaction.atomic():
        ContentVersion.objects.select_for_update().filter(pk=1).first()  # two of these wait for each other
        told = operation()
        if digest(told) != shown:
            raise ChangedMeanwhileError
    return told


def digest(told: Iterable[str]) -> str:
    """Stands for the whole preview in the form that confirms it."""
    return sha256("\n".join(told).encode()).hexdigest()[:32]


def counted(number: int, model: type[Model]) -> str:
    """*1 casus*, *12 casussen*."""
    meta = model._meta
    return f"{number} {meta.verbose_name if number == 1 else meta.verbose_name_plural}"


def moved_sentence(reference: Reference, number: int, doubled: list[str], to: str) -> str:
    """What moves, and what meets something that was there."""
    what = counted(number, reference.owner_model)
    field = reference.field
    fields = [found for found in reference.model._meta.concrete_fields if found.related_model is field.related_model]
    which = f" in het veld ‘{field.verbose_name}’" if len(fields) > 1 and not reference.once else ""
    verb = "verhuist" if number == 1 else "verhuizen"
    if not doubled:
        return f"{what} {verb} naar ‘{to}’{which}."
    has = "heeft" if len(doubled) == 1 else "hebben"
    return (
        f"{what} {verb} naar ‘{to}’. {len(doubled)} {has} beide al; daar worden de twee tot één gemaakt en de "
        f"toelichtingen achter elkaar gezet: {named(doubled)}."
    )


def named(names: list[str]) -> str:
    """The first ten by name, the others as a number."""
    shown = [f"‘{name}’" for name in names[:MOST_NAMED]]
    rest = len(names) - len(shown)
    return get_text_list([*shown, f"{rest} andere"] if rest else shown, "en")

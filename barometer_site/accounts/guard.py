"""Entries of the log stay as they are, whatever part of the site tries to change them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry


@receiver(pre_save, sender=ModelLogEntry)
def no_change(instance: ModelLogEntry, raw: bool = False, **kwargs: Any) -> None:
    """A new entry may be added, an old one not be written over."""
    if not instance._state.adding and not raw:
        raise PermissionDenied("An entry of the log can't be changed.")


@receiver(pre_delete, sender=ModelLogEntry)
def no_removal(**kwargs: Any) -> None:
    """Nor taken away."""
    raise PermissionDenied("An entry of the log can't be removed.")

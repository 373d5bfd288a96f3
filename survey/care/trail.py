"""The trail in the editing environment: on each case stands what was moved there, by whom and why."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.dispatch import Signal
from django.utils import timezone
from wagtail.log_actions import LogFormatter, get_active_log_context
from wagtail.log_actions import registry as log_registry
from wagtail.models import PageLogEntry

from .noting import reason_now

MOVED = "survey.care.moved"
#: Sent with `owners`: what is tied to another concept or organisation from now on. Rows are moved without signals of their own.
moved = Signal()


def log_moved(owners: Iterable[Any], old: str, new: str) -> None:
    """One line on each of these, written at once: there may be thousands. Who follows them is told by `moved`."""
    owners = list(owners)
    moved.send(sender=None, owners=owners)
    context, moment = get_active_log_context(), timezone.now()
    entries: dict[type[Model], list[Model]] = {}
    for owner in owners:
        model = log_registry.get_log_model_for_instance(owner)
        entry = model(
            content_type=ContentType.objects.get_for_model(owner, for_concrete_model=False),
            label=str(owner)[:255],
            action=MOVED,
            timestamp=moment,
            data={"van": old, "naar": new, "reden": reason_now()},
            user=context.user,
            uuid=context.uuid,
            **({"page_id": owner.pk} if model is PageLogEntry else {"object_id": str(owner.pk)}),
        )
        entries.setdefault(model, []).append(entry)
    for model, made in entries.items():
        model._default_manager.bulk_create(made, batch_size=500)


class MovedFormatter(LogFormatter):
    """*‘Tijd’ werd ‘Tijd en ruimte’*."""

    label = "Begrip of organisatie verplaatst"

    def format_message(self, log_entry: Any) -> str:
        """What it was and what it became."""
        return f"‘{log_entry.data.get('van', '')}’ werd ‘{log_entry.data.get('naar', '')}’"

    def format_comment(self, log_entry: Any) -> str:
        """Why."""
        return str(log_entry.data.get("reden", ""))


def register_log_actions(actions: Any) -> None:
    """For Wagtail's history of a page."""
    actions.register_action(MOVED)(MovedFormatter)

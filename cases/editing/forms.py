"""The form of a case: what is checked when a draft is saved, and what only when it goes further."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from ..choices import Outcome
from .panels import CONDITION_HELP

UNMET = "Kruis dit aan als het klopt. Klopt het niet? Zet de uitkomst dan op ‘Gestopt’."
NEWER = "Niet opgeslagen: {what} Jouw tekst staat hieronder en is niet weg. Lees eerst de uitleg bovenaan."


@dataclass(frozen=True, slots=True)
class NewerVersion:
    """What was saved since this form was opened, by somebody else or in another window."""

    who: str
    """Empty when it was the same person."""
    saved_at: datetime
    revision_pk: int
    opened_pk: int | None
    """The version the form was opened with; None when that one was written over and can't be compared any more."""

    def __str__(self) -> str:
        when = date_format(timezone.localtime(self.saved_at), r"j F \o\m H:i")
        if self.who:
            return f"{self.who} heeft deze casus op {when} ook opgeslagen."
        return f"Je hebt deze casus op {when} ook in een ander venster opgeslagen."


class CaseForm(WagtailAdminPageForm):
    """A draft may be nearly empty; what goes to a reviewer or to readers may not."""

    newer: NewerVersion | None = None
    advice: Any = None
    """Kept by `advice.advice_for_form`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False  # a script fills it in while the title is typed; else the page does
        if self.is_bound and "body" in self.fields and f"{self.add_prefix('body')}-count" not in self.data:
            del self.fields["body"]  # only a script can show these blocks; without one they stay as they are

    def clean_title(self) -> str:
        """One line: the box grows with the sentence, and a pasted title may hold line ends."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self) -> str:
        """Until a case is published its address is a proposal: when another case has it, a number follows."""
        slug: str = self.cleaned_data["slug"]
        if self.instance.first_published_at:
            return slug
        slug = slugify(slug)  # without a script an accent may be typed here, and no address has one
        if not slug or self.parent_page is None:
            return slug
        proposals = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
        return next(name for name in proposals if Page._slug_is_available(name, self.parent_page, self.instance))

    def clean(self) -> dict[str, Any]:
        """The four conditions, and whether somebody else was quicker."""
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and cleaned.get("outcome") == Outcome.BRILLIANT_FAILURE:
            for name in CONDITION_HELP:
                if not cleaned.get(name):
                    self.add_error(name, UNMET)
        self.newer = self._newer_version()
        if self.newer:
            self.add_error(None, NEWER.format(what=self.newer))
        return cleaned

    def _post_clean(self) -> None:
        self.instance.is_draft = self.is_deferred_validation
        super()._post_clean()

    def _newer_version(self) -> NewerVersion | None:
        """Wagtail itself looks only when it saves in the background; a form without script would write over it.

        The second time the form knows the newer version, so saving once more is a choice. Previews and advice save
        nothing and have no subscription.
        """
        latest = self.instance.latest_revision if self.instance.pk else None
        if latest is None or self.subscription is None:
            return None
        own = self.data.get("overwrite_revision_id")
        opened = own or self.data.get("loaded_revision_id")
        if not opened:
            return None
        if opened == str(latest.pk) and (
            own or self.data.get("loaded_revision_created_at", "") == latest.created_at.isoformat()
        ):
            return None
        known = self.instance.revisions.filter(pk=opened).exclude(pk=latest.pk).first() if opened.isdigit() else None
        return NewerVersion(self._name_of(latest.user), latest.created_at, latest.pk, known.pk if known else None)

    def _name_of(self, user: Any) -> str:
        if user is None:
            return "Iemand anders"
        return "" if user == self.for_user else user.get_full_name() or user.get_username()

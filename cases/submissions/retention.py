"""What is not kept: drafts that nobody sent, what was withdrawn, and the contact data of who sent something in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import CaseKeeper, CasePage, Submission
from .limits import forget_actions
from .reports import remove_old_contact_data

State = Submission.State
#: Days after the last change.
DRAFT_DAYS = 90
KEEP_DRAFTS = timedelta(days=DRAFT_DAYS)
#: The decided: from their decision, or without a date of it from the last change.
DECIDED = (State.ACCEPTED, State.REFUSED)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """How many of each went."""

    drafts: int
    withdrawn: int
    contacts: int
    actions: int


def clean_submissions(now: datetime | None = None) -> Cleaned:
    """Remove what is past its time. Can be done again at any moment: the second time there is nothing left."""
    now = now or timezone.now()
    old = Submission.objects.filter(changed_at__lt=now - KEEP_DRAFTS)
    drafts, withdrawn = (_remove(old.filter(state=state)) for state in (State.DRAFT, State.WITHDRAWN))
    until = now - timedelta(days=settings.SUBMISSION_CONTACT_DAYS)
    decided = Submission.objects.filter(state__in=DECIDED).alias(since=Coalesce("decided_at", "changed_at"))
    contacts = remove_contact(decided.filter(since__lt=until), now, keepers=False) + remove_old_contact_data(now)
    return Cleaned(drafts, withdrawn, contacts, forget_actions())


def _remove(submissions: QuerySet[Submission]) -> int:
    keys = list(submissions.values_list("pk", flat=True))
    # A draft that editors made of what was withdrawn holds the same text; one that they unlocked is their own by now.
    drafts = CasePage.objects.filter(submission__in=keys, first_published_at=None, live=False, locked=True)
    for case in drafts:
        case.delete()
    Submission.objects.filter(pk__in=keys).delete()
    return len(keys)


def remove_contact(submissions: QuerySet[Submission], now: datetime | None = None, *, keepers: bool = True) -> int:
    """Wipe name, address and consent, and the name of an organisation that readers may not see; tells at how many.

    No case is made with these data (see `drafting`). Only who became keeper of the case stands elsewhere: `keepers`
    says whether that goes too. Time alone does not end it: a keeper is asked each year, and can stop at each question.
    """
    with_data = submissions.exclude(_NO_CONTACT)
    keys = list(with_data.values_list("pk", flat=True))
    if keepers:
        same = CaseKeeper.objects.filter(case__submission__in=keys, email=F("case__submission__contact_email"))
        CaseKeeper.objects.filter(pk__in=list(same.values_list("pk", flat=True))).delete()
    rows = Submission.objects.filter(pk__in=keys)
    rows.filter(is_anonymous=True).update(organisation_name="")
    return rows.update(
        contact_name="", contact_email="", contact_consent=False, contact_removed_at=now or timezone.now()
    )


_NO_CONTACT = Q(contact_name="", contact_email="") & (Q(is_anonymous=False) | Q(organisation_name=""))

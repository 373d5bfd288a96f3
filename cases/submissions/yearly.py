"""The yearly "hoe is het nu?": which cases wait for a check, the question to who keeps them, and their answer."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from survey.models import ContentChange
from survey.models.changes import record_change
from survey.versions import forget_versions

from ..models import CaseKeeper, CasePage, YearlyCheck
from ..models.editing import CHECK_EVERY
from .letters import send_letter

REMIND_AFTER = timedelta(days=30)
#: The link in the question and in its reminder is the same: the number of the question, signed (`12-signature`).
SIGNER = Signer(salt="cases.yearly")
State = YearlyCheck.State


def last_checked(case: CasePage) -> date | None:
    """The day somebody last said that the case is right: its first publication, or a check since. A draft has none."""
    if case.checked_on or case.first_published_at is None:
        return case.checked_on
    return timezone.localdate(case.first_published_at)


def is_overdue(case: CasePage) -> bool:
    """More than a year unchecked. Whoever keeps what is made with this, keeps it for a day at most."""
    checked = last_checked(case)
    return checked is not None and checked < timezone.localdate() - CHECK_EVERY


def overdue_cases() -> QuerySet[CasePage]:
    """The published cases that are overdue, with the day they were `seen_on`; the longest unchecked first."""
    seen_on = Coalesce("checked_on", TruncDate("first_published_at"))
    cases = CasePage.objects.published().annotate(seen_on=seen_on)
    return cases.filter(seen_on__lt=timezone.localdate() - CHECK_EVERY).order_by("seen_on", "pk")


def mark_checked(case: CasePage, user: Any) -> None:
    """Readers see that the case was looked at today. Its text, and a draft of it, stay as they are."""
    with transaction.atomic():
        CasePage.objects.filter(pk=case.pk).update(checked_on=timezone.localdate())
        log(instance=case, action="cases.checked", user=user)
        record_change(ContentChange.Kind.CASE, case.pk)
    forget_versions()


# --- the question --------------------------------------------------------------------------------
def _asked_this_year() -> QuerySet[YearlyCheck]:
    return YearlyCheck.objects.filter(asked_at__gt=timezone.now() - CHECK_EVERY)


def keepers_to_ask() -> QuerySet[CaseKeeper]:
    """Who keeps an overdue case and was not asked about it for a year."""
    asked = _asked_this_year().filter(case=OuterRef("case"))
    return CaseKeeper.objects.filter(~Exists(asked), case__in=overdue_cases().order_by().values("pk")).order_by("pk")


def questions_to_repeat() -> QuerySet[YearlyCheck]:
    """Questions that stay without an answer for a month; each is repeated once."""
    waiting = _asked_this_year().filter(state=State.ASKED, reminded_at=None, case__keeper__isnull=False)
    overdue = overdue_cases().order_by().values("pk")
    return waiting.filter(asked_at__lte=timezone.now() - REMIND_AFTER, case__in=overdue).order_by("pk")


def ask(keeper: CaseKeeper) -> bool:
    """Ask one keeper; when the letter can't be sent, nothing was asked and the next run tries again.

    The row of the keeper is locked while looking, so that two runs at once ask once.
    """
    with transaction.atomic():
        found = CaseKeeper.objects.select_for_update().filter(pk=keeper.pk).first()
        if found is None or _asked_this_year().filter(case=found.case_id).exists():
            return True
        check = YearlyCheck.objects.create(case_id=found.case_id)
    if _send(check, found, "hoe_is_het_nu"):
        return True
    check.delete()
    return False


def repeat(check: YearlyCheck) -> bool:
    """Remind one keeper, once."""
    with transaction.atomic():
        if not YearlyCheck.objects.filter(pk=check.pk, reminded_at=None).update(reminded_at=timezone.now()):
            return True
    if _send(check, check.case.keeper, "hoe_is_het_nu_herinnering"):
        return True
    YearlyCheck.objects.filter(pk=check.pk).update(reminded_at=None)
    return False


def _send(check: YearlyCheck, keeper: CaseKeeper, letter: str) -> bool:
    context = {
        "name": keeper.name,
        "case": check.case,
        "case_url": settings.SITE_URL + check.case.get_absolute_url(),
        "address": settings.SITE_URL + reverse("yearly_check", args=[token_of(check)]),
    }
    return send_letter(keeper.email, letter, context)


def token_of(check: YearlyCheck) -> str:
    """The private part of the address at which this question is answered."""
    return SIGNER.sign(str(check.pk)).replace(":", "-", 1)


def check_of(token: str) -> YearlyCheck | None:
    """The question behind a private address, as long as its case can be read."""
    try:
        pk = int(SIGNER.unsign(token.replace("-", ":", 1)))
    except (BadSignature, ValueError):
        return None
    published = CasePage.objects.published().values("pk")
    return YearlyCheck.objects.select_related("case__keeper").filter(pk=pk, case__in=published).first()


# --- the answer ----------------------------------------------------------------------------------
def keep_answer(check: YearlyCheck, answer: dict[str, Any]) -> bool:
    """Into the queue; an answer can be given anew until an editor handled it. False when that was done."""
    open_states = (State.ASKED, State.ANSWERED)
    changes = {"state": State.ANSWERED, "answered_at": timezone.now()}
    return bool(YearlyCheck.objects.filter(pk=check.pk, state__in=open_states).update(**changes, **answer))


def stop_asking(check: YearlyCheck) -> None:
    """Forget who keeps the case. A question that was not answered is closed; an answer stays."""
    with transaction.atomic():
        CaseKeeper.objects.filter(case=check.case_id).delete()
        YearlyCheck.objects.filter(case=check.case_id, state=State.ASKED).update(
            state=State.HANDLED, handled_at=timezone.now()
        )

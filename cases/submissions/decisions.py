"""What editors do with what is in the queue. Everything is done once: who comes second is told who was first."""

from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from survey.models import ContentChange
from survey.models.changes import record_change

from ..models import CaseIndexPage, CaseKeeper, CasePage, Report, Submission, YearlyCheck
from ..models.cases import RESERVED_SLUGS
from .drafting import draft_case
from .yearly import mark_checked

#: What a sender reads whose message was taken for spam, so that a mistake can be put right.
SPAM_DECISION = "Je bericht leek op reclame of spam. Klopt dat niet? Laat het ons weten."
MENDED_AFTER_REPORT = "Verbeterd na een melding van een lezer."
NOBODY = "een andere redacteur"
Thing = TypeVar("Thing", Submission, Report, YearlyCheck)


class AlreadyHandledError(Exception):
    """Somebody else was first; the text says who and when."""


def _take(model: type[Thing], pk: int, *states: str) -> Thing:
    """Lock one thing for this transaction, in one of these states."""
    thing = model.objects.select_for_update().get(pk=pk)
    if thing.state not in states:
        who, when = _handled(thing)
        moment = date_format(timezone.localtime(when), r" \o\p j F Y \o\m H:i") if when else ""
        raise AlreadyHandledError(f"Dit is al behandeld door {who}{moment}. Er is niets veranderd.")
    return thing


def _handled(thing: Submission | Report | YearlyCheck) -> tuple[str, Any]:
    if isinstance(thing, Submission):
        if thing.state == Submission.State.WITHDRAWN:
            return "de inzender zelf", thing.changed_at
        user, when = thing.decided_by, thing.decided_at
    else:
        user, when = thing.handled_by, thing.handled_at
    return (get_user_display_name(user) if user else NOBODY), when


def _decide(submission: Submission, user: Any, state: str, decision: str) -> None:
    submission.state, submission.decision = state, decision
    submission.decided_by, submission.decided_at = user, timezone.now()
    submission.save(update_fields=["state", "decision", "decided_by", "decided_at", "case", "changed_at"])


@transaction.atomic
def accept(pk: int, user: Any) -> CasePage:
    """Make a draft of it, on no day before the one the sender asked for; who consented becomes its keeper."""
    submission = _take(Submission, pk, Submission.State.SENT)
    case = draft_case(submission)
    case.owner = user
    case.is_draft = True
    base = slugify(case.title)
    if not base or base in RESERVED_SLUGS:
        case.slug = f"ingezonden-{submission.pk}"
    CaseIndexPage.objects.get().add_child(instance=case)
    case.save_revision(user=user)
    log(instance=case, action="wagtail.create", user=user)
    submission.case = case
    _decide(submission, user, Submission.State.ACCEPTED, submission.decision)
    if submission.contact_consent and submission.contact_email:
        CaseKeeper.objects.get_or_create(
            case=case, defaults={"name": submission.contact_name, "email": submission.contact_email}
        )
    log(instance=submission, action="cases.submission.accept", user=user, data={"case": case.pk})
    return case


@transaction.atomic
def refuse(pk: int, user: Any, reason: str) -> Submission:
    """Not taken up; the sender reads the reason."""
    submission = _take(Submission, pk, Submission.State.SENT)
    _decide(submission, user, Submission.State.REFUSED, reason)
    log(instance=submission, action="cases.submission.refuse", user=user, data={"reason": reason})
    return submission


@transaction.atomic
def call_spam(pk: int, user: Any) -> Submission:
    """Set aside, without a letter; it can be put back."""
    submission = _take(Submission, pk, Submission.State.SENT)
    _decide(submission, user, Submission.State.REFUSED, SPAM_DECISION)
    log(instance=submission, action="cases.submission.spam", user=user)
    return submission


@transaction.atomic
def put_back(pk: int, user: Any) -> Submission:
    """Back into the queue: it was refused, or taken for spam, by mistake."""
    submission = _take(Submission, pk, Submission.State.REFUSED)
    _decide(submission, user, Submission.State.SENT, "")
    log(instance=submission, action="cases.submission.reopen", user=user)
    return submission


@transaction.atomic
def settle(pk: int, user: Any, state: str, answer: str = "", *, tell: bool = False) -> Report:
    """What was done with a report. `tell`: the public history of the case mentions it, without who reported."""
    report = _take(Report, pk, Report.State.OPEN)
    report.state, report.answer = state, answer
    report.handled_by, report.handled_at = user, timezone.now()
    if state == Report.State.SPAM and report.email:
        report.email, report.email_removed_at = "", timezone.now()
    report.save()
    log(instance=report, action="cases.report.settle", user=user, title=report.page_title, data={"state": state})
    if tell and report.case:
        report.case.public_changes.create(date=timezone.localdate(), text=MENDED_AFTER_REPORT)
        record_change(ContentChange.Kind.CASE, report.case_id)
    return report


@transaction.atomic
def finish_check(pk: int, user: Any, *, checked: bool) -> YearlyCheck:
    """The answer of a keeper is dealt with. `checked`: the case is right again as it stands."""
    check = _take(YearlyCheck, pk, YearlyCheck.State.ANSWERED)
    check.state, check.handled_by, check.handled_at = YearlyCheck.State.HANDLED, user, timezone.now()
    check.save()
    log(instance=check, action="cases.yearly.finish", user=user)
    if checked:
        mark_checked(check.case, user)
    return check


def stop_draft(case: CasePage) -> None:
    """Its sender took it back: no plan, review or link shows it to anybody any more, and the draft is locked.

    Only who may unlock it goes on with it. While it is locked, `retention` removes it together with what was sent in.
    """
    if state := case.current_workflow_state:
        state.cancel()
    case.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    case.preview_links.filter(revoked_at=None).update(revoked_at=timezone.now())
    CasePage.objects.filter(pk=case.pk).update(locked=True, locked_at=timezone.now(), locked_by=None)
    log(instance=case, action="cases.submission.withdraw")


#: Action in the log -> what it is called, and how it reads.
LOG_ACTIONS = {
    "cases.submission.accept": ("Inzending overnemen", "Er is een concept van gemaakt"),
    "cases.submission.refuse": ("Inzending afwijzen", "Afgewezen"),
    "cases.submission.spam": ("Inzending als spam weggelegd", "Weggelegd als spam"),
    "cases.submission.withdraw": ("Inzending ingetrokken", "De inzender trok deze casus in; het concept zit op slot"),
    "cases.submission.reopen": ("Inzending terugzetten", "Teruggezet in de wachtrij"),
    "cases.report.settle": ("Melding afhandelen", "Afgehandeld"),
    "cases.yearly.finish": ("Antwoord op ‘hoe is het nu?’ verwerken", "Verwerkt"),
    "cases.checked": ("Casus nakijken", "Nagekeken: klopt nog"),
    "cases.keeper": ("Contactpersoon van een casus wijzigen", "Contactpersoon gewijzigd"),
}

"""The editors' queue: what was sent in, reported and answered, in one list, the oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce

from ..models import Report, Submission, YearlyCheck

#: Who may see and handle the queue.
PERMISSION = "cases.change_submission"
#: Who may see names and e-mail addresses of people outside.
CONTACT_PERMISSION = "cases.change_casekeeper"


class Kind(models.TextChoices):
    """What can wait for the editors. Codes stand in addresses."""

    SUBMISSION = "inzending", "Inzending"
    REPORT = "melding", "Melding"
    YEARLY = "hoe-is-het-nu", "Antwoord op ‘hoe is het nu?’"


class Stage(models.TextChoices):
    """How far it is, for all kinds alike. Codes stand in addresses."""

    OPEN = "open", "Wacht op de redactie"
    BUSY = "bezig", "In bewerking"
    PUBLISHED = "gepubliceerd", "Gepubliceerd"
    DONE = "klaar", "Afgehandeld"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue. `suspicion`: why it is probably spam."""

    kind: Kind
    pk: int
    title: str
    since: datetime
    stage: Stage
    suspicion: str


def _submissions() -> QuerySet[Submission]:
    accepted = Submission.State.ACCEPTED
    stage = Case(
        When(state=Submission.State.SENT, then=Value(Stage.OPEN.value)),
        When(state=accepted, case__live=True, then=Value(Stage.PUBLISHED.value)),
        When(state=accepted, case__isnull=False, then=Value(Stage.BUSY.value)),
        default=Value(Stage.DONE.value),
    )
    sent = Submission.objects.exclude(state=Submission.State.DRAFT)
    since = Coalesce("sent_at", "created_at")
    return sent.annotate(name=F("title"), since=since, stage=stage, spam=F("suspicion"))


def _reports() -> QuerySet[Report]:
    stage = Case(When(state=Report.State.OPEN, then=Value(Stage.OPEN.value)), default=Value(Stage.DONE.value))
    return Report.objects.annotate(name=F("page_title"), since=F("created_at"), stage=stage, spam=F("suspicion"))


def _answers() -> QuerySet[YearlyCheck]:
    stage = Case(When(state=YearlyCheck.State.ANSWERED, then=Value(Stage.OPEN.value)), default=Value(Stage.DONE.value))
    answered = YearlyCheck.objects.filter(answered_at__isnull=False)
    return answered.annotate(name=F("case__title"), since=F("answered_at"), stage=stage, spam=Value(""))


def queue(stage: str = "", kind: str = "") -> QuerySet[Any, dict[str, Any]]:
    """The lines as dictionaries, the oldest first; `row` makes one ready to print. Nobody sees what is not sent yet."""
    sources: dict[Kind, QuerySet[Any]] = {
        Kind.SUBMISSION: _submissions(),
        Kind.REPORT: _reports(),
        Kind.YEARLY: _answers(),
    }
    first, *others = [
        (found.filter(stage=stage) if stage else found)
        .annotate(kind=Value(name.value))
        .order_by()
        .values("pk", "kind", "name", "since", "stage", "spam")
        for name, found in sources.items()
        if kind in ("", name)
    ]
    return (first.union(*others, all=True) if others else first).order_by("since", "kind", "pk")


def row(found: dict[str, Any]) -> Row:
    """A line of the queue, ready to print."""
    title = found["name"] or "Zonder titel"
    return Row(Kind(found["kind"]), found["pk"], title, found["since"], Stage(found["stage"]), found["spam"])


def count_open() -> int:
    """How much waits for the editors."""
    return queue(Stage.OPEN).count()

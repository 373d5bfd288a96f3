"""What an editor can do with each thing in the queue: how it is called, what it asks, and what happens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse

from ..models import Report, Submission, YearlyCheck
from . import decisions
from .letters import send_letter
from .queue import Kind
from .reports import KEEP_EMAIL

NOT_SENT = "De mail kon niet weg. Laat het zelf weten, of vraag de beheerder om hulp."


@dataclass(frozen=True, slots=True)
class Done:
    """What to tell the editor, and where to go next; without an address that is the decisions."""

    text: str
    address: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One button, the page that asks whether it is meant, and what it does."""

    name: str
    label: str
    explanation: str
    states: tuple[str, ...]
    run: Callable[[int, Any, dict[str, Any]], Done]
    form: type[forms.Form] | None = None
    classname: str = "button-secondary"

    def fits(self, thing: Any) -> bool:
        """Whether it can be done now."""
        return thing.state in self.states


class ReasonForm(forms.Form):
    """Why a case is not taken up."""

    reason = forms.CharField(
        label="Waarom nemen we deze casus niet op?",
        help_text="De inzender leest dit. Schrijf vriendelijk en concreet, en zeg wat wel kan.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": "Schrijf een reden. De inzender moet begrijpen waarom."},
    )


class AnswerForm(forms.Form):
    """What was done with a report."""

    answer = forms.CharField(
        label="Wat hebben we ermee gedaan?",
        help_text="Eén of twee zinnen. Wie een e-mailadres achterliet, leest dit.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Schrijf in één zin wat je deed, of waarom er niets verandert."},
    )


class MendedForm(AnswerForm):
    """The same, and whether readers of the case may know."""

    tell = forms.BooleanField(
        label="Zet in de geschiedenis van de casus: ‘Verbeterd na een melding van een lezer’",
        help_text="Alleen bij een melding over een casus.",
        required=False,
    )


# --- a case that was sent in ---------------------------------------------------------------------
def _accept(pk: int, user: Any, given: dict[str, Any]) -> Done:
    case = decisions.accept(pk, user)
    return Done(
        "Er staat een concept klaar. Werk het bij en stuur het in voor beoordeling.",
        reverse("wagtailadmin_pages:edit", args=[case.pk]),
    )


def _refuse(pk: int, user: Any, given: dict[str, Any]) -> Done:
    submission = decisions.refuse(pk, user, given["reason"])
    text = "Afgewezen. De inzender leest de reden op de eigen statuspagina."
    if not (submission.contact_consent and submission.contact_email):
        return Done(text)
    sent = send_letter(submission.contact_email, "niet_opgenomen", {"submission": submission})
    return Done(f"{text} Er is ook een mail gestuurd.") if sent else Done(text, warning=NOT_SENT)


def _spam(pk: int, user: Any, given: dict[str, Any]) -> Done:
    decisions.call_spam(pk, user)
    return Done("Weggelegd als spam. Bij ‘Afgehandeld’ kun je het terugzetten.")


def _put_back(pk: int, user: Any, given: dict[str, Any]) -> Done:
    decisions.put_back(pk, user)
    return Done("Teruggezet in de wachtrij.", reverse("submission_item", args=[Kind.SUBMISSION, pk]))


# --- a report ------------------------------------------------------------------------------------
def _settle(pk: int, user: Any, state: str, given: dict[str, Any]) -> Done:
    report = decisions.settle(pk, user, state, given.get("answer", ""), tell=given.get("tell", False))
    if not report.email:
        return Done("De melding is afgehandeld.")
    context = {
        "report": report,
        "mended": state == Report.State.MENDED,
        "page": settings.SITE_URL + report.address,
        "days": KEEP_EMAIL.days,
    }
    if send_letter(report.email, "antwoord_op_melding", context):
        return Done("De melding is afgehandeld. De melder krijgt een mail met je antwoord.")
    return Done("De melding is afgehandeld.", warning=NOT_SENT)


def _mended(pk: int, user: Any, given: dict[str, Any]) -> Done:
    return _settle(pk, user, Report.State.MENDED, given)


def _kept(pk: int, user: Any, given: dict[str, Any]) -> Done:
    return _settle(pk, user, Report.State.KEPT, given)


def _spam_report(pk: int, user: Any, given: dict[str, Any]) -> Done:
    decisions.settle(pk, user, Report.State.SPAM)
    return Done("Weggelegd als spam.")


# --- the answer of a keeper ----------------------------------------------------------------------
def _checked(pk: int, user: Any, given: dict[str, Any]) -> Done:
    decisions.finish_check(pk, user, checked=True)
    return Done("Verwerkt. Lezers zien dat de casus vandaag is nagekeken.")


def _close(pk: int, user: Any, given: dict[str, Any]) -> Done:
    decisions.finish_check(pk, user, checked=False)
    return Done("Afgehandeld. De casus telt nog niet als nagekeken.")


_SENT = (Submission.State.SENT,)
_OPEN = (Report.State.OPEN,)
_ANSWERED = (YearlyCheck.State.ANSWERED,)

ACTIONS: dict[Kind, tuple[Action, ...]] = {
    Kind.SUBMISSION: (
        Action(
            "concept",
            "Maak er een concept van",
            "Er komt een concept bij de casussen te staan, met alles wat de inzender schreef. Lezers zien het nog niet. "
            "De inzender ziet dat de redactie ermee bezig is.",
            _SENT,
            _accept,
            classname="",
        ),
        Action(
            "afwijzen",
            "Wijs af met een reden",
            "De inzender leest de reden op de eigen statuspagina. Wie daar toestemming voor gaf, krijgt ook een mail.",
            _SENT,
            _refuse,
            ReasonForm,
        ),
        Action(
            "spam",
            "Dit is spam",
            "De inzending gaat uit de wachtrij. Er gaat geen mail uit. Was het een vergissing? Dan kun je het terugzetten.",
            _SENT,
            _spam,
            classname="no",
        ),
        Action(
            "terugzetten",
            "Zet terug in de wachtrij",
            "De inzending staat dan weer open. De reden van de afwijzing vervalt.",
            (Submission.State.REFUSED,),
            _put_back,
        ),
    ),
    Kind.REPORT: (
        Action(
            "verbeterd",
            "Verbeterd",
            "Verbeter eerst de pagina. Zeg hier wat je deed.",
            _OPEN,
            _mended,
            MendedForm,
            classname="",
        ),
        Action(
            "niet-veranderd",
            "Niet veranderd",
            "De pagina blijft zoals hij is. Zeg hier waarom.",
            _OPEN,
            _kept,
            AnswerForm,
        ),
        Action(
            "spam",
            "Dit is spam",
            "De melding gaat uit de wachtrij. Er gaat geen mail uit en het e-mailadres wordt meteen gewist.",
            _OPEN,
            _spam_report,
            classname="no",
        ),
    ),
    Kind.YEARLY: (
        Action(
            "nagekeken",
            "Verwerkt: de casus klopt weer",
            "Verwerk eerst wat er veranderd is in de casus. Lezers zien daarna dat de casus vandaag is nagekeken.",
            _ANSWERED,
            _checked,
            classname="",
        ),
        Action(
            "sluiten",
            "Sluit zonder nakijken",
            "Het antwoord gaat uit de wachtrij. De casus blijft op de lijst van wat nagekeken moet worden.",
            _ANSWERED,
            _close,
        ),
    ),
}

"""The private link itself, the preview, sending, and following what becomes of a case."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..models import Submission
from .decisions import stop_draft
from .drafting import misses_a_condition, places_that_name_it, preview_case
from .forms import TOO_LONG, no_control_characters
from .letters import send_letter
from .limits import too_often
from .private import EXPIRED, find_submission, full_address, is_refused, private
from .retention import DRAFT_DAYS, remove_contact
from .spam import TRAP, fell_into_the_trap, suspicion
from .steps import BY_SLUG, missing
from .views import ALL, ANSWER_WEEKS, PREVIEW, TOO_OFTEN, overview

State = Submission.State
MOST_ADDITION = 2000
MOST_ADDITIONS = 10_000
#: States in which the sender may still take the case back or add something.
OPEN = (State.SENT, State.ACCEPTED)


class MailForm(forms.Form):
    """Where the link goes; used once, not kept."""

    email = forms.EmailField(
        label="Je e-mailadres",
        help_text="We gebruiken het alleen voor dit ene bericht en bewaren het niet.",
        error_messages={
            "required": "Vul je e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.nl.",
        },
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "class": "utrecht-textbox utrecht-textbox--html-input"}
        ),
    )


class AdditionForm(forms.Form):
    """Something that was forgotten."""

    text = forms.CharField(
        label="Je aanvulling",
        max_length=MOST_ADDITION,
        validators=[no_control_characters],
        error_messages={"required": "Schrijf wat je wilt toevoegen.", "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 4, "class": "utrecht-textarea utrecht-textarea--html-textarea"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The private link, clearly: to copy, or to mail to oneself."""
    find_submission(token)
    form = MailForm(request.POST if request.method == "POST" else None)
    onward = request.GET.get("verder", "")
    context: dict[str, Any] = {
        "token": token,
        "link": full_address(token),
        "days": DRAFT_DAYS,
        "form": form,
        "onward": _onward(token, onward),
        "onward_label": "Ga verder" if onward else "Naar het overzicht",
        "canonical_url": "",
    }
    status = 200
    if is_refused(request):
        context["message"] = EXPIRED
    elif request.method == "POST" and form.is_valid():
        if too_often(request, "mail"):
            context["message"], status = "Er is te vaak om een bericht gevraagd. Kopieer de link zelf.", 429
        elif send_letter(
            form.cleaned_data["email"], "bewaarde_link", {"link": full_address(token), "days": DRAFT_DAYS}
        ):
            context |= {"mailed_to": form.cleaned_data["email"], "form": MailForm()}
        else:
            context["message"] = "Het bericht kon niet worden verstuurd. Kopieer de link zelf."
    return render(request, "cases/submissions/link.html", context, status=status)


def _onward(token: str, wish: str) -> str:
    if wish in BY_SLUG:
        return reverse("submission_step", args=[token, wish])
    names = {ALL: "submission_all", PREVIEW: "submission_preview"}
    return reverse(names.get(wish, "submission"), args=[token])


@private
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page of this case as a reader will see it, with what is still needed and the button that sends it."""
    submission = find_submission(token)
    if submission.state != State.DRAFT:
        return redirect("submission", token)
    return _preview(request, token, submission)


def _preview(request: HttpRequest, token: str, submission: Submission, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "page": preview_case(submission),
        "submission": submission,
        "token": token,
        "missing": missing(submission),
        "named_in": places_that_name_it(submission),
        "falls_short": misses_a_condition(submission),
        "trap": TRAP,
        "canonical_url": "",
    }
    return render(request, "cases/submissions/preview.html", context | more, status=status)


@private
@require_POST
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Hand the case to the editors, once; what looks like spam is handed over too, with the reason."""
    with transaction.atomic():
        submission = find_submission(token, for_update=True)
        if submission.state != State.DRAFT:
            return redirect("submission", token)
        if is_refused(request):
            return _preview(request, token, submission, message=EXPIRED)
        if missing(submission):
            return _preview(request, token, submission, refused=True)
        if too_often(request, "send"):
            return _preview(request, token, submission, status=429, message=TOO_OFTEN)
        trapped = "een veld dat mensen niet zien, was ingevuld" if fell_into_the_trap(request) else ""
        submission.suspicion = submission.suspicion or trapped or suspicion(submission)
        submission.state, submission.sent_at = State.SENT, timezone.now()
        submission.save(update_fields=["state", "sent_at", "suspicion", "changed_at"])
    return redirect("submission", token)


@private
@require_safe
def submission_page(request: HttpRequest, token: str) -> HttpResponse:
    """The private link: what is still to write, or what became of the case."""
    submission = find_submission(token)
    if submission.state == State.DRAFT:
        response: HttpResponse = overview(request, token)
        return response
    return _status(request, token, submission, AdditionForm())


def _status(
    request: HttpRequest, token: str, submission: Submission, form: AdditionForm, status: int = 200, **more: Any
) -> HttpResponse:
    case = submission.case
    is_public = bool(case and case.live)
    context = {
        "token": token,
        "submission": submission,
        "case": case,
        "is_public": is_public,
        "may_change": submission.state in OPEN and not is_public,
        "has_contact": bool(submission.contact_email or submission.contact_name),
        "form": form,
        "link": full_address(token),
        "weeks": ANSWER_WEEKS,
        "canonical_url": "",
    }
    return render(request, "cases/submissions/status.html", context | more, status=status)


@private
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take it back before it is public. A draft goes at once; of what was sent, the contact data."""
    with transaction.atomic():
        submission = find_submission(token, for_update=True)
        if is_refused(request):
            return _again(request, token, submission)
        if submission.state == State.DRAFT:
            submission.delete()
            return render(request, "cases/submissions/removed.html", {"canonical_url": ""})
        if submission.state in OPEN and not (submission.case and submission.case.live):
            submission.state = State.WITHDRAWN
            submission.save(update_fields=["state", "changed_at"])
            if submission.case:
                stop_draft(submission.case)
            remove_contact(Submission.objects.filter(pk=submission.pk))
    return redirect("submission", token)


@private
@require_POST
def remove_my_contact(request: HttpRequest, token: str) -> HttpResponse:
    """Wipe what tells who sent it, whatever became of the case."""
    submission = find_submission(token)
    if is_refused(request):
        return _again(request, token, submission)
    remove_contact(Submission.objects.filter(pk=submission.pk))
    return redirect("submission", token)


def _again(request: HttpRequest, token: str, submission: Submission) -> HttpResponse:
    """A button that was pressed too late: nothing was typed, so press it again."""
    message = "Deze pagina stond te lang open. Er is nog niets veranderd. Druk nog een keer op de knop."
    if submission.state == State.DRAFT:
        return _preview(request, token, submission, message=message)
    return _status(request, token, submission, AdditionForm(), message=message)


@private
@require_POST
def add(request: HttpRequest, token: str) -> HttpResponse:
    """Put something that was forgotten with the case."""
    with transaction.atomic():
        submission = find_submission(token, for_update=True)
        form = AdditionForm(request.POST)
        if is_refused(request):
            return _status(request, token, submission, form, message=EXPIRED)
        if submission.state not in OPEN or (submission.case and submission.case.live):
            message = "Bij deze casus kun je niets meer toevoegen. Je tekst staat er nog: kopieer hem als je hem wilt bewaren."
            return _status(request, token, submission, form, message=message, keep_form=True)
        if form.is_valid():
            today = date_format(timezone.localdate(), "j F Y")
            text = f"{submission.addition}\n\n{today}: {form.cleaned_data['text']}".strip()
            if len(text) > MOST_ADDITIONS:
                form.add_error("text", "Er is al veel toegevoegd; dit past er niet meer bij. Maak je tekst korter.")
            elif too_often(request, "add"):
                return _status(request, token, submission, form, status=429, message=TOO_OFTEN)
            else:
                submission.addition = text
                submission.save(update_fields=["addition", "changed_at"])
                return redirect(reverse("submission", args=[token]) + "#aanvulling")
    return _status(request, token, submission, form)

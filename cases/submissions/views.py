"""Writing a case without an account: one question a screen or all on one page, saved at every press of a button."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from ..models import Submission
from ..models.submissions import new_token, token_digest
from .forms import AnswersForm
from .limits import too_often
from .private import EXPIRED, SENT, find_submission, full_address, give_back, is_refused, private
from .retention import DRAFT_DAYS
from .spam import STAMP, TRAP, fell_into_the_trap, is_too_fast, stamp
from .steps import BY_SLUG, STEPS, Step, asked, is_answered, missing, step_after, step_before

State = Submission.State
ALL = "alles"
PREVIEW = "voorbeeld"
ANSWER_WEEKS = 4
TOO_FAST = "Dat ging wel heel snel. Ben je een mens? Kijk je antwoord nog even na en bewaar het nog een keer."
TOO_OFTEN = (
    "Er komt nu te veel tegelijk binnen. Je tekst staat er nog. Wacht een kwartier en bewaar hem dan nog een keer, of "
    "kopieer hem naar een eigen bestand."
)


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
@conditional_page
def start(request: HttpRequest) -> HttpResponse:
    """What sending in is; the same for everybody, without a cookie."""
    context = {"days": DRAFT_DAYS, "weeks": ANSWER_WEEKS, "total": len(asked(Submission()))}
    return render(request, "cases/submissions/start.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, everything: bool = False) -> HttpResponse:
    """The first question, or all; the first answer that is saved makes the private link."""
    step = None if everything else STEPS[0]
    form = AnswersForm(request.POST if request.method == "POST" else None, step=step)
    context = {STAMP: stamp(), "trap": TRAP}
    if request.method != "POST":
        return _show(request, form, step, Submission(), context)
    if is_refused(request):
        return _show(request, form, step, Submission(), context | {"message": EXPIRED})
    if not form.has_changed() and request.POST.get("ga") in (ALL, "vraag"):
        return redirect("submission_begin_all" if request.POST["ga"] == ALL else "submission_begin")
    if not form.is_valid():
        context[STAMP] = request.POST.get(STAMP, "")
        return _show(request, form, step, Submission(), context)
    too_fast, was_told = is_too_fast(request)
    if too_fast and not was_told:
        context |= {STAMP: stamp(second_chance=True), "message": TOO_FAST}
        return _show(request, form, step, Submission(), context)
    if too_often(request, "begin"):
        return _show(request, form, step, Submission(), context | {"message": TOO_OFTEN}, status=429)
    token = new_token()
    form.instance.token_digest = token_digest(token)
    if fell_into_the_trap(request):
        form.instance.suspicion = "een veld dat mensen niet zien, was ingevuld"
    elif too_fast:
        form.instance.suspicion = "sneller ingevuld dan mensen typen"
    with transaction.atomic():
        submission = form.keep()
    response = redirect("submission_link", token)
    response["Location"] += f"?verder={_next(request, submission, step)}"
    return response


@private
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, token: str, slug: str = "") -> HttpResponse:
    """One question of a case that was begun, or with no `slug` all of them."""
    step = BY_SLUG.get(slug)
    if slug and step is None:
        return redirect("submission", token)
    with transaction.atomic():
        submission = find_submission(token, for_update=request.method == "POST")
        if submission.state != State.DRAFT:
            return _already_sent(request, token)
        form = AnswersForm(request.POST if request.method == "POST" else None, instance=submission, step=step)
        if request.method == "POST" and not is_refused(request) and form.is_valid():
            submission = form.keep()
            return _go(token, _next(request, submission, step))
    context: dict[str, Any] = {"token": token, "link": full_address(token)}
    if request.method == "POST":
        # The form wrote what was typed into its copy; which questions are asked depends on what is stored.
        submission = find_submission(token)
        context["message"] = EXPIRED if is_refused(request) else ""
    return _show(request, form, step, submission, context)


def _already_sent(request: HttpRequest, token: str) -> HttpResponse:
    """What is typed in a tab that stayed open after sending is not stored; it is given back to use as an addition."""
    if request.method != "POST":
        return redirect("submission", token)
    return give_back(request, SENT, status=409, token=token)


def _next(request: HttpRequest, submission: Submission, step: Step | None) -> str:
    """Where the pressed button leads: the name of a question, of all, of the preview, or `link`."""
    wish = request.POST.get("ga", "")
    if wish in (ALL, "link", "overzicht"):
        return wish
    if wish == "vraag":
        open_steps = [step for step in asked(submission) if not is_answered(submission, step)]
        return (open_steps or [STEPS[0]])[0].slug
    other = step and (step_before if wish == "terug" else step_after)(submission, step)
    if wish == "terug":
        return other.slug if other else "overzicht"
    return other.slug if other else PREVIEW


def _go(token: str, where: str) -> HttpResponse:
    if where in BY_SLUG:
        return redirect("submission_step", token, where)
    names = {ALL: "submission_all", PREVIEW: "submission_preview", "link": "submission_link"}
    return redirect(names.get(where, "submission"), token)


def _show(
    request: HttpRequest,
    form: AnswersForm,
    step: Step | None,
    submission: Submission,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    steps = asked(submission)
    number = steps.index(step) + 1 if step in steps else 0
    parts = [(other, _bound(form, other)) for other in ([step] if step else STEPS)]
    context |= {
        "form": form,
        "step": step,
        "parts": parts,
        "number": number,
        "total": len(steps),
        "is_first": number == 1,
        "is_last": step is not None and step_after(submission, step) is None,
        "canonical_url": "",
    }
    return render(request, "cases/submissions/write.html", context, status=status)


def _bound(form: AnswersForm, step: Step) -> list[forms.BoundField]:
    return [form[name] for name in step.fields]


@private
@require_safe
def overview(request: HttpRequest, token: str) -> HttpResponse:
    """What was answered and what is still open; the way back in."""
    submission = find_submission(token)
    needed = missing(submission)
    unready = [step for step, _, _ in needed]
    context = {
        "token": token,
        "submission": submission,
        "rows": [(step, is_answered(submission, step) and step not in unready) for step in asked(submission)],
        "missing": needed,
        "unanswered": len(set(unready)),
        "onward": unready[0] if unready else None,
        "link": full_address(token),
        "days": DRAFT_DAYS,
        "canonical_url": "",
    }
    return render(request, "cases/submissions/overview.html", context)

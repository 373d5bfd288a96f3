"""The page behind the private link of "hoe is het nu?". Opening it changes nothing: programs that read mail open links too."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..choices import Outcome
from ..models import YearlyCheck
from .forms import STYLES, TOO_LONG, no_control_characters
from .private import EXPIRED, is_refused, private
from .texts import OUTCOMES
from .yearly import check_of, keep_answer, stop_asking

MOST_MESSAGE = 2000
YES, NO = "ja", "nee"


class YearlyForm(forms.Form):
    """Three questions; the last one only when something changed."""

    use_required_attribute = False  # we say what is missing ourselves

    still_right = forms.TypedChoiceField(
        label="Klopt het verhaal nog?",
        choices=[(YES, "Ja, alles klopt nog"), (NO, "Nee, er is iets veranderd")],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect(attrs={"class": STYLES[forms.RadioSelect]}),
        error_messages={"required": "Kies ja of nee.", "invalid_choice": "Kies ja of nee."},
    )
    outcome = forms.ChoiceField(
        label="Hoe staat het er nu voor?",
        choices=Outcome.choices,
        widget=forms.RadioSelect(attrs={"class": STYLES[forms.RadioSelect]}),
        error_messages={"required": "Kies hoe het er nu voor staat.", "invalid_choice": "Maak een keuze uit de lijst."},
    )
    message = forms.CharField(
        label="Wat is er veranderd?",
        help_text="Een paar zinnen is genoeg. Is er niets veranderd? Laat dit dan leeg.",
        required=False,
        validators=[no_control_characters, MaxLengthValidator(MOST_MESSAGE, TOO_LONG)],
        widget=forms.Textarea(attrs={"rows": 6, "class": STYLES[forms.Textarea]}),
    )

    def clean(self) -> dict[str, Any]:
        """What changed can't be guessed."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("still_right") is False and "message" in found and not found["message"]:
            self.add_error("message", "Schrijf kort wat er veranderd is. Dan kunnen wij de casus aanpassen.")
        return found


@private
@require_http_methods(["GET", "HEAD", "POST"])
def yearly_check(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or thanks when it was answered and dealt with."""
    check = check_of(token)
    if check is None:
        raise Http404
    if check.state == YearlyCheck.State.HANDLED:
        return _told(request, check, token)
    if request.method != "POST":
        return _ask(request, check, token, YearlyForm(initial=_given(check)))
    stops = "stop" in request.POST
    form = YearlyForm(request.POST, initial=_given(check))
    if is_refused(request):
        return _ask(request, check, token, form, message=EXPIRED)
    if stops:
        stop_asking(check)
        return _told(request, check, token, stopped=True)
    if not form.is_valid():
        return _ask(request, check, token, form)
    keep_answer(check, form.cleaned_data)
    response = redirect("yearly_check", token)
    response["Location"] += "?bewaard=1"
    return response


def _given(check: YearlyCheck) -> dict[str, Any]:
    """The answer so far, or what the case says."""
    if check.answered_at is None:
        return {"outcome": check.case.outcome}
    return {"still_right": YES if check.still_right else NO, "outcome": check.outcome, "message": check.message}


def _ask(request: HttpRequest, check: YearlyCheck, token: str, form: YearlyForm, **more: Any) -> HttpResponse:
    context = {
        "check": check,
        "case": check.case,
        "token": token,
        "form": form,
        "explained": {"still_right": {}, "outcome": OUTCOMES},
        "saved": check.answered_at is not None and "bewaard" in request.GET,
        "has_keeper": hasattr(check.case, "keeper"),
        "canonical_url": "",
    }
    return render(request, "cases/submissions/yearly.html", context | more)


def _told(request: HttpRequest, check: YearlyCheck, token: str, *, stopped: bool = False) -> HttpResponse:
    context = {"case": check.case, "stopped": stopped, "canonical_url": ""}
    return render(request, "cases/submissions/yearly_thanks.html", context)

"""The form behind "Klopt dit niet?", and the thanks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from .limits import too_often
from .private import EXPIRED, is_refused, private
from .reports import ReportForm, keep_report
from .spam import STAMP, TRAP, fell_into_the_trap, is_too_fast, stamp
from .subjects import Subject, subject_of

TOO_FAST = "Dat ging wel heel snel. Ben je een mens? Lees je bericht nog even na en verstuur het nog een keer."
TOO_OFTEN = (
    "Er komen nu te veel meldingen tegelijk binnen. Je tekst staat er nog. Probeer het over een kwartier opnieuw."
)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """One question about one page. `over` names that page; what is not a page of ours becomes the whole site."""
    if request.method != "POST":
        return _show(request, ReportForm(), subject_of(request.GET.get("over", "")))
    subject = subject_of(request.POST.get("over", ""))
    form = ReportForm(request.POST)
    if is_refused(request):
        return _show(request, form, subject, message=EXPIRED)
    if not form.is_valid():
        return _show(request, form, subject, begonnen=request.POST.get(STAMP, ""))
    too_fast, was_told = is_too_fast(request)
    if too_fast and not was_told:
        return _show(request, form, subject, message=TOO_FAST, begonnen=stamp(second_chance=True))
    if too_often(request, "report"):
        return _show(request, form, subject, status=429, message=TOO_OFTEN)
    suspicion = "sneller ingevuld dan mensen typen" if too_fast else ""
    if fell_into_the_trap(request):
        suspicion = "een veld dat mensen niet zien, was ingevuld"
    keep_report(form, subject, suspicion)
    response = redirect("report_thanks")
    if subject.address != "/":
        response["Location"] = f"{reverse('report_thanks')}?{subject.query}"
    return response


def _show(request: HttpRequest, form: ReportForm, subject: Subject, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "subject": subject, "trap": TRAP, STAMP: stamp(), "canonical_url": ""}
    return render(request, "cases/submissions/report.html", context | more, status=status)


@private
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """It arrived; the way back to the page."""
    subject = subject_of(request.GET.get("over", ""))
    return render(request, "cases/submissions/report_thanks.html", {"subject": subject, "canonical_url": ""})

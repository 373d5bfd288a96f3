"""Pages that only the sender may see, and forms that give back what was typed.

A private page is found by the digest of its token, is kept by nobody, and tells no other page its address. Forms
answer to a missing or old token of Django's protection with the typed text and a new token: nothing is stored, nothing lost.
"""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.csrf import requires_csrf_token

from ..models import Submission
from ..models.submissions import token_digest
from .texts import LABELS

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
#: Not `no-referrer`: browsers then send `Origin: null` with a form, and Django's protection refuses it. This one sends
#: the name of the site only, to whoever; never the path, so never the token.
REFERRER_POLICY = "strict-origin"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": REFERRER_POLICY,
    "X-Robots-Tag": "noindex, nofollow",
}
PROTECTION = "csrfmiddlewaretoken"
UNTYPED = {PROTECTION, "before", "begonnen", "website", "next", "ga"}
SECRET = re.compile("passw|wachtwoord|code|token|secret", re.IGNORECASE)
OLD = (
    "Deze pagina stond te lang open",
    "Daarom is er niets bewaard. Ga terug, laad de pagina opnieuw en probeer het nog een keer. Gebeurt dit steeds? Sta "
    "dan cookies van deze site toe.",
)
SENT = (
    "Je casus is al verstuurd",
    "Wat je net invulde, is daarom niet bewaard. Je kunt het wel als aanvulling meesturen.",
)
AWAY = (
    "Bewaren lukt nu even niet",
    "Er is een storing. Wat je invulde, staat nog op deze pagina. Wacht even en probeer het dan opnieuw.",
)
EXPIRED = (
    "Deze pagina stond te lang open, of je browser bewaart geen cookies van deze site. "
    "Je tekst staat er nog. Bewaar nog een keer."
)


def private(view: View) -> View:
    """Nobody keeps or finds this page. On POST without a valid token of Django's protection the view is still called:
    it must look at `is_refused` before it changes anything."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except DatabaseError:
            if request.method != "POST":
                raise
            logger.exception("What a sender typed could not be stored.")
            response = give_back(request, AWAY, status=503, again=not is_refused(request))
        for name, value in HEADERS.items():
            response[name] = value
        return response

    answered.gives_back = True  # type: ignore[attr-defined]  # read by `csrf_failure`
    return answered


def is_refused(request: HttpRequest) -> bool:
    """Whether Django's protection refused this POST: show it again, change nothing."""
    return bool(getattr(request, "csrf_refused", False))


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: forms of senders give back what was typed, with a new token; all others explain."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        found = None
    if found and getattr(found.func, "gives_back", False):
        request.csrf_refused = True  # type: ignore[attr-defined]  # see `is_refused`
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
        if response.status_code == 200:
            response.status_code = 403
        return response
    return give_back(request, OLD, status=403)


def give_back(
    request: HttpRequest, why: tuple[str, str], *, status: int, token: str = "", again: bool = False
) -> HttpResponse:
    """A page with the texts that were not stored. `token`: the way on is to this case; `again`: one button tries anew."""
    context = {
        "title": why[0],
        "text": why[1],
        "typed": typed(request),
        "token": token,
        "again": [(name, value) for name, values in request.POST.lists() if name != PROTECTION for value in values]
        if again
        else [],
        "canonical_url": "",
    }
    return render(request, "cases/submissions/not_stored.html", context, status=status)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The texts of a POST: label, when it is one of ours, and text. No secrets, and nothing that people did not type."""
    found = []
    for name, values in request.POST.lists():
        if name not in UNTYPED and not SECRET.search(name):
            found += [(LABELS.get(name, ""), value) for value in values if value.strip()]
    return found


def find_submission(token: str, *, for_update: bool = False) -> Submission:
    """The submission with this private address; a stranger learns nothing from the time that looking takes.

    `for_update`, within a transaction: a second tab waits until this one is done.
    """
    rows = Submission.objects.select_for_update() if for_update else Submission.objects.all()
    found = rows.filter(token_digest=token_digest(token)).first()
    if found is None:
        raise Http404
    return found


def full_address(token: str) -> str:
    """The private link as the sender keeps it."""
    return settings.SITE_URL + reverse("submission", args=[token])

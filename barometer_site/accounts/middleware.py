"""Who is asking: nobody, when the session is too old or its second factor is missing."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, user_logged_in
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from .second_factor import Standing, standing

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
#: Seconds; how precisely is kept when somebody was last seen.
PRECISION = 60
#: What somebody may open before the second factor, by what is needed first.
OPEN = {
    Standing.SET_UP: {"mfa_activate_totp", "account_reauthenticate", "wagtailadmin_logout"},
    Standing.SHOW: {"mfa_reauthenticate", "wagtailadmin_logout"},
}
#: What everybody may open, signed in or not.
PUBLIC = {
    "account_login",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}
ENDED = "Je was een tijd weg en bent uitgelogd. Log opnieuw in."


class SignedInMiddleware:
    """Looks at the session only when somebody asks who the visitor is: public pages don't, and stay without a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        request.user = SimpleLazyObject(lambda: _visitor(request))  # type: ignore[assignment]  # as Django itself does
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """In the editing environment: first the second factor, then everything else."""
        match = request.resolver_match
        if not is_editing(request) or match is None or match.url_name in PUBLIC or not request.user.is_authenticated:
            return None
        needed = standing(request, request.user)
        if needed not in OPEN or match.url_name in OPEN[needed]:
            return None
        if request.method != "GET" or get_adapter().is_ajax(request) or request.path.startswith("/beheer/api/"):
            raise PermissionDenied
        if needed is Standing.SHOW:
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?next={reverse('wagtailadmin_home')}")
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


def is_editing(request: HttpRequest) -> bool:
    """Whether this is an address of the editing environment."""
    return request.path.startswith("/beheer/")


def _visitor(request: HttpRequest) -> Any:
    """The account of this session, or nobody."""
    user = get_user(request)
    if not user.is_authenticated:
        return user
    if _is_too_old(request.session):
        request.user = user
        logout(request)
        if is_editing(request):
            messages.info(request, ENDED)
        return AnonymousUser()
    # Elsewhere (pages behind a login, documents) a session without its second factor is nobody's.
    if not is_editing(request) and standing(request, user) in OPEN:
        return AnonymousUser()
    return user


def _is_too_old(session: Any) -> bool:
    now = int(time.time())
    signed_in, seen = session.setdefault(SIGNED_IN_AT, now), session.setdefault(SEEN_AT, now)
    if now - signed_in > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_AGE:
        return True
    if now - seen >= PRECISION:
        session[SEEN_AT] = now
    return False


@receiver(user_logged_in)
def note_the_time(request: HttpRequest, **kwargs: Any) -> None:
    """From here on the session has its age."""
    now = int(time.time())
    request.session.update({SIGNED_IN_AT: now, SEEN_AT: now})

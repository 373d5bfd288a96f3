"""Whether somebody who is signed in has shown a second factor, in this session."""

import enum
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

#: The kind of a second factor that the provider asked for.
AT_THE_PROVIDER = "provider"


class Standing(enum.Enum):
    """What somebody who is signed in must do first."""

    COMPLETE = "nothing"
    TELL = "nothing, but there is no second factor"
    SET_UP = "make a second factor"
    SHOW = "show the second factor"


def standing(request: HttpRequest, user: Any) -> Standing:
    """Where this session stands. One query."""
    kinds = dict(Authenticator.objects.filter(user_id=user.pk).values_list("pk", "type"))
    for record in get_authentication_records(request, user):
        if record["method"] == "mfa" and (record.get("type") == AT_THE_PROVIDER or record.get("id") in kinds):
            return Standing.COMPLETE
    if Authenticator.Type.TOTP in kinds.values():
        return Standing.SHOW
    return Standing.SET_UP if settings.SECOND_FACTOR == "required" else Standing.TELL


def has_second_factor(user: Any) -> bool:
    """Whether an app with codes is set up."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def note_set_up(request: HttpRequest, user: Any) -> None:
    """Who has just set up a second factor has shown it."""
    made = Authenticator.objects.get(user_id=user.pk, type=Authenticator.Type.TOTP)
    record_authentication(request, user, "mfa", id=made.pk, type=made.type, reauthenticated=True)


@transaction.atomic
def reset_second_factor(user: Any) -> bool:
    """Forget somebody's app, codes and link to the provider; tells whether there were any.

    Sessions in which they were shown no longer count. Each removal is written in the log.
    """
    found = [*Authenticator.objects.filter(user_id=user.pk), *SocialAccount.objects.filter(user_id=user.pk)]
    for item in found:
        item.delete()
    return bool(found)


class SecondFactorStage(AuthenticateStage):
    """The step after the password or the provider."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if _shown_at_the_provider(self.login.signal_kwargs):
            record_authentication(request, self.login.user, "mfa", type=AT_THE_PROVIDER)
            return False
        return super()._should_handle(request)


def _shown_at_the_provider(signal_kwargs: dict[str, Any] | None) -> bool:
    """The operator trusts the provider's second factor, and the provider says that it asked for one (RFC 8176)."""
    found = (signal_kwargs or {}).get("sociallogin")
    if settings.OIDC_SECOND_FACTOR != "provider" or not isinstance(found, SocialLogin):
        return False
    return "mfa" in found.account.extra_data.get("amr", [])

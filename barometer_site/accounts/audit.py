"""What is written in the log: who came in or tried to, and what changed about accounts.

Entries are Wagtail's (`ModelLogEntry`); `guard` keeps them as they are. A name that nobody has is not written: it may be a
password that was typed in the wrong field.
"""

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed as code_failed
from allauth.mfa.signals import authenticator_used
from allauth.socialaccount.models import SocialAccount
from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.log_actions import log
from wagtail.models import Site

from .addresses import client_address

User: Any = get_user_model()

#: Actions, with how they are called and told.
ACTIONS = {
    "accounts.signed_in": ("Ingelogd", "Ingelogd"),
    "accounts.sign_in_failed": ("Inloggen mislukt", "Verkeerde gebruikersnaam of verkeerd wachtwoord"),
    "accounts.locked_out": ("Buitengesloten", "Te vaak geprobeerd; een kwartier buitengesloten"),
    "accounts.code_failed": ("Verkeerde code", "Verkeerde code bij de tweede stap"),
    "accounts.recovery_code_used": ("Herstelcode gebruikt", "Herstelcode gebruikt"),
    "accounts.second_factor_on": ("Tweede stap aan", "Tweede stap ingesteld"),
    "accounts.second_factor_off": ("Tweede stap weg", "Tweede stap weggehaald"),
    "accounts.recovery_codes_made": ("Herstelcodes gemaakt", "Nieuwe herstelcodes gemaakt"),
    "accounts.provider_linked": ("Gekoppeld aan de organisatie", "Gekoppeld aan het account bij de organisatie"),
    "accounts.provider_unlinked": ("Losgemaakt van de organisatie", "Losgemaakt van het account bij de organisatie"),
    "accounts.provider_refused": ("Geweigerd langs de organisatie", "Inloggen langs de organisatie geweigerd"),
    "accounts.password_changed": ("Wachtwoord veranderd", "Wachtwoord veranderd"),
    "accounts.roles_changed": ("Rollen veranderd", "Rollen veranderd"),
    "accounts.made": ("Account gemaakt", "Account gemaakt"),
    "accounts.changed": ("Account veranderd", "Account veranderd"),
    "accounts.deleted": ("Account verwijderd", "Account verwijderd"),
}
#: Parts of an account that matter for what it may do, as the log calls them.
WATCHED = {
    "username": "gebruikersnaam",
    "email": "e-mailadres",
    "is_active": "actief",
    "is_superuser": "alle rechten",
}


def write(action: str, about: Any, request: HttpRequest | None = None, /, **data: Any) -> None:
    """Add an entry about an account (without one: about the site). Texts in `data` are shown under the message."""
    about = about or Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    if about is None:
        return
    request = request or context.request
    if request is not None and (address := client_address(request)):
        data["vanaf"] = address
    actor = getattr(request, "user", None)
    log(about, action, user=actor if actor is not None and actor.is_authenticated else None, data=data)


def refused_by_provider(request: HttpRequest, reason: str, user: Any = None) -> None:
    """Somebody came from the provider and was not let in."""
    write("accounts.provider_refused", user, request, reden=reason[:200])


# --- coming in -----------------------------------------------------------------------------------
@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    log(user, "accounts.signed_in", user=user, data={"vanaf": client_address(request) or ""})


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    if not getattr(request, "axes_locked_out", False):
        write("accounts.sign_in_failed", _known(credentials.get("username")), request)


@receiver(user_locked_out)
def _locked_out(request: HttpRequest, username: str, **kwargs: Any) -> None:
    write("accounts.locked_out", _known(username), request)


@receiver(code_failed)
def _code_failed(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    write("accounts.code_failed", user, request)


@receiver(authenticator_used)
def _used(request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        write("accounts.recovery_code_used", user, request)


def _known(name: Any) -> Any:
    return User._default_manager.filter(username=name).first() if isinstance(name, str) else None


# --- accounts ------------------------------------------------------------------------------------
@receiver(post_save, sender=Authenticator)
def _factor_made(instance: Authenticator, created: bool, **kwargs: Any) -> None:
    if created:
        codes = instance.type == Authenticator.Type.RECOVERY_CODES
        write("accounts.recovery_codes_made" if codes else "accounts.second_factor_on", instance.user)


@receiver(post_delete, sender=Authenticator)
def _factor_gone(instance: Authenticator, **kwargs: Any) -> None:
    if instance.type != Authenticator.Type.RECOVERY_CODES:
        write("accounts.second_factor_off", instance.user)


@receiver(post_save, sender=SocialAccount)
def _linked(instance: SocialAccount, created: bool, **kwargs: Any) -> None:
    if created:
        write("accounts.provider_linked", instance.user)


@receiver(post_delete, sender=SocialAccount)
def _unlinked(instance: SocialAccount, **kwargs: Any) -> None:
    write("accounts.provider_unlinked", instance.user)


@receiver(pre_save, sender=User)
def _before(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    watched = set(WATCHED) if update_fields is None else set(WATCHED) & set(update_fields)
    old = User._default_manager.filter(pk=instance.pk).values(*watched).first() if instance.pk and watched else None
    instance._changes = {
        WATCHED[name]: f"{_say(old[name])} → {_say(getattr(instance, name))}"
        for name in WATCHED
        if old and name in watched and old[name] != getattr(instance, name)
    }


@receiver(post_save, sender=User)
def _after(instance: Any, created: bool, **kwargs: Any) -> None:
    if created:
        write("accounts.made", instance, **({"alle rechten": "ja"} if instance.is_superuser else {}))
        return
    if instance._changes:
        write("accounts.changed", instance, **instance._changes)
    if instance._password is not None:  # set_password() was called; a better hash of the same one is not a change
        write("accounts.password_changed", instance)


@receiver(post_delete, sender=User)
def _deleted(instance: Any, **kwargs: Any) -> None:
    write("accounts.deleted", instance)


@receiver(m2m_changed, sender=User.groups.through)
def _roles(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    if action not in ("post_add", "post_remove", "pre_clear") or (action != "pre_clear" and not pk_set):
        return
    word = "erbij" if action == "post_add" else "eraf"
    if reverse:
        users = instance.user_set.all() if action == "pre_clear" else User._default_manager.filter(pk__in=pk_set or [])
        for user in users:
            write("accounts.roles_changed", user, **{word: instance.name})
        return
    groups = instance.groups.all() if action == "pre_clear" else Group.objects.filter(pk__in=pk_set or [])
    if names := ", ".join(sorted(group.name for group in groups)):
        write("accounts.roles_changed", instance, **{word: names})


def _say(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value) or "leeg"

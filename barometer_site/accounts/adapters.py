"""What allauth asks us: what to say, who may come in, where a second factor is needed."""

import base64
import hashlib
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.encoding import force_bytes
from django.utils.html import format_html

from . import audit
from .second_factor import has_second_factor

#: Seconds after signing in in which somebody need not do it again for something that matters.
FRESH = 300
TOO_OFTEN = "Te vaak geprobeerd. Wacht een kwartier en probeer het dan opnieuw."


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with name and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "De gebruikersnaam of het wachtwoord klopt niet. Let op hoofdletters.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "account_inactive": "Dit account is uitgezet. Vraag een beheerder om hulp.",
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password: the second factor. There is no e-mail to confirm and no phone."""
        return ["barometer_site.accounts.second_factor.SecondFactorStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for who signed in a moment ago."""
        request = context.request
        records = get_authentication_records(request, request.user)
        now = timezone.now().timestamp()
        return not any(now - record["at"] < FRESH for record in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """With the second factor where there is one, otherwise with the password."""
        methods = super().get_reauthentication_methods(user)
        return methods[-1:]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With the address of this site, whatever host was asked."""
        name = "account_reset_password_from_key"
        return settings.SITE_URL + reverse(name, kwargs={"uidb36": "U", "key": "K"}).replace("U-K", key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("wagtailadmin_account")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Tell who has no second factor that it is wise to have one."""
        if settings.SECOND_FACTOR == "optional" and not has_second_factor(user):
            text = 'Je account heeft alleen een wachtwoord. <a href="{}">Stel een tweede stap in</a>: dan heeft iemand die je wachtwoord raadt er niets aan.'
            messages.warning(request, format_html(text, reverse("mfa_activate_totp")))
        return super().post_login(request, user, **kwargs)

    def add_message(self, *args: Any, message: str | None = None, **kwargs: Any) -> None:
        """Only what is a sentence of ours; allauth's own messages say what the page says already."""
        if message:
            super().add_message(*args, message=message, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes from an app."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet. Wacht op de volgende code en kijk of de klok van je telefoon goed staat.",
    }

    def get_totp_issuer(self) -> str:
        """How the app names this site."""
        return settings.SITE_NAME

    def get_totp_label(self, user: Any) -> str:
        """How the app names the account."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """So that a copy of the database gives no codes."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """With another SECRET_KEY no code is right any more; never one that can be foreseen."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factor" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Who may come in by the provider: people for whom an administrator made an account with that e-mail address.

    After the first time the account belongs to the person at the provider (`sub`), whatever the address becomes.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """The provider makes no accounts."""
        return False

    def list_apps(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Only what the environment names; a row in the database adds no provider."""
        return [app for app in super().list_apps(*args, **kwargs) if app.pk is None]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in, link to the account, or refuse."""
        account = sociallogin.account
        token = account.extra_data["id_token"]
        if not constant_time_compare(str(token.get("nonce", "")), sociallogin.state.get("nonce", "")):
            self._refuse(request, "nonce")
        claims = account.extra_data.get("userinfo", {}) | token
        # Names and addresses at the provider are not ours to keep.
        account.extra_data = {"amr": token.get("amr", [])}
        user = sociallogin.user if sociallogin.is_existing else _user_with_address(claims)
        if user is None:
            self._refuse(request, "onbekend")
        if user.is_superuser or not user.is_active:
            self._refuse(request, "niet langs deze weg", user)
        if sociallogin.is_existing:
            account.save(update_fields=["extra_data"])
        elif SocialAccount.objects.filter(user=user).exists():
            self._refuse(request, "iemand anders", user)
        else:
            sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Write down what went wrong, for the administrator; the visitor sees a plain page."""
        audit.refused_by_provider(request, str(kwargs.get("exception") or kwargs.get("error") or ""))

    def _refuse(self, request: HttpRequest, reason: str, user: Any = None) -> NoReturn:
        audit.refused_by_provider(request, reason, user)
        raise ImmediateHttpResponse(render(request, "account/provider_refused.html", status=403))


def _user_with_address(claims: dict[str, Any]) -> Any:
    """The one account with this address, if the provider says that it is this person's."""
    address = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(address, str) or not address:
        return None
    found = list(get_user_model()._default_manager.filter(email__iexact=address)[:2])
    return found[0] if len(found) == 1 else None

"""The addresses for signing in: those of allauth that we use, and no others."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from . import oidc
from .views import DoorView, SetUpView

PROVIDER = {"provider_id": settings.OIDC_PROVIDER}

#: Pages in the look of the site, under its strict policy.
SIGN_IN_PREFIXES = ("/beheer/login/", "/beheer/wachtwoord/", "/beheer/tweede-stap/")

urlpatterns = [
    path("beheer/login/", DoorView.as_view(), name="account_login"),
    path("beheer/login/code/", mfa.authenticate, name="mfa_authenticate"),
    path("beheer/login/opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("beheer/login/opnieuw/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("beheer/login/uitgezet/", account.account_inactive, name="account_inactive"),
    path("beheer/login/afgebroken/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("beheer/login/organisatie/", oidc.sign_in, PROVIDER, name="openid_connect_login"),
    path("beheer/login/organisatie/terug/", oidc.come_back, PROVIDER, name="openid_connect_callback"),
    path("beheer/wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("beheer/wachtwoord/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^beheer/wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "beheer/wachtwoord/veranderd/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("beheer/tweede-stap/", mfa.index, name="mfa_index"),
    path("beheer/tweede-stap/instellen/", never_cache(SetUpView.as_view()), name="mfa_activate_totp"),
    path("beheer/tweede-stap/uitzetten/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "beheer/tweede-stap/herstelcodes/",
        never_cache(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "beheer/tweede-stap/herstelcodes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    # Wagtail's own form for pages behind a login would be a second door.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
]

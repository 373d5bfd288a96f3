"""Signing in, sessions and uploads of editors: docs/decisions/0011-sign-in.md says why it is like this."""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from .environment import required

ACCOUNT_APPS = [
    "barometer_site.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]


def second_factor(default: str) -> str:
    """`required`: nobody edits without a second factor. `optional`: who has none is told so."""
    value = os.environ.get("SECOND_FACTOR") or default
    if value not in ("required", "optional"):
        raise ImproperlyConfigured("SECOND_FACTOR must be required or optional (see docs/operator.md).")
    return value


# --- one door ------------------------------------------------------------------------------------
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("wagtailadmin_home")
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth's, which is throttled
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an address opens an account: an administrator says whose it is
ACCOUNT_ADAPTER = "barometer_site.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]  # asked by a check; nobody can sign up
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {
    "login": "barometer_site.accounts.forms.LoginForm",
    "reauthenticate": "barometer_site.accounts.forms.PasswordAgainForm",
    "reset_password": "barometer_site.accounts.forms.ResetForm",
    "reset_password_from_key": "barometer_site.accounts.forms.NewPasswordForm",
}

# --- second factor -------------------------------------------------------------------------------
SECOND_FACTOR = second_factor("required")
MFA_ADAPTER = "barometer_site.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "barometer_site.accounts.forms.CodeForm",
    "reauthenticate": "barometer_site.accounts.forms.CodeAgainForm",
    "activate_totp": "barometer_site.accounts.forms.FirstCodeForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the first account has no e-mail address
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off

# --- single sign-on ------------------------------------------------------------------------------
#: The name of the provider in addresses.
OIDC_PROVIDER = "organisatie"


def provider(issuer: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """The one provider of identities, for allauth."""
    app = {
        "provider_id": OIDC_PROVIDER,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


SOCIALACCOUNT_ADAPTER = "barometer_site.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "").strip().rstrip("/")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS = provider(
        OIDC_ISSUER,
        required("OIDC_CLIENT_ID", "the name of this site at the provider of OIDC_ISSUER"),
        required("OIDC_CLIENT_SECRET", "the secret of this site at the provider of OIDC_ISSUER"),
        os.environ.get("OIDC_NAME") or "je organisatie",
    )
#: `own`: the provider stands for the password only. `provider`: its second factor counts when its token says `mfa`.
OIDC_SECOND_FACTOR = os.environ.get("OIDC_SECOND_FACTOR") or "own"
if OIDC_SECOND_FACTOR not in ("own", "provider"):
    raise ImproperlyConfigured("OIDC_SECOND_FACTOR must be own or provider (see docs/operator.md).")

# --- throttling ----------------------------------------------------------------------------------
#: How many proxies stand before the site and add to X-Forwarded-For; 0: who connects is the visitor.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES") or 0)
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/15m/ip,30/15m/key",  # from one address; for one name, from wherever
    "second_factor": "5/5m/key,30/d/key",  # codes, for one account
    "reauthenticate": "10/m/user",
    "reset_password": "10/h/ip,3/h/key",
    "reset_password_from_key": "20/h/ip",
    "single_sign_on": "30/m/ip",
}
AXES_CLIENT_IP_CALLABLE = "barometer_site.accounts.addresses.client_address"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "barometer_site/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # who signed in stands in the log of accounts
CACHES = {
    "default": {"BACKEND": "barometer_site.accounts.cache.SiteCache", "OPTIONS": {"MAX_ENTRIES": 300}},
    "attempts": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_attempt",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# --- passwords and sessions ----------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "barometer_site.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "barometer_site.accounts.passwords.NotCommon"},
    {"NAME": "barometer_site.accounts.passwords.NotLikeYourself"},
]
WAGTAILUSERS_PASSWORD_REQUIRED = False  # people choose their own, by the mail of a forgotten one
PASSWORD_RESET_TIMEOUT = 60 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds after signing in, however busy somebody is
SESSION_IDLE_AGE = 2 * 60 * 60  # seconds without any request; an open editor asks something every few seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would lose the session on the way back from the provider
CSRF_COOKIE_HTTPONLY = True

# --- uploads -------------------------------------------------------------------------------------
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "barometer_site.accounts.uploads.forms.SafeImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "ods", "odt", "docx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "barometer_site.accounts.uploads.forms.SafeDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a browser saves a document, it never opens one of ours
WAGTAILDOCS_CONTENT_TYPES = {"csv": "text/csv; charset=utf-8"}

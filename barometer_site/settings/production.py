"""On the internet, behind TLS. Refuses to start with something missing or unsafe, and names it."""

import os
import re

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from .base import *  # noqa: F403  the settings of this file are base, hardened
from .base import OIDC_ISSUER, SECOND_FACTOR
from .environment import required

SECRET_KEY = required("SECRET_KEY", "a secret of at least 50 random characters")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured("SECRET_KEY is too short or too simple: use at least 50 random characters.")

ALLOWED_HOSTS = [
    host
    for part in required("ALLOWED_HOSTS", "the host names of this site, separated by commas").split(",")
    if (host := part.strip())
]
if "*" in ALLOWED_HOSTS or not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not be empty or contain *: name the host names of this site.")

SITE_URL = required("SITE_URL", "the public address of this site, such as https://kennisbank.example.nl").rstrip("/")
_host = SITE_URL.removeprefix("https://")
if not SITE_URL.startswith("https://") or not re.fullmatch(r"[a-z0-9.-]+(:[0-9]{1,5})?", _host):
    raise ImproperlyConfigured("SITE_URL must be https:// and a host name, without a path, a name or a password.")
if not validate_host(_host.partition(":")[0], ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must contain the host name of SITE_URL.")
SITE_OPERATOR = required("SITE_OPERATOR", "the organisation that runs this site; the footer names it")
CONTACT_EMAIL = required("CONTACT_EMAIL", "where readers report errors and security problems")
if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", CONTACT_EMAIL):
    raise ImproperlyConfigured("CONTACT_EMAIL must be an e-mail address.")
WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = [SITE_URL]

if SECOND_FACTOR != "required":
    raise ImproperlyConfigured("SECOND_FACTOR must be required: nobody edits a public site with a password alone.")
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("OIDC_ISSUER must start with https://.")

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES") or 1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # the load balancer asks over plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessie"  # a browser keeps it for this host only, over TLS only
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
DEFAULT_FROM_EMAIL = CONTACT_EMAIL
# The editor's preview shows pages of this site in frames of this site; `X_FRAME_OPTIONS = "SAMEORIGIN"` is meant.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

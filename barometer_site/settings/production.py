"""On the internet, behind TLS. Refuses to start with something missing or unsafe, and names it."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403  the settings of this file are base, hardened
from .environment import required

SECRET_KEY = required("SECRET_KEY", "a secret of at least 50 random characters")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured("SECRET_KEY is too short or too simple: use at least 50 random characters.")

ALLOWED_HOSTS = [
    host.strip() for host in required("ALLOWED_HOSTS", "the host names of this site, separated by commas").split(",")
]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not contain *: name the host names of this site.")

SITE_URL = required("SITE_URL", "the public address of this site, such as https://kennisbank.example.nl").rstrip("/")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must start with https://.")
SITE_OPERATOR = required("SITE_OPERATOR", "the organisation that runs this site; the footer names it")
CONTACT_EMAIL = required("CONTACT_EMAIL", "where readers report errors and security problems")
WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # the load balancer asks over plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = CONTACT_EMAIL

"""How mail leaves this site. Without these settings production uses a mail server on the same machine."""

import os

from django.core.exceptions import ImproperlyConfigured

EMAIL_BACKEND = "barometer_site.mail.AfterSavingBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_TIMEOUT = 10  # seconds

_tls = os.environ.get("EMAIL_TLS") or "none"
if _tls not in ("none", "starttls", "tls"):
    raise ImproperlyConfigured("EMAIL_TLS must be none, starttls or tls (see docs/operator.md).")
if EMAIL_HOST_PASSWORD and _tls == "none":
    raise ImproperlyConfigured("EMAIL_PASSWORD asks for EMAIL_TLS starttls or tls: it may not travel in the open.")
EMAIL_USE_TLS = _tls == "starttls"
EMAIL_USE_SSL = _tls == "tls"
#: `cases.editing.notices` decides who hears that something waits for review.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False

"""The default: one machine, no preparation. Safe enough to look at, not meant for the internet."""

import os

from .base import *  # noqa: F403  the settings of this file are base plus what follows
from .base import DATA_DIR, second_factor
from .environment import kept_secret

SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret(DATA_DIR / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, [os.environ.get("HOST")])]
if os.environ.get("HOST") == "0.0.0.0":  # noqa: S104  the operator asked to be reached from outside
    ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
SECOND_FACTOR = second_factor("optional")  # the first editor looks around in a minute

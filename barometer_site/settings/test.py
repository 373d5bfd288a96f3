"""For the tests: quicker where quickness changes nothing that is tested."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403  the settings of this file are base, quickened

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_scratch = Path(tempfile.mkdtemp(prefix="kennisbank-test-"))
MEDIA_ROOT = _scratch / "media"
SEARCH_INDEX_DIR = _scratch / "index"
SEARCH_INDEX_HELPER = False
WHITENOISE_AUTOREFRESH = True
SITE_URL = "http://testserver"
SECOND_FACTOR = "optional"  # tests of the second factor ask for it
SOCIALACCOUNT_PROVIDERS = {}
OIDC_SECOND_FACTOR = "own"
ALLAUTH_TRUSTED_PROXY_COUNT = 0

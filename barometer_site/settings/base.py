"""What every installation shares. Values from outside come from the environment only."""

import os
from typing import Any

import environ
from csp.constants import NONE, SELF

from .accounts import *  # noqa: F403  signing in is a subject of its own
from .accounts import ACCOUNT_APPS
from .environment import PROJECT_DIR, data_dir
from .mail import *  # noqa: F403  likewise

BASE_DIR = PROJECT_DIR
DATA_DIR = data_dir()

DEBUG = False
ROOT_URLCONF = "barometer_site.urls"
WSGI_APPLICATION = "barometer_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "barometer_site",
    "cases",
    "survey",
    *ACCOUNT_APPS,
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # Wagtail says with it how long ago; without it that is English
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "barometer_site.middleware.PolicyMiddleware",
    "barometer_site.middleware.PublicCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "barometer_site.accounts.middleware.SignedInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "barometer_site.context.site",
            ],
        },
    }
]

# --- database ------------------------------------------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
DATABASES: dict[str, dict[str, Any]] = {"default": environ.Env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait for an editor (WAL); a writer waits for another one instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {"pool": {"min_size": 1, "max_size": 4, "timeout": 1}, "connect_timeout": 1}
    )
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- language ------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LOCALE_PATHS = [BASE_DIR / "locale"]  # words of Wagtail that we say otherwise
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CONTENT_DIR = BASE_DIR / "content"
SEARCH_INDEX_DIR = DATA_DIR / "index"
SEARCH_INDEX_HELPER = True  # another process takes in very many changes, while readers are served what there is
SURVEY_UPLOAD_DIR = DATA_DIR / "survey-uploads"  # files with answers, until they are confirmed; a day at most
CASE_UPLOAD_DIR = DATA_DIR / "case-uploads"  # files with cases, as long
# A group with fewer answers is not shown. It can only be raised (survey/disclosure/rules.py).
DISCLOSURE_THRESHOLD = int(os.environ.get("DISCLOSURE_THRESHOLD", "10"))

# --- the site ------------------------------------------------------------------------------------
SITE_URL = os.environ.get("SITE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")
SITE_NAME = "Innovatiebarometer Kennisbank"
SITE_OPERATOR = os.environ.get("SITE_OPERATOR", "de beheerder van deze installatie")
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # no address of ours has an accent: "één wijk" is at een-wijk
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to anywhere else
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- safety --------------------------------------------------------------------------------------
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# --- what is sent in without an account ----------------------------------------------------------
CSRF_FAILURE_VIEW = "cases.submissions.private.csrf_failure"
CSRF_COOKIE_AGE = None  # the one cookie of who sends something in goes when the browser closes
#: Days after the decision. The promise to senders is a year, so it can only be made shorter.
SUBMISSION_CONTACT_DAYS = min(365, int(os.environ.get("SUBMISSION_CONTACT_DAYS") or 365))

#: Public pages may load nothing from elsewhere and run nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the tick of a checkbox in the design system is a data: image
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private_addresses": {"()": "cases.submissions.logs.HidePrivateAddresses"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["private_addresses"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {name: {"level": "WARNING"} for name in ("axes", "wagtail", "django_tasks", "django.tasks")},
}

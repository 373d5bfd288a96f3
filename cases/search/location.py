"""Where the index lives by default: the only place here that knows the site's settings."""

from pathlib import Path

from django.conf import settings


def default_index_dir() -> Path:
    """`settings.SEARCH_INDEX_DIR`."""
    return Path(settings.SEARCH_INDEX_DIR)

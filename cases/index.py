"""The search index of this process."""

from functools import cache

from django.conf import settings

from .search.index import CaseIndex
from .search_source import DatabaseCases


@cache
def case_index() -> CaseIndex:
    """It follows the database by itself."""
    return CaseIndex(settings.SEARCH_INDEX_DIR, DatabaseCases())

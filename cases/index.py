"""The search index of this process, and the process that keeps it up to date for all of them."""

import subprocess
import sys
from functools import cache

from django.conf import settings

from survey.versions import tell_answers_are_behind

from .search.index import CaseIndex
from .search_source import DatabaseCases

_helpers: list[subprocess.Popen[bytes]] = []


@cache
def case_index() -> CaseIndex:
    """It follows the database by itself."""
    helper = start_helper if settings.SEARCH_INDEX_HELPER else None
    return CaseIndex(settings.SEARCH_INDEX_DIR, DatabaseCases(), helper, tell_answers_are_behind)


def start_helper() -> None:
    """Where nothing follows the index beside the server: for very many changes, or an index that is damaged."""
    _helpers[:] = [helper for helper in _helpers if helper.poll() is None]
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "rebuild_index", "--catch-up", "-v0"]
    _helpers.append(subprocess.Popen(command, start_new_session=True))  # noqa: S603  our own program

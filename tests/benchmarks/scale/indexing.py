"""Building the index anew: how quick, how much memory, how much disk."""

import resource
import tempfile
import time
from pathlib import Path
from typing import Any

#: At least so many cases a second of processor time.
LEAST_PER_SECOND = 2_000


def run() -> dict[str, Any]:
    """Into a folder of its own, beside the index that is there."""
    from django.conf import settings

    from cases.index import case_index
    from cases.models import CasePage
    from survey.vocabulary import vocabulary

    vocabulary()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        settings.SEARCH_INDEX_DIR = Path(folder)
        case_index.cache_clear()
        wall, processor, children = time.perf_counter(), time.process_time(), _of_children()
        case_index().rebuild()
        wall, processor = time.perf_counter() - wall, time.process_time() - processor + _of_children() - children
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return {
        "cases": CasePage.objects.published().count(),
        "wall": wall,
        "processor": processor,
        "index MB": size / 2**20,
        "before MB": before / 1024,
        "most MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "database MB": (settings.DATA_DIR / "db.sqlite3").stat().st_size / 2**20,
    }


def _of_children() -> float:
    """Seconds of processor time of processes that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

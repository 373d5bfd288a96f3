"""What every test shares: nothing that one test keeps in memory or on disk reaches another one.

The tests of `content/` come last: what they load stays in the database. Those of `browser/` are run apart: they have
a whole running site with a database of its own. `docs/developer.md` tells more.
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from barometer_site.content import ensure_tree
from cases import search_statistics
from cases.index import case_index
from survey.versions import forget_versions, kept

HERE = Path(__file__).parent
LAST = HERE / "content"
APART = (HERE / "browser", HERE / "benchmarks")


def _is_within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _asked(config: pytest.Config) -> list[Path]:
    paths = (config.invocation_params.dir / arg.split("::")[0] for arg in config.args)
    return [path.resolve() for path in paths]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A set that is run apart is only collected when it is asked for by name."""
    for folder in APART:
        if _is_within(collection_path, folder) and not any(_is_within(path, folder) for path in _asked(config)):
            return True
    return None


def pytest_configure(config: pytest.Config) -> None:
    """A browser and the database can't be driven by one process."""
    sets = {next((folder.name for folder in APART if _is_within(path, folder)), "tests") for path in _asked(config)}
    if len(sets) > 1:
        raise pytest.UsageError(f"Run {', '.join(sorted(sets))} one after the other, not together.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Content last. DATABASE_TESTS says which half to run: `only` those that ask a database, or `none` of them."""
    items.sort(key=lambda item: _is_within(item.path, LAST))
    half = os.environ.get("DATABASE_TESTS")
    kept = [item for item in items if half is None or _asks_for_a_database(item) == (half == "only")]
    if connection.vendor != "sqlite":
        kept = [item for item in kept if not item.get_closest_marker("sqlite_only")]
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = kept


def _asks_for_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db")) or not {"db", "transactional_db"}.isdisjoint(fixtures)


def pytest_collection_finish() -> None:
    """What was imported stays: looking for waste in it again and again takes a tenth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database with the home page and the catalogue, which nearly every test needs."""
    with django_db_blocker.unblock():
        ensure_tree()


@pytest.fixture
def search_index_dir(tmp_path: Path) -> Path:
    """Where this test keeps its search index: empty at the start."""
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def _nothing_kept(
    settings: Any, tmp_path: Path, search_index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Caches empty, files in a folder of this test, and no thread that writes in the middle of it."""
    monkeypatch.setattr(search_statistics, "PAUSE", 3600.0)
    settings.SEARCH_INDEX_DIR = search_index_dir
    settings.MEDIA_ROOT = tmp_path / "media"
    _forget()
    yield
    _forget()


def _forget() -> None:
    if search_statistics._timer is not None:
        search_statistics._timer.cancel()
        search_statistics._timer = None
    search_statistics._waiting.clear()
    search_statistics._asked.clear()
    cache.clear()
    case_index.cache_clear()
    forget_versions()
    kept.forget()

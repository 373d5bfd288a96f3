"""What every test shares: nothing that one test keeps in memory or on disk reaches another one.

Three sets are run apart, because each has a database of its own: the tests here start with an empty one, those of
`content/` with everything in the folder `content/`, those of `browser/` with a whole running site. `docs/developer.md`
tells more.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

import survey.barometer
import survey.vocabulary
from cases.index import case_index
from survey.versions import forget_versions

HERE = Path(__file__).parent
APART = (HERE / "content", HERE / "browser", HERE / "benchmarks")


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
    """Two sets in one run would see each other's database."""
    sets = {next((folder.name for folder in APART if _is_within(path, folder)), "tests") for path in _asked(config)}
    if len(sets) > 1:
        raise pytest.UsageError(f"Run {', '.join(sorted(sets))} one after the other: each has a database of its own.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ONLY_DATABASE=1: what never asks a database is left to the run on the other one."""
    if os.environ.get("ONLY_DATABASE") == "1":
        kept = [item for item in items if item.get_closest_marker("django_db") or _asks_for_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def _asks_for_a_database(item: pytest.Item) -> bool:
    return not {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture
def search_index_dir(tmp_path: Path) -> Path:
    """Where this test keeps its search index: empty at the start."""
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def _nothing_kept(settings: Any, tmp_path: Path, search_index_dir: Path) -> Iterator[None]:
    """Caches empty, files in a folder of this test."""
    settings.SEARCH_INDEX_DIR = search_index_dir
    settings.MEDIA_ROOT = tmp_path / "media"
    _forget()
    yield
    _forget()


def _forget() -> None:
    cache.clear()
    case_index.cache_clear()
    forget_versions()
    survey.vocabulary._kept = None
    survey.barometer._kept = None

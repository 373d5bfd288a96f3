"""Tests on the site's own content: everything in `content/` is loaded once, after all other tests, and stays."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database with the content in it. Each test's own changes are rolled back as usual."""
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)


@pytest.fixture(scope="session")
def _shared_index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture
def search_index_dir(_shared_index_dir: Path) -> Path:
    """One index for all of these tests: built once, and it follows what a test changes and rolls back."""
    return _shared_index_dir

"""Who imports answers in the editing environment, and what a process that serves pages has loaded."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from factories import make_editor

from survey.importing.jobs import run_job
from survey.importing.uploads import JOBS


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The jobs that were started; none of them does anything."""
    numbers: list[int] = []
    monkeypatch.setattr(JOBS, "start", numbers.append)
    return numbers


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each job is done before the page answers."""
    monkeypatch.setattr(JOBS, "start", run_job)


@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody who may do everything, signed in."""
    client.force_login(make_editor())
    return client


@pytest.fixture(scope="session")
def loaded_by_pages() -> set[str]:
    """The modules in a process that is ready to serve every page."""
    program = (
        "import django, sys; django.setup(); "
        "import barometer_site.urls, survey.wagtail_hooks, survey.charts.views, survey.charts.block; "
        "print(*sys.modules)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "barometer_site.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = set(done.stdout.split())
    assert "survey.importing.admin_views" in loaded, "It loaded too little to tell."
    return loaded

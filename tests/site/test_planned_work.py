"""Work that repeats by itself: once by all machines together, again when it failed, and at the planned moment."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands
from django.utils import timezone
from factories import make_draft

from barometer_site import planned_work
from barometer_site.models import PlannedRun
from barometer_site.planned_work import DAY, HOUR, MINUTE, PLANNED, RETRY, Planned, Worker, due, note
from survey.models.imports import FileImport

DAILY = Planned("clearsessions", DAY)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Plan just this."""
    return lambda *planned: monkeypatch.setattr(planned_work, "PLANNED", planned)


def make_due(command: str = DAILY.command) -> None:
    moment = timezone.now() - timedelta(seconds=1)
    PlannedRun.objects.update_or_create(command=command, defaults={"due_at": moment})


def names(found: Any) -> list[str]:
    return [planned.command for planned in found]


def test_everything_that_is_planned_is_a_command() -> None:
    assert not {planned.command for planned in PLANNED} - set(get_commands())


def test_publishing_is_looked_at_each_minute() -> None:
    (publishing,) = [planned for planned in PLANNED if planned.command == "publish_scheduled"]
    assert publishing.every <= MINUTE


def test_files_that_people_brought_in_are_tidied_each_hour() -> None:
    hourly = {planned.command for planned in PLANNED if planned.every <= HOUR}
    assert {model.job_command for model in FileImport.__subclasses__()} <= hourly


@pytest.mark.django_db
def test_work_that_is_still_going_on_is_not_begun_again(only: Any) -> None:
    only(DAILY)
    worker = Worker()
    going_on: Any = SimpleNamespace(poll=lambda: None)
    worker.running[DAILY.command] = DAILY, going_on
    make_due()
    worker.look()
    assert worker.running == {DAILY.command: (DAILY, going_on)}


@pytest.mark.django_db
def test_work_is_due_one_period_after_the_first_start_and_then_once_a_period(only: Any) -> None:
    only(DAILY)
    now = timezone.now()
    assert names(due(now)) == []
    assert names(due(now + DAY)) == ["clearsessions"]
    assert names(due(now + DAY)) == []  # another machine at the same moment
    assert names(due(now + 2 * DAY)) == ["clearsessions"]


@pytest.mark.django_db
def test_what_failed_is_tried_again_within_the_hour(only: Any) -> None:
    only(DAILY)
    make_due()
    list(due(timezone.now()))
    note(DAILY, "exit status 1")
    row = PlannedRun.objects.get()
    assert row.problem == "exit status 1"
    assert row.due_at <= timezone.now() + RETRY
    note(DAILY, "")
    row.refresh_from_db()
    assert row.problem == ""
    assert row.finished_at


@pytest.mark.django_db
def test_one_thing_that_fails_does_not_stop_the_others(only: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def work(command: str, **options: Any) -> None:
        if command == "publish_scheduled":
            raise ValueError("stuk")
        done.append(command)

    only(Planned("publish_scheduled", MINUTE, apart=False), Planned("clearsessions", DAY, apart=False))
    monkeypatch.setattr(planned_work, "call_command", work)
    make_due("publish_scheduled")
    make_due("clearsessions")
    Worker().look()
    assert done == ["clearsessions"]
    assert PlannedRun.objects.get(command="publish_scheduled").problem == "ValueError: stuk"


@pytest.mark.django_db
@pytest.mark.parametrize(("script", "problem"), [("raise SystemExit(0)", ""), ("raise SystemExit(3)", "exit status 3")])
def test_long_work_is_done_in_a_process_of_its_own(
    only: Any, settings: Any, tmp_path: Path, script: str, problem: str
) -> None:
    (tmp_path / "manage.py").write_text(script)
    settings.BASE_DIR = tmp_path
    only(DAILY)
    make_due()
    worker = Worker()
    worker.look()
    assert list(worker.running) == ["clearsessions"]
    worker.finish()
    row = PlannedRun.objects.get()
    assert (row.problem, bool(row.finished_at)) == (problem, not problem)


@pytest.mark.django_db
def test_a_case_is_published_at_its_planned_moment_without_anybody_doing_anything() -> None:
    case = make_draft(go_live_at=timezone.now() + timedelta(hours=1))
    revision = case.get_latest_revision()
    revision.publish()
    case.refresh_from_db()
    assert not case.live
    make_due("publish_scheduled")
    Worker().look()
    case.refresh_from_db()
    assert not case.live
    revision.content["go_live_at"] = timezone.now().isoformat()
    revision.approved_go_live_at = timezone.now()
    revision.save()
    make_due("publish_scheduled")
    call_command("run_planned")
    case.refresh_from_db()
    assert case.live


def test_the_process_beside_the_server_stops_quietly(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "barometer_site.settings.local"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_planned", "--follow"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as follower:
        try:
            assert follower.stderr
            # An empty folder has no tables, so the first look fails and is told: by then it follows.
            assert "Gepland werk kon niet beginnen" in follower.stderr.readline()
            follower.send_signal(signal.SIGTERM)
            _, rest = follower.communicate(timeout=30)
        finally:
            follower.kill()
    assert follower.returncode == 0
    assert "Traceback" not in rest

"""Work that repeats by itself. To add some: write a management command, and a line in `PLANNED`.

A command here may run again at any moment, also after it was broken off. Whichever machine moves the due moment of a
command on does the work: several machines on one database do it once.
"""

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone

from .models import PlannedRun

logger = logging.getLogger(__name__)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
#: What failed is tried again after this, or sooner when it is due sooner.
RETRY = HOUR


@dataclass(frozen=True, slots=True)
class Planned:
    """A management command and how often it is due. The first time is one period after the first start.

    `apart`: in a process of its own, so that it holds up nothing. Only what is very short goes without.
    """

    command: str
    every: timedelta
    apart: bool = True


PLANNED: tuple[Planned, ...] = (
    Planned("publish_scheduled", MINUTE, apart=False),
    Planned("clean_submissions", HOUR),
    Planned("run_survey_job", HOUR),  # without a number: files with answers wait for a day at most
    Planned("run_case_job", HOUR),  # and files with cases
    Planned("ask_keepers", DAY),
    Planned("check_links", DAY),
    Planned("clearsessions", DAY),
)


def due(now: datetime) -> Iterator[Planned]:
    """What is due, each claimed for who asks: nobody else gets it until it is due again."""
    for planned in PLANNED:
        PlannedRun.objects.get_or_create(command=planned.command, defaults={"due_at": now + planned.every})
        claimed = _row(planned).filter(due_at__lte=now).update(due_at=now + planned.every, started_at=now)
        if claimed:
            yield planned


class Worker:
    """Does what is due, and notes how it went."""

    def __init__(self) -> None:
        self.running: dict[str, tuple[Planned, subprocess.Popen[bytes]]] = {}

    def look(self) -> None:
        """Start what is due, note what is ready. Takes no longer than the work that isn't done apart."""
        for planned, process in list(self.running.values()):
            if (status := process.poll()) is not None:
                del self.running[planned.command]
                note(planned, "" if status == 0 else f"exit status {status}")
        for planned in due(timezone.now()):
            if planned.command in self.running:
                continue  # still at it; it will be due again
            if planned.apart:
                command = [sys.executable, str(settings.BASE_DIR / "manage.py"), planned.command, "-v0"]
                process = subprocess.Popen(command, start_new_session=True)  # noqa: S603  our own program
                self.running[planned.command] = planned, process
            else:
                note(planned, _problem_of(planned))

    def finish(self) -> None:
        """Wait for what runs apart."""
        for planned, process in self.running.values():
            status = process.wait()
            note(planned, "" if status == 0 else f"exit status {status}")
        self.running.clear()

    def stop(self) -> None:
        """Break off what runs apart; it is tried again."""
        for planned, process in self.running.values():
            process.terminate()
            note(planned, "broken off")


def note(planned: Planned, problem: str) -> None:
    """What went well is due when it was; what failed is told in the log and tried again."""
    now = timezone.now()
    if problem:
        logger.error("Planned work %s failed: %s", planned.command, problem)
        _row(planned).update(problem=problem[:255], due_at=now + min(planned.every, RETRY))
    else:
        _row(planned).update(problem="", finished_at=now)


def _row(planned: Planned) -> QuerySet[PlannedRun]:
    return PlannedRun.objects.filter(command=planned.command)


def _problem_of(planned: Planned) -> str:
    try:
        call_command(planned.command, verbosity=0)
    except Exception as error:  # noqa: BLE001  whatever it is, the other work goes on
        return f"{type(error).__name__}: {error}"
    return ""

"""One run of the process behind an import: claim the work, do it, and note how it ended, whatever happens.

Nothing of a file is logged: not even the message of an unexpected error, because that may quote a cell.
"""

import logging
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from .file_jobs import FileJobs, State

logger = logging.getLogger(__name__)

#: Seconds between two notes of progress.
PAUSE = 0.5
CHANGED = "De bestanden of de regels van de site zijn na de controle veranderd. Er is niets overgenomen."
TOO_LARGE = "Dit bestand is te groot voor het geheugen van deze server. Er is niets overgenomen."
UNEXPECTED = (
    "Er ging iets mis wat niet was voorzien. Er is niets overgenomen. Probeer het opnieuw; gaat het weer mis, geef de "
    "beheerder dan het nummer van deze invoer."
)


class NoLongerWantedError(Exception):
    """Somebody threw the import away, or it was given up, while the work was going on."""


class ChangedError(Exception):
    """What would be taken over is not what was looked at."""


class RowProgress:
    """Notes progress in the row of the import, at most once in PAUSE seconds. Raises NoLongerWantedError."""

    def __init__(self, jobs: FileJobs[Any], pk: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._jobs = jobs
        self._pk = pk
        self._clock = clock
        self._next = 0.0

    def __call__(self, share: float, text: str) -> None:
        """Note that `share` (0 to 1) is done, and what is being done now."""
        if not self._is_due():
            return
        try:
            wanted = self._jobs.show_progress(self._pk, round(100 * share), text)
        except DatabaseError:
            return  # somebody else is writing: the next note comes soon
        if not wanted:
            raise NoLongerWantedError

    def in_transaction(self, share: float, text: str) -> None:
        """The same while a transaction is open; then nobody can give the work up."""
        if self._is_due():
            self._jobs.show_progress_in_file(self._pk, round(100 * share), text)

    def _is_due(self) -> bool:
        now = self._clock()
        if now < self._next:
            return False
        self._next = now + PAUSE
        return True


def run_file_job(
    jobs: FileJobs[Any],
    pk: int,
    *,
    check: Callable[[Any, RowProgress], None],
    take_over: Callable[[Any, RowProgress], None],
    refusals: tuple[type[Exception], ...],
    refusal_report: Callable[[Exception], dict[str, Any]],
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Do what this import waits for; nothing when it waits for nothing.

    `check` leaves it in PREVIEW, `take_over` in DONE. What they raise of `refusals` is told by `refusal_report`. Ends in
    PREVIEW, DONE, REFUSED or STOPPED, whatever happens.
    """
    record = jobs.claim(pk)
    if record is None:
        return
    progress = RowProgress(jobs, pk, clock)
    try:
        jobs.clean_up()
        (take_over if record.state == State.IMPORTING else check)(record, progress)
    except refusals as error:
        jobs.finish(pk, State.REFUSED, **refusal_report(error))
    except NoLongerWantedError:
        jobs.remove_files(pk)
    except ChangedError:
        jobs.finish(pk, State.STOPPED, melding=CHANGED)
    except MemoryError:
        jobs.finish(pk, State.STOPPED, melding=TOO_LARGE)
    except Exception as error:  # noqa: BLE001  the person who waits must hear of it, and the files must go
        logger.error("%s %s stopped: %s", jobs.model.__name__, pk, place_of(error))
        jobs.finish(pk, State.STOPPED, melding=UNEXPECTED)


def place_of(error: BaseException) -> str:
    """The kind of error and where in the program it was raised, without its message."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return " ".join([type(error).__name__, *(f"in {Path(frame.filename).name}:{frame.lineno}" for frame in last)])

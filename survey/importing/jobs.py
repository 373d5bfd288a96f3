"""The work behind the page in the editing environment: check a file, and publish what somebody confirmed.

Runs in a process of its own, started by `uploads.start_job`. Nothing of the answers is logged: not even the message of an
unexpected error, because that may quote a cell.
"""

import logging
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction

from ..models import Edition, SurveyImport
from .codebook import CodebookError
from .editions import is_in_place, last_taken_over
from .mistakes import Mistake, TableError
from .run import REFUSALS, Prepared, Progress, fingerprint, prepare, publish
from .uploads import (
    State,
    answers_path,
    claim,
    clean_up,
    codebook_path,
    finish,
    remove_files,
    show_progress,
)

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
    """What would be published is not what was looked at."""


def run_job(pk: int, clock: Callable[[], float] = time.monotonic) -> None:
    """Do what this import waits for and note how it ended; nothing when it waits for nothing.

    Ends in PREVIEW, DONE, REFUSED or STOPPED, whatever happens.
    """
    record = claim(pk)
    if record is None:
        return
    progress = RowProgress(pk, clock)
    try:
        clean_up()
        if record.state == State.IMPORTING:
            _publish(record, progress)
        else:
            _check(record, progress)
    except REFUSALS as error:
        finish(pk, State.REFUSED, **refusal_report(error))
    except NoLongerWantedError:
        remove_files(pk)
    except ChangedError:
        finish(pk, State.STOPPED, melding=CHANGED)
    except MemoryError:
        finish(pk, State.STOPPED, melding=TOO_LARGE)
    except Exception as error:  # noqa: BLE001  the person who waits must hear of it, and the files must go
        logger.error("Survey import %s stopped: %s", pk, place_of(error))
        finish(pk, State.STOPPED, melding=UNEXPECTED)


class RowProgress:
    """Notes progress in the row of the import, at most once in PAUSE seconds. Raises NoLongerWantedError."""

    def __init__(self, pk: int, clock: Callable[[], float]) -> None:
        self._pk = pk
        self._clock = clock
        self._next = 0.0

    def __call__(self, share: float, text: str) -> None:
        """Note that `share` (0 to 1) is done, and what is being done now."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + PAUSE
        try:
            wanted = show_progress(self._pk, round(100 * share), text)
        except DatabaseError:
            return  # somebody else is writing: the next note comes soon
        if not wanted:
            raise NoLongerWantedError


def _prepared(record: SurveyImport, progress: Progress) -> Prepared:
    return prepare(
        answers_path(record.pk),
        codebook_path(record.pk),
        record.edition_slug,
        is_example=record.is_example,
        progress=progress,
    )


def _check(record: SurveyImport, progress: RowProgress) -> None:
    prepared = _prepared(record, progress)
    first, last = prepared.days
    days = {"eerste_dag": first and first.isoformat(), "laatste_dag": last and last.isoformat()}
    with transaction.atomic():
        record = _locked(record.pk, State.CHECKING)
        record.state, record.progress, record.file_digest = State.PREVIEW, 100, prepared.digest
        record.report = record.report | prepared.report | days
        record.save()


def _publish(record: SurveyImport, progress: RowProgress) -> None:
    digest = fingerprint(answers_path(record.pk), codebook_path(record.pk), record.is_example)
    if digest != record.file_digest:
        raise ChangedError
    if is_in_place(record.edition_slug, record.file_digest):
        finish(record.pk, State.DONE, ongewijzigd=True)
        return
    prepared = _prepared(record, lambda share, text: progress(0.95 * share, text))
    if prepared.digest != digest:
        raise ChangedError
    show_progress(record.pk, 95, "Cijfers van de editie vervangen")
    with transaction.atomic():
        record = _locked(record.pk, State.IMPORTING)
        # One after the other: the history must tell which numbers these took the place of.
        edition = Edition.objects.select_for_update().filter(slug=record.edition_slug).first()
        last = last_taken_over(record.edition_slug)
        if edition is not None and last is not None:
            record.report["vervangt"] = {"nummer": last.pk, "bestand": last.file_name}
        record.progress = 100
        publish(prepared, record)
    remove_files(record.pk)


def _locked(pk: int, state: State) -> SurveyImport:
    record = SurveyImport.objects.select_for_update().get(pk=pk)
    if record.state != state:
        raise NoLongerWantedError
    return record


def refusal_report(error: Exception) -> dict[str, Any]:
    """What is wrong, so that a page can show it row by row; `meer_fouten` is how many more there are."""
    if not isinstance(error, TableError):
        return {"melding": str(error)}
    return {
        "fouten_in": "codeboek" if isinstance(error, CodebookError) else "antwoorden",
        "fouten": [_as_cells(mistake) for mistake in error.mistakes],
        "meer_fouten": error.more,
    }


def _as_cells(mistake: Mistake) -> dict[str, Any]:
    return {"rij": mistake.row, "kolom": mistake.column, "waarde": mistake.value, "melding": mistake.message}


def place_of(error: BaseException) -> str:
    """The kind of error and where in the program it was raised, without its message."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return " ".join([type(error).__name__, *(f"in {Path(frame.filename).name}:{frame.lineno}" for frame in last)])

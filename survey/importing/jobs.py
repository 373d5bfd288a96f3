"""The work behind the page in the editing environment: check a file, and publish what somebody confirmed.

Runs in a process of its own, started by `JOBS.start`.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from ..file_jobs import State
from ..job_runs import ChangedError, NoLongerWantedError, RowProgress, run_file_job
from ..models import Edition, SurveyImport
from .codebook import CodebookError
from .editions import is_in_place, last_taken_over
from .mistakes import Mistake, TableError
from .run import REFUSALS, Prepared, Progress, fingerprint, prepare, publish
from .uploads import JOBS, answers_path, codebook_path


def run_job(pk: int, clock: Callable[[], float] = time.monotonic) -> None:
    """Do what this import waits for and note how it ended."""
    run_file_job(
        JOBS,
        pk,
        check=_check,
        take_over=_publish,
        refusals=REFUSALS,
        refusal_report=refusal_report,
        clock=clock,
    )


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
        JOBS.finish(record.pk, State.DONE, ongewijzigd=True)
        return
    prepared = _prepared(record, lambda share, text: progress(0.95 * share, text))
    if prepared.digest != digest:
        raise ChangedError
    JOBS.show_progress(record.pk, 95, "Cijfers van de editie vervangen")
    with transaction.atomic():
        record = _locked(record.pk, State.IMPORTING)
        # One after the other: the history must tell which numbers these took the place of.
        edition = Edition.objects.select_for_update().filter(slug=record.edition_slug).first()
        last = last_taken_over(record.edition_slug)
        if edition is not None and last is not None:
            record.report["vervangt"] = {"nummer": last.pk, "bestand": last.file_name}
        record.progress = 100
        publish(prepared, record)
    JOBS.remove_files(record.pk)


def _locked(pk: int, state: State) -> SurveyImport:
    record = JOBS.locked(pk, state)
    if record is None:
        raise NoLongerWantedError
    return record


def refusal_report(error: Exception) -> dict[str, Any]:
    """What is wrong, so that a page can show it row by row; `meer_fouten` is how many more there are."""
    if not isinstance(error, TableError):
        return {"melding": str(error)}
    return {
        "fouten_in": "codeboek" if isinstance(error, CodebookError) else "antwoorden",
        "fouten": [as_cells(mistake) for mistake in error.mistakes],
        "meer_fouten": error.more,
    }


def as_cells(mistake: Mistake) -> dict[str, Any]:
    """One mistake as the report keeps it."""
    return {"rij": mistake.row, "kolom": mistake.column, "waarde": mistake.value, "melding": mistake.message}

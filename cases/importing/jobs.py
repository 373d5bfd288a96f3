"""The work behind the page in the editing environment: check a file, and take over what somebody confirmed.

Runs in a process of its own, started by `JOBS.start`.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from survey.file_jobs import State
from survey.importing.jobs import as_cells
from survey.importing.mistakes import TableError
from survey.job_runs import NoLongerWantedError, RowProgress, run_file_job

from ..models import CaseImport
from .checking import check
from .plan import Kind
from .uploads import JOBS, cases_path
from .writing import Choices, Outcome, take_over


def run_job(pk: int, clock: Callable[[], float] = time.monotonic) -> None:
    """Do what this import waits for and note how it ended."""
    run_file_job(
        JOBS,
        pk,
        check=_check,
        take_over=_take_over,
        refusals=(TableError,),
        refusal_report=refusal_report,
        clock=clock,
    )


def _check(record: CaseImport, progress: RowProgress) -> None:
    checked = check(cases_path(record.pk), JOBS.folder_of(record.pk), progress)
    with transaction.atomic():
        record = _locked(record.pk, State.CHECKING)
        record.state, record.progress = State.PREVIEW, 100
        record.report = record.report | {"aantallen": checked.counts}
        record.save()
    if not checked.good:
        state = State.REFUSED if checked.bad else State.DONE
        mistakes = checked.mistakes
        told = refusal_report(TableError(mistakes.told, mistakes.total - len(mistakes.told))) if checked.bad else {}
        JOBS.finish(record.pk, state, **told)


def _take_over(record: CaseImport, progress: RowProgress) -> None:
    choices = Choices(record.only_good_rows, record.publish, record.user)

    def done(outcome: Outcome) -> None:
        """In the transaction of the cases, so that both are there or neither is."""
        row = _locked(record.pk, State.IMPORTING)
        row.state, row.progress, row.finished_at = State.DONE, 100, timezone.now()
        row.report = row.report | outcome_report(outcome)
        row.save()

    take_over(JOBS.folder_of(record.pk), choices, progress.in_transaction, done)
    JOBS.remove_files(record.pk, CaseImport.kept_files)


def outcome_report(outcome: Outcome) -> dict[str, Any]:
    """What is kept of an import that was taken over."""
    return {
        "uitkomst": {
            "nieuw": outcome.counts[Kind.NEW],
            "gewijzigd": outcome.counts[Kind.CHANGED],
            "ongewijzigd": outcome.counts[Kind.SAME],
            "overgeslagen": outcome.counts[Kind.WRONG] + outcome.counts[Kind.CONFLICT],
            "weggelaten_verwijzingen": outcome.left_out,
        }
    }


def _locked(pk: int, state: State) -> CaseImport:
    record = JOBS.locked(pk, state)
    if record is None:
        raise NoLongerWantedError
    return record


def refusal_report(error: Exception) -> dict[str, Any]:
    """What is wrong, row by row; `meer_fouten` is how many more there are."""
    if not isinstance(error, TableError):
        return {"melding": str(error)}
    return {"fouten": [as_cells(mistake) for mistake in error.mistakes], "meer_fouten": error.more}

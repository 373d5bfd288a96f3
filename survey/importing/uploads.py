"""Files with answers that wait for their confirmation, and the row that tells how far each import is.

Nothing here reads an answer or computes, so that the processes that serve pages stay small; `survey.importing.jobs` does
that in a process of its own.
"""

import contextlib
import shutil
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone

from ..models import SurveyImport
from .codebook import ready_codebook_path

State = SurveyImport.State
#: Something is being done, or is about to be.
RUNNING = (State.WAITING, State.CHECKING, State.IMPORTING)
#: The files are still there.
OPEN = (*RUNNING, State.PREVIEW)

#: A job that did not report for so long is dead.
SILENCE = timedelta(minutes=10)
#: So long the files wait for a confirmation, and mistakes for somebody to mend them.
KEPT = timedelta(days=1)

DIED = "Het werk hield op zonder bericht, misschien omdat de server opnieuw startte of te weinig geheugen had."
EXPIRED = "De bestanden zijn na een dag verwijderd."
GONE = "De bestanden staan niet meer op deze server."


class NotNowError(Exception):
    """What somebody asks can't be done in the state the import is in; the message says why, for on the page."""


def folder_of(pk: int) -> Path:
    """Where the files of one import are, as long as they are kept."""
    return Path(settings.SURVEY_UPLOAD_DIR) / str(pk)


def answers_path(pk: int) -> Path:
    """The file with answers; its content tells what kind it is."""
    return folder_of(pk) / "antwoorden"


def codebook_path(pk: int) -> Path:
    """The codebook: the one that was sent, or a copy of the ready one."""
    return folder_of(pk) / "codeboek"


def plain_name(name: str) -> str:
    """The name of a file as text to show: no folders, nothing that can't be printed, as long as its field."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(character for character in last if character.isprintable())[:255] or "zonder naam"


def keep_files(pk: int, answers: UploadedFile, codebook: UploadedFile | None) -> None:
    """Put the files where only this program can read them. Raises OSError, for example when the disk is full."""
    folder = folder_of(pk)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    _write(answers, answers_path(pk))
    if codebook is not None:
        _write(codebook, codebook_path(pk))
    else:
        # A copy: what was looked at is what will be taken over, also when a new version of the site comes in between.
        shutil.copyfile(ready_codebook_path(), codebook_path(pk))


def _write(upload: UploadedFile, path: Path) -> None:
    with path.open("xb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def remove_files(pk: int) -> None:
    """Nothing is left of the answers; it is no mistake when nothing was there."""
    shutil.rmtree(folder_of(pk), ignore_errors=True)


def start_job(pk: int) -> None:
    """Do the work in a process of its own: a page must not wait for it, nor pay for its memory."""
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "run_survey_job", str(pk)]
    try:
        process = subprocess.Popen(  # noqa: S603  our own program and a number
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
    except OSError:
        finish(pk, State.STOPPED, melding="Het werk kon niet beginnen. Vraag de beheerder om hulp.")
        return
    threading.Thread(target=_wait_for, args=(process, pk), daemon=True).start()


def _wait_for(process: "subprocess.Popen[bytes]", pk: int) -> None:
    """Tell at once when the process was killed, instead of after ten minutes of silence."""
    try:
        if process.wait():
            finish(pk, State.STOPPED, RUNNING, melding=DIED)
    finally:
        connection.close()


def confirm(pk: int, name: str) -> None:
    """Somebody wants these numbers in the edition. Raises NotNowError, also for the second of two that ask."""
    with transaction.atomic():
        record = SurveyImport.objects.select_for_update().get(pk=pk)
        if record.state != State.PREVIEW:
            raise NotNowError(_why_not(record))
        if is_lost := not (answers_path(pk).is_file() and codebook_path(pk).is_file()):
            _finish(record, State.STOPPED, melding=GONE)
        else:
            record.state, record.progress = State.IMPORTING, 0
            record.report = record.report | {"bevestigd_door": name, "bezig": "Wacht op de start", **_sign_of_life()}
            record.report.pop("begonnen", None)
            record.save()
    if is_lost:
        raise NotNowError(f"{GONE} Begin opnieuw.")


def discard(pk: int, name: str) -> None:
    """Somebody does not want these numbers. Raises NotNowError when it is too late."""
    with transaction.atomic():
        record = SurveyImport.objects.select_for_update().get(pk=pk)
        if record.state == State.IMPORTING or record.state not in OPEN:
            raise NotNowError(_why_not(record))
        _finish(record, State.STOPPED, melding=f"Weggegooid door {name}.")
    remove_files(pk)


def _why_not(record: SurveyImport) -> str:
    match record.state:
        case State.DONE:
            return "Deze cijfers zijn al overgenomen. Er is niets veranderd."
        case State.IMPORTING:
            return "Deze cijfers worden al overgenomen."
        case State.WAITING | State.CHECKING:
            return "De controle is nog niet klaar."
        case _:
            return "Deze invoer was al gestopt. Er is niets veranderd."


def claim(pk: int) -> SurveyImport | None:
    """Take the work, once: nothing for the second process that asks, or when there is nothing to do."""
    with transaction.atomic():
        record = SurveyImport.objects.select_for_update().filter(pk=pk).first()
        if record is None or record.state not in (State.WAITING, State.IMPORTING) or record.report.get("begonnen"):
            return None
        if record.state == State.WAITING:
            record.state = State.CHECKING
        record.report = record.report | {"begonnen": True, **_sign_of_life()}
        record.save()
    return record


def show_progress(pk: int, percent: int, text: str) -> bool:
    """Note how far a job is; False when nobody wants its outcome any more."""
    with transaction.atomic():
        record = SurveyImport.objects.select_for_update().get(pk=pk)
        if record.state not in RUNNING:
            return False
        record.progress = percent
        record.report = record.report | {"bezig": text, **_sign_of_life()}
        record.save(update_fields=["progress", "report"])
    return True


def finish(pk: int, state: State, before: tuple[State, ...] = OPEN, **report: Any) -> bool:
    """End an import that is in one of the states `before`, and remove its files; False when it was not."""
    with transaction.atomic():
        record = SurveyImport.objects.select_for_update().get(pk=pk)
        if was_open := record.state in before:
            _finish(record, state, **report)
    if was_open:
        remove_files(pk)
    return was_open


def _finish(record: SurveyImport, state: State, **report: Any) -> None:
    record.state, record.finished_at = state, timezone.now()
    record.report = record.report | report
    record.save()


def _sign_of_life() -> dict[str, float]:
    return {"gezien": timezone.now().timestamp()}


def stop_silent_jobs() -> None:
    """Say of each job that died that it did."""
    limit = timezone.now() - SILENCE
    for record in SurveyImport.objects.filter(state__in=RUNNING, started_at__lt=limit):
        if _last_sign(record) < limit:
            finish(record.pk, State.STOPPED, RUNNING, melding=DIED)


def _last_sign(record: SurveyImport) -> datetime:
    seen = record.report.get("gezien")
    return datetime.fromtimestamp(seen, tz=record.started_at.tzinfo) if seen else record.started_at


def clean_up() -> None:
    """Forget what was kept for a day: files that nobody confirmed, and the words of mistakes, which quote a file."""
    folders: list[str] = []
    with contextlib.suppress(FileNotFoundError):
        folders = [path.name for path in Path(settings.SURVEY_UPLOAD_DIR).iterdir() if path.name.isdigit()]
    stop_silent_jobs()
    limit = timezone.now() - KEPT
    for pk in SurveyImport.objects.filter(state=State.PREVIEW, started_at__lt=limit).values_list("pk", flat=True):
        finish(pk, State.STOPPED, (State.PREVIEW,), melding=EXPIRED)
    # Listed before this question: a folder is made after its row, so a folder without an open row is left over.
    still_open = set(SurveyImport.objects.filter(state__in=OPEN).values_list("pk", flat=True))
    for name in folders:
        if int(name) not in still_open:
            remove_files(int(name))
    quoting = SurveyImport.objects.filter(state=State.REFUSED, finished_at__lt=limit, report__fouten__isnull=False)
    for record in quoting:
        del record.report["fouten"]
        record.report["fouten_gewist"] = True
        record.save(update_fields=["report"])

"""Files that wait for their confirmation, and the row that tells how far the import of each is.

The same for every kind of file: a model that is a `FileImport` says in which folder the files wait and which command does
the work. Nothing here reads such a file or computes, so that the processes that serve pages stay small.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from .models.imports import FileImport

Record = TypeVar("Record", bound=FileImport)

State = FileImport.State
#: Something is being done, or is about to be.
RUNNING = (State.WAITING, State.CHECKING, State.IMPORTING)
#: The files are still there.
OPEN = (*RUNNING, State.PREVIEW)

#: A job that did not report for so long is dead.
SILENCE = timedelta(minutes=10)
#: So long the files wait for a confirmation, and mistakes for somebody to mend them.
KEPT = timedelta(days=1)
#: In the folder of an import: how far it is, while the database can't be told (it is in the middle of a transaction).
PROGRESS_FILE = "voortgang.json"

DIED = "Het werk hield op zonder bericht, misschien omdat de server opnieuw startte of te weinig geheugen had."
EXPIRED = "De bestanden zijn na een dag verwijderd."
GONE = "De bestanden staan niet meer op deze server."


class NotNowError(Exception):
    """What somebody asks can't be done in the state the import is in; the message says why, for on the page."""


class FileJobs(Generic[Record]):
    """What can be done with the imports of one model."""

    def __init__(self, model: type[Record], needed_files: tuple[str, ...]) -> None:
        self.model = model
        #: Without these nothing can be confirmed.
        self.needed_files = needed_files

    # --- files -----------------------------------------------------------------------------------
    def root(self) -> Path:
        """Where the files of all imports of this kind wait."""
        return Path(getattr(settings, self.model.upload_setting))

    def folder_of(self, pk: int) -> Path:
        """Where the files of one import are, as long as they are kept."""
        return self.root() / str(pk)

    def make_folder(self, pk: int) -> Path:
        """A folder that only this program can read. Raises OSError."""
        folder = self.folder_of(pk)
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        return folder

    def remove_files(self, pk: int, keep: tuple[str, ...] = ()) -> None:
        """Nothing is left but the files to keep; it is no mistake when nothing was there."""
        folder = self.folder_of(pk)
        if not any((folder / name).exists() for name in keep):
            shutil.rmtree(folder, ignore_errors=True)
            return
        for path in folder.iterdir():
            if path.name not in keep:
                with contextlib.suppress(OSError):
                    path.unlink()

    # --- the process -----------------------------------------------------------------------------
    def start(self, pk: int) -> None:
        """Do the work in a process of its own: a page must not wait for it, nor pay for its memory."""
        command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), self.model.job_command, str(pk)]
        try:
            process = subprocess.Popen(  # noqa: S603  our own program and a number
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
            )
        except OSError:
            self.finish(pk, State.STOPPED, melding="Het werk kon niet beginnen. Vraag de beheerder om hulp.")
            return
        threading.Thread(target=self.wait_for, args=(process, pk), daemon=True).start()

    def wait_for(self, process: "subprocess.Popen[bytes]", pk: int) -> None:
        """Tell at once when the process was killed, instead of after ten minutes of silence."""
        try:
            if process.wait():
                self.finish(pk, State.STOPPED, RUNNING, melding=DIED)
        finally:
            connection.close()

    # --- what people ask -------------------------------------------------------------------------
    def confirm(self, pk: int, name: str, **choices: Any) -> None:
        """Somebody wants this, with these values for fields of the row.

        Raises NotNowError, also for the second of two that ask.
        """
        with transaction.atomic():
            record = self._locked().get(pk=pk)
            if record.state != State.PREVIEW:
                raise NotNowError(self._why_not(record))
            if is_lost := not all((self.folder_of(pk) / name).is_file() for name in self.needed_files):
                self._finish(record, State.STOPPED, melding=GONE)
            else:
                for field, value in choices.items():
                    setattr(record, field, value)
                record.state, record.progress = State.IMPORTING, 0
                record.report = record.report | {
                    "bevestigd_door": name,
                    "bezig": "Wacht op de start",
                    **_sign_of_life(),
                }
                record.report.pop("begonnen", None)
                record.save()
        if is_lost:
            raise NotNowError(f"{GONE} Begin opnieuw.")

    def discard(self, pk: int, name: str) -> None:
        """Somebody does not want this. Raises NotNowError when it is too late."""
        with transaction.atomic():
            record = self._locked().get(pk=pk)
            if record.state == State.IMPORTING or record.state not in OPEN:
                raise NotNowError(self._why_not(record))
            self._finish(record, State.STOPPED, melding=f"Weggegooid door {name}.")
        self.remove_files(pk)

    def _why_not(self, record: Record) -> str:
        match record.state:
            case State.DONE:
                return f"{self.model.subject} zijn al overgenomen. Er is niets veranderd."
            case State.IMPORTING:
                return f"{self.model.subject} worden al overgenomen."
            case State.WAITING | State.CHECKING:
                return "De controle is nog niet klaar."
            case _:
                return "Deze invoer was al gestopt. Er is niets veranderd."

    # --- what the process notes ------------------------------------------------------------------
    def claim(self, pk: int) -> Record | None:
        """Take the work, once: nothing for the second process that asks, or when there is nothing to do."""
        with transaction.atomic():
            record = self._locked().filter(pk=pk).first()
            if record is None or record.state not in (State.WAITING, State.IMPORTING) or record.report.get("begonnen"):
                return None
            if record.state == State.WAITING:
                record.state = State.CHECKING
            record.report = record.report | {"begonnen": True, **_sign_of_life()}
            record.save()
        return record

    def show_progress(self, pk: int, percent: int, text: str) -> bool:
        """Note how far a job is; False when nobody wants its outcome any more."""
        with transaction.atomic():
            record = self._locked().get(pk=pk)
            if record.state not in RUNNING:
                return False
            record.progress = percent
            record.report = record.report | {"bezig": text, **_sign_of_life()}
            record.save(update_fields=["progress", "report"])
        return True

    def show_progress_in_file(self, pk: int, percent: int, text: str) -> None:
        """The same from within a transaction, of which nobody else sees anything before its end."""
        path = self.folder_of(pk) / PROGRESS_FILE
        with contextlib.suppress(OSError):
            new = path.with_suffix(".new")
            new.write_text(json.dumps([percent, text]), encoding="utf-8")
            new.replace(path)

    def progress_of(self, record: Record) -> tuple[int, str]:
        """Percent, and what is being done."""
        with contextlib.suppress(OSError, ValueError):
            percent, text = json.loads((self.folder_of(record.pk) / PROGRESS_FILE).read_text(encoding="utf-8"))
            return percent, text
        return record.progress, record.report.get("bezig", "Wacht op de start")

    def locked(self, pk: int, state: State) -> Record | None:
        """The row, for this transaction alone; nothing when it is no longer in this state."""
        return self._locked().filter(pk=pk, state=state).first()

    def finish(self, pk: int, state: State, before: tuple[State, ...] = OPEN, **report: Any) -> bool:
        """End an import that is in one of the states `before`, and remove its files; False when it was not."""
        with transaction.atomic():
            record = self._locked().get(pk=pk)
            if was_open := record.state in before:
                self._finish(record, state, **report)
        if was_open:
            self.remove_files(pk, self.model.kept_files)
        return was_open

    def _finish(self, record: Record, state: State, **report: Any) -> None:
        record.state, record.finished_at = state, timezone.now()
        record.report = record.report | report
        record.save()

    def _locked(self) -> "QuerySet[Record]":
        return self.model._default_manager.select_for_update()

    # --- order -----------------------------------------------------------------------------------
    def stop_silent(self) -> None:
        """Say of each job that died that it did."""
        limit = timezone.now() - SILENCE
        for record in self.model._default_manager.filter(state__in=RUNNING, started_at__lt=limit):
            if self._last_sign(record) < limit:
                self.finish(record.pk, State.STOPPED, RUNNING, melding=DIED)

    def _last_sign(self, record: Record) -> datetime:
        seen = record.report.get("gezien", 0)
        with contextlib.suppress(OSError):
            seen = max(seen, (self.folder_of(record.pk) / PROGRESS_FILE).stat().st_mtime)
        return datetime.fromtimestamp(seen, tz=UTC) if seen else record.started_at

    def clean_up(self) -> None:
        """Forget what was kept for a day: files that nobody confirmed, and the words of mistakes, which quote a file."""
        folders: list[str] = []
        with contextlib.suppress(FileNotFoundError):
            folders = [path.name for path in self.root().iterdir() if path.name.isdigit()]
        self.stop_silent()
        limit = timezone.now() - KEPT
        rows = self.model._default_manager.all()
        for pk in rows.filter(state=State.PREVIEW, started_at__lt=limit).values_list("pk", flat=True):
            self.finish(pk, State.STOPPED, (State.PREVIEW,), melding=EXPIRED)
        # Listed before this question: a folder is made after its row, so a folder without an open row is left over.
        wanted = set(rows.filter(state__in=OPEN).values_list("pk", flat=True))
        if self.model.kept_files:
            wanted |= set(rows.filter(finished_at__gte=limit).values_list("pk", flat=True))
        for name in folders:
            if int(name) not in wanted:
                self.remove_files(int(name))
        for record in rows.filter(finished_at__lt=limit, report__fouten__isnull=False):
            del record.report["fouten"]
            record.report["fouten_gewist"] = True
            record.save(update_fields=["report"])


def write_upload(upload: UploadedFile, path: Path) -> None:
    """Keep what was sent. Raises OSError, for example when the disk is full."""
    with path.open("xb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def plain_name(name: str) -> str:
    """The name of a file as text to show: no folders, nothing that can't be printed, as long as its field."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(character for character in last if character.isprintable())[:255] or "zonder naam"


def _sign_of_life() -> dict[str, float]:
    return {"gezien": timezone.now().timestamp()}

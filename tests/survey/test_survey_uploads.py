"""Files that wait, how long they are kept, and the process that is started for them."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from answer_files import CODEBOOK, changed
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from upload_samples import codebook_upload, csv_upload, make_small_barometer

from survey import file_jobs
from survey.file_jobs import State
from survey.importing import uploads
from survey.importing.codebook import Kind, Role, read_codebook
from survey.importing.codebook_files import OPTIONAL, REQUIRED
from survey.importing.jobs import run_job
from survey.importing.uploads import JOBS, keep_files
from survey.job_runs import place_of
from survey.models import SurveyImport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_barometer(settings: Any, tmp_path: Path) -> None:
    make_small_barometer(settings, tmp_path)


def waiting(rows: list[list[str]] | None = None, codebook: str = CODEBOOK, slug: str = "proef") -> int:
    """An import whose files were just sent."""
    record = SurveyImport.objects.create(edition_slug=slug, file_name="antwoorden.csv")
    keep_files(record.pk, csv_upload(rows), codebook_upload(codebook))
    return record.pk


def previewed() -> int:
    pk = waiting()
    run_job(pk)
    return pk


def record_of(pk: int) -> SurveyImport:
    return SurveyImport.objects.get(pk=pk)


def made_older(pk: int, **age: float) -> None:
    """As if it all happened so long ago."""
    record = record_of(pk)
    moment = timezone.now() - timedelta(**age)
    report = record.report | {"gezien": moment.timestamp()}
    finished = moment if record.finished_at else None
    SurveyImport.objects.filter(pk=pk).update(started_at=moment, finished_at=finished, report=report)


def test_files_are_for_this_program_only() -> None:
    pk = waiting()
    assert JOBS.folder_of(pk).stat().st_mode & 0o777 == 0o700
    assert JOBS.folder_of(pk).parent.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in JOBS.folder_of(pk).iterdir()) == ["antwoorden", "codeboek"]


def test_without_a_codebook_the_ready_one_is_kept_with_the_file() -> None:
    record = SurveyImport.objects.create(edition_slug="proef", file_name="antwoorden.csv")
    keep_files(record.pk, SimpleUploadedFile("antwoorden.csv", b"x"), None)
    assert uploads.codebook_path(record.pk).read_bytes() == uploads.ready_codebook_path().read_bytes()


def test_what_waits_longer_than_a_day_is_removed_by_the_next_job() -> None:
    old, young = previewed(), previewed()
    made_older(old, hours=25)
    run_job(waiting())
    assert record_of(old).state == State.STOPPED
    assert record_of(old).report["melding"] == "De bestanden zijn na een dag verwijderd."
    assert not JOBS.folder_of(old).exists()
    assert record_of(young).state == State.PREVIEW
    assert JOBS.folder_of(young).is_dir()


def test_left_over_files_and_quoted_mistakes_go_too() -> None:
    refused = waiting(rows=changed(0, sector="7"))
    run_job(refused)
    JOBS.folder_of(987).mkdir()
    call_command("run_survey_job")
    assert not JOBS.folder_of(987).exists()
    assert record_of(refused).report["fouten"]
    made_older(refused, hours=25)
    JOBS.clean_up()
    assert "fouten" not in record_of(refused).report
    assert record_of(refused).report["fouten_gewist"]


def test_a_job_that_does_not_report_for_ten_minutes_is_dead() -> None:
    silent, busy = waiting(), waiting()
    for pk in (silent, busy):
        SurveyImport.objects.filter(pk=pk).update(state=State.CHECKING)
    made_older(silent, minutes=11)
    made_older(busy, minutes=9)
    uploads.JOBS.stop_silent()
    assert record_of(silent).state == State.STOPPED
    assert "zonder bericht" in record_of(silent).report["melding"]
    assert not JOBS.folder_of(silent).exists()
    assert record_of(busy).state == State.CHECKING


def test_cleaning_up_before_anything_was_ever_sent(tmp_path: Path, settings: Any) -> None:
    settings.SURVEY_UPLOAD_DIR = tmp_path / "nooit" / "gemaakt"
    JOBS.clean_up()
    assert not (tmp_path / "nooit").exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/map/submap/antwoorden.csv", "antwoorden.csv"),
        ("C:\\Mijn map\\antwoorden.csv", "antwoorden.csv"),
        ("antwoor\x00den\n.csv", "antwoorden.csv"),
        ("", "zonder naam"),
        ("a" * 300, "a" * 255),
    ],
)
def test_only_the_name_of_a_file_is_kept(name: str, shown: str) -> None:
    assert file_jobs.plain_name(name) == shown


def test_the_place_of_an_error_does_not_quote_it() -> None:
    assert place_of(ValueError("geheim")) == "ValueError"


def test_a_process_that_can_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **options: Any) -> None:
        raise OSError

    pk = waiting()
    monkeypatch.setattr(file_jobs.subprocess, "Popen", refuse)
    uploads.JOBS.start(pk)
    assert "kon niet beginnen" in record_of(pk).report["melding"]


class Ended:
    """A process that has come to its end."""

    def __init__(self, status: int) -> None:
        self.status = status

    def wait(self) -> int:
        return self.status


@pytest.mark.parametrize(("status", "state"), [(0, State.CHECKING), (-9, State.STOPPED)])
def test_a_process_that_was_killed_is_told_at_once(status: int, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = waiting()
    SurveyImport.objects.filter(pk=pk).update(state=State.CHECKING)
    monkeypatch.setattr(file_jobs.connection, "close", lambda: None)
    uploads.JOBS.wait_for(Ended(status), pk)  # type: ignore[arg-type]
    assert record_of(pk).state == state


def test_the_work_is_done_by_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], dict[str, Any]]] = []

    def start(command: list[str], **options: Any) -> Ended:
        started.append((command, options))
        return Ended(0)

    monkeypatch.setattr(file_jobs.subprocess, "Popen", start)
    monkeypatch.setattr(uploads.JOBS, "wait_for", lambda process, pk: None)
    uploads.JOBS.start(5)
    ((command, options),) = started
    assert command[0] == sys.executable
    assert os.access(command[1], os.R_OK)
    assert command[2:] == ["run_survey_job", "5"]
    assert options["start_new_session"]


def test_the_codebook_in_the_guide_can_be_read(tmp_path: Path) -> None:
    guide = (Path(site.BASE_DIR) / "docs" / "analyst.md").read_text(encoding="utf-8")
    path = tmp_path / "codeboek.csv"
    path.write_text(next(block for block in guide.split("```") if block.strip().startswith("variabele,")).strip())
    codebook = read_codebook(path)
    assert len(codebook.questions()) == 5
    assert [one.name for one in codebook.with_role(Role.GROUP)] == ["v1_sector"]


def test_the_guide_explains_every_column_kind_and_role() -> None:
    guide = (Path(site.BASE_DIR) / "docs" / "analyst.md").read_text(encoding="utf-8")
    words = [*REQUIRED, *OPTIONAL, *Kind, *Role]
    assert not [word for word in words if word and f"`{word}`" not in guide]

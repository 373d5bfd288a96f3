"""The work behind the page: confirmed, changed meanwhile, two at once, killed in the middle."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from case_import_samples import NEW, json_lines
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from factories import edit, make_case, make_editor

from cases.importing import case_rows
from cases.importing.jobs import run_job
from cases.importing.uploads import JOBS, keep_file, mistakes_path
from cases.models import CaseImport, CasePage
from cases.search.generations import locked
from survey.file_jobs import DIED, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.CASE_UPLOAD_DIR = tmp_path / "wacht"


def waiting(tmp_path: Path, *rows: dict[str, Any]) -> int:
    """An import whose file was just sent."""
    record = CaseImport.objects.create(file_name="casussen.jsonl")
    keep_file(record.pk, SimpleUploadedFile("casussen.jsonl", json_lines(tmp_path, *rows).read_bytes()))
    return record.pk


def previewed(tmp_path: Path, *rows: dict[str, Any]) -> int:
    pk = waiting(tmp_path, *rows)
    run_job(pk)
    assert record_of(pk).state == State.PREVIEW, record_of(pk).report
    return pk


def confirmed(pk: int, *, only_good_rows: bool = False) -> CaseImport:
    JOBS.confirm(pk, "joke", only_good_rows=only_good_rows, publish=True)
    run_job(pk)
    return record_of(pk)


def record_of(pk: int) -> CaseImport:
    return CaseImport.objects.get(pk=pk)


def test_a_good_file_waits_and_is_taken_over_when_it_is_confirmed(tmp_path: Path) -> None:
    pk = previewed(tmp_path, NEW)
    assert not CasePage.objects.exists()
    record = confirmed(pk)
    assert (record.state, record.report["uitkomst"]["nieuw"]) == (State.DONE, 1)
    assert CasePage.objects.get().live
    assert [path.name for path in JOBS.folder_of(pk).iterdir()] == ["fouten.csv"]


def test_a_file_without_a_good_row_is_refused_at_once(tmp_path: Path) -> None:
    pk = waiting(tmp_path, {"titel": "Alleen een titel"})
    run_job(pk)
    assert record_of(pk).state == State.REFUSED
    assert record_of(pk).report["fouten"][0]["kolom"] == "uitkomst"
    assert mistakes_path(pk).is_file()


def test_a_file_that_says_what_is_there_already_is_done_at_once(tmp_path: Path) -> None:
    make_case("Casus", slug="c")
    pk = waiting(tmp_path, {"slug": "c", "titel": "Casus"})
    run_job(pk)
    assert record_of(pk).state == State.DONE


@pytest.mark.parametrize("only_good_rows", [False, True])
def test_a_case_that_somebody_changed_after_the_preview_is_not_overwritten(
    tmp_path: Path, only_good_rows: bool
) -> None:
    case = make_case("Oude titel", slug="c")
    pk = previewed(tmp_path, {"slug": "c", "titel": "Uit het bestand"}, NEW)
    draft = case.get_latest_revision_as_object()
    draft.title = "Van een collega"
    draft.save_revision(user=make_editor("willem")).publish()
    record = confirmed(pk, only_good_rows=only_good_rows)
    case.refresh_from_db()
    assert case.title == "Van een collega"
    assert record.state == (State.DONE if only_good_rows else State.REFUSED)
    assert CasePage.objects.count() == (2 if only_good_rows else 1)
    told = mistakes_path(pk).read_text(encoding="utf-8-sig")
    assert "na de controle veranderd van willem" in told
    if not only_good_rows:
        assert "willem" in record.report["fouten"][0]["melding"]


def test_a_row_that_changed_nothing_when_it_was_looked_at_changes_nothing_now(tmp_path: Path) -> None:
    case = make_case("Oude titel", slug="c")
    pk = previewed(tmp_path, {"slug": "c", "titel": "Oude titel"}, NEW)
    edit(case, title="Van een collega")
    assert confirmed(pk).state == State.REFUSED
    assert CasePage.objects.get().title == "Van een collega"


def test_a_case_that_was_deleted_after_the_preview_does_not_come_back(tmp_path: Path) -> None:
    case = make_case("Oude titel", slug="c")
    pk = previewed(tmp_path, {"slug": "c"} | NEW)
    case.delete()
    assert "verwijderd" in confirmed(pk).report["fouten"][0]["melding"]
    assert not CasePage.objects.exists()


def test_of_two_imports_of_the_same_new_case_the_second_is_refused(tmp_path: Path) -> None:
    first = previewed(tmp_path, NEW | {"slug": "c"})
    second = previewed(tmp_path, NEW | {"slug": "c", "samenvatting": "Anders."})
    assert confirmed(first).state == State.DONE
    record = confirmed(second)
    assert record.state == State.REFUSED
    assert "Na de controle is een casus met dit adres gemaakt" in record.report["fouten"][0]["melding"]
    assert CasePage.objects.count() == 1


def test_another_import_waits_until_the_first_is_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.importing.writing.PATIENCE", 0.0)
    pk = previewed(tmp_path, NEW)
    JOBS.confirm(pk, "joke", publish=True)
    told: list[str] = []
    with locked(site.SEARCH_INDEX_DIR / "import.lock", 0) as got:
        assert got

        def enough(pk: int, percent: int, text: str) -> None:
            told.append(text)
            raise KeyboardInterrupt

        monkeypatch.setattr(JOBS, "show_progress_in_file", enough)
        with pytest.raises(KeyboardInterrupt):
            run_job(pk)
    assert told == ["Wacht op een andere invoer"]
    assert not CasePage.objects.exists()


def test_an_error_halfway_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_case("Oude titel", slug="c")
    pk = previewed(tmp_path, {"slug": "c", "titel": "Nieuwe titel"}, NEW)

    def crash(*args: Any, **options: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(case_rows, "note_for_editors_search", crash)
    record = confirmed(pk)
    assert (record.state, "geheugen" in record.report["melding"]) == (State.STOPPED, True)
    assert [case.title for case in CasePage.objects.all()] == ["Oude titel"]


def test_the_command_does_the_work_and_cleans_up(tmp_path: Path) -> None:
    pk = waiting(tmp_path, NEW)
    call_command("run_case_job", str(pk))
    assert record_of(pk).state == State.PREVIEW
    JOBS.folder_of(987).mkdir()
    call_command("run_case_job")
    assert not JOBS.folder_of(987).exists()


KILLED = """
import os, signal, sys
import django
django.setup()
from cases.importing import case_rows
def die(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)
case_rows.note_for_editors_search = die
from django.core.management import call_command
call_command("migrate", verbosity=0)
from barometer_site.content import ensure_tree
ensure_tree()
from cases.importing.jobs import run_job
from cases.importing.uploads import JOBS, keep_file
from cases.models import CaseImport
from django.core.files.uploadedfile import SimpleUploadedFile
pk = CaseImport.objects.create(file_name="casussen.jsonl").pk
keep_file(pk, SimpleUploadedFile("casussen.jsonl", open(sys.argv[1], "rb").read()))
run_job(pk)
JOBS.confirm(pk, "joke", publish=True)
run_job(pk)
"""
AFTERWARDS = """
import json
import django
django.setup()
from cases.importing.uploads import JOBS
from cases.models import CaseImport, CasePage
from survey.file_jobs import State
from wagtail.models import Page, Revision
class Ended:
    def wait(self):
        return -9
record = CaseImport.objects.get()
before = record.state
JOBS.wait_for(Ended(), record.pk)
record.refresh_from_db()
parts = [before, CasePage.objects.count(), Page.find_problems(), record.state, record.report["melding"], (JOBS.folder_of(record.pk) / "casussen").exists()]
print(json.dumps(parts))
"""


def test_a_process_that_is_killed_in_the_middle_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """A real process and a database in a file; the server that started it hears that it is gone."""
    path = json_lines(tmp_path, *[NEW | {"slug": f"c-{number}", "titel": f"Casus {number}"} for number in range(3)])
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "barometer_site.settings.local",
    }

    def run(program: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", program, str(path)]
        return subprocess.run(command, cwd=site.BASE_DIR, env=environment, capture_output=True, text=True, check=False)

    (tmp_path / "data").mkdir()
    assert run(KILLED).returncode == -signal.SIGKILL
    told = run(AFTERWARDS)
    assert json.loads(told.stdout.splitlines()[-1]) == ["bezig", 0, [[], [], [], [], []], "afgebroken", DIED, False], (
        told
    )

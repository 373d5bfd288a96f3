"""The work behind the page: from a file that waits to a preview, and from a confirmation to an edition."""

import logging
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from answer_files import CODEBOOK, HEADER, changed, csv_text
from django.core.management import call_command
from upload_samples import ROWS, codebook_upload, csv_upload, make_small_barometer

from survey.file_jobs import NotNowError, State
from survey.importing import jobs, uploads
from survey.importing.jobs import run_job
from survey.importing.uploads import JOBS, keep_files
from survey.job_runs import RowProgress
from survey.models import Edition, Result, SurveyImport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_barometer(settings: Any, tmp_path: Path) -> None:
    make_small_barometer(settings, tmp_path)


def waiting(rows: list[list[str]] | None = None, codebook: str = CODEBOOK, slug: str = "proef") -> int:
    """An import whose files were just sent."""
    record = SurveyImport.objects.create(edition_slug=slug, file_name="antwoorden.csv")
    keep_files(record.pk, csv_upload(rows), codebook_upload(codebook))
    return record.pk


def previewed(**options: Any) -> int:
    pk = waiting(**options)
    run_job(pk)
    assert record_of(pk).state == State.PREVIEW, record_of(pk).report
    return pk


def taken_over(**options: Any) -> int:
    pk = previewed(**options)
    JOBS.confirm(pk, "redacteur")
    run_job(pk)
    return pk


def record_of(pk: int) -> SurveyImport:
    return SurveyImport.objects.get(pk=pk)


def test_a_good_file_waits_for_confirmation_and_changes_nothing() -> None:
    pk = waiting(rows=[*ROWS, ["900", "17-02-2021 10:00", "", "Niet voltooid", "1", "", "", "", "", ""]])
    run_job(pk)
    record = record_of(pk)
    assert (record.state, record.progress) == (State.PREVIEW, 100)
    assert (record.report["respondenten"], record.report["niet_afgemaakt"]) == (24, 1)
    assert record.report["eerste_dag"] == "2021-02-15"
    assert not Result.objects.exists()
    assert JOBS.folder_of(pk).is_dir()


def test_after_confirmation_the_numbers_are_in_the_edition_and_the_file_is_gone() -> None:
    pk = taken_over()
    record = record_of(pk)
    assert record.state == State.DONE
    assert record.report["bevestigd_door"] == "redacteur"
    assert record.finished_at
    assert Edition.objects.get(slug="proef").results.exists()
    assert not JOBS.folder_of(pk).exists()


def test_the_same_file_again_changes_nothing() -> None:
    taken_over()
    before = list(Result.objects.order_by("pk").values_list("pk", "value"))
    again = previewed()
    JOBS.confirm(again, "redacteur")
    run_job(again)
    assert record_of(again).state == State.DONE
    assert record_of(again).report["ongewijzigd"]
    assert list(Result.objects.order_by("pk").values_list("pk", "value")) == before
    assert not JOBS.folder_of(again).exists()


def test_of_two_imports_into_one_edition_the_later_confirmation_wins_and_says_so() -> None:
    first, second = previewed(), previewed(rows=ROWS[:20])
    for pk in (second, first):
        JOBS.confirm(pk, "redacteur")
        run_job(pk)
    assert record_of(first).report["vervangt"] == {"nummer": second, "bestand": "antwoorden.csv"}
    assert "vervangt" not in record_of(second).report
    assert set(Result.objects.filter(group=None, n__isnull=False).values_list("n", flat=True)) == {24}


def test_a_file_is_taken_over_again_when_another_one_took_its_place() -> None:
    first, second = previewed(), previewed(rows=ROWS[:20])
    for pk in (second, first):
        JOBS.confirm(pk, "redacteur")
        run_job(pk)
    taken_over(rows=ROWS[:20])
    assert set(Result.objects.filter(group=None, n__isnull=False).values_list("n", flat=True)) == {20}


def test_mistakes_are_kept_row_by_row_and_the_file_is_removed() -> None:
    pk = waiting(rows=changed(0, sector="7"))
    run_job(pk)
    record = record_of(pk)
    assert record.state == State.REFUSED
    assert record.report["fouten_in"] == "antwoorden"
    (mistake,) = record.report["fouten"]
    assert (mistake["rij"], mistake["kolom"], mistake["waarde"]) == (2, "sector", "7")
    assert mistake["melding"]
    assert not JOBS.folder_of(pk).exists()


def test_at_most_fifty_mistakes_are_kept_and_the_others_are_counted() -> None:
    pk = waiting(rows=[[str(number), *changed(0, sector="7")[0][1:]] for number in range(1000, 1080)])
    run_job(pk)
    report = record_of(pk).report
    assert (len(report["fouten"]), report["meer_fouten"]) == (50, 30)


def test_mistakes_in_the_codebook_are_said_to_be_there() -> None:
    pk = waiting(codebook=CODEBOOK.replace("meervoudig", "meerkeuze"))
    run_job(pk)
    report = record_of(pk).report
    assert record_of(pk).state == State.REFUSED
    assert report["fouten_in"] == "codeboek"
    assert report["fouten"][0]["waarde"] == "meerkeuze"


def test_an_edition_with_other_kinds_of_numbers_is_refused_in_one_sentence() -> None:
    Edition.objects.create(slug="proef", name="Proef", short_name="Proef", survey="Proef", is_example=True)
    pk = waiting()
    run_job(pk)
    assert record_of(pk).state == State.REFUSED
    assert "Verzonnen en echte antwoorden" in record_of(pk).report["melding"]


@pytest.mark.parametrize("step", ["prepare", "publish"])
def test_an_unexpected_error_stops_it_and_nothing_is_published_or_quoted(
    step: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*args: Any, **options: Any) -> None:
        raise ValueError("could not convert 'geheim antwoord'")

    pk = waiting()
    if step == "publish":
        run_job(pk)
        JOBS.confirm(pk, "redacteur")
    monkeypatch.setattr(jobs, step, crash)
    with caplog.at_level(logging.DEBUG):
        run_job(pk)
    record = record_of(pk)
    assert record.state == State.STOPPED
    assert "Er is niets overgenomen" in record.report["melding"]
    assert not Result.objects.exists()
    assert not JOBS.folder_of(pk).exists()
    assert f"SurveyImport {pk} stopped: ValueError in {Path(__file__).name}" in caplog.text
    assert "geheim" not in caplog.text + str(record.report)


def test_a_crash_halfway_publishing_leaves_the_old_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: Any, **options: Any) -> None:
        raise MemoryError

    taken_over()
    before = list(Result.objects.order_by("pk").values_list("pk", flat=True))
    monkeypatch.setattr("survey.importing.run.remember", crash)
    pk = taken_over(rows=ROWS[:20])
    assert "geheugen" in record_of(pk).report["melding"]
    assert list(Result.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_files_that_changed_after_the_preview_are_not_published() -> None:
    pk = previewed()
    JOBS.confirm(pk, "redacteur")
    uploads.answers_path(pk).write_text(csv_text([HEADER, *ROWS[:20]]))
    run_job(pk)
    assert record_of(pk).state == State.STOPPED
    assert "veranderd" in record_of(pk).report["melding"]
    assert not Result.objects.exists()


def test_a_second_process_for_the_same_import_does_nothing() -> None:
    pk = waiting()
    SurveyImport.objects.filter(pk=pk).update(state=State.CHECKING, report={"begonnen": True})
    run_job(pk)
    assert record_of(pk).state == State.CHECKING
    assert JOBS.folder_of(pk).is_dir()


def test_a_job_without_an_import_does_nothing() -> None:
    run_job(123456)
    assert not SurveyImport.objects.exists()


def test_confirming_twice_is_refused_in_every_later_state() -> None:
    pk = previewed()
    JOBS.confirm(pk, "een")
    with pytest.raises(NotNowError, match="worden al overgenomen"):
        JOBS.confirm(pk, "twee")
    run_job(pk)
    with pytest.raises(NotNowError, match="zijn al overgenomen"):
        JOBS.confirm(pk, "twee")
    assert record_of(pk).report["bevestigd_door"] == "een"


def test_what_was_thrown_away_can_not_be_confirmed() -> None:
    pk = previewed()
    JOBS.discard(pk, "redacteur")
    assert record_of(pk).report["melding"] == "Weggegooid door redacteur."
    assert not JOBS.folder_of(pk).exists()
    with pytest.raises(NotNowError, match="al gestopt"):
        JOBS.confirm(pk, "redacteur")


def test_confirming_before_the_check_is_done_is_refused() -> None:
    with pytest.raises(NotNowError, match="nog niet klaar"):
        JOBS.confirm(waiting(), "redacteur")


def test_confirming_when_the_files_are_on_another_machine_is_refused() -> None:
    pk = previewed()
    uploads.JOBS.remove_files(pk)
    with pytest.raises(NotNowError, match="niet meer op deze server"):
        JOBS.confirm(pk, "redacteur")
    assert record_of(pk).state == State.STOPPED


def test_what_is_being_taken_over_can_not_be_thrown_away() -> None:
    pk = previewed()
    JOBS.confirm(pk, "een")
    with pytest.raises(NotNowError, match="worden al overgenomen"):
        JOBS.discard(pk, "twee")


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_work_that_was_given_up_stops_by_itself(is_confirmed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = previewed() if is_confirmed else waiting()
    if is_confirmed:
        JOBS.confirm(pk, "redacteur")
    real = jobs.prepare

    def given_up(*args: Any, **options: Any) -> Any:
        found = real(*args, **options)
        uploads.JOBS.finish(pk, State.STOPPED, melding="Gestopt.")
        return found

    monkeypatch.setattr(jobs, "prepare", given_up)
    run_job(pk)
    assert (record_of(pk).state, record_of(pk).report["melding"]) == (State.STOPPED, "Gestopt.")
    assert not Result.objects.exists()


def test_progress_is_noted_a_few_times_a_second_and_stops_when_nobody_waits() -> None:
    pk = waiting()
    seconds: Iterator[int] = count()
    progress = RowProgress(JOBS, pk, lambda: next(seconds) / 10)
    noted = []
    for step in range(12):
        progress(step / 100, f"Stap {step}")
        noted.append(record_of(pk).progress)
    assert noted == [0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]
    assert record_of(pk).report["bezig"] == "Stap 10"
    uploads.JOBS.finish(pk, State.STOPPED)
    with pytest.raises(jobs.NoLongerWantedError):
        for _ in range(6):
            progress(0.5, "Verder")


def test_the_command_does_the_work() -> None:
    pk = waiting()
    call_command("run_survey_job", str(pk))
    assert record_of(pk).state == State.PREVIEW

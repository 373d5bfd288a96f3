"""Importing a file with answers on the pages of the editing environment."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from barometer_factories import make_edition, make_example, make_indicator, make_result
from django.test import Client
from django.utils import timezone
from upload_samples import LIST, NEW, ROWS, csv_upload, filled_in, make_small_barometer, text_of

from survey.file_jobs import State
from survey.importing import uploads
from survey.importing.jobs import run_job
from survey.models import Edition, Result, SurveyImport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_barometer(settings: Any, tmp_path: Path) -> None:
    make_small_barometer(settings, tmp_path)


def send(client: Client, **fields: Any) -> Any:
    return client.post(NEW, filled_in(**fields), follow=True)


def only_import() -> SurveyImport:
    return SurveyImport.objects.get()


@pytest.mark.usefixtures("_at_once")
def test_from_file_to_edition(editor: Client) -> None:
    page = text_of(send(editor))
    assert "24 volledige responsen" in page
    assert "Neem deze cijfers over" in page
    assert "bestaat nog niet en wordt gemaakt" in page
    assert "Zelfstandige bestuursorganen" in page
    assert "Ingevoerd? ja" in page  # an indicator that is new
    assert not Result.objects.exists()
    page = text_of(editor.post(f"{LIST}{only_import().pk}/overnemen/", follow=True))
    assert "De cijfers zijn overgenomen." in page
    assert 'href="/barometer/edities/proef/"' in page
    assert Edition.objects.get(slug="proef").results.exists()
    assert not uploads.JOBS.folder_of(only_import().pk).exists()


def test_the_work_is_started_and_the_page_follows_it(editor: Client, started: list[int]) -> None:
    response = send(editor)
    record = only_import()
    assert started == [record.pk]
    assert (record.state, record.edition_slug, record.file_name) == (State.WAITING, "proef", "antwoorden.csv")
    assert record.user.get_username() == "redacteur"  # type: ignore[union-attr]
    assert response["Refresh"] == "3"
    assert "<progress" in text_of(response)
    SurveyImport.objects.update(state=State.CHECKING, progress=40, report={"bezig": "Uitkomsten berekenen"})
    page = text_of(editor.get(f"{LIST}{record.pk}/"))
    assert "Uitkomsten berekenen: 40%" in page
    assert 'value="40"' in page


def test_a_page_that_is_ready_does_not_refresh(editor: Client) -> None:
    record = SurveyImport.objects.create(edition_slug="proef", file_name="a.csv", state=State.DONE)
    assert "Refresh" not in editor.get(f"{LIST}{record.pk}/")


def test_confirming_starts_the_work_once(editor: Client, started: list[int]) -> None:
    send(editor)
    pk = only_import().pk
    run_job(pk)
    editor.post(f"{LIST}{pk}/overnemen/")
    page = text_of(editor.post(f"{LIST}{pk}/overnemen/", follow=True))
    assert "Deze cijfers worden al overgenomen." in page
    assert started == [pk, pk]
    assert "Gooi weg" not in page


@pytest.mark.usefixtures("_at_once")
def test_confirming_what_was_taken_over_is_told(editor: Client) -> None:
    send(editor)
    address = f"{LIST}{only_import().pk}/overnemen/"
    editor.post(address)
    assert "Deze cijfers zijn al overgenomen. Er is niets veranderd." in text_of(editor.post(address, follow=True))


@pytest.mark.usefixtures("_at_once")
def test_throwing_away_removes_the_file_and_keeps_the_edition(editor: Client) -> None:
    send(editor)
    pk = only_import().pk
    page = text_of(editor.post(f"{LIST}{pk}/weggooien/", follow=True))
    assert "Weggegooid door redacteur." in page
    assert not uploads.JOBS.folder_of(pk).exists()
    assert not Result.objects.exists()
    page = text_of(editor.post(f"{LIST}{pk}/weggooien/", follow=True))
    assert "Deze invoer was al gestopt." in page


@pytest.mark.usefixtures("_at_once")
def test_a_corrected_file_replaces_the_edition_and_history_tells(editor: Client) -> None:
    for rows in (ROWS, ROWS[:20]):
        page = text_of(send(editor, answers=csv_upload(rows, f"{len(rows)} antwoorden.csv")))
        last = SurveyImport.objects.latest("pk")
        editor.post(f"{LIST}{last.pk}/overnemen/")
    assert "worden vervangen. Ze komen uit" in page
    first, second = SurveyImport.objects.order_by("pk")
    assert "Ze vervangen die uit" in text_of(editor.get(f"{LIST}{second.pk}/"))
    assert "Later zijn ze vervangen door die uit" in text_of(editor.get(f"{LIST}{first.pk}/"))
    page = text_of(editor.get(LIST))
    assert page.count("overgenomen, later vervangen") == 1
    assert page.index("20 antwoorden.csv") < page.index("24 antwoorden.csv")


@pytest.mark.usefixtures("_at_once")
def test_the_same_file_again_is_told_to_change_nothing(editor: Client) -> None:
    send(editor)
    editor.post(f"{LIST}{only_import().pk}/overnemen/")
    assert "heeft deze cijfers al" in text_of(send(editor))
    page = text_of(editor.post(f"{LIST}{SurveyImport.objects.latest('pk').pk}/overnemen/", follow=True))
    assert "Er is niets veranderd." in page


def test_the_ready_codebook_is_an_example_to_start_from(editor: Client) -> None:
    response = editor.get(f"{LIST}codeboek.csv")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content == uploads.ready_codebook_path().read_bytes()
    assert 'filename="codeboek-2021.csv"' in response["Content-Disposition"]


def test_editions_that_can_be_replaced_are_suggested(editor: Client) -> None:
    make_result(make_edition("2021"), make_indicator(), 40.0)
    make_result(make_example(), make_indicator(), 40.0)
    page = text_of(editor.get(NEW))
    assert '<option value="voorbeeld">' in page
    assert '<option value="2021">' not in page


def test_the_list_is_in_pages_with_the_newest_first(editor: Client) -> None:
    for number in range(30):
        SurveyImport.objects.create(edition_slug="proef", file_name=f"bestand-{number}.csv", state=State.STOPPED)
    page = text_of(editor.get(LIST))
    assert "bestand-29.csv" in page
    assert "bestand-4.csv" not in page
    assert "opdracht op de server" in page
    assert "bestand-4.csv" in text_of(editor.get(f"{LIST}?p=2"))


def test_an_empty_list_says_so(editor: Client) -> None:
    assert "Er is nog geen bestand ingevoerd." in text_of(editor.get(LIST))


def test_a_job_that_died_is_shown_as_stopped(editor: Client, started: list[int]) -> None:
    send(editor)
    SurveyImport.objects.update(started_at=timezone.now() - timedelta(minutes=11))
    assert "afgebroken" in text_of(editor.get(LIST))
    assert "Het werk hield op zonder bericht" in text_of(editor.get(f"{LIST}{only_import().pk}/"))


def test_pages_load_nothing_that_computes(loaded_by_pages: set[str]) -> None:
    """A process that serves pages stays small: what computes is loaded by the job only."""
    assert not {"pandas", "pytauargus", "survey.importing.run"} & loaded_by_pages

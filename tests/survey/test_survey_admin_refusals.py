"""What the pages for importing answers refuse: mistakes, and people who may not."""

from pathlib import Path
from typing import Any

import pytest
from answer_files import CODEBOOK, changed
from barometer_factories import make_edition, make_example, make_indicator, make_result
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from factories import make_editor
from upload_samples import LIST, NEW, codebook_upload, csv_upload, filled_in, make_small_barometer, text_of

from survey.file_jobs import State
from survey.importing import admin_views, uploads
from survey.models import SurveyImport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_barometer(settings: Any, tmp_path: Path) -> None:
    make_small_barometer(settings, tmp_path)


def colleague(client: Client, *permissions: str) -> Client:
    """Somebody with these rights only, signed in."""
    user = make_editor("collega")
    user.is_superuser = False
    user.save()
    group = Group.objects.create(name="Analisten")
    group.permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    user.groups.add(group)
    client.force_login(user)
    return client


def send(client: Client, **fields: Any) -> Any:
    return client.post(NEW, filled_in(**fields), follow=True)


def only_import() -> SurveyImport:
    return SurveyImport.objects.get()


@pytest.mark.usefixtures("_at_once")
def test_mistakes_are_shown_row_by_row(editor: Client) -> None:
    page = text_of(send(editor, answers=csv_upload(changed(0, sector="7"))))
    assert "Er klopt iets niet in het bestand met antwoorden." in page
    assert "<td>2</td> <td>sector</td> <td> ‘7’ </td>" in page
    assert "Neem deze cijfers over" not in page


@pytest.mark.usefixtures("_at_once")
def test_mistakes_in_the_codebook_are_shown_row_by_row(editor: Client) -> None:
    wrong = codebook_upload(CODEBOOK.replace("meervoudig", "meerkeuze"))
    page = text_of(send(editor, codebook=wrong))
    assert "Er klopt iets niet in het codeboek." in page
    assert "‘meerkeuze’" in page


@pytest.mark.usefixtures("_at_once")
def test_a_file_of_another_questionnaire_is_refused(editor: Client) -> None:
    page = text_of(send(editor, codebook=None))
    assert "een andere vragenlijst" in page


def test_what_is_in_a_file_can_not_become_part_of_the_page(editor: Client) -> None:
    mistake = {"rij": 2, "kolom": "<b>", "waarde": "<script>alert(1)</script>", "melding": "Fout."}
    record = SurveyImport.objects.create(
        edition_slug="proef",
        file_name="<script>alert(2)</script>.csv",
        state=State.REFUSED,
        report={"fouten_in": "antwoorden", "fouten": [mistake], "meer_fouten": 3},
    )
    page = text_of(editor.get(f"{LIST}{record.pk}/"))
    assert "<script>alert" not in page
    assert "En nog 3 andere fouten." in page
    assert "<script>alert" not in text_of(editor.get(LIST))


def test_a_refusal_of_the_command_can_be_read_too(editor: Client) -> None:
    report = {"fouten": "Rij 2, kolom sector: onbekend.\nEn nog een."}
    record = SurveyImport.objects.create(edition_slug="proef", file_name="a.csv", state=State.REFUSED, report=report)
    assert "Rij 2, kolom sector: onbekend.<br>En nog een." in text_of(editor.get(f"{LIST}{record.pk}/"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"answers": None}, "Kies het bestand met antwoorden."),
        ({"answers": SimpleUploadedFile("antwoorden.csv", b"")}, "Dit bestand is leeg."),
        ({"answers": SimpleUploadedFile("antwoorden.pdf", b"%PDF-1.7")}, "Dit is geen CSV of XLSX."),
        ({"answers": SimpleUploadedFile("antwoorden", b"a;b")}, "Dit is geen CSV of XLSX."),
        ({"codebook": SimpleUploadedFile("codeboek.docx", b"PK")}, "Dit is geen CSV of XLSX."),
        ({"codebook": SimpleUploadedFile("codeboek.csv", b"")}, "Dit codeboek is leeg."),
        ({"edition": ""}, "Vul de code van de editie in"),
        ({"edition": "Proef 2027!"}, "Gebruik alleen kleine letters, cijfers en streepjes"),
        ({"edition": "map/proef"}, "Gebruik alleen kleine letters, cijfers en streepjes"),
        ({"edition": "p" * 81}, "hoogstens 80 tekens"),
        ({"edition": "2021"}, "kies een eigen code, bijvoorbeeld ‘2021-antwoorden’"),
        ({"edition": "voorbeeld"}, "bevat verzonnen antwoorden"),
        ({"edition": "2019", "is_example": "on"}, "bevat echte antwoorden"),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_nothing_that_was_typed_is_lost(
    fields: dict[str, Any], message: str, editor: Client, started: list[int]
) -> None:
    make_result(make_edition("2021"), make_indicator(), 40.0)
    make_edition("2019")
    make_example()
    fields = {"edition": "typwerk"} | fields
    page = text_of(send(editor, **fields))
    assert message.casefold() in page.casefold()
    assert f'value="{fields["edition"]}"' in page or not fields["edition"]
    assert "kies daarna je bestanden opnieuw" in page
    assert started == []
    assert not SurveyImport.objects.exists()


def test_a_file_that_is_too_large_for_the_page(
    editor: Client, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.importing.forms.LARGEST_ANSWERS", 10)
    assert "Dit bestand is te groot." in text_of(send(editor))
    monkeypatch.setattr(admin_views.UploadView, "largest_request", 10)
    response = send(editor)
    assert response.status_code == 413
    assert "te groot" in text_of(response)
    assert started == []


def test_a_full_disk_is_told(editor: Client, started: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(admin_views, "keep_files", full)
    assert "De server kon het bestand niet bewaren." in text_of(send(editor))
    assert only_import().state == State.STOPPED
    assert started == []


def test_only_the_name_of_the_file_is_shown(editor: Client, started: list[int]) -> None:
    send(editor, answers=csv_upload(name="map/<b>antwoorden</b>.csv"))
    assert "/" not in only_import().file_name
    assert sorted(path.name for path in uploads.JOBS.folder_of(started[0]).iterdir()) == ["antwoorden", "codeboek"]


@pytest.mark.parametrize("address", [LIST, NEW, f"{LIST}codeboek.csv", f"{LIST}1/"])
def test_only_those_who_may_import_see_the_pages(address: str, client: Client) -> None:
    assert client.get(address).url.startswith("/beheer/login/")  # type: ignore[attr-defined]
    colleague(client)
    assert client.get(address).status_code == 302
    assert "Antwoorden invoeren" not in text_of(client.get("/beheer/"))


@pytest.mark.parametrize("action", ["nieuw/", "1/overnemen/", "1/weggooien/"])
def test_only_those_who_may_import_change_something(action: str, client: Client, started: list[int]) -> None:
    SurveyImport.objects.create(pk=1, edition_slug="proef", file_name="a.csv", state=State.PREVIEW)
    colleague(client)
    assert client.post(f"{LIST}{action}", filled_in()).status_code == 302
    assert only_import().state == State.PREVIEW
    assert started == []


def test_a_group_with_the_right_can_import(client: Client, started: list[int]) -> None:
    colleague(client, "add_surveyimport")
    assert "antwoorden-invoeren" in text_of(client.get("/beheer/"))
    send(client)
    assert started == [only_import().pk]


def test_the_right_can_be_given_to_a_group(editor: Client) -> None:
    permission = Permission.objects.get(codename="add_surveyimport")
    assert f'value="{permission.pk}"' in text_of(editor.get("/beheer/groups/new/"))


@pytest.mark.parametrize("action", ["nieuw/", "1/overnemen/", "1/weggooien/"])
def test_another_site_can_not_do_it_for_you(action: str, started: list[int]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor())
    SurveyImport.objects.create(pk=1, edition_slug="proef", file_name="a.csv", state=State.PREVIEW)
    assert client.post(f"{LIST}{action}", filled_in()).status_code == 403
    assert only_import().state == State.PREVIEW
    assert started == []


@pytest.mark.parametrize("action", ["overnemen/", "weggooien/"])
def test_following_a_link_changes_nothing(action: str, editor: Client) -> None:
    record = SurveyImport.objects.create(edition_slug="proef", file_name="a.csv", state=State.PREVIEW)
    assert editor.get(f"{LIST}{record.pk}/{action}").status_code == 405
    assert editor.post(f"{LIST}987/{action}").status_code == 404
    assert only_import().state == State.PREVIEW

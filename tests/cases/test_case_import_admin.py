"""Importing cases on the pages of the editing environment."""

from pathlib import Path
from typing import Any

import pytest
from case_import_samples import NEW, csv_file
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from factories import make_case, make_editor

from barometer_site.accounts.roles import ANALYST, CONTRIBUTOR, EDITOR, REVIEWER, ensure_roles
from cases.importing import admin_views
from cases.importing.jobs import run_job
from cases.models import CaseImport, CasePage
from survey.file_jobs import State

pytestmark = pytest.mark.django_db

LIST = "/beheer/casussen-invoeren/"
WRONG = NEW | {"slug": "fout", "uitkomst": "geslagd"}


@pytest.fixture(autouse=True)
def _at_once(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is done before the page comes back."""
    settings.CASE_UPLOAD_DIR = tmp_path / "wacht"
    monkeypatch.setattr(admin_views.JOBS, "start", run_job)


def signed_in(role: str = "") -> Client:
    client = Client()
    if role:
        ensure_roles()
        user = get_user_model()._default_manager.create_user("iemand", "iemand@example.nl", "een lang wachtwoord")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
    else:
        client.force_login(make_editor())
    return client


def sent(client: Client, path: Path, name: str = "casussen.csv") -> str:
    """The page after sending a file."""
    response = client.post(f"{LIST}nieuw/", {"cases": SimpleUploadedFile(name, path.read_bytes())}, follow=True)
    return text_of(response)


def decided(client: Client, rows: str = "alles", state: str = "publiceren") -> str:
    """The page after a decision."""
    address = f"{LIST}{CaseImport.objects.latest('pk').pk}/overnemen/"
    return text_of(client.post(address, {"rows": rows, "state": state}, follow=True))


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_from_file_to_published_cases(tmp_path: Path) -> None:
    make_case("Oude titel", slug="c")
    client = signed_in()
    page = sent(client, csv_file(tmp_path, NEW | {"slug": "c"}, NEW | {"slug": "nieuw", "titel": "<script>x</script>"}))
    assert "Verandert: 1" in page and "Nieuw: 1" in page
    assert "<del>Oude titel</del>" in page and "<ins>Een drone boven zee</ins>" in page
    listed = text_of(client.get(f"{LIST}{CaseImport.objects.get().pk}/?lijst=nieuw"))
    assert "&lt;script&gt;x" in listed and "<script>x" not in listed
    assert CasePage.objects.count() == 1
    assert "1 nieuw en 1 gewijzigd, meteen gepubliceerd" in decided(client)
    assert CasePage.objects.live().count() == 2
    assert "overgenomen" in text_of(client.get(LIST))


def test_with_a_wrong_row_only_the_good_rows_can_be_chosen_and_the_mistakes_can_be_taken_home(tmp_path: Path) -> None:
    client = signed_in()
    page = sent(client, csv_file(tmp_path, WRONG, NEW | {"slug": "goed"}))
    assert "‘geslagd’: Kies geslaagd" in page
    assert 'value="alles"' not in page
    assert "Deze keuze kan hier niet." in decided(client)
    assert CaseImport.objects.get().state == State.PREVIEW
    page = decided(client, rows="goede")
    assert "1 rij is overgeslagen" in page
    response = client.get(f"{LIST}{CaseImport.objects.get().pk}/fouten.csv")
    assert "geslagd" in b"".join(response.streaming_content).decode()
    assert response["Content-Disposition"].startswith("attachment")


def test_a_file_of_mistakes_is_refused_with_the_list(tmp_path: Path) -> None:
    page = sent(signed_in(), csv_file(tmp_path, WRONG))
    assert "Niets overgenomen" in page and "‘geslagd’" in page and "fouten.csv" in page


@pytest.mark.parametrize("role", [CONTRIBUTOR, ANALYST])
def test_who_may_not_import_sees_nothing_of_it(role: str, tmp_path: Path) -> None:
    client = signed_in(role)
    record = CaseImport.objects.create(file_name="a.csv", state=State.PREVIEW)
    assert LIST not in client.get("/beheer/").content.decode()
    for address in ("", "nieuw/", f"{record.pk}/", f"{record.pk}/fouten.csv"):
        assert client.get(f"{LIST}{address}").status_code == 302, address
    for address in ("nieuw/", f"{record.pk}/overnemen/", f"{record.pk}/weggooien/"):
        assert client.post(f"{LIST}{address}").status_code == 302, address
    record.refresh_from_db()
    assert (record.state, CaseImport.objects.count()) == (State.PREVIEW, 1)


def test_an_editor_makes_drafts_and_nothing_else(tmp_path: Path) -> None:
    client = signed_in(EDITOR)
    page = sent(client, csv_file(tmp_path, NEW))
    assert 'value="publiceren"' not in page and "Je mag niet publiceren" in page
    assert "Deze keuze kan hier niet." in decided(client, state="publiceren")
    assert "als concept" in decided(client, state="concept")
    case = CasePage.objects.get()
    assert (case.live, case.latest_revision.user.get_username()) == (False, "iemand")


def test_a_reviewer_may_publish_at_once(tmp_path: Path) -> None:
    client = signed_in(REVIEWER)
    sent(client, csv_file(tmp_path, NEW))
    assert "meteen gepubliceerd" in decided(client)


def test_long_lists_have_pages(tmp_path: Path) -> None:
    client = signed_in()
    rows = [NEW | {"slug": f"c-{number}", "titel": f"Casus nummer {number}"} for number in range(60)]
    assert "Bladzijde 1 van 3" in sent(client, csv_file(tmp_path, *rows))
    address = f"{LIST}{CaseImport.objects.get().pk}/?lijst=nieuw&p="
    assert "Casus nummer 59" in text_of(client.get(f"{address}3"))
    assert "Casus nummer 24" in text_of(client.get(f"{address}1"))
    assert "Casus nummer 25" in text_of(client.get(f"{address}2"))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("casussen.pdf", b"x", "Dit is geen CSV, XLSX of JSON"),
        ("casussen.csv", b"", "Dit bestand is leeg"),
        ("casussen.csv", b"%PDF-1.7", "Dit is een PDF"),
    ],
)
def test_what_is_no_file_with_cases_is_refused_in_words(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bestand"
    path.write_bytes(content)
    assert told in sent(signed_in(), path, name)


def test_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin_views.UploadView, "largest_request", 10)
    assert "te groot" in sent(signed_in(), csv_file(tmp_path, NEW))
    monkeypatch.undo()
    monkeypatch.setattr("cases.importing.forms.LARGEST_UPLOAD", 10)
    assert "te groot" in sent(signed_in_again(), csv_file(tmp_path, NEW))
    assert not CaseImport.objects.exists()


def signed_in_again() -> Client:
    client = Client()
    client.force_login(get_user_model()._default_manager.get())
    return client


def test_a_token_is_asked_for(tmp_path: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor())
    response = client.post(f"{LIST}nieuw/", {"cases": SimpleUploadedFile("a.csv", b"titel\nx")})
    assert response.status_code == 403
    assert not CaseImport.objects.exists()


def test_thrown_away_or_gone_nothing_can_be_confirmed(tmp_path: Path) -> None:
    client = signed_in()
    sent(client, csv_file(tmp_path, NEW))
    pk = CaseImport.objects.get().pk
    assert "Weggegooid" in text_of(client.post(f"{LIST}{pk}/weggooien/", follow=True))
    assert "al gestopt" in decided(client)
    sent(client, csv_file(tmp_path, NEW))
    admin_views.JOBS.remove_files(pk + 1)
    assert "niet meer op deze server" in text_of(client.get(f"{LIST}{pk + 1}/"))
    assert "niet meer op deze server" in decided(client, rows="goede", state="concept")
    assert not CasePage.objects.exists()

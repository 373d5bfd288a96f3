"""A draft that somebody without an account may read for a while."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from factories import make_draft, make_editor

from cases.models import CasePage, PreviewLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> CasePage:
    return make_draft("Nog geheim", introduction="Niemand weet dit.")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


def share(editor: Client, draft: CasePage, days: str = "7") -> str:
    response = editor.post(f"/beheer/casussen/{draft.pk}/laat-lezen/", {"days": days})
    return re.search(r'value="http://testserver(/voorbeeld/[^"]+)"', response.content.decode()).group(1)  # type: ignore[union-attr]


def test_who_has_the_link_reads_the_draft(client: Client, editor: Client, draft: CasePage) -> None:
    response = client.get(share(editor, draft))
    text = response.content.decode()
    assert "Niemand weet dit." in text
    assert "Dit is een concept" in text
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]


def test_the_link_shows_the_newest_draft(client: Client, editor: Client, draft: CasePage) -> None:
    address = share(editor, draft)
    draft.introduction = "Nu beter."
    draft.save_revision()
    assert "Nu beter." in client.get(address).content.decode()


def test_the_link_expires(client: Client, editor: Client, draft: CasePage) -> None:
    address = share(editor, draft, "1")
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = client.get(address)
    assert response.status_code == 404
    assert "Deze link werkt niet meer" in response.content.decode()
    assert "Niemand weet dit." not in response.content.decode()


def test_the_link_can_be_taken_back(client: Client, editor: Client, draft: CasePage) -> None:
    address = share(editor, draft)
    editor.post(f"/beheer/casussen/{draft.pk}/laat-lezen/", {"revoke": PreviewLink.objects.get().pk})
    assert client.get(address).status_code == 404


def test_the_address_itself_is_kept_nowhere(editor: Client, draft: CasePage) -> None:
    token = share(editor, draft).split("/")[2]
    assert token not in editor.get(f"/beheer/casussen/{draft.pk}/laat-lezen/").content.decode()
    assert PreviewLink.objects.get().token_digest != token


def test_a_guess_finds_nothing(client: Client, draft: CasePage) -> None:
    assert client.get("/voorbeeld/raden/").status_code == 404


@pytest.mark.parametrize("days", ["", "0", "365", "altijd"])
def test_a_link_works_a_day_a_week_or_a_month(editor: Client, draft: CasePage, days: str) -> None:
    response = editor.post(f"/beheer/casussen/{draft.pk}/laat-lezen/", {"days": days})
    assert response.status_code == 400
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("revoke", ["999", "x"])
def test_a_link_of_another_case_is_left_alone(editor: Client, draft: CasePage, revoke: str) -> None:
    assert editor.post(f"/beheer/casussen/{draft.pk}/laat-lezen/", {"revoke": revoke}).status_code == 404


def test_only_who_edits_the_case_makes_a_link(draft: CasePage) -> None:
    person = get_user_model()._default_manager.create_user("analist", password="een lang wachtwoord")
    group = Group.objects.create(name="Alleen kijken")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    client = Client()
    client.force_login(person)
    response = client.post(f"/beheer/casussen/{draft.pk}/laat-lezen/", {"days": "7"})
    assert response.status_code in (302, 403)
    assert not PreviewLink.objects.exists()

"""Who keeps a case: named, changed and forgotten by editors, and never seen by anybody else."""

from typing import Any

import pytest
from django.test import Client
from submitted import make_old, signed_in_as
from wagtail.models import PageLogEntry

from barometer_site.accounts.roles import CONTRIBUTOR, EDITOR
from cases.models import CaseKeeper

pytestmark = pytest.mark.django_db
QUEUE = "/beheer/ingezonden/"


def text_of(response: Any) -> str:
    return response.content.decode()


def test_an_editor_names_changes_and_forgets_the_keeper() -> None:
    case = make_old()
    editor = signed_in_as(EDITOR)
    address = f"{QUEUE}contactpersoon/{case.pk}/"
    given = {"name": "Anna", "email": "anna@example.nl", "consent_on": "2026-05-01"}
    assert "Voer een geldig e-mailadres in" in text_of(editor.post(address, given | {"email": "geen adres"}))
    editor.post(address, given)
    editor.post(address, given | {"name": "Anna Bos"})
    assert CaseKeeper.objects.get().name == "Anna Bos"
    editor.post(address, {"wis": "1"})
    assert not CaseKeeper.objects.exists()


def test_a_contributor_neither_sees_a_keeper_nor_checks_a_case() -> None:
    case = make_old(email="anna@example.nl")
    contributor = signed_in_as(CONTRIBUTOR)
    for name in ("contactpersoon", "nagekeken"):
        response = contributor.get(f"{QUEUE}{name}/{case.pk}/")
        assert response.status_code == 302
    contributor.post(f"{QUEUE}contactpersoon/{case.pk}/", {"wis": "1"})
    assert CaseKeeper.objects.exists()


def test_the_address_of_a_keeper_is_in_no_public_answer_and_in_no_version() -> None:
    case = make_old(name="Anna Geheim", email="anna@example.nl")
    editor = signed_in_as(EDITOR)
    editor.post(
        f"{QUEUE}contactpersoon/{case.pk}/",
        {"name": "Anna Geheim", "email": "anna2@example.nl", "consent_on": "2026-05-01"},
    )
    case.get_latest_revision_as_object().save_revision().publish()
    public = Client()
    for address in (
        "/casussen/fietsen-tellen/",
        "/casussen/?q=anna",
        "/casussen/export.json",
        "/casussen/export.csv",
        "/casussen/feed/",
        "/casussen/fietsen-tellen/bibtex/",
    ):
        response = public.get(address)
        assert response.status_code == 200, address
        text = b"".join(response) if response.streaming else response.content
        assert b"Geheim" not in text, address
        assert b"@example.nl" not in text, address
    for revision in case.revisions.all():
        assert "Geheim" not in str(revision.content)
        assert "@example.nl" not in str(revision.content)
    assert not [entry for entry in PageLogEntry.objects.all() if "Geheim" in f"{entry.label}{entry.data}"]

"""Two editors in one case, and what a version changed."""

from typing import Any

import pytest
from django.test import Client
from factories import link, make_draft, make_editor
from people import as_shown, signed_in

from cases.models import CasePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> CasePage:
    return make_draft("Samen", introduction="Zoals het was.", links=[link("factor/lef", "Zij durfden.")])


@pytest.fixture
def anna() -> Client:
    return signed_in(make_editor("anna"))


@pytest.fixture
def bas() -> Client:
    return signed_in(make_editor("bas"))


def address(case: CasePage) -> str:
    return f"/beheer/pages/{case.pk}/edit/"


def introductions(case: CasePage) -> list[str]:
    return [revision.content["introduction"] for revision in case.revisions.order_by("pk")]


def test_the_second_to_save_is_told_and_keeps_her_text(anna: Client, bas: Client, case: CasePage) -> None:
    of_bas = as_shown(bas.get(address(case)))
    of_anna = as_shown(anna.get(address(case)))
    bas.post(address(case), of_bas | {"introduction": "Van Bas."})
    page = anna.post(address(case), of_anna | {"introduction": "Van Anna."}).content.decode()
    assert "bas heeft deze casus op" in page
    assert "Van Anna." in page
    first, second = case.revisions.order_by("pk")
    assert f"/beheer/pages/{case.pk}/revisions/compare/{first.pk}...{second.pk}/" in page
    assert introductions(case) == ["Zoals het was.", "Van Bas."]


def test_saving_once_more_is_a_choice_and_both_stay(anna: Client, bas: Client, case: CasePage) -> None:
    of_anna = as_shown(anna.get(address(case)))
    bas.post(address(case), as_shown(bas.get(address(case))) | {"introduction": "Van Bas."})
    shown_again = anna.post(address(case), of_anna | {"introduction": "Van Anna."})
    anna.post(address(case), as_shown(shown_again))
    assert introductions(case) == ["Zoals het was.", "Van Bas.", "Van Anna."]


def test_a_late_form_is_not_published_either(anna: Client, bas: Client, case: CasePage) -> None:
    of_anna = as_shown(anna.get(address(case)))
    bas.post(address(case), as_shown(bas.get(address(case))) | {"introduction": "Van Bas."})
    assert anna.post(address(case), of_anna | {"action-publish": "1"}).status_code == 200
    case.refresh_from_db()
    assert not case.live
    assert introductions(case) == ["Zoals het was.", "Van Bas."]


def test_the_same_person_in_two_windows_is_told_so(anna: Client, case: CasePage) -> None:
    late = as_shown(anna.get(address(case)))
    anna.post(address(case), late | {"introduction": "Venster een."})
    page = anna.post(address(case), late | {"introduction": "Venster twee."}).content.decode()
    assert "ook in een ander venster opgeslagen" in page


def test_saving_in_the_background_stops_for_a_newer_version(anna: Client, bas: Client, case: CasePage) -> None:
    late: dict[str, Any] = as_shown(anna.get(address(case)))
    bas.post(address(case), as_shown(bas.get(address(case))) | {"introduction": "Van Bas."})
    response = anna.post(address(case), late | {"introduction": "Van Anna."}, headers={"accept": "application/json"})
    assert response.json()["error_code"] == "invalid_revision"
    assert introductions(case) == ["Zoals het was.", "Van Bas."]


def test_a_late_form_can_still_be_previewed(anna: Client, bas: Client, case: CasePage) -> None:
    late = as_shown(anna.get(address(case)))
    bas.post(address(case), as_shown(bas.get(address(case))) | {"introduction": "Van Bas."})
    preview = f"{address(case)}preview/"
    assert anna.post(preview, late | {"introduction": "Van Anna."}).json()["is_valid"]
    assert "Van Anna." in anna.get(preview).content.decode()


def test_versions_side_by_side_show_what_a_reader_sees_differ(anna: Client, case: CasePage) -> None:
    draft = case.get_latest_revision_as_object()
    draft.intention = "<p>Een.</p>\n<p>Twee.</p>"
    first = draft.save_revision()
    draft.intention = '<p data-block-key="a">Een.</p><p data-block-key="b">Twee.</p>'
    found = draft.links.get()
    found.evidence = "Zij vroegen niemand."
    draft.links = [found]
    second = draft.save_revision()
    page = anna.get(f"/beheer/pages/{case.pk}/revisions/compare/{first.pk}...{second.pk}/").content.decode()
    changed = page[page.rindex("<tbody") :]
    assert "Koppelingen" in changed and "vroegen" in changed and "addition" in changed, changed
    assert "Wat was de bedoeling?" not in changed

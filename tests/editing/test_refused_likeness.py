"""Leaving out a case that the machine puts beside another one: in the form, by who may, with and without review."""

import pytest
from django.test import Client
from factories import edit, make_case, make_editor
from people import as_shown, send_case, signed_in, somebody

from barometer_site.accounts.roles import ANALYST, EDITOR
from barometer_site.content import ensure_tree
from cases.likeness import relatives
from cases.models import CaseIndexPage, CasePage, RefusedLikeness

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def pair() -> tuple[CasePage, CasePage]:
    return make_case("Zelf", links=["factor/tijd"]), make_case("Buurman", links=["factor/tijd"])


def form_of(client: Client, case: CasePage) -> str:
    return client.get(f"/beheer/pages/{case.pk}/edit/").content.decode()


def named(case: CasePage) -> list[str]:
    case = CasePage.objects.get(pk=case.pk)
    return [found.case.title for found in relatives(case, list(case.links.all()))]


def test_the_form_shows_which_cases_stand_beside_it_and_why(pair: tuple[CasePage, CasePage]) -> None:
    page = form_of(signed_in(make_editor()), pair[0])
    assert "Laat weg: <strong>Buurman</strong>" in page
    assert "Deelt ‘Tijd’." in page


def test_one_tick_leaves_a_case_out_and_another_one_brings_it_back(pair: tuple[CasePage, CasePage]) -> None:
    case, other = pair
    editor = signed_in(make_editor())
    send_case(editor, case, refused_likenesses__0__other=str(other.pk), **PUBLISH)
    assert (named(case), named(other)) == ([], [])
    page = form_of(editor, case)
    assert "Laat weg: <strong>Buurman</strong>" not in page
    assert "Weggelaten" in page
    send_case(editor, case, refused_likenesses__0__reason="Ander onderwerp", **PUBLISH)
    assert RefusedLikeness.objects.get().reason == "Ander onderwerp"
    send_case(editor, case, refused_likenesses__0__DELETE="on", **PUBLISH)
    assert named(case) == ["Buurman"]
    assert not RefusedLikeness.objects.exists()


def test_saving_without_a_tick_refuses_nothing(pair: tuple[CasePage, CasePage]) -> None:
    send_case(signed_in(make_editor()), pair[0], title="Anders", **PUBLISH)
    assert named(pair[0]) == ["Buurman"]
    assert not RefusedLikeness.objects.exists()


def test_a_tick_is_not_lost_by_a_mistake_elsewhere_in_the_form(pair: tuple[CasePage, CasePage]) -> None:
    case, other = pair
    editor = signed_in(make_editor())
    refused = send_case(editor, case, title="", refused_likenesses__0__other=str(other.pk), **PUBLISH)
    assert refused.status_code == 200
    again = as_shown(refused) | {"title": "Zelf"}
    assert again["refused_likenesses-0-other"] == str(other.pk)
    editor.post(f"/beheer/pages/{case.pk}/edit/", again | PUBLISH)
    assert named(case) == []


@pytest.mark.parametrize("number", ["²", "9" * 30])
def test_a_row_that_names_no_case_is_left_out_of_the_form(pair: tuple[CasePage, CasePage], number: str) -> None:
    editor = signed_in(make_editor())
    refused = send_case(editor, pair[0], title="", refused_likenesses__0__offered=number, **PUBLISH)
    assert refused.status_code == 200
    assert "Er staat nu geen casus vanzelf bij." in refused.content.decode()


def test_a_refusal_waits_for_review_like_the_rest_of_the_form(pair: tuple[CasePage, CasePage]) -> None:
    case, other = pair
    send_case(signed_in(somebody(EDITOR)), case, refused_likenesses__0__other=str(other.pk), **{"action-submit": "1"})
    assert named(case) == ["Buurman"], "readers see no draft"
    case.refresh_from_db()
    case.get_latest_revision().publish()
    assert named(case) == []


def test_who_may_not_edit_cases_can_refuse_nothing(pair: tuple[CasePage, CasePage]) -> None:
    case, other = pair
    for client in (Client(), signed_in(somebody(ANALYST))):
        response = client.post(
            f"/beheer/pages/{case.pk}/edit/", {"refused_likenesses-0-other": str(other.pk)} | PUBLISH
        )
        assert response.status_code in (302, 403)
    assert not RefusedLikeness.objects.exists()


def test_a_new_case_has_nothing_beside_it_yet() -> None:
    index = ensure_tree() or CaseIndexPage.objects.get()
    page = signed_in(make_editor()).get(f"/beheer/pages/add/cases/casepage/{index.pk}/").content.decode()
    assert "Bewaar de casus eerst." in page


def test_the_versions_tell_that_a_case_was_left_out(pair: tuple[CasePage, CasePage]) -> None:
    case, other = pair
    first = case.latest_revision_id
    case = edit(case, refused_likenesses=[RefusedLikeness(other=other)])
    address = f"/beheer/pages/{case.pk}/revisions/compare/{first}...{case.latest_revision_id}/"
    page = signed_in(make_editor()).get(address).content.decode()
    assert "Wat er vanzelf bij staat" in page
    assert "Buurman" in page

"""Taking a case offline: with a reason, and with a way on for who had its address."""

import pytest
from django.test import Client
from factories import edit, make_case, make_draft, make_editor
from people import signed_in, somebody

from barometer_site.accounts.roles import REVIEWER
from cases.models import CasePage, CaseWithdrawal

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> CasePage:
    return make_case("Zand")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


def take_offline(editor: Client, case: CasePage, **fields: str) -> str:
    response = editor.post(f"/beheer/pages/{case.pk}/unpublish/", fields, follow=True)
    case.refresh_from_db()
    return response.content.decode()


def test_readers_of_the_old_address_read_why(client: Client, editor: Client, case: CasePage) -> None:
    take_offline(editor, case, reason="De organisatie wil dit verhaal opnieuw vertellen.")
    response = client.get("/casussen/zand/")
    assert response.status_code == 410
    assert "De organisatie wil dit verhaal opnieuw vertellen." in response.content.decode()
    assert "Over Zand." not in response.content.decode()


def test_readers_are_led_on(client: Client, editor: Client, case: CasePage) -> None:
    make_case("Beter zand")
    take_offline(editor, case, reason="Staat nu ergens anders.", forward_to="/casussen/beter-zand/")
    response = client.get("/casussen/zand/")
    assert response.status_code == 302
    assert response["Location"] == "/casussen/beter-zand/"


def test_history_tells_why(editor: Client, case: CasePage) -> None:
    take_offline(editor, case, reason="De organisatie wil dit verhaal opnieuw vertellen.")
    history = editor.get(f"/beheer/pages/{case.pk}/history/").content.decode()
    assert "Offline gehaald, met als reden: “De organisatie wil dit verhaal opnieuw vertellen.”" in history


def test_the_page_of_the_editor_asks_for_the_reason(editor: Client, case: CasePage) -> None:
    text = editor.get(f"/beheer/pages/{case.pk}/unpublish/").content.decode()
    assert 'name="reason"' in text
    assert 'name="forward_to"' in text


def test_without_a_reason_it_stays(editor: Client, case: CasePage) -> None:
    text = take_offline(editor, case, reason="", forward_to="/casussen/")
    assert "Vertel in één zin waarom" in text
    assert 'value="/casussen/"' in text
    assert case.live


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://elders.example/", "Begin met een schuine streep"),
        ("//elders.example/", "Begin met een schuine streep"),
        ("/casussen/zand/", "het adres van deze casus zelf"),
        ("/casussen/zand?van=hier", "het adres van deze casus zelf"),
        ("/casussen/bestaat-niet/", "Op dit adres staat geen casus"),
    ],
)
def test_a_wrong_address_is_told_at_its_field(editor: Client, case: CasePage, address: str, message: str) -> None:
    text = take_offline(editor, case, reason="Staat nu ergens anders.", forward_to=address)
    assert message in text
    assert "Staat nu ergens anders." in text
    assert case.live


def test_back_online_means_back(client: Client, editor: Client, case: CasePage) -> None:
    take_offline(editor, case, reason="Even weg.")
    edit(case)
    assert client.get("/casussen/zand/").status_code == 200
    assert not CaseWithdrawal.objects.exists()


def test_a_draft_that_was_never_public_is_simply_not_there(client: Client) -> None:
    make_draft("Geheim")
    assert client.get("/casussen/geheim/").status_code == 404


def test_several_at_once_is_refused(editor: Client, case: CasePage) -> None:
    response = editor.post(f"/beheer/bulk/wagtailcore/page/unpublish/?id={case.pk}", follow=True)
    assert "één voor één" in response.content.decode()
    case.refresh_from_db()
    assert case.live


def test_what_was_public_is_not_deleted_among_others(case: CasePage) -> None:
    reviewer = signed_in(somebody(REVIEWER))
    response = reviewer.post(
        f"/beheer/bulk/wagtailcore/page/delete/?id={case.pk}&id={make_draft('Klei').pk}", follow=True
    )
    assert "Er is niets verwijderd." in response.content.decode()
    assert CasePage.objects.count() == 2

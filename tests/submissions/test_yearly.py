"""The yearly "hoe is het nu?": the badge, the question to who keeps a case, the answer, and what editors do with it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from factories import make_case, make_draft, make_editor
from submitted import make_old, signed_in_as
from wagtail.models import Revision

from barometer_site.accounts.roles import EDITOR
from cases.models import CaseKeeper, CasePage, YearlyCheck
from cases.submissions import yearly
from cases.submissions.queue import count_open
from cases.submissions.yearly import is_overdue, mark_checked, overdue_cases, token_of

pytestmark = pytest.mark.django_db
QUEUE = "/beheer/ingezonden/"


def text_of(response: Any) -> str:
    return response.content.decode()


def ask(**options: Any) -> None:
    call_command("ask_keepers", verbosity=0, **options)


def addresses() -> list[str]:
    """The private addresses in the letters."""
    return [re.search(r"/hoe-is-het-nu/\S+", letter.body)[0] for letter in mail.outbox]  # type: ignore[index]


# --- what readers see ----------------------------------------------------------------------------
def test_a_case_is_overdue_after_a_year_without_a_check() -> None:
    assert is_overdue(make_old("Oud", 367))
    assert not is_overdue(make_old("Nog goed", 364))
    assert not is_overdue(make_draft("Concept"))
    checked = make_old("Nagekeken", 900)
    mark_checked(checked, make_editor())
    checked.refresh_from_db()
    assert not is_overdue(checked)
    assert [case.title for case in overdue_cases()] == ["Oud"]


def test_the_page_says_when_it_was_checked_or_that_this_is_long_ago(client: Client) -> None:
    case = make_old()
    page = text_of(client.get("/casussen/fietsen-tellen/"))
    assert "Langer dan een jaar niet nagekeken" in page
    assert "Nagekeken in" not in page
    mark_checked(case, make_editor())
    page = text_of(client.get("/casussen/fietsen-tellen/"))
    assert "Langer dan een jaar niet nagekeken" not in page
    assert "Nagekeken in" in page


def test_a_kept_page_becomes_overdue_without_a_change(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old(days=365)
    first = client.get("/casussen/fietsen-tellen/")
    assert "niet nagekeken" not in text_of(first)
    tomorrow = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    later = client.get("/casussen/fietsen-tellen/", headers={"if-none-match": first["ETag"]})
    assert later.status_code == 200
    assert "Langer dan een jaar niet nagekeken" in text_of(later)


def test_a_check_leaves_a_draft_a_draft_and_publishing_it_later_keeps_the_check(client: Client) -> None:
    case = make_old()
    draft = case.get_latest_revision_as_object()
    draft.introduction = "Een nieuwe samenvatting."
    revision = draft.save_revision()
    mark_checked(case, make_editor())
    assert "Een nieuwe samenvatting." not in text_of(client.get("/casussen/fietsen-tellen/"))
    Revision.objects.get(pk=revision.pk).publish()
    case.refresh_from_db()
    assert (case.introduction, case.checked_on) == ("Een nieuwe samenvatting.", timezone.localdate())


# --- the question --------------------------------------------------------------------------------
def test_a_keeper_is_asked_once_a_year_and_reminded_once() -> None:
    make_old(name="Anna", email="anna@example.nl")
    ask()
    ask()
    assert [letter.to for letter in mail.outbox] == [["anna@example.nl"]]
    assert "Beste Anna" in mail.outbox[0].body
    YearlyCheck.objects.update(asked_at=timezone.now() - timedelta(days=31))
    ask()
    ask()
    assert mail.outbox[1].subject.startswith("Herinnering")
    assert len(set(addresses())) == 1
    YearlyCheck.objects.update(asked_at=timezone.now() - timedelta(days=366))
    ask()
    assert len(mail.outbox) == 3
    assert len(set(addresses())) == 2


def test_only_published_overdue_cases_with_a_keeper_are_asked_about() -> None:
    make_old("Zonder contactpersoon")
    CaseKeeper.objects.create(case=make_case("Nog geen jaar"), email="a@example.nl")
    CaseKeeper.objects.create(case=make_draft("Concept"), email="b@example.nl")
    ask()
    assert not mail.outbox


def test_no_more_letters_go_out_than_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        make_old(f"Casus {number}", email=f"p{number}@example.nl")
    call_command("ask_keepers", most=2)
    assert len(mail.outbox) == 2
    assert "2 gevraagd, 0 herinnerd, 0 niet gelukt" in capsys.readouterr().out


def test_a_letter_that_cannot_be_sent_is_tried_again(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    make_old(email="anna@example.nl")
    with monkeypatch.context() as broken:
        broken.setattr(yearly, "send_letter", lambda *args: False)
        with pytest.raises(SystemExit) as stopped:
            ask()
    assert stopped.value.code == 1
    assert "Niet elke mail kon weg" in capsys.readouterr().err
    assert not YearlyCheck.objects.exists()
    ask()
    assert len(mail.outbox) == 1


# --- the answer ----------------------------------------------------------------------------------
@pytest.fixture
def asked() -> YearlyCheck:
    """A keeper was asked."""
    case = make_old(name="Anna", email="anna@example.nl")
    return YearlyCheck.objects.create(case=case)


def page_of(check: YearlyCheck) -> str:
    return f"/hoe-is-het-nu/{token_of(check)}/"


def test_the_keeper_sees_the_case_and_answers(client: Client, asked: YearlyCheck) -> None:
    page = text_of(client.get(page_of(asked)))
    assert "Fietsen tellen" in page
    assert "anna@example.nl" not in page
    answer = {"still_right": "nee", "outcome": "gestopt", "message": "Het is in mei gestopt."}
    response = client.post(page_of(asked), answer, follow=True)
    assert "Je antwoord is binnen." in text_of(response)
    asked.refresh_from_db()
    assert (asked.state, asked.still_right, asked.outcome) == ("beantwoord", False, "gestopt")
    assert asked.message == "Het is in mei gestopt."
    assert count_open() == 1
    asked.case.refresh_from_db()
    assert (asked.case.outcome, asked.case.checked_on) == ("geslaagd", None)


def test_opening_the_link_changes_nothing_and_nobody_keeps_the_page(client: Client, asked: YearlyCheck) -> None:
    response = client.get(page_of(asked))
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    asked.refresh_from_db()
    assert (asked.state, CaseKeeper.objects.count()) == ("gevraagd", 1)


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client: Client, asked: YearlyCheck) -> None:
    page = text_of(client.post(page_of(asked), {"outcome": "gestopt", "message": "Half af"}))
    assert "Kies ja of nee." in page
    assert "Half af" in page
    page = text_of(client.post(page_of(asked), {"still_right": "nee", "outcome": "gestopt"}))
    assert "Schrijf kort wat er veranderd is." in page


def test_an_answer_can_be_changed_until_it_is_handled(client: Client, asked: YearlyCheck) -> None:
    for outcome in ("gestopt", "lopend"):
        client.post(page_of(asked), {"still_right": "ja", "outcome": outcome})
    asked.refresh_from_db()
    assert asked.outcome == "lopend"
    YearlyCheck.objects.update(state="verwerkt")
    assert "afgerond" in text_of(client.post(page_of(asked), {"still_right": "ja", "outcome": "gestopt"}))
    asked.refresh_from_db()
    assert asked.outcome == "lopend"


def test_a_keeper_who_wants_no_more_questions_is_forgotten(client: Client, asked: YearlyCheck) -> None:
    assert "Je naam en e-mailadres zijn gewist." in text_of(client.post(page_of(asked), {"stop": "1"}))
    assert not CaseKeeper.objects.exists()
    assert count_open() == 0
    ask()
    assert not mail.outbox


def test_a_link_cannot_be_guessed_and_ends_with_the_case(client: Client, asked: YearlyCheck) -> None:
    assert client.get(f"/hoe-is-het-nu/{asked.pk}-{'x' * 43}/").status_code == 404
    assert client.get("/hoe-is-het-nu/onzin/").status_code == 404
    asked.case.unpublish()
    assert client.get(page_of(asked)).status_code == 404


def test_the_answer_is_protected_against_other_sites(asked: YearlyCheck) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(page_of(asked), {"stop": "1"})
    assert response.status_code == 403
    assert CaseKeeper.objects.exists()


# --- what editors do -----------------------------------------------------------------------------
@pytest.fixture
def answered(asked: YearlyCheck) -> YearlyCheck:
    """The keeper answered."""
    yearly.keep_answer(asked, {"still_right": True, "outcome": "geslaagd", "message": "Loopt goed."})
    return asked


@pytest.mark.parametrize(("action", "checked"), [("nagekeken", True), ("sluiten", False)])
def test_an_editor_deals_with_the_answer(client: Client, answered: YearlyCheck, action: str, checked: bool) -> None:
    client.force_login(make_editor())
    address = f"{QUEUE}hoe-is-het-nu/{answered.pk}/"
    assert "Loopt goed." in text_of(client.get(address))
    client.post(f"{address}{action}/")
    answered.refresh_from_db()
    assert answered.state == "verwerkt"
    assert (answered.case.checked_on == timezone.localdate()) is checked
    assert client.post(f"{address}{action}/").status_code == 409


def test_cases_that_nobody_checks_are_on_the_list_of_the_editors(client: Client) -> None:
    make_old("Zonder contactpersoon")
    make_case("Nog vers")
    client.force_login(make_editor())
    page = text_of(client.get(f"{QUEUE}?soort=nakijken"))
    assert "Zonder contactpersoon" in page
    assert "Geen contactpersoon: kijk zelf." in page
    assert "Nog vers" not in page


def test_an_editor_says_that_a_case_still_holds(client: Client) -> None:
    case = make_old()
    editor = signed_in_as(EDITOR)
    address = f"{QUEUE}nagekeken/{case.pk}/"
    assert address in text_of(editor.get(f"/beheer/pages/{case.pk}/edit/"))
    assert "Fietsen tellen" in text_of(editor.get(address))
    case.refresh_from_db()
    assert case.checked_on is None
    editor.post(address)
    case.refresh_from_db()
    assert case.checked_on == timezone.localdate()
    assert "Nagekeken: klopt nog" in text_of(editor.get(f"/beheer/pages/{case.pk}/history/"))


def test_a_case_that_is_not_public_cannot_be_checked(client: Client) -> None:
    case = make_draft("Concept")
    client.force_login(make_editor())
    page = text_of(client.post(f"{QUEUE}nagekeken/{case.pk}/", follow=True))
    assert "Publiceer hem eerst." in page
    assert CasePage.objects.get(pk=case.pk).checked_on is None

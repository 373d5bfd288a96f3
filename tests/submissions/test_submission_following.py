"""What a sender sees after sending, and may still do: follow, add, withdraw, wipe."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from factories import make_case, make_draft
from senders import COMPLETE, draft_of, sent_by, shown

from cases.models import CasePage, Submission
from cases.submissions import limits
from cases.submissions.limits import Limit
from cases.submissions.retention import clean_submissions

pytestmark = pytest.mark.django_db

State = Submission.State


def follow(client: Client, token: str) -> str:
    return shown(client.get(f"/inzenden/{token}/"))


def test_sent_says_what_happens_next(client: Client) -> None:
    token, _ = sent_by(sent_at=timezone.now())
    html = follow(client, token)
    assert "Je casus is verstuurd" in html
    assert "Een redacteur leest je casus, meestal binnen 4 weken." in html


def test_refused_says_why(client: Client) -> None:
    token, _ = sent_by(state=State.REFUSED, decision="Dit staat er al.\n\nDank je wel.", decided_at=timezone.now())
    html = follow(client, token)
    assert "Je casus komt niet op de site" in html
    assert "<p>Dit staat er al.</p>" in html
    assert "Trek mijn casus in" not in html


def test_accepted_is_being_worked_on_and_names_the_embargo(client: Client) -> None:
    day = timezone.localdate() + timedelta(days=30)
    token, _ = sent_by(state=State.ACCEPTED, embargo_until=day)
    html = follow(client, token)
    assert "De redactie werkt aan je casus" in html
    assert f"niet vóór {day.day} " in html
    assert "/casussen/" not in html


def test_published_leads_to_the_case(client: Client) -> None:
    token, _ = sent_by(state=State.ACCEPTED, case=make_case("Bellen helpt"))
    html = follow(client, token)
    assert 'href="/casussen/bellen-helpt/"' in html
    assert "Trek mijn casus in" not in html
    assert client.get("/casussen/bellen-helpt/").status_code == 200


def test_a_planned_case_says_when(client: Client) -> None:
    case = make_draft("Straks", go_live_at=timezone.now() + timedelta(days=40))
    case.get_latest_revision().publish()
    case.refresh_from_db()
    assert case.approved_schedule
    token, _ = sent_by(state=State.ACCEPTED, case=case)
    html = follow(client, token)
    assert "Hij komt op" in html
    assert "/casussen/" not in html


def test_a_draft_is_thrown_away_at_once(client: Client) -> None:
    token, _ = draft_of(title="Een begin")
    assert "We hebben niets bewaard" in shown(client.post(f"/inzenden/{token}/intrekken/"))
    assert not Submission.objects.exists()
    assert client.get(f"/inzenden/{token}/").status_code == 404


@pytest.mark.parametrize("state", [State.SENT, State.ACCEPTED])
def test_withdrawing_wipes_contact_data(client: Client, state: str) -> None:
    token, submission = sent_by(state=state, contact_name="Jan", contact_email="jan@voorbeeld.nl", contact_consent=True)
    client.post(f"/inzenden/{token}/intrekken/")
    submission.refresh_from_db()
    assert submission.state == State.WITHDRAWN
    assert not submission.contact_email
    assert submission.contact_removed_at
    assert "Je hebt je casus ingetrokken" in follow(client, token)


def test_what_is_withdrawn_does_not_reach_the_site_by_a_plan_and_its_draft_goes_too(client: Client) -> None:
    case = make_draft("Zand", go_live_at=timezone.now() + timedelta(days=3))
    case.get_latest_revision().publish()
    assert case.approved_schedule
    token, _ = sent_by(state=State.ACCEPTED, case=case)
    client.post(f"/inzenden/{token}/intrekken/")
    case = CasePage.objects.get()
    assert case.locked
    assert not case.approved_schedule
    Submission.objects.update(changed_at=timezone.now() - timedelta(days=91))
    clean_submissions()
    assert not Submission.objects.exists()
    assert not CasePage.objects.exists()


@pytest.mark.parametrize("state", [State.REFUSED, State.ACCEPTED])
def test_what_is_public_or_refused_is_not_withdrawn(client: Client, state: str) -> None:
    token, submission = sent_by(state=state, case=make_case())
    client.post(f"/inzenden/{token}/intrekken/")
    submission.refresh_from_db()
    assert submission.state == state


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_a_sender_wipes_contact_data_and_a_name_that_readers_do_not_see(client: Client, is_anonymous: bool) -> None:
    token, submission = sent_by(contact_name="Jan", contact_email="jan@voorbeeld.nl", is_anonymous=is_anonymous)
    assert "Wis mijn gegevens nu" in follow(client, token)
    client.post(f"/inzenden/{token}/gegevens-wissen/")
    submission.refresh_from_db()
    assert (submission.contact_name, submission.contact_email, submission.contact_consent) == ("", "", False)
    assert submission.organisation_name == ("" if is_anonymous else "Gemeente Nergensveen")
    assert "Wis mijn gegevens nu" not in follow(client, token)


def test_something_is_added(client: Client) -> None:
    token, submission = sent_by()
    client.post(f"/inzenden/{token}/aanvullen/", {"text": "Het was in 2021."})
    client.post(f"/inzenden/{token}/aanvullen/", {"text": "<b>En</b> in 2022."})
    submission.refresh_from_db()
    assert submission.addition.count("\n\n") == 1
    assert "Het was in 2021." in follow(client, token)
    assert "&lt;b&gt;En&lt;/b&gt;" in follow(client, token)


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "Schrijf wat je wilt toevoegen."), ("x" * 2001, "hooguit 2000 tekens"), ("a\x07b", "onzichtbaar teken")],
)
def test_an_addition_that_can_not_be_kept_is_given_back(client: Client, text: str, message: str) -> None:
    token, submission = sent_by()
    html = shown(client.post(f"/inzenden/{token}/aanvullen/", {"text": text}))
    assert message in html
    assert 'href="#id_text"' in html
    assert text in html
    submission.refresh_from_db()
    assert not submission.addition


def test_additions_have_limits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token, _ = sent_by(addition="x" * 9_990)
    assert "past er niet meer bij" in shown(client.post(f"/inzenden/{token}/aanvullen/", {"text": "Nog iets."}))
    Submission.objects.update(addition="")
    monkeypatch.setitem(limits.LIMITS, "add", Limit(0, 0))
    refused = client.post(f"/inzenden/{token}/aanvullen/", {"text": "Nog iets."})
    assert refused.status_code == 429
    assert "Nog iets." in shown(refused)


def test_an_addition_that_comes_too_late_is_given_back(client: Client) -> None:
    token, submission = sent_by(state=State.REFUSED)
    html = shown(client.post(f"/inzenden/{token}/aanvullen/", {"text": "Wacht, nog iets."}))
    assert "Wacht, nog iets." in html
    submission.refresh_from_db()
    assert not submission.addition


def test_sending_has_a_limit_and_loses_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "send", Limit(0, 0))
    token, submission = draft_of(**COMPLETE)
    assert client.post(f"/inzenden/{token}/versturen/").status_code == 429
    submission.refresh_from_db()
    assert submission.state == State.DRAFT

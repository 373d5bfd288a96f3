"""Programs, hurry and old pages: nothing is stored that should not be, and nothing typed is lost."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import timezone
from senders import COMPLETE, begin, draft_of, hidden, sent_by, shown, token_in

from cases.models import SenderAction, Submission
from cases.submissions import limits, spam
from cases.submissions.forms import AnswersForm
from cases.submissions.limits import Limit, sender_hash
from cases.submissions.logs import HidePrivateAddresses

pytestmark = pytest.mark.django_db

TYPED = "Een titel die ik niet nog eens wil typen"


# --- spam ----------------------------------------------------------------------------------------
def test_too_fast_gets_a_second_chance_with_the_text_still_there(client: Client) -> None:
    first = begin(client, title=TYPED)
    assert "Dat ging wel heel snel" in shown(first)
    assert f'value="{TYPED}"' in shown(first)
    assert not Submission.objects.exists()
    second = client.post("/inzenden/nieuw/", hidden(first) | {"title": TYPED})
    assert second.status_code == 302
    assert "sneller ingevuld" in Submission.objects.get().suspicion


def test_a_second_chance_that_was_used_in_time_is_not_suspect(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = begin(client, title=TYPED)
    monkeypatch.setattr(spam, "LEAST_SECONDS", 0)
    client.post("/inzenden/nieuw/", hidden(first) | {"title": TYPED})
    assert not Submission.objects.get().suspicion


@pytest.mark.parametrize("stamp", ["", "verzonnen", spam.signing.dumps("geen tijd", salt=spam.SALT)])
def test_a_form_without_a_true_moment_gets_a_second_chance(client: Client, unhurried: None, stamp: str) -> None:
    response = client.post("/inzenden/nieuw/", {"title": TYPED, spam.STAMP: stamp})
    assert response.status_code == 200
    assert TYPED in shown(response)
    assert not Submission.objects.exists()


def test_the_trap_sets_aside_and_tells_nothing(client: Client, unhurried: None) -> None:
    response = begin(client, website="https://spam.example")
    assert response.status_code == 302
    assert "niet zien" in Submission.objects.get().suspicion
    page = shown(client.get(f"/inzenden/{token_in(response)}/"))
    assert "spam" not in page


def test_people_neither_see_nor_hear_the_trap(client: Client) -> None:
    html = shown(client.get("/inzenden/nieuw/"))
    trap = html.split('<div class="ib-trap" aria-hidden="true">')[1].split("</div>")[0]
    assert "Laat dit leeg" in trap
    assert 'tabindex="-1"' in trap


@pytest.mark.parametrize(
    ("field", "text", "suspect"),
    [
        ("result", "Zie https://a.nl en https://b.nl en www.c.nl en https://d.nl", True),
        ("result", "Zie https://a.nl", False),
        ("title", "Koop op www.spam.example", True),
        ("sources", "https://a.nl\nhttps://b.nl\nhttps://c.nl\nhttps://d.nl", False),
        ("sources", "https://a.nl\n" * 21, True),
    ],
)
def test_many_links_are_set_aside_not_thrown_away(client: Client, field: str, text: str, suspect: bool) -> None:
    token, submission = draft_of(**COMPLETE | {field: text})
    client.post(f"/inzenden/{token}/versturen/")
    submission.refresh_from_db()
    assert submission.state == Submission.State.SENT
    assert bool(submission.suspicion) is suspect


# --- how often -----------------------------------------------------------------------------------
def test_one_sender_waits_and_another_does_not(
    client: Client, unhurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "begin", Limit(1, 9))
    begin(client)
    refused = begin(client, title=TYPED)
    assert refused.status_code == 429
    assert TYPED in shown(refused)
    assert "Wacht een kwartier" in shown(refused)
    assert begin(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_all_senders_together_have_a_limit(client: Client, unhurried: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "begin", Limit(9, 1))
    begin(client)
    assert begin(Client(REMOTE_ADDR="198.51.100.7")).status_code == 429


def test_a_sender_may_go_on_after_a_while_and_is_forgotten_after_a_day(client: Client, unhurried: None) -> None:
    begin(client)
    SenderAction.objects.update(at=timezone.now() - timedelta(hours=2))
    begin(client)
    assert SenderAction.objects.count() == 2
    SenderAction.objects.update(at=timezone.now() - timedelta(hours=25))
    begin(client)
    assert SenderAction.objects.count() == 1


def test_no_address_of_a_sender_is_kept(client: Client, unhurried: None) -> None:
    begin(Client(REMOTE_ADDR="198.51.100.7"))
    assert "198.51.100.7" not in str(SenderAction.objects.values().get() | Submission.objects.values().get())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.8", False),
    ],
)
def test_who_has_many_addresses_counts_as_one(rf: RequestFactory, one: str, other: str, same: bool) -> None:
    assert (sender_hash(rf.get("/", REMOTE_ADDR=one)) == sender_hash(rf.get("/", REMOTE_ADDR=other))) is same


def test_a_forwarded_address_is_not_believed(rf: RequestFactory) -> None:
    plain = sender_hash(rf.get("/", REMOTE_ADDR="198.51.100.7"))
    assert sender_hash(rf.get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="203.0.113.1")) == plain


# --- the link by mail ----------------------------------------------------------------------------
def test_the_link_is_mailed_and_the_address_is_not_kept(client: Client) -> None:
    token, _ = draft_of(title="Mijn geheime begin")
    response = client.post(f"/inzenden/{token}/link/", {"email": "jan@voorbeeld.nl"})
    assert "De link is gemaild naar jan@voorbeeld.nl." in shown(response)
    assert mail.outbox[0].to == ["jan@voorbeeld.nl"]
    assert f"http://testserver/inzenden/{token}/\n" in mail.outbox[0].body
    assert "Mijn geheime begin" not in mail.outbox[0].body
    stored = str([*Submission.objects.values(), *SenderAction.objects.values()])
    assert "jan@" not in stored


@pytest.mark.parametrize("address", ["", "geen adres", "jan@voorbeeld.nl\nBcc: allen@voorbeeld.nl"])
def test_no_mail_goes_to_what_is_no_address(client: Client, address: str) -> None:
    token, _ = draft_of(title="Een begin")
    response = client.post(f"/inzenden/{token}/link/", {"email": address})
    assert 'href="#id_email"' in shown(response)
    assert not mail.outbox


def test_mailing_has_a_limit_and_keeps_what_was_typed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "mail", Limit(0, 0))
    token, _ = draft_of(title="Een begin")
    response = client.post(f"/inzenden/{token}/link/", {"email": "jan@voorbeeld.nl"})
    assert response.status_code == 429
    assert 'value="jan@voorbeeld.nl"' in shown(response)
    assert not mail.outbox


def test_a_mail_server_that_is_away_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: Any, messages: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    token, _ = draft_of(title="Een begin")
    response = client.post(f"/inzenden/{token}/link/", {"email": "jan@voorbeeld.nl"})
    assert "Kopieer de link zelf" in shown(response)


def test_an_address_that_no_mail_can_reach_is_said_and_stays_out_of_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    token, _ = draft_of(title="Een begin")
    response = client.post(f"/inzenden/{token}/link/", {"email": f"jan@{'ü' * 60}.nl"})
    assert "Kopieer de link zelf" in shown(response)
    assert "jan@" not in caplog.text


# --- the protection of forms ---------------------------------------------------------------------
@pytest.fixture
def strict() -> Client:
    """A browser that is held to Django's protection, without its cookie."""
    return Client(enforce_csrf_checks=True)


def test_the_first_answer_on_an_old_page_comes_back_with_a_new_token(strict: Client, unhurried: None) -> None:
    refused = strict.post("/inzenden/nieuw/", {"title": TYPED})
    assert refused.status_code == 403
    assert TYPED in shown(refused)
    assert "stond te lang open" in shown(refused)
    assert not Submission.objects.exists()
    accepted = strict.post("/inzenden/nieuw/", hidden(refused) | {"title": TYPED})
    assert accepted.status_code == 302


def test_an_answer_on_an_old_page_comes_back_with_a_new_token(strict: Client) -> None:
    token, submission = draft_of(title="Een begin", intention="Oud")
    address = f"/inzenden/{token}/vraag/bedoeling/"
    refused = strict.post(address, {"intention": TYPED})
    assert refused.status_code == 403
    assert TYPED in shown(refused)
    assert refused["Cache-Control"] == "no-store"
    submission.refresh_from_db()
    assert submission.intention == "Oud"
    assert strict.post(address, hidden(refused) | {"intention": TYPED}).status_code == 302


@pytest.mark.parametrize("button", ["versturen", "intrekken", "gegevens-wissen", "aanvullen", "link"])
def test_no_button_works_from_elsewhere(strict: Client, button: str) -> None:
    make = draft_of if button in ("versturen", "link") else sent_by
    token, _ = make(**COMPLETE, contact_email="jan@voorbeeld.nl", contact_consent=True)
    before = Submission.objects.values().get()
    response = strict.post(f"/inzenden/{token}/{button}/", {"text": TYPED, "email": "jan@voorbeeld.nl"})
    assert response.status_code == 403
    assert "stond te lang open" in shown(response)
    assert Submission.objects.values().get() == before
    assert not mail.outbox
    if button == "aanvullen":
        assert TYPED in shown(response)


def test_another_form_says_what_happened_and_gives_texts_back(strict: Client) -> None:
    response = strict.post("/bestaat-niet/", {"q": TYPED, "password": "geheim"})
    assert response.status_code == 403
    assert TYPED in shown(response)
    assert "geheim" not in shown(response)


def test_a_database_that_is_away_gives_the_text_back_to_try_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: AnswersForm) -> Submission:
        raise OperationalError

    token, submission = draft_of(title="Een begin")
    address = f"/inzenden/{token}/vraag/bedoeling/"
    with monkeypatch.context() as broken:
        broken.setattr(AnswersForm, "keep", away)
        response = client.post(address, {"intention": TYPED})
    assert response.status_code == 503
    assert f"<p>{TYPED}</p>" in shown(response)
    assert client.post(address, hidden(response)).status_code == 302
    submission.refresh_from_db()
    assert submission.intention == TYPED


# --- the log -------------------------------------------------------------------------------------
@pytest.mark.parametrize("args", [(), ("Not Found", "/inzenden/{token}/")])
def test_the_log_does_not_hold_the_link(args: tuple[str, ...]) -> None:
    token, _ = draft_of()
    text = "%s: %s" if args else f"Forbidden: /inzenden/{token}/vraag/titel/"
    filled = tuple(part.format(token=token) for part in args)
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, text, filled, None)
    assert HidePrivateAddresses().filter(record)
    assert token not in record.getMessage()
    assert "/inzenden/…/" in record.getMessage()


def test_the_log_of_this_site_is_filtered(settings: Any) -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["private_addresses"]
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "Casus %s bewaard", ("één",), None)
    assert HidePrivateAddresses().filter(record)
    assert record.getMessage() == "Casus één bewaard"

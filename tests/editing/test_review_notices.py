"""What people hear by mail about a review."""

import importlib
import logging
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from factories import make_editor
from people import send_case, signed_in, somebody
from test_review import SEND_IN, decide, sent_in
from wagtail.models import Comment, PageSubscription

import barometer_site.mail
import barometer_site.settings.mail
from barometer_site.accounts.roles import ADMINISTRATOR, EDITOR, REVIEWER
from barometer_site.mail import AfterSavingBackend, deliver

pytestmark = pytest.mark.django_db


def test_reviewers_hear_that_something_waits_and_who_sent_it_does_not() -> None:
    editor = somebody(EDITOR, name="anna")
    somebody(REVIEWER, name="bert")
    somebody(REVIEWER, ADMINISTRATOR, name="carla")
    make_editor("eerste")
    sent_in(editor, "De digitale balie & “meer”")
    assert {to for message in mail.outbox for to in message.to} == {"bert@example.nl", "carla@example.nl"}
    assert len(mail.outbox) == 2
    message = mail.outbox[0]
    assert message.subject == "Te beoordelen: De digitale balie & “meer”"
    assert "anna stuurde “De digitale balie & “meer”” in. Wil jij het beoordelen?" in message.body
    assert "/beheer/pages/" in message.body


def test_as_long_as_there_are_no_reviewers_the_first_account_hears_it() -> None:
    first = make_editor("eerste")
    first.email = "eerste@example.nl"
    first.save()
    sent_in(somebody(EDITOR))
    assert [message.to for message in mail.outbox] == [["eerste@example.nl"]]


def test_a_reviewer_who_sends_in_hears_nothing_herself() -> None:
    sent_in(somebody(REVIEWER))
    assert not mail.outbox


def test_who_sent_in_hears_what_must_happen_and_then_that_it_is_approved() -> None:
    editor, reviewer = somebody(EDITOR, name="anna"), somebody(REVIEWER, name="bert")
    case = sent_in(editor, "De balie")
    mail.outbox.clear()
    decide(reviewer, case, "reject", "Noem de bron & het jaar.")
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["anna@example.nl"], "Teruggestuurd: De balie")
    assert "bert stuurde “De balie” terug. Dit moet nog gebeuren:\n\nNoem de bron & het jaar." in message.body
    mail.outbox.clear()
    send_case(signed_in(editor), case, **SEND_IN)
    (message,) = mail.outbox
    assert message.subject == "Opnieuw te beoordelen: De balie"
    mail.outbox.clear()
    decide(reviewer, case, "approve")
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["anna@example.nl"], "Goedgekeurd: De balie")
    assert "/casussen/de-balie/" in message.body


def test_who_follows_a_case_hears_of_new_comments() -> None:
    editor, reviewer = somebody(EDITOR), somebody(REVIEWER, name="bert")
    case = sent_in(editor, "De balie")
    PageSubscription.objects.update_or_create(page=case, user=editor, defaults={"comment_notifications": True})
    mail.outbox.clear()
    send_case(
        signed_in(reviewer),
        case,
        **{
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "0",
            "comments-0-text": "Klopt dit jaar?",
            "comments-0-contentpath": "title",
            "comments-0-position": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
            "comment_notifications": "",
        },
    )
    assert Comment.objects.get(page=case.pk).user == reviewer
    (message,) = mail.outbox
    assert message.subject == "Opmerkingen bij: De balie"
    assert "bert werkte aan de opmerkingen" in message.body
    assert "Nieuw: “Klopt dit jaar?”" in message.body


@pytest.fixture
def _no_mail_server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server whose name can't be found, asked at once instead of beside the request."""

    def nobody_there(*args: Any, **kwargs: Any) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    settings.EMAIL_BACKEND = "barometer_site.mail.AfterSavingBackend"
    monkeypatch.setattr(smtplib, "SMTP", nobody_there)
    monkeypatch.setattr(barometer_site.mail._postman, "submit", lambda send, messages: send(messages))


@pytest.mark.usefixtures("_no_mail_server")
def test_a_mail_server_that_fails_breaks_nothing(
    caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    editor = somebody(EDITOR)
    somebody(REVIEWER, name="bert")
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        case = sent_in(editor, "De balie")
    assert case.workflow_in_progress
    assert "Mail was not sent: “Te beoordelen: De balie” (SMTPServerDisconnected)" in caplog.text
    assert "bert" not in caplog.text


def test_no_mail_goes_out_about_what_was_not_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(barometer_site.mail._postman, "submit", lambda *args: sent.append(args))
    message = EmailMessage("Over", "niets", to=["a@example.nl"])
    with pytest.raises(RuntimeError), transaction.atomic():
        AfterSavingBackend().send_messages([message])
        raise RuntimeError
    assert not sent


def test_one_message_that_cannot_be_sent_does_not_hold_up_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def send(self: Any, messages: list[EmailMessage]) -> int:
        if messages[0].subject == "eerste":
            raise OSError
        sent.append(messages[0].subject)
        return 1

    monkeypatch.setattr(barometer_site.mail.SmtpBackend, "send_messages", send)
    deliver([EmailMessage("eerste"), EmailMessage("tweede")])
    assert sent == ["tweede"]


@pytest.mark.usefixtures("_no_mail_server")
def test_who_must_know_whether_a_message_left_hears_it() -> None:
    with pytest.raises(smtplib.SMTPServerDisconnected):
        EmailMessage("Vraag", to=["a@example.nl"], connection=get_connection(timeout=1)).send()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("EMAIL_TLS", "ja", "EMAIL_TLS must be none, starttls or tls"), ("EMAIL_PASSWORD", "geheim", "may not travel")],
)
def test_settings_for_mail_that_are_wrong_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=told):
        importlib.reload(barometer_site.settings.mail)


def test_settings_for_mail_reach_the_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "HOST": "mail.example.nl",
        "PORT": "587",
        "USER": "k",
        "PASSWORD": "g",
        "TLS": "starttls",
    }.items():
        monkeypatch.setenv(f"EMAIL_{name}", value)
    found = importlib.reload(barometer_site.settings.mail)
    assert (found.EMAIL_HOST, found.EMAIL_PORT, found.EMAIL_HOST_USER) == ("mail.example.nl", 587, "k")
    assert (found.EMAIL_USE_TLS, found.EMAIL_USE_SSL) == (True, False)

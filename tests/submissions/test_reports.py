""" "Klopt dit niet?": the link, the form, what protects it, and the answer of the editors."""

from datetime import timedelta
from typing import Any

import pytest
from barometer_factories import make_edition, make_indicator, make_result
from django.core import mail
from django.test import Client
from django.utils import timezone
from factories import make_case, make_concept, make_draft, make_editor
from submitted import make_report, make_submission

from barometer_site.content import ensure_tree
from cases.models import Report
from cases.submissions import limits, spam
from cases.submissions.reports import KEEP_EMAIL, remove_old_contact_data
from cases.submissions.subjects import WHOLE_SITE, subject_of
from survey.models import Chart

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unhurried")]
FORM = "/melden/"
QUEUE = "/beheer/ingezonden/"


def text_of(response: Any) -> str:
    return response.content.decode()


def send(client: Client, **fields: str) -> Any:
    defaults = {"message": "Het begon in 2019.", "over": "/", "begonnen": spam.stamp()}
    return client.post(FORM, defaults | fields, follow=True)


def test_a_reader_reports_about_a_case_and_finds_the_way_back(client: Client) -> None:
    case = make_case("Fietsen tellen")
    assert f"{FORM}?over=/casussen/fietsen-tellen/" in text_of(client.get("/casussen/fietsen-tellen/"))
    assert "Fietsen tellen" in text_of(client.get(FORM, {"over": "/casussen/fietsen-tellen/"}))
    page = text_of(send(client, over="/casussen/fietsen-tellen/", email="lezer@example.nl"))
    assert "Dank je wel" in page
    assert 'href="/casussen/fietsen-tellen/"' in page
    report = Report.objects.get()
    assert (report.case_id, report.page_title, report.state) == (case.pk, "Fietsen tellen", "open")
    assert (report.message, report.email, report.suspicion) == ("Het begon in 2019.", "lezer@example.nl", "")


def test_every_number_has_its_own_link(client: Client) -> None:
    make_result(make_edition("ronde"), make_indicator("vernieuwt", concepts=["factor/tijd"]), 40.0)
    for address in ("/barometer/indicatoren/vernieuwt/", "/klimaat/tijd/"):
        assert f'{FORM}?over={address}"' in text_of(client.get(address))
    explorer = text_of(client.get("/barometer/verkenner/?indicator=vernieuwt&editie=ronde"))
    assert f"{FORM}?over=/barometer/verkenner/%3Findicator%3Dvernieuwt" in explorer


def test_a_figure_is_named_by_its_title_which_outlives_its_numbers() -> None:
    make_edition("ronde", name="Barometer 2021")
    Chart.objects.create(
        key="0123456789" + "a" * 54, svg="", svg_file='<svg><title id="t">4% &amp; meer</title></svg>', png=b""
    )
    subject = subject_of("/barometer/edities/ronde/#figuur-0123456789")
    assert subject.address == "/barometer/edities/ronde/#figuur-0123456789"
    assert subject.title == "Barometer 2021, figuur ‘4% & meer’"


def test_a_question_to_the_explorer_keeps_the_name_of_the_number() -> None:
    make_indicator("vernieuwt", name="Vernieuwt")
    subject = subject_of("/barometer/verkenner/?indicator=vernieuwt&uitsplitsing=sector&x=<b>&editie=a b")
    assert subject.title == "Verkenner: Vernieuwt"
    assert subject.address == "/barometer/verkenner/?indicator=vernieuwt&uitsplitsing=sector"


@pytest.mark.parametrize(
    "asked",
    [
        "https://kwaad.example/casussen/",
        "//kwaad.example/casussen/",
        "/\\kwaad.example/",
        "javascript:alert(1)",
        "http://[::1/casussen/",
        "/casussen/bestaat-niet/",
        "/casussen/nog-een-concept/",
        "/beheer/",
        "/inzenden/",
        "casussen/",
        "/casussen/\x00/",
        "/publicaties/" + "a" * 600 + "/",
        "",
    ],
)
def test_only_our_own_pages_are_named(client: Client, asked: str) -> None:
    make_draft("Nog een concept")
    assert subject_of(asked) == WHOLE_SITE
    page = text_of(client.get(FORM, {"over": asked}))
    assert "De hele kennisbank" in page
    assert "kwaad" not in page
    assert "alert(1)" not in page


def test_a_report_about_no_page_in_particular_is_about_the_whole_site(client: Client) -> None:
    ensure_tree()
    assert "Noem dan de titel of het adres" in text_of(client.get(FORM))
    send(client)
    assert Report.objects.get().page_title == "De hele kennisbank"


def test_the_place_of_a_page_keeps_only_what_we_know_of_it() -> None:
    make_concept("factor/tijd", name="Tijd")
    assert subject_of("/klimaat/tijd/?x=<script>#kwaad").address == "/klimaat/tijd/"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: Client) -> None:
    page = text_of(send(client, message=" ", email="geen adres"))
    assert "Schrijf kort wat er niet klopt." in page
    assert "Dit is geen e-mailadres." in page
    assert 'value="geen adres"' in page
    page = text_of(send(client, message="lang " * 500))
    assert "Maak dit korter" in page
    assert "lang lang lang" in page
    assert not Report.objects.exists()


def test_the_form_is_protected_and_gives_back_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(FORM, {"message": "Het begon in 2019.", "over": "/"})
    assert response.status_code == 403
    assert "Het begon in 2019." in text_of(response)
    assert not Report.objects.exists()


def test_only_the_form_sets_a_cookie_and_nobody_keeps_it(client: Client) -> None:
    make_case("Fietsen tellen")
    assert not client.get("/casussen/fietsen-tellen/").cookies
    response = client.get(FORM)
    assert "csrftoken" in response.cookies
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]


def test_who_is_too_fast_is_asked_to_look_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spam, "LEAST_SECONDS", 3)
    response = send(client)
    assert "Dat ging wel heel snel." in text_of(response)
    assert "Het begon in 2019." in text_of(response)
    assert not Report.objects.exists()
    send(client, begonnen=response.context["begonnen"])
    assert Report.objects.get().suspicion


@pytest.mark.parametrize("fields", [{"website": "http://spam.example"}, {"message": "http://a.example " * 4}])
def test_what_is_probably_spam_is_kept_apart_not_thrown_away(client: Client, fields: dict[str, str]) -> None:
    assert "Dank je wel" in text_of(send(client, **fields))
    report = Report.objects.get()
    assert report.suspicion
    client.force_login(make_editor())
    assert "waarschijnlijk spam" in text_of(client.get(QUEUE))


def test_too_many_at_once_must_wait_and_keep_their_text(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "report", limits.Limit(1, 10))
    send(client)
    response = send(client, message="Nog iets.")
    assert response.status_code == 429
    assert "Nog iets." in text_of(response)
    assert Report.objects.count() == 1


# --- what the editors do -------------------------------------------------------------------------
@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody who may do everything, signed in."""
    client.force_login(make_editor())
    return client


def test_a_mended_report_is_answered(editor: Client) -> None:
    case = make_case("Fietsen tellen")
    report = make_report(case, email="lezer@example.nl")
    page = text_of(editor.get(f"{QUEUE}melding/{report.pk}/"))
    assert "Dit jaartal klopt niet." in page
    assert f"/beheer/pages/{case.pk}/edit/" in page
    editor.post(f"{QUEUE}melding/{report.pk}/verbeterd/", {"answer": "Het jaartal is nu 2019."})
    report.refresh_from_db()
    assert (report.state, report.answer) == ("verbeterd", "Het jaartal is nu 2019.")
    assert report.handled_by.get_username() == "redacteur"
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == (["lezer@example.nl"], "Verbeterd na je melding: Fietsen tellen")
    assert "Het jaartal is nu 2019." in letter.body
    assert not case.public_changes.filter(text__contains="melding").exists()


def test_readers_may_know_that_a_report_helped(editor: Client) -> None:
    case = make_case("Fietsen tellen")
    report = make_report(case, email="lezer@example.nl")
    client = Client()
    assert "na een melding van een lezer" not in text_of(client.get("/casussen/fietsen-tellen/"))
    editor.post(f"{QUEUE}melding/{report.pk}/verbeterd/", {"answer": "Nu 2019.", "tell": "on"})
    page = text_of(client.get("/casussen/fietsen-tellen/"))
    assert "Verbeterd na een melding van een lezer." in page
    assert "lezer@example.nl" not in page


def test_a_report_that_changes_nothing_needs_a_reason(editor: Client) -> None:
    report = make_report()
    address = f"{QUEUE}melding/{report.pk}/niet-veranderd/"
    assert "Schrijf in één zin" in text_of(editor.post(address, {"answer": ""}))
    editor.post(address, {"answer": "De bron zegt 2020."})
    assert Report.objects.get().state == "gelaten"
    assert not mail.outbox


def test_spam_gets_no_letter_and_its_address_goes_at_once(editor: Client) -> None:
    report = make_report(email="spam@example.nl")
    editor.post(f"{QUEUE}melding/{report.pk}/spam/")
    report.refresh_from_db()
    assert (report.state, report.email, mail.outbox) == ("spam", "", [])


def test_the_second_editor_hears_that_it_was_done(editor: Client) -> None:
    report = make_report(state="gelaten", answer="De bron zegt 2020.", handled_at=timezone.now())
    response = editor.post(f"{QUEUE}melding/{report.pk}/verbeterd/", {"answer": "Aangepast."})
    assert response.status_code == 409
    assert "Aangepast." in text_of(response)
    assert Report.objects.get().answer == "De bron zegt 2020."


def test_an_address_is_forgotten_some_time_after_the_answer() -> None:
    now = timezone.now()
    make_report(email="oud@example.nl", state="gelaten", handled_at=now - KEEP_EMAIL)
    make_report(email="kort@example.nl", state="gelaten", handled_at=now - KEEP_EMAIL + timedelta(minutes=1))
    make_report(email="open@example.nl")
    make_submission()
    assert remove_old_contact_data(now) == 1
    assert set(Report.objects.values_list("email", flat=True)) == {"", "kort@example.nl", "open@example.nl"}

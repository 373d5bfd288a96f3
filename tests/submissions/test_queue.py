"""The editors' queue: what is in it, who sees it, and each thing an editor can do with a case that was sent in."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.utils import timezone
from factories import make_case, make_concept, make_editor
from submitted import make_report, make_submission, signed_in_as
from wagtail.models import ModelLogEntry

from barometer_site.accounts.roles import ANALYST, CONTRIBUTOR, EDITOR
from barometer_site.content import ensure_tree
from cases.models import CaseKeeper, CasePage, Submission, YearlyCheck
from cases.submissions.queue import count_open
from cases.submissions.retention import clean_submissions, remove_contact

pytestmark = pytest.mark.django_db
QUEUE = "/beheer/ingezonden/"


@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody who may do everything, signed in."""
    client.force_login(make_editor())
    return client


def text_of(response: Any) -> str:
    return response.content.decode()


def at(submission: Submission, action: str = "") -> str:
    return f"{QUEUE}inzending/{submission.pk}/" + (f"{action}/" if action else "")


def test_everything_that_waits_stands_in_one_list_with_the_oldest_first(editor: Client) -> None:
    make_submission(title="Nieuwste", sent_at=timezone.now())
    make_report(page_title="Oudste melding")
    case = make_case("Casus met antwoord")
    YearlyCheck.objects.create(case=case, state="beantwoord", answered_at=timezone.now() - timedelta(days=3))
    make_submission(title="Oudste", sent_at=timezone.now() - timedelta(days=9))
    page = text_of(editor.get(QUEUE))
    places = [page.index(name) for name in ("Oudste<", "Casus met antwoord", "Oudste melding", "Nieuwste")]
    assert places[:2] == sorted(places[:2])
    assert places[1] < min(places[2:])


def test_a_draft_of_a_sender_is_nobody_elses_business(editor: Client) -> None:
    draft = make_submission(title="Nog niet af", state="concept", sent_at=None)
    assert "Nog niet af" not in text_of(editor.get(f"{QUEUE}?stand="))
    assert editor.get(at(draft)).status_code == 404


def test_the_list_is_narrowed_by_kind_and_state(editor: Client) -> None:
    make_submission(title="Open inzending")
    make_submission(title="Geweigerde inzending", state="afgewezen")
    make_report(page_title="Open melding")
    page = text_of(editor.get(f"{QUEUE}?soort=inzending&stand=klaar"))
    assert "Geweigerde inzending" in page
    assert "Open inzending" not in page
    assert "Open melding" not in page


def test_the_list_is_in_pages_that_keep_the_filter(editor: Client) -> None:
    for _ in range(26):
        make_report()
    page = text_of(editor.get(f"{QUEUE}?soort=melding"))
    assert page.count("/beheer/ingezonden/melding/") == 25
    assert "soort=melding&amp;p=2" in page
    assert text_of(editor.get(f"{QUEUE}?soort=melding&p=2")).count("/beheer/ingezonden/melding/") == 1


def test_the_menu_tells_how_much_waits(editor: Client) -> None:
    make_submission()
    make_report()
    make_report(state="gelaten")
    assert "Ingezonden (2)" in text_of(editor.get("/beheer/"))


@pytest.mark.parametrize("role", [CONTRIBUTOR, ANALYST])
def test_who_does_not_handle_the_queue_gets_no_page_no_menu_item_and_no_count(role: str) -> None:
    ensure_tree()
    client = signed_in_as(role)
    submission = make_submission()
    assert "ngezonden" not in text_of(client.get("/beheer/"))
    for address in (QUEUE, at(submission), at(submission, "concept")):
        assert client.get(address).status_code == 302
    client.post(at(submission, "concept"))
    assert Submission.objects.get().state == "verstuurd"


def test_an_editor_handles_the_queue() -> None:
    ensure_tree()
    client = signed_in_as(EDITOR)
    submission = make_submission()
    assert "Ingezonden (1)" in text_of(client.get("/beheer/"))
    assert client.post(at(submission, "concept")).status_code == 302
    assert CasePage.objects.get().title == submission.title


def test_everything_is_shown_as_it_was_sent_and_nothing_of_it_runs(editor: Client) -> None:
    submission = make_submission(
        title="<script>kwaad</script>", addition="1 mei 2026: nog iets", suspicion="veel links"
    )
    submission.links.create(concept=make_concept("patroon/brug"), evidence="De rivier verlegde zich.")
    page = text_of(editor.get(at(submission)))
    for text in (
        "Vraag eerst wanneer het uitkomt.",
        "nog iets",
        "De rivier verlegde zich.",
        "Waarschijnlijk spam: veel links",
    ):
        assert text in page
    assert "<script>kwaad" not in page


def test_cases_that_may_be_the_same_are_named(editor: Client) -> None:
    make_case("Planten tellen vanuit de lucht")
    make_case("Iets heel anders")
    page = text_of(editor.get(at(make_submission(title="Planten tellen met drones"))))
    assert "Hebben we deze al?" in page
    assert "Planten tellen vanuit de lucht" in page
    assert "Iets heel anders" not in page


def test_contact_data_are_only_for_who_may_see_them(editor: Client) -> None:
    submission = make_submission(contact_name="Piet", contact_email="piet@example.nl", contact_consent=True)
    page = text_of(editor.get(at(submission)))
    assert "piet@example.nl" in page
    assert "We wissen deze gegevens" in page
    other = signed_in_as(CONTRIBUTOR)
    Group.objects.get(name=CONTRIBUTOR).permissions.add(Permission.objects.get(codename="change_submission"))
    page = text_of(other.get(at(submission)))
    assert "Je mag ze niet zien" in page
    assert "piet@example.nl" not in page


def test_a_submission_becomes_a_draft_that_readers_do_not_see(editor: Client) -> None:
    ensure_tree()
    embargo = timezone.localdate() + timedelta(days=30)
    submission = make_submission(title="Proef met drones", embargo_until=embargo)
    submission.links.create(concept=make_concept("patroon/brug"), evidence="De rivier verlegde zich.")
    response = editor.post(at(submission, "concept"))
    case = CasePage.objects.get()
    assert response["Location"] == f"/beheer/pages/{case.pk}/edit/"
    draft = case.get_latest_revision_as_object()
    assert (draft.live, timezone.localdate(draft.go_live_at)) == (False, embargo)
    assert [(link.concept.slug, link.evidence) for link in draft.links.all()] == [("brug", "De rivier verlegde zich.")]
    submission.refresh_from_db()
    assert (submission.state, submission.case_id) == ("bewerkt", case.pk)
    assert editor.get("/casussen/proef-met-drones/").status_code == 404
    assert editor.get(response["Location"]).status_code == 200


def test_a_title_that_makes_no_address_is_no_obstacle(editor: Client) -> None:
    ensure_tree()
    submission = make_submission(title="Feed")
    editor.post(at(submission, "concept"))
    assert CasePage.objects.get().slug == f"ingezonden-{submission.pk}"


def test_a_title_with_accents_gets_an_address_that_readers_can_open(editor: Client) -> None:
    ensure_tree()
    editor.post(at(make_submission(title="De app bleef in één wijk"), "concept"))
    case = CasePage.objects.get()
    assert case.get_absolute_url() == "/casussen/de-app-bleef-in-een-wijk/"
    case.save_revision().publish()
    assert editor.get(case.get_absolute_url()).status_code == 200


def test_an_editor_is_told_where_a_name_stands_that_readers_may_not_see(editor: Client) -> None:
    hidden = {"is_anonymous": True, "organisation_name": "Gemeente Nergensveen"}
    submission = make_submission(**hidden, result="Gemeente Nergensveen stopte.")
    assert "staat bij: Wat kwam ervan?" in editor.get(at(submission)).content.decode()
    submission = make_submission(**hidden, introduction="Een gemeente belde.")
    assert "mogen de naam van de organisatie niet zien" not in editor.get(at(submission)).content.decode()


@pytest.mark.parametrize("consent", [True, False])
def test_who_consented_becomes_the_keeper_of_the_case(editor: Client, consent: bool) -> None:
    ensure_tree()
    submission = make_submission(contact_name="Piet", contact_email="piet@example.nl", contact_consent=consent)
    editor.post(at(submission, "concept"))
    assert list(CaseKeeper.objects.values_list("email", flat=True)) == (["piet@example.nl"] if consent else [])
    assert "piet@example.nl" not in str(CasePage.objects.get().get_latest_revision().content)


def test_a_sender_who_wipes_the_contact_data_is_no_keeper_any_more(editor: Client) -> None:
    ensure_tree()
    submission = make_submission(contact_email="piet@example.nl", contact_consent=True)
    editor.post(at(submission, "concept"))
    clean_submissions(timezone.now() + timedelta(days=1000))
    assert CaseKeeper.objects.exists()  # still asked once a year, until the keeper says stop
    Submission.objects.update(contact_email="piet@example.nl")
    remove_contact(Submission.objects.all())
    assert not CaseKeeper.objects.exists()


def test_nothing_happens_before_it_is_confirmed(editor: Client) -> None:
    submission = make_submission()
    for action in ("concept", "afwijzen", "spam"):
        assert "csrfmiddlewaretoken" in text_of(editor.get(at(submission, action)))
    assert Submission.objects.get().state == "verstuurd"


def test_a_refusal_needs_a_reason(editor: Client) -> None:
    submission = make_submission()
    page = text_of(editor.post(at(submission, "afwijzen"), {"reason": " "}))
    assert "Schrijf een reden." in page
    assert Submission.objects.get().state == "verstuurd"


def test_a_refused_sender_reads_the_reason(editor: Client) -> None:
    submission = make_submission(contact_name="Piet", contact_email="piet@example.nl", contact_consent=True)
    editor.post(at(submission, "afwijzen"), {"reason": "Dit gaat niet over de overheid & zo."})
    submission.refresh_from_db()
    assert (submission.state, submission.decision) == ("afgewezen", "Dit gaat niet over de overheid & zo.")
    assert "overheid & zo." in mail.outbox[0].body
    assert mail.outbox[0].to == ["piet@example.nl"]


def test_without_consent_no_letter_goes_out(editor: Client) -> None:
    submission = make_submission(contact_email="piet@example.nl", contact_consent=False)
    editor.post(at(submission, "afwijzen"), {"reason": "Past niet."})
    assert not mail.outbox


def test_a_letter_that_cannot_be_sent_does_not_undo_the_decision(editor: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    submission = make_submission(contact_email="piet@example.nl", contact_consent=True)
    page = text_of(editor.post(at(submission, "afwijzen"), {"reason": "Past niet."}, follow=True))
    assert "De mail kon niet weg." in page
    assert Submission.objects.get().state == "afgewezen"


def test_spam_leaves_the_queue_and_can_be_put_back(editor: Client) -> None:
    submission = make_submission(contact_email="piet@example.nl", contact_consent=True)
    editor.post(at(submission, "spam"))
    assert (Submission.objects.get().state, count_open(), mail.outbox) == ("afgewezen", 0, [])
    editor.post(at(submission, "terugzetten"))
    found = Submission.objects.get()
    assert (found.state, found.decision, count_open()) == ("verstuurd", "", 1)


def test_the_second_of_two_editors_is_told_who_was_first_and_keeps_what_was_typed(editor: Client) -> None:
    ensure_tree()
    submission = make_submission()
    signed_in_as(EDITOR, "anna").post(at(submission, "concept"))
    response = editor.post(at(submission, "afwijzen"), {"reason": "Lange reden die ik net schreef."})
    assert response.status_code == 409
    page = text_of(response)
    assert "Dit is al behandeld door anna" in page
    assert "Lange reden die ik net schreef." in page
    assert Submission.objects.get().state == "bewerkt"


def test_pressing_twice_makes_one_draft(editor: Client) -> None:
    ensure_tree()
    submission = make_submission()
    editor.post(at(submission, "concept"))
    assert editor.post(at(submission, "concept")).status_code == 409
    assert CasePage.objects.count() == 1


def test_what_the_sender_took_back_is_not_handled(editor: Client) -> None:
    submission = make_submission(state="ingetrokken")
    assert "de inzender zelf" in text_of(editor.post(at(submission, "spam")))


def test_the_state_follows_the_publication(editor: Client) -> None:
    ensure_tree()
    submission = make_submission()
    editor.post(at(submission, "concept"))
    assert "In bewerking" in text_of(editor.get(f"{QUEUE}?soort=inzending&stand=bezig"))
    CasePage.objects.get().get_latest_revision().publish()
    assert submission.title in text_of(editor.get(f"{QUEUE}?soort=inzending&stand=gepubliceerd"))
    assert "Gepubliceerd" in text_of(editor.get(at(submission)))


def test_the_log_tells_who_did_what(editor: Client) -> None:
    submission = make_submission()
    editor.post(at(submission, "afwijzen"), {"reason": "Past niet."})
    entry = ModelLogEntry.objects.get(action="cases.submission.refuse")
    assert entry.user.get_username() == "redacteur"
    assert "Afgewezen, door redacteur" in text_of(editor.get(at(submission)))


@pytest.mark.parametrize("address", [f"{QUEUE}onzin/1/", f"{QUEUE}inzending/999/", f"{QUEUE}inzending/999/concept/"])
def test_what_does_not_exist_is_not_found(editor: Client, address: str) -> None:
    assert editor.get(address).status_code == 404

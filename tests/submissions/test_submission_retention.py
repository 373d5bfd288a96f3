"""What senders were promised would go, goes; and the page that stood at this address before."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from factories import make_plain_page
from senders import draft_of, sent_by, shown

from barometer_site.content import remove_taken_over
from barometer_site.models import PlainPage
from cases.models import Submission
from cases.submissions.retention import Cleaned, clean_submissions
from survey.models import LoadedContent

pytestmark = pytest.mark.django_db

State = Submission.State
NOW = timezone.now()


def aged(days: int, **fields: Any) -> Submission:
    """Last changed so many days ago."""
    _, submission = sent_by(**fields)
    Submission.objects.filter(pk=submission.pk).update(changed_at=NOW - timedelta(days=days))
    return submission


@pytest.mark.parametrize(
    ("state", "days", "gone"),
    [
        (State.DRAFT, 89, False),
        (State.DRAFT, 91, True),
        (State.WITHDRAWN, 91, True),
        (State.SENT, 900, False),
        (State.REFUSED, 900, False),
    ],
)
def test_only_what_nobody_sent_or_was_withdrawn_goes(state: str, days: int, gone: bool) -> None:
    submission = aged(days, state=state)
    clean_submissions(NOW)
    assert Submission.objects.filter(pk=submission.pk).exists() is not gone


@pytest.mark.parametrize(("days", "gone"), [(364, False), (366, True)])
@pytest.mark.parametrize("state", [State.ACCEPTED, State.REFUSED])
def test_contact_data_go_a_year_after_the_decision(state: str, days: int, gone: bool) -> None:
    _, submission = sent_by(
        state=state,
        decided_at=NOW - timedelta(days=days),
        contact_name="Jan",
        contact_email="jan@voorbeeld.nl",
        contact_consent=True,
        is_anonymous=True,
    )
    clean_submissions(NOW)
    submission.refresh_from_db()
    assert bool(submission.contact_name or submission.contact_email or submission.contact_consent) is not gone
    assert bool(submission.organisation_name) is not gone, "it was only for the editors"
    assert bool(submission.contact_removed_at) is gone
    assert submission.lessons


def test_a_shorter_time_can_be_set(settings: Any) -> None:
    settings.SUBMISSION_CONTACT_DAYS = 30
    _, submission = sent_by(state=State.REFUSED, decided_at=NOW - timedelta(days=31), contact_name="Jan")
    clean_submissions(NOW)
    submission.refresh_from_db()
    assert not submission.contact_name


def test_what_waits_for_a_decision_keeps_its_contact_data() -> None:
    submission = aged(900, contact_email="jan@voorbeeld.nl")
    clean_submissions(NOW)
    submission.refresh_from_db()
    assert submission.contact_email


def test_the_command_can_be_given_again() -> None:
    aged(91, state=State.DRAFT)
    sent_by(state=State.REFUSED, decided_at=NOW - timedelta(days=366), contact_name="Jan")
    out = StringIO()
    call_command("clean_submissions", stdout=out)
    assert out.getvalue() == "Verwijderd: 1 concepten, 0 ingetrokken inzendingen, contactgegevens bij 1 inzendingen.\n"
    assert clean_submissions() == Cleaned(0, 0, 0, 0)


def test_saving_a_draft_gives_it_new_time(client: Client) -> None:
    token, submission = draft_of(title="Een begin")
    Submission.objects.update(changed_at=NOW - timedelta(days=91))
    client.post(f"/inzenden/{token}/vraag/bedoeling/", {"intention": "Toch verder."})
    clean_submissions(NOW)
    assert Submission.objects.filter(pk=submission.pk).exists()


# --- the page that stood here --------------------------------------------------------------------
def loaded(page: PlainPage, revision: int | None) -> None:
    LoadedContent.objects.create(kind="page", key="inzenden", object_pk=str(page.pk), revision_pk=revision)


def test_the_form_stands_before_a_page_at_the_same_address(client: Client) -> None:
    make_plain_page("inzenden", title="De oude pagina")
    assert "Eén vraag per scherm" in shown(client.get("/inzenden/"))
    assert client.get("/sitemap.xml").content.count(b"/inzenden/<") == 1


def test_our_own_old_page_goes_and_an_edited_one_stays() -> None:
    page = make_plain_page("inzenden")
    loaded(page, -1)
    remove_taken_over()
    assert PlainPage.objects.filter(slug="inzenden").exists()
    LoadedContent.objects.update(revision_pk=page.latest_revision_id)
    remove_taken_over()
    remove_taken_over()
    assert not PlainPage.objects.filter(slug="inzenden").exists()

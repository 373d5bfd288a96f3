"""From draft to published, with a colleague in between."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.utils import timezone
from factories import make_case, make_draft, make_editor
from people import send_case, signed_in, somebody
from wagtail.models import PageLogEntry, TaskState

from barometer_site.accounts.roles import CONTRIBUTOR, EDITOR, REVIEWER
from cases.models import CasePage, ColleagueReviewState

pytestmark = pytest.mark.django_db

SEND_IN = {"action-submit": "1"}


def sent_in(user: Any, title: str = "Ter beoordeling", **fields: Any) -> CasePage:
    """A case that this person just sent in."""
    case = make_draft(title, owner=user, **fields)
    case.get_workflow().start(case, user)
    return case


def current(case: CasePage) -> TaskState:
    return ColleagueReviewState.objects.filter(workflow_state__object_id=str(case.pk)).latest("pk")


def decide(user: Any, case: CasePage, action: str, comment: str = "", of: CasePage | None = None) -> Any:
    """Press the button of the review; `of`: with the round of another page in the address."""
    address = f"/beheer/pages/workflow/action/{case.pk}/{action}/{current(of or case).pk}/"
    return signed_in(user).post(address, {"comment": comment})


def test_an_editor_sends_in_and_a_reviewer_publishes() -> None:
    editor, reviewer = somebody(EDITOR), somebody(REVIEWER)
    case = make_draft()
    send_case(signed_in(editor), case, **SEND_IN)
    page = signed_in(reviewer).get(f"/beheer/pages/{case.pk}/edit/").content.decode()
    assert "Goedkeuren" in page
    assert "Terugsturen met reden" in page
    assert 'name="action-publish"' not in page  # she publishes by approving
    decide(reviewer, case, "approve", "Mooi verhaal.")
    case.refresh_from_db()
    assert case.live


def test_nobody_but_a_reviewer_decides() -> None:
    editor, case = somebody(EDITOR), sent_in(somebody(CONTRIBUTOR))
    somebody(REVIEWER)
    decide(editor, case, "approve")
    case.refresh_from_db()
    assert not case.live


@pytest.mark.parametrize("way", ["address", "page", "publish", "bulk", "other page"])
def test_a_reviewer_does_not_approve_what_she_sent_in_herself(way: str) -> None:
    reviewer = somebody(REVIEWER)
    case = sent_in(reviewer)
    client = signed_in(reviewer)
    if way == "address":
        decide(reviewer, case, "approve")
    elif way == "page":
        send_case(client, case, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    elif way == "publish":
        send_case(client, case, **{"action-publish": "1"})
    elif way == "bulk":
        client.post(f"/beheer/bulk/wagtailcore/page/publish/?id={case.pk}", {})
    else:
        decide(reviewer, sent_in(somebody(EDITOR), "Van een ander"), "approve", of=case)
    case.refresh_from_db()
    assert not case.live
    assert current(case).status == TaskState.STATUS_IN_PROGRESS


def test_who_sent_it_in_reads_why_a_colleague_decides() -> None:
    for role in (REVIEWER, EDITOR):
        user = somebody(role)
        case = sent_in(user, f"Van een {role}")
        page = signed_in(user).get(f"/beheer/pages/{case.pk}/edit/").content.decode()
        assert "Je stuurde dit zelf in. Daarom beoordeelt een collega het." in page
        assert "action-publish" not in page
        assert "action-cancel-workflow" in page


def test_a_superuser_needs_a_colleague_too() -> None:
    superuser = make_editor()
    somebody(REVIEWER)
    case = sent_in(superuser)
    decide(superuser, case, "approve")
    case.refresh_from_db()
    assert not case.live


def test_who_sends_in_again_for_somebody_else_does_not_approve_it() -> None:
    editor, reviewer, other = somebody(EDITOR), somebody(REVIEWER), somebody(REVIEWER)
    case = sent_in(editor)
    decide(reviewer, case, "reject", "De bronnen ontbreken.")
    send_case(signed_in(reviewer), case, title="Met bronnen", **SEND_IN)
    decide(reviewer, case, "approve")
    case.refresh_from_db()
    assert not case.live
    decide(other, case, "approve")
    case.refresh_from_db()
    assert (case.live, case.title) == (True, "Met bronnen")


def test_sending_back_needs_a_reason() -> None:
    editor, reviewer = somebody(EDITOR), somebody(REVIEWER)
    case = sent_in(editor)
    decide(reviewer, case, "reject", "  ")
    assert current(case).status == TaskState.STATUS_IN_PROGRESS
    send_case(signed_in(reviewer), case, **{"action-workflow-action": "1", "workflow-action-name": "reject"})
    assert current(case).status == TaskState.STATUS_IN_PROGRESS
    decide(reviewer, case, "reject", "De bronnen ontbreken.")
    assert (current(case).status, current(case).comment) == (TaskState.STATUS_REJECTED, "De bronnen ontbreken.")


def test_the_question_why_comes_with_its_error() -> None:
    case, reviewer = sent_in(somebody(EDITOR)), somebody(REVIEWER)
    address = f"/beheer/pages/workflow/action/{case.pk}/reject/{current(case).pk}/"
    response = signed_in(reviewer).post(address, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert "Schrijf wat er nog moet gebeuren." in response.json()["html"]


def test_what_was_sent_back_can_be_changed_and_sent_in_again() -> None:
    editor, reviewer = somebody(CONTRIBUTOR), somebody(REVIEWER)
    case = sent_in(editor)
    locked = send_case(signed_in(editor), case, title="Te vroeg")
    assert locked.status_code == 200
    decide(reviewer, case, "reject", "De titel zegt niets.")
    send_case(signed_in(editor), case, title="Wat er gebeurde", **SEND_IN)
    decide(reviewer, case, "approve")
    case.refresh_from_db()
    assert (case.live, case.title) == (True, "Wat er gebeurde")


def test_who_sent_it_in_takes_it_back() -> None:
    editor = somebody(EDITOR)
    case = sent_in(editor)
    send_case(signed_in(editor), case, **{"action-cancel-workflow": "1"})
    assert current(case).status == TaskState.STATUS_CANCELLED
    send_case(signed_in(editor), case, title="Nog even verder")
    case.refresh_from_db()
    assert case.get_latest_revision_as_object().title == "Nog even verder"


def test_a_planned_moment_counts_after_approval_and_not_before() -> None:
    editor, reviewer = somebody(EDITOR), somebody(REVIEWER)
    case = sent_in(editor, go_live_at=timezone.now() + timedelta(days=3))
    decide(reviewer, case, "approve")
    case.refresh_from_db()
    assert not case.live
    assert case.approved_schedule
    case.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
    revision = case.revisions.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = timezone.now().isoformat()
    revision.save()
    call_command("publish_scheduled")
    case.refresh_from_db()
    assert case.live


def test_readers_keep_the_old_text_while_a_change_is_reviewed() -> None:
    editor = somebody(EDITOR)
    case = make_case("Zoals het was")
    send_case(signed_in(editor), case, title="Zoals het wordt", **SEND_IN)
    case.refresh_from_db()
    assert (case.live, case.title) == (True, "Zoals het was")


def test_history_tells_who_did_what_in_dutch() -> None:
    editor, reviewer = somebody(EDITOR, name="anna"), somebody(REVIEWER, name="bert")
    case = sent_in(editor)
    decide(reviewer, case, "reject", "De bronnen ontbreken.")
    send_case(signed_in(editor), case, **SEND_IN)
    decide(reviewer, case, "approve")
    actions = set(PageLogEntry.objects.filter(page=case.pk).values_list("action", flat=True))
    assert {"wagtail.workflow.start", "wagtail.workflow.reject", "wagtail.workflow.resume"} <= actions
    page = signed_in(editor).get(f"/beheer/pages/{case.pk}/history/").content.decode()
    for told in (
        "Ingestuurd voor beoordeling",
        "Teruggestuurd",
        "De bronnen ontbreken.",
        "Opnieuw ingestuurd",
        "Goedgekeurd",
        "anna",
        "bert",
    ):
        assert told in page


def test_who_decides_reads_what_becomes_of_it() -> None:
    reviewer, editor = somebody(REVIEWER), somebody(EDITOR)
    button = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    now, later = sent_in(editor), sent_in(editor, "Straks", go_live_at=timezone.now() + timedelta(days=1))
    browser = signed_in(reviewer)
    told = [text for case in (now, later) for text in _messages(send_case(browser, case, **button))]
    assert "Goedgekeurd. Lezers zien het nu." in told
    assert any(text.startswith("Goedgekeurd. Het verschijnt op ") for text in told)


def _messages(response: Any) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_how_long_ago_something_was_sent_in_is_told_in_dutch() -> None:
    case = sent_in(somebody(EDITOR))
    page = signed_in(somebody(REVIEWER)).get(f"/beheer/pages/{case.pk}/edit/").content.decode()
    assert "Ingestuurd: " in page
    assert " ago" not in page

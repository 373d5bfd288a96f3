"""The start page of the editing environment: "Wat wacht er op mij?". Only what this person can act on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_user_display_name

from survey.care.links import places
from survey.models import CheckedLink, SurveyImport

from ..models import CaseIndexPage, Report, Submission, YearlyCheck
from ..submissions.queue import PERMISSION as QUEUE_PERMISSION
from ..submissions.queue import Kind, Stage
from . import waiting
from .gaps import gaps
from .new_case import NEW_BRILLIANT_FAILURE, NEW_CASE

#: Lines on a card; the number above them leads to all of them.
MOST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A number of things that wait, the first of them, and the address of the list of just those."""

    heading: str
    count: int
    url: str
    lines: list[Line] = field(default_factory=list)
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class StartPage:
    """What `templates/cases/editing/start_page.html` may rely on. `quiet`: of what nothing waits."""

    buttons: list[tuple[str, str]]
    cards: list[Card]
    quiet: list[str]


def start_page(request: HttpRequest) -> StartPage:
    """For who asks: one or two queries a card, whatever the number of cases."""
    user = request.user
    index = CaseIndexPage.objects.first()
    rights = index.permissions_for_user(user) if index else None
    adds = bool(rights and rights.can_add_subpage())
    makers: list[tuple[bool, Callable[[Any], Card | None]]] = [
        (bool(rights), _to_review),
        (adds, _sent_back),
        (user.has_perm(QUEUE_PERMISSION), _queue),
        (adds, _own_drafts),
        (bool(rights and rights.can_edit()), _overdue),
        (bool(rights and rights.can_edit()), _incomplete),
        (user.has_perm("survey.view_checkedlink"), _dead_links),
        (adds, _gaps),
        (user.has_perm("survey.add_surveyimport"), _imports),
    ]
    cards = [card for is_theirs, make in makers if is_theirs and (card := make(user))]
    buttons = []
    if adds:
        buttons = [(NEW_CASE, reverse("new_case")), (NEW_BRILLIANT_FAILURE, reverse("new_brilliant_failure"))]
    elif user.has_perm("survey.add_surveyimport"):
        buttons = [("Antwoorden invoeren", reverse("survey_import_upload"))]
    return StartPage(
        buttons=buttons,
        cards=[card for card in cards if card.count],
        quiet=[card.heading for card in cards if not card.count],
    )


# --- reviewing -----------------------------------------------------------------------------------
def _to_review(user: Any) -> Card | None:
    if not waiting.may_review(user):
        return None
    found = waiting.to_review(user)
    rounds = found.select_related("revision", "submitted_by__wagtail_userprofile")[:MOST]
    lines = [
        Line(
            round_.revision.object_str,
            _edit(round_.revision.object_id),
            f"{_by(round_.submitted_by)}{_day(round_.started_at)}",
        )
        for round_ in rounds
    ]
    address = _list("wagtailadmin_reports:workflow_tasks", status="in_progress", reviewable="true")
    return Card("Te beoordelen", found.count(), address, lines)


def _sent_back(user: Any) -> Card:
    found = waiting.sent_back(user)
    states = found.select_related("current_task_state__revision")[:MOST]
    lines = [
        Line(state.current_task_state.revision.object_str, _edit(state.object_id), state.current_task_state.comment)
        for state in states
        if state.current_task_state
    ]
    address = _list("wagtailadmin_reports:workflow", status="needs_changes", requested_by=user.pk)
    return Card("Teruggestuurd naar mij", found.count(), address, lines)


# --- from outside --------------------------------------------------------------------------------
def _queue(user: Any) -> Card:
    kinds = [
        (
            Kind.SUBMISSION,
            "inzending",
            "inzendingen",
            Submission.objects.filter(state=Submission.State.SENT),
            "sent_at",
        ),
        (Kind.REPORT, "melding", "meldingen", Report.objects.filter(state=Report.State.OPEN), "created_at"),
        (
            Kind.YEARLY,
            "antwoord op ‘hoe is het nu?’",
            "antwoorden op ‘hoe is het nu?’",
            YearlyCheck.objects.filter(state=YearlyCheck.State.ANSWERED),
            "answered_at",
        ),
    ]
    total, lines = 0, []
    for kind, one, many, found, moment in kinds:
        told = found.aggregate(count=Count("pk"), oldest=Min(moment))
        if told["count"]:
            total += told["count"]
            name = f"{told['count']} {one if told['count'] == 1 else many}"
            address = _list("submission_queue", soort=kind.value, stand=Stage.OPEN.value)
            lines.append(Line(name, address, f"de oudste van {_day(told['oldest'])}"))
    return Card("Ingestuurd en gemeld", total, reverse("submission_queue"), lines)


# --- cases ---------------------------------------------------------------------------------------
def _cases(code: str, user: Any, note: Callable[[Any], str], explanation: str = "") -> Card:
    name, find = waiting.LISTS[code]
    found = find(user)
    lines = [Line(case.draft_title or case.title, _edit(case.pk), note(case)) for case in found[:MOST]]
    return Card(name, found.count(), _list("case_list_editing:index", wacht=code), lines, explanation)


def _own_drafts(user: Any) -> Card:
    return _cases("concepten", user, lambda case: f"gewijzigd op {_day(case.latest_revision_created_at)}")


def _overdue(user: Any) -> Card:
    return _cases("nakijken", user, lambda case: f"voor het laatst op {date_format(case.seen_on, 'j F Y')}")


def _incomplete(user: Any) -> Card:
    return _cases(
        "onvolledig",
        user,
        lambda case: "" if case.live else "concept",
        "Er mist een koppeling, een bron of een antwoord op een van de vier vragen.",
    )


def _dead_links(user: Any) -> Card:
    found = waiting.dead_links()
    links = list(found[:MOST])
    held, finder = places(links), AdminURLFinder(user)
    lines = [
        Line(str(holder), finder.get_edit_url(holder) or "", link.url)
        for link in links
        for holder in held.get(link.pk, [])[:1]
    ]
    return Card(
        "Links die niet antwoorden", found.count(), _list("link_report", state=CheckedLink.State.DEAD.value), lines
    )


def _gaps(user: Any) -> Card | None:
    found = gaps()
    if found is None:
        return None
    explanation = f"Van {found.cells} paren van een factor en een strategie hebben er {found.count} nog geen casus. Ken je er een?"
    return Card("Hier ontbreken casussen", found.count, found.url, [Line(pair) for pair in found.pairs], explanation)


# --- the barometer -------------------------------------------------------------------------------
def _imports(user: Any) -> Card:
    found = SurveyImport.objects.filter(state=SurveyImport.State.PREVIEW)
    lines = [
        Line(str(record), reverse("survey_import", args=[record.pk]), _day(record.started_at))
        for record in found[:MOST]
    ]
    return Card("Antwoorden om te bevestigen", found.count(), reverse("survey_imports"), lines)


# --- words and addresses -------------------------------------------------------------------------
def _by(user: Any) -> str:
    return f"van {get_user_display_name(user)}, " if user else ""


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""


def _edit(pk: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])


def _list(name: str, **asked: Any) -> str:
    return f"{reverse(name)}?{urlencode(asked)}"


class StartPagePanel(Component):
    """All of it, as one panel of Wagtail's start page."""

    name = "start_page"
    order = 10
    template_name = "cases/editing/start_page.html"

    class Media:
        css = {"all": ["css/editing-start.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """For the person who looks."""
        return {"start": start_page(parent_context["request"])}


#: Wagtail's panels that ours take the place of.
WAGTAILS_OWN = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "recent_edits"}


@hooks.register("construct_homepage_panels")
def our_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Ours first; what others add, and Wagtail's pages that this person locked, come after."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in WAGTAILS_OWN]
    panels.append(StartPagePanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_totals(request: HttpRequest, items: list[Component]) -> None:
    """How many pages and pictures there are is not what waits."""
    items.clear()

"""The review on the pages of the editing environment: what to do with a page that is in it, and no way around it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, WorkflowState

from ..models import ColleagueReviewState


@hooks.register("before_edit_page")
def tell_what_to_do(request: HttpRequest, page: Page) -> None:
    """Whoever opens a page in review reads what is asked of her. Why somebody may not edit, its lock tells."""
    state = page.current_workflow_state
    if request.method != "GET" or not state or not state.current_task_state or "_w_" in request.GET.urlencode():
        return
    task_state = state.current_task_state.specific
    if not isinstance(task_state, ColleagueReviewState):
        return
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        who = get_user_display_name(task_state.finished_by) if task_state.finished_by else "Een beoordelaar"
        messages.warning(
            request, f"{who} stuurde dit terug: “{task_state.comment}” Pas het aan en stuur het opnieuw in."
        )
    elif task_state.task.specific.get_actions(page, request.user):
        sender = get_user_display_name(task_state.submitted_by) if task_state.submitted_by else "Iemand"
        messages.info(
            request, f"{sender} stuurde dit in. Lees het en kies bij het pijltje onderaan: goedkeuren of terugsturen."
        )


@hooks.register("after_edit_page")
def tell_what_was_decided(request: HttpRequest, page: Page) -> None:
    """Wagtail says only that the page was changed."""
    action = request.POST.get("workflow-action-name") if request.POST.get("action-workflow-action") else None
    if action == "reject":
        messages.info(request, "Teruggestuurd. De inzender krijgt jouw reden per mail.")
    elif action == "approve":
        planned = Page.objects.get(pk=page.pk).scheduled_revision  # the page itself remembers that there was none
        moment = date_format(localtime(planned.approved_go_live_at), r"j F Y \o\m H:i") if planned else ""
        when = f"Het verschijnt op {moment}." if planned else "Lezers zien het nu."
        messages.info(request, f"Goedgekeurd. {when}")


@hooks.register("construct_page_action_menu")
def one_way_at_a_time(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Who can approve, publishes by approving; and sending in again is the way to begin again."""
    names = {item.name for item in items}
    superfluous = {"action-restart-workflow"} | ({"action-publish"} if "approve" in names else set())
    items[:] = [item for item in items if item.name not in superfluous]


@hooks.register("before_bulk_action")
def not_what_is_locked(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Publish nothing that this person may not change now; say which pages that are."""
    if action_type != "publish":
        return None
    locked = [
        page.get_admin_display_title()
        for page in objects
        if isinstance(page, Page) and (lock := page.get_lock()) and lock.for_user(request.user)
    ]
    if not locked:
        return None
    messages.error(request, f"Er is niets gepubliceerd. Dit kun je nu niet publiceren: {', '.join(locked)}.")
    return redirect(action.next_url)

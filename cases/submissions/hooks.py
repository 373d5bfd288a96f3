"""The queue and the yearly check in the editing environment: menu, addresses, buttons at a case, rights, log."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from ..models import CasePage
from . import keeper_views, queue_views
from .decisions import LOG_ACTIONS
from .queue import CONTACT_PERMISSION, PERMISSION, count_open


class QueueMenuItem(MenuItem):
    """Only for those who handle what is sent in, with how much waits."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return request.user.has_perm(PERMISSION)

    def render_component(self, request: HttpRequest) -> Any:
        """The number is part of the name, so that it is read aloud too."""
        component = super().render_component(request)
        if waiting := count_open():
            component.label = f"{self.label} ({waiting})"
        return component


@hooks.register("register_admin_menu_item")
def menu_item() -> QueueMenuItem:
    """Right below the pages: this is where the day begins."""
    return QueueMenuItem(
        queue_views.TITLE, reverse("submission_queue"), name="submission-queue", icon_name="mail", order=150
    )


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Below the address of the editing environment; the fixed ones first."""
    return [*keeper_views.urls(), *queue_views.urls()]


@hooks.register("register_page_header_buttons")
def case_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """At a case: say that it still holds, and who keeps it."""
    if page.specific_class is not CasePage or not page.permissions_for_user(user).can_edit():
        return
    if page.live and user.has_perm(PERMISSION):
        yield Button("Nagekeken: klopt nog", reverse("case_checked", args=[page.pk]), icon_name="check", priority=12)
    if user.has_perm(CONTACT_PERMISSION):
        yield Button(keeper_views.KEEPER, reverse("case_keeper", args=[page.pk]), icon_name="user", priority=13)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """So that a group can be given these rights."""
    rights = Q(pk__in=[])
    for right in (PERMISSION, CONTACT_PERMISSION):
        app, _, codename = right.partition(".")
        rights |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(rights)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What the history of a case and the log of the site say about the queue."""
    for action, (label, message) in LOG_ACTIONS.items():
        actions.register_action(action, label, message)

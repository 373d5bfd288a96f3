"""What accounts add to the editing environment."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter

from . import report
from .audit import ACTIONS
from .views import ResetView

# No photos of editors: they would be uploads that nothing needs. Wagtail has no setting for it.
AvatarSettingsPanel.is_active = lambda panel: False
hooks.register("register_admin_urls", report.urls)
hooks.register("register_reports_menu_item", report.menu_item)


@hooks.register("register_admin_urls")
def reset_url() -> list[URLPattern]:
    """Where an administrator takes away somebody's second factor."""
    return [path("accounts/<int:pk>/tweede-stap/", ResetView.as_view(), name="reset_second_factor")]


@hooks.register("register_user_listing_buttons")
def reset_button(user: Any, request_user: Any) -> Iterator[Button]:
    """In the list of accounts."""
    if request_user.has_perm(report.PERMISSION):
        yield Button(
            "Tweede stap weghalen", reverse("reset_second_factor", args=[user.pk]), icon_name="key", priority=40
        )


@hooks.register("register_account_menu_item")
def second_factor_item(request: HttpRequest) -> dict[str, str]:
    """On one's own account page."""
    text = "De code uit een app op je telefoon, en de herstelcodes."
    return {"url": reverse("mfa_index"), "label": "Tweede stap bij het inloggen", "help_text": text}


@hooks.register("register_log_actions")
def actions(registry: LogActionRegistry) -> None:
    """So that Wagtail can tell of them in its histories."""
    for action, (label, message) in ACTIONS.items():
        registry.register_action(action)(_formatter(label, message))


def _formatter(label: str, message: str) -> type[LogFormatter]:
    def tell(self: LogFormatter, entry: Any) -> str:
        details = "; ".join(f"{name}: {value}" for name, value in sorted((entry.data or {}).items()) if value)
        return f"{message} ({details})" if details else message

    return type("AccountFormatter", (LogFormatter,), {"label": label, "message": message, "format_message": tell})


@hooks.register("before_create_user")
def all_rights_are_not_given(request: HttpRequest) -> None:
    """The role Beheerder has every right that is needed; only who has all rights gives them to another account."""
    _refuse_to_change([], request)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def all_rights_are_kept(request: HttpRequest, user: Any) -> None:
    """Only who has all rights changes an account that has them: otherwise a new password would give them away."""
    _refuse_to_change([user], request)


@hooks.register("before_bulk_action")
def all_rights_are_kept_in_bulk(request: HttpRequest, action: str, objects: list[Any], view: Any) -> None:
    """The same for several accounts at once."""
    _refuse_to_change([item for item in objects if isinstance(item, get_user_model())], request)


def _refuse_to_change(users: list[Any], request: HttpRequest) -> None:
    if request.user.is_superuser:
        return
    if request.POST.get("is_superuser") or any(user.is_superuser for user in users):
        raise PermissionDenied

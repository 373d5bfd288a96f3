"""What only an administrator may do in the editing environment, beyond what Wagtail asks itself, and a shorter menu."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import PageLogEntry
from wagtail.permission_policies import ModelPermissionPolicy

from survey.spreadsheets import safe_cell

SITE_HISTORY = "wagtailcore.view_pagelogentry"

# Wagtail shows everybody the history of what she may see; who did what on the whole site is for administrators.
LogEntriesView.permission_policy = ModelPermissionPolicy(PageLogEntry)
LogEntriesView.permission_required = "view"

_wagtails_value = SpreadsheetExportMixin.preprocess_field_value


def _value_without_formula(view: Any, field: str, value: Any, export_format: str) -> Any:
    """Wagtail keeps formulas out of XLSX only; in a CSV file a title or a question of a visitor could be one too."""
    shown = _wagtails_value(view, field, value, export_format)
    return safe_cell(shown) if isinstance(shown, str) and export_format == view.FORMAT_CSV else shown


SpreadsheetExportMixin.preprocess_field_value = _value_without_formula


@hooks.register("construct_reports_menu")
def no_site_history(request: HttpRequest, items: list[MenuItem]) -> None:
    """Not in the menu of who can't open it."""
    if not request.user.has_perm(SITE_HISTORY):
        items[:] = [item for item in items if item.name != "site-history"]


@hooks.register("construct_main_menu")
def no_help_of_wagtail(request: HttpRequest, items: list[MenuItem]) -> None:
    """It leads to English pages of the makers of Wagtail; our help stands with the fields."""
    items[:] = [item for item in items if item.name != "help"]


@hooks.register("before_create_user")
def no_new_superuser(request: HttpRequest) -> None:
    """The role Beheerder gives every right that is needed; only a superuser makes another one."""
    if request.POST.get("is_superuser") and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_edit_user")
def superusers_change_superusers(request: HttpRequest, user: Any) -> None:
    """Nobody becomes one, or takes over the account of one, by way of the page with accounts."""
    if request.user.is_superuser:
        return
    if user.is_superuser or request.POST.get("is_superuser"):
        raise PermissionDenied

"""What only an administrator may do in the editing environment, beyond what Wagtail asks itself, and a shorter menu."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import Page, PageLogEntry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

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


@hooks.register("construct_page_chooser_queryset")
def no_titles_of_drafts(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The window to choose a page shows everybody all of them; who has no part in pages sees what readers see."""
    return pages if PagePermissionPolicy().explorable_instances(request.user).exists() else pages.filter(live=True)


@hooks.register("construct_reports_menu")
def no_site_history(request: HttpRequest, items: list[MenuItem]) -> None:
    """Not in the menu of who can't open it."""
    if not request.user.has_perm(SITE_HISTORY):
        items[:] = [item for item in items if item.name != "site-history"]


@hooks.register("construct_main_menu")
def no_help_of_wagtail(request: HttpRequest, items: list[MenuItem]) -> None:
    """It leads to English pages of the makers of Wagtail; our help stands with the fields."""
    items[:] = [item for item in items if item.name != "help"]

"""The report of what people searched without finding anything: work for editors."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from ..models import SearchMiss
from ..models.search_misses import READABLE_FROM

TITLE = "Gezocht zonder resultaat"


class SearchMissReport(ReportView):
    """Questions without an answer, those that were asked most first."""

    model = SearchMiss
    permission_policy = ModelPermissionPolicy(SearchMiss)
    any_permission_required = ["view"]
    page_title = TITLE
    header_icon = "search"
    index_url_name = "search_misses"
    index_results_url_name = "search_misses_results"
    results_template_name = "cases/editing/search_misses_results.html"
    columns = [
        Column("words", label="Gezocht op"),
        Column("count", label="Keer"),
        DateColumn("last_on", label="Laatste keer"),
    ]
    default_ordering = "-count"
    list_export = ["words", "count", "last_on"]
    export_headings = {"words": "gezocht op", "count": "keer", "last_on": "laatste keer"}

    def get_queryset(self) -> QuerySet[SearchMiss]:
        """Only what was asked often enough to be nobody's own question."""
        return SearchMiss.objects.filter(count__gte=READABLE_FROM).exclude(words="").order_by("-count", "words")


class SearchMissMenuItem(MenuItem):
    """Only for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return request.user.has_perm("cases.view_searchmiss")


@hooks.register("register_reports_menu_item")
def menu_item() -> SearchMissMenuItem:
    """Among the reports."""
    return SearchMissMenuItem(TITLE, reverse("search_misses"), name="search-misses", icon_name="search", order=900)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Under `/beheer/`."""
    view: Any = SearchMissReport
    return [
        path("rapporten/gezocht/", view.as_view(), name="search_misses"),
        path("rapporten/gezocht/resultaten/", view.as_view(results_only=True), name="search_misses_results"),
    ]

"""The report of links that are dead or moved, with where they stand. It only reads what `check_links` wrote down."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from ..models import CheckedLink
from .links import places

PERMISSION = "survey.view_checkedlink"
TITLE = "Dode links"
#: What somebody has to do something about.
TOLD = [CheckedLink.State.DEAD, CheckedLink.State.MOVED, CheckedLink.State.REFUSED]


class LinkReportMenuItem(MenuItem):
    """Only for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return request.user.has_perm(PERMISSION)


def menu_item() -> LinkReportMenuItem:
    """Among the reports."""
    return LinkReportMenuItem(TITLE, reverse("link_report"), name="dead-links", icon_name="link-external", order=700)


class LinkFilterSet(WagtailFilterSet):
    """One state, or all."""

    state = django_filters.ChoiceFilter(label="Stand", choices=[(state.value, state.label) for state in TOLD])

    class Meta:
        model = CheckedLink
        fields = ["state"]


class LinkReportView(ReportView):
    """Dead first, then moved; the longest dead on top."""

    model = CheckedLink
    page_title = TITLE
    header_icon = "link-external"
    index_url_name = "link_report"
    index_results_url_name = "link_report_results"
    results_template_name = "survey/care/link_report_results.html"
    filterset_class = LinkFilterSet
    is_searchable = False
    list_export = ["url", "get_state_display", "status", "problem", "moved_to", "failing_since", "checked_at"]
    export_headings = {
        "url": "adres",
        "get_state_display": "stand",
        "status": "antwoord",
        "problem": "wat er misgaat",
        "moved_to": "nieuw adres",
        "failing_since": "sinds",
        "checked_at": "bekeken",
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look who asks."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> "QuerySet[CheckedLink]":
        """What somebody has to do something about."""
        return CheckedLink.objects.filter(state__in=TOLD).order_by("state", "failing_since", "url")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With the places, each with where it is edited."""
        finder, links = AdminURLFinder(self.request.user), list(object_list)
        found = places(links)
        for link in links:
            link.places = [(str(owner), finder.get_edit_url(owner) or "") for owner in found[link.pk]]
        return links


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The first ones in the next round. Nothing is visited while somebody waits."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if CheckedLink.objects.filter(pk=pk).update(checked_at=None):
        messages.success(request, "Deze link is bij de volgende controle als eerste aan de beurt.")
    return redirect("link_report")


def urls() -> list[URLPattern]:
    """Below the address of the editing environment."""
    return [
        path("rapporten/links/", LinkReportView.as_view(), name="link_report"),
        path("rapporten/links/resultaten/", LinkReportView.as_view(results_only=True), name="link_report_results"),
        path("rapporten/links/<int:pk>/opnieuw/", retry, name="link_retry"),
    ]

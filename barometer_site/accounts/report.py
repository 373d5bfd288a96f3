"""The log of accounts, to read: for administrators."""

from typing import Any

import django_filters
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import ModelLogEntry

from .audit import ACTIONS

PERMISSION = "auth.change_user"


class LogFilterSet(WagtailFilterSet):
    """Narrowed to a kind of event, an account or a time."""

    action = django_filters.ChoiceFilter(
        label="Wat", choices=[(action, label) for action, (label, _message) in ACTIONS.items()]
    )
    label = django_filters.CharFilter(label="Account", lookup_expr="icontains")
    timestamp = django_filters.DateFromToRangeFilter(label="Wanneer", widget=DateRangePickerWidget)

    class Meta:
        model = ModelLogEntry
        fields: list[str] = []


class AccountLogView(ReportView):
    """Entries about accounts and roles, newest first."""

    page_title = "Logboek van accounts"
    header_icon = "key"
    model = ModelLogEntry
    index_url_name = "account_log"
    index_results_url_name = "account_log_results"
    results_template_name = "account/admin/log_results.html"
    filterset_class = LogFilterSet
    default_ordering = "-timestamp"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look who asks."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ModelLogEntry]:
        """What `audit` wrote, and what Wagtail wrote about roles."""
        roles = ContentType.objects.get_for_model(Group)
        ours = Q(action__in=ACTIONS) | Q(content_type=roles)
        return ModelLogEntry.objects.filter(ours).select_related("user").order_by("-timestamp", "-pk")


def urls() -> list[URLPattern]:
    """The addresses, within the editing environment."""
    return [
        path("rapporten/accounts/", AccountLogView.as_view(), name="account_log"),
        path("rapporten/accounts/rijen/", AccountLogView.as_view(results_only=True), name="account_log_results"),
    ]


class LogMenuItem(MenuItem):
    """Only for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return request.user.has_perm(PERMISSION)


def menu_item() -> LogMenuItem:
    """In the menu of reports."""
    return LogMenuItem("Logboek van accounts", reverse("account_log"), name="account-log", icon_name="key", order=900)

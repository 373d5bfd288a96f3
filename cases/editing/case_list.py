"""All cases in one list, straight from the menu: with what editors look for, and the lists of the start page."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_filters.filters import ChoiceFilter, ModelMultipleChoiceFilter, MultipleChoiceFilter
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from survey.models import Concept
from survey.vocabulary import vocabulary

from ..choices import Outcome
from ..models import CasePage
from .waiting import LISTS, in_review

#: Columns that a phone leaves out: `static/css/editing-list.css`.
WIDE_ONLY = "case-list-wide"
STATES = {
    "gepubliceerd": "Gepubliceerd",
    "wijzigingen": "Gepubliceerd, met wijzigingen",
    "concept": "Niet gepubliceerd",
    "beoordeling": "In beoordeling of teruggestuurd",
}


class CaseFilterSet(WagtailFilterSet):
    """What one can ask of the list; `wacht` is what the start page counts."""

    wacht = ChoiceFilter(
        label="Wat wacht er?",
        choices=[(code, name) for code, (name, _) in LISTS.items()],
        method="filter_waiting",
        widget=RadioSelect,
        empty_label="Alles",
    )
    outcome = MultipleChoiceFilter(label="Uitkomst", choices=Outcome.choices, widget=CheckboxSelectMultiple)
    sector = ModelMultipleChoiceFilter(
        label="Sector",
        field_name="sector_pk",
        queryset=lambda request: Concept.objects.filter(scheme__slug="sector"),
        method="filter_sector",
        widget=CheckboxSelectMultiple,
    )
    stand = ChoiceFilter(
        label="Stand", choices=list(STATES.items()), method="filter_state", widget=RadioSelect, empty_label="Alles"
    )

    class Meta:
        model = CasePage
        fields: list[str] = []

    def filter_waiting(self, cases: QuerySet[CasePage], name: str, value: str) -> QuerySet[CasePage]:
        """Just those that the start page counted."""
        return cases.filter(pk__in=LISTS[value][1](self.request.user).order_by().values("pk"))

    def filter_sector(self, cases: QuerySet[CasePage], name: str, value: list[Concept]) -> QuerySet[CasePage]:
        """Of the organisation, or of the case itself."""
        return cases.filter(sector_pk__in=[concept.pk for concept in value]) if value else cases

    def filter_state(self, cases: QuerySet[CasePage], name: str, value: str) -> QuerySet[CasePage]:
        """What readers see of it."""
        if value == "beoordeling":
            return cases.filter(in_review())
        if value == "wijzigingen":
            return cases.filter(live=True, has_unpublished_changes=True)
        return cases.filter(live=value == "gepubliceerd")


class CaseListView(IndexView):
    """Wagtail's list of pages, with the fields of a case."""

    page_title = "Casussen"
    add_item_label = "Nieuwe casus"

    def annotate_queryset(self, pages: QuerySet[CasePage]) -> QuerySet[CasePage]:
        """With the sector, wherever it is said."""
        sector = Coalesce("organisation__sector", "own_sector")
        annotated: QuerySet[CasePage] = super().annotate_queryset(pages.annotate(sector_pk=sector))
        return annotated


class CasesMenuItem(MenuItem):
    """Only for those who work on cases."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return bool(user_has_any_page_permission(request.user))


def _sector(case: Any) -> str:
    entry = vocabulary().by_pk.get(case.sector_pk or 0)
    return entry.name if entry else ""


class CaseListViewSet(PageListingViewSet):
    """At `/beheer/casussen/`."""

    model = CasePage
    index_view_class = CaseListView
    name = "case_list_editing"
    url_prefix = "casussen"
    icon = "doc-full"
    menu_label = "Casussen"
    menu_name = "cases"
    menu_order = 90
    menu_item_class = CasesMenuItem
    add_to_admin_menu = True
    filterset_class = CaseFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label="Titel", sort_key="title", classname="title"),
        Column(
            "outcome",
            label="Uitkomst",
            accessor="get_outcome_display",
            sort_key="outcome",
            classname=WIDE_ONLY,
            width="14%",
        ),
        Column("sector", label="Sector", accessor=_sector, classname=WIDE_ONLY, width="16%"),
        PageStatusColumn("status", label="Stand", sort_key="live", width="12%"),
        DateColumn("checked_on", label="Nagekeken", sort_key="checked_on", classname=WIDE_ONLY, width="10%"),
        DateColumn(
            "latest_revision_created_at",
            label="Gewijzigd",
            sort_key="latest_revision_created_at",
            classname=WIDE_ONLY,
            width="10%",
        ),
    ]


@hooks.register("register_admin_viewset")
def case_list() -> CaseListViewSet:
    """In the menu, above the tree of pages."""
    return CaseListViewSet()


@hooks.register("insert_global_admin_css")
def list_style() -> SafeString:
    """So that the list fits on a phone; its rows are also fetched by a script, so it can't come with them."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/editing-list.css"))

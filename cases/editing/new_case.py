"""The two ways to begin, and the advice while writing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.base import ViewSet

from ..choices import Outcome
from ..models import CaseIndexPage, CasePage
from .advice import PARTS, advice_for_form, render_part
from .choosers import organisation_chooser, publication_chooser
from .completeness import completeness
from .concept_chooser import concept_chooser
from .doubles import similar_cases

NEW_CASE = "Nieuwe casus"
NEW_BRILLIANT_FAILURE = "Nieuwe briljante mislukking"
SHORT_IN_MENU = "Nieuwe mislukking"
"""The menu is narrow."""
MOST_NAMED = 3


class NewCaseView(CreateView):
    """Wagtail's own form for a new case, without the way through the tree of pages."""

    outcome = ""
    page_title = NEW_CASE

    def dispatch(self, request: HttpRequest) -> HttpResponseBase:
        """Under the one catalogue."""
        index = CaseIndexPage.objects.first()
        if index is None:
            raise Http404("Er is nog geen catalogus. Vraag de beheerder om de inhoud te laden.")
        response: HttpResponseBase = super().dispatch(
            request, CasePage._meta.app_label, CasePage._meta.model_name, index.pk
        )
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        self.page.outcome = self.outcome
        response: HttpResponse = super().get(request)
        return response

    def get_page_subtitle(self) -> str:
        """The title says it all."""
        return ""


class NewBrilliantFailureView(NewCaseView):
    """The same form, with the outcome chosen."""

    outcome = Outcome.BRILLIANT_FAILURE
    page_title = NEW_BRILLIANT_FAILURE


def may_add(request: HttpRequest) -> bool:
    """Whether this person can begin a case."""
    index = CaseIndexPage.objects.first()
    return bool(index and index.permissions_for_user(request.user).can_add_subpage())


class NewCaseMenuItem(MenuItem):
    """Only for those who may add one."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return may_add(request)


@hooks.register("register_admin_menu_item")
def new_case_menu_item() -> NewCaseMenuItem:
    """In the menu, above the pages."""
    return NewCaseMenuItem(NEW_CASE, reverse("new_case"), name="new-case", icon_name="plus", order=60)


@hooks.register("register_admin_menu_item")
def new_brilliant_failure_menu_item() -> NewCaseMenuItem:
    """In the menu, above the pages."""
    address = reverse("new_brilliant_failure")
    return NewCaseMenuItem(SHORT_IN_MENU, address, name="new-brilliant-failure", icon_name="plus-inverse", order=61)


@require_POST
def case_advice(request: HttpRequest) -> HttpResponse:
    """Advice on the text in the form as it is now. Nothing is saved."""
    index = get_object_or_404(CaseIndexPage)
    pk = request.GET.get("casus", "")
    if pk.isdigit():
        case = get_object_or_404(CasePage, pk=pk).get_latest_revision_as_object()
        allowed = case.permissions_for_user(request.user).can_edit()
    else:
        case = CasePage(owner=request.user)
        allowed = may_add(request)
    if not allowed:
        raise PermissionDenied
    form_class = CasePage.get_edit_handler().get_form_class()
    form = form_class(request.POST, request.FILES, instance=case, parent_page=index, for_user=request.user)
    form.defer_required_fields()
    found = advice_for_form(form)
    hints = [{"field": hint.field, "text": hint.text, "quote": hint.quote} for hint in found.hints]
    return JsonResponse({"parts": {part: render_part(part, found, request) for part in PARTS}, "hints": hints})


@hooks.register("after_edit_page")
def tell_what_is_missing(request: HttpRequest, page: Any) -> None:
    """After a save by hand: how far the draft is. Saving in the background says nothing."""
    if not isinstance(page, CasePage) or not request.accepts("text/html"):
        return
    found = completeness(page)
    if found.missing:
        names = [label for label, _ in found.missing]
        rest = len(names) - MOST_NAMED
        todo = "; ".join(names[:MOST_NAMED]) + (f"; en nog {rest}" if rest > 0 else "")
        messages.info(request, f"Compleet: {found.done} van {found.total}. Nog te doen: {todo}.")


@hooks.register("after_create_page")
def tell_what_is_alike(request: HttpRequest, page: Any) -> None:
    """After the first save: cases that may be the same story."""
    if not isinstance(page, CasePage) or not request.accepts("text/html"):
        return
    for found in similar_cases(page):
        buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[found.case.pk]), "Bekijk", True)]
        messages.warning(request, f"Lijkt op: ‘{found.case.title}’ ({found.reason}). Is het dezelfde casus?", buttons)
    tell_what_is_missing(request, page)


@hooks.register("insert_global_admin_css")
def menu_style() -> SafeString:
    """So that the names in the menu are read whole."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/editing-menu.css"))


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Below the address of the editing environment."""
    return [
        path("casussen/nieuw/", NewCaseView.as_view(), name="new_case"),
        path("casussen/nieuwe-briljante-mislukking/", NewBrilliantFailureView.as_view(), name="new_brilliant_failure"),
        path("casussen/hulp/", case_advice, name="case_advice"),
    ]


@hooks.register("register_admin_viewset")
def choosers() -> list[ViewSet]:
    """The windows of the form."""
    return [concept_chooser, organisation_chooser, publication_chooser]

"""A draft that somebody without an account may read: a private address that expires."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import CasePage, PreviewLink
from ..models.submissions import new_token, token_digest

DAYS = {1: "een dag", 7: "een week", 30: "een maand"}
SHARED = "cases.share_draft"
REVOKED = "cases.revoke_draft"


@require_safe
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """The newest draft of the case, as long as the link is valid; whoever has the link may read it."""
    found = PreviewLink.objects.select_related("case").filter(token_digest=token_digest(token)).first()
    if found is None or not found.is_valid:
        response = render(request, "cases/editing/shared_draft_gone.html", status=404)
    else:
        draft = found.case.get_latest_revision_as_object()
        context = draft.get_context(request) | {"page": draft, "valid_until": found.expires_at}
        response = render(request, "cases/editing/shared_draft.html", context)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


class ShareForm(forms.Form):
    """How long the link works."""

    days = forms.TypedChoiceField(label="Hoe lang werkt de link?", choices=list(DAYS.items()), coerce=int, initial=7)


class ShareView(WagtailAdminTemplateMixin, View):
    """The links of one case: make one, see which work, take one back."""

    template_name = "cases/editing/share_draft.html"
    header_icon = "link"
    page_title = "Laat dit concept lezen"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only who may edit this case."""
        self.case = get_object_or_404(CasePage, pk=kwargs["pk"])
        if not self.case.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the case, this page."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.case.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.case.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest, pk: int, form: ShareForm | None = None, address: str = "") -> HttpResponse:
        """The page; a new address stands on it once, and nowhere else."""
        context = self.get_context_data(
            case=self.case, form=form or ShareForm(), address=address, links=self.case.preview_links.all()[:20]
        )
        return render(request, self.template_name, context, status=400 if form and form.errors else 200)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link, or take one back."""
        if revoked := request.POST.get("revoke"):
            return self._revoke(request, revoked)
        form = ShareForm(request.POST)
        if not form.is_valid():
            return self.get(request, pk, form)
        token = new_token()
        expires_at = timezone.now() + timedelta(days=form.cleaned_data["days"])
        PreviewLink.objects.create(
            case=self.case, token_digest=token_digest(token), created_by_id=request.user.pk, expires_at=expires_at
        )
        log(self.case, SHARED, user=request.user, data={"tot": expires_at.isoformat()})
        return self.get(request, pk, address=request.build_absolute_uri(reverse("shared_draft", args=[token])))

    def _revoke(self, request: HttpRequest, key: str) -> HttpResponse:
        if not key.isdecimal():
            raise Http404
        link = get_object_or_404(PreviewLink, pk=key, case=self.case)
        if link.is_valid:
            link.revoked_at = timezone.now()
            link.save(update_fields=["revoked_at"])
            log(self.case, REVOKED, user=request.user)
        messages.success(request, "De link werkt niet meer.")
        return redirect("share_draft", self.case.pk)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Under `/beheer/`."""
    return [path("casussen/<int:pk>/laat-lezen/", ShareView.as_view(), name="share_draft")]


@hooks.register("register_page_header_buttons")
def share_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """In the menu of a case."""
    if isinstance(page.specific_deferred, CasePage) and page.permissions_for_user(user).can_edit():
        yield Button("Laat dit concept lezen", reverse("share_draft", args=[page.pk]), icon_name="link", priority=40)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """How the history of a case tells of a link."""
    actions.register_action(SHARED, "Concept laten lezen", "Een link gemaakt waarmee anderen het concept lezen")
    actions.register_action(REVOKED, "Link ingetrokken", "Een link naar het concept ingetrokken")

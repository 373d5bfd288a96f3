"""The pages for signing in that are more than allauth's, and the page that takes away a second factor."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .oidc import offered
from .report import PERMISSION
from .second_factor import note_set_up, reset_second_factor


class DoorView(LoginView):
    """The one page where people sign in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the provider, when there is one."""
        return super().get_context_data(**kwargs) | {"provider": offered(self.request)}


class SetUpView(ActivateTOTPView):
    """A code in the app proves that it works; this session has then shown its second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it and go on to the recovery codes."""
        response = super().form_valid(form)
        note_set_up(self.request, self.request.user)
        return response


class ResetView(WagtailAdminTemplateMixin, TemplateView):
    """For an administrator: somebody lost their phone and their recovery codes."""

    template_name = "account/admin/reset_second_factor.html"
    header_icon = "key"
    page_title = "Tweede stap weghalen"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only who may change this account; only who has all rights takes one away from who has all rights."""
        self.person: Any = get_object_or_404(get_user_model(), pk=kwargs["pk"])
        if not request.user.has_perm(PERMISSION) or (self.person.is_superuser and not request.user.is_superuser):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the accounts, this account."""
        edit = reverse("wagtailusers_users:edit", args=[self.person.pk])
        here = [{"url": edit, "label": self.person.get_username()}, {"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose it is."""
        return super().get_context_data(**kwargs) | {"person": self.person}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it away."""
        name = self.person.get_username()
        if reset_second_factor(self.person):
            messages.success(request, f"De tweede stap van {name} is weg. {name} stelt bij het inloggen een nieuwe in.")
        else:
            messages.info(request, f"{name} had geen tweede stap. Er is niets veranderd.")
        return redirect("wagtailusers_users:index")

"""At a case in the editing environment: "nagekeken, klopt nog", and who keeps it. Neither is part of its text."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from wagtail.admin import messages
from wagtail.log_actions import log

from ..models import CaseKeeper, CasePage
from .queue import CONTACT_PERMISSION, PERMISSION
from .queue_views import QueueView
from .yearly import is_overdue, last_checked, mark_checked

KEEPER = "Wie houdt deze casus bij?"


class CaseView(QueueView):
    """A small page beside a case, for who may edit it and has the right for this."""

    needed = PERMISSION

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look who asks, and about which case."""
        self.case = get_object_or_404(CasePage, pk=kwargs["pk"])
        if not request.user.has_perm(self.needed) or not self.case.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super(QueueView, self).dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the case, and this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_pages:edit", args=[self.case.pk]), "label": self.case.draft_title},
            {"url": "", "label": self.page_title},
        ]

    def back(self) -> HttpResponseBase:
        """To the case."""
        return redirect("wagtailadmin_pages:edit", self.case.pk)


class CheckedView(CaseView):
    """Say that a case was looked at and still holds."""

    page_title = "Nagekeken: klopt nog"
    template_name = "cases/submissions/queue/checked.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """When it was looked at before."""
        seen_on, overdue = last_checked(self.case), is_overdue(self.case)
        return self.render_to_response(self.get_context_data(case=self.case, seen_on=seen_on, is_overdue=overdue))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Readers see today's month. A draft of the case stays a draft."""
        if not self.case.live:
            messages.error(request, "Deze casus staat niet op de site. Publiceer hem eerst.")
        else:
            mark_checked(self.case, request.user)
            messages.success(request, "Lezers zien nu dat deze casus vandaag is nagekeken.")
        return self.back()


class KeeperForm(forms.ModelForm):
    """Name and address of who tells us each year how it is going."""

    class Meta:
        model = CaseKeeper
        fields = ("name", "email", "consent_on")
        widgets = {"consent_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        error_messages = {
            "email": {"required": "Vul het e-mailadres in. Anders kunnen we niets vragen."},
            "consent_on": {"required": "Vul in op welke dag deze persoon ja zei."},
        }
        help_texts = {
            "email": "Hierheen gaat één keer per jaar de vraag: hoe is het nu?",
            "consent_on": "Vul alleen iemand in die hier zelf ja op heeft gezegd.",
        }


class KeeperView(CaseView):
    """Who keeps a case: fill in, change, forget. Nothing of it reaches the page, its versions or the log."""

    needed = CONTACT_PERMISSION
    page_title = KEEPER
    template_name = "cases/submissions/queue/keeper.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Who it is now."""
        return self._show(KeeperForm(instance=self._keeper()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Keep what was filled in, or forget it."""
        if "wis" in request.POST:
            return self._forget(request)
        form = KeeperForm(request.POST, instance=self._keeper())
        if not form.is_valid():
            return self._show(form)
        with transaction.atomic():
            keeper = form.save(commit=False)
            keeper.case = self.case
            keeper.save()
            log(instance=self.case, action="cases.keeper", user=request.user)
        messages.success(request, "De contactpersoon is bewaard.")
        return self.back()

    def _forget(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            if CaseKeeper.objects.filter(case=self.case).delete()[0]:
                log(instance=self.case, action="cases.keeper", user=request.user)
        messages.success(request, "De gegevens van de contactpersoon zijn gewist.")
        return self.back()

    def _keeper(self) -> CaseKeeper | None:
        return CaseKeeper.objects.filter(case=self.case).first()

    def _show(self, form: KeeperForm) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(case=self.case, form=form))


def urls() -> list[URLPattern]:
    """Below the address of the editing environment."""
    return [
        path("ingezonden/nagekeken/<int:pk>/", CheckedView.as_view(), name="case_checked"),
        path("ingezonden/contactpersoon/<int:pk>/", KeeperView.as_view(), name="case_keeper"),
    ]

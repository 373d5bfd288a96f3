"""Taking a case offline: never without a reason for its readers, and if possible with another address for them."""

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page

from ..models import CasePage, CaseWithdrawal

WITHDRAWN = "cases.withdraw"
_CASE = re.compile(r"^/casussen/(?P<slug>[-\w]+)/$")


class WithdrawalForm(forms.ModelForm):
    """Two questions: why, and where to."""

    use_required_attribute = False  # our own message says why, in Dutch

    class Meta:
        model = CaseWithdrawal
        fields = ["reason", "forward_to"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"reason": {"required": "Vertel in één zin waarom deze casus offline gaat. Lezers zien dit."}}

    def clean_forward_to(self) -> str:
        """An address on this site that leads somewhere else than to this case."""
        address = self.cleaned_data["forward_to"].strip()
        if not address:
            return ""
        if not re.fullmatch(r"/(?!/)[-\w/.~%?=&+]*", address):
            raise forms.ValidationError(
                "Begin met een schuine streep, zoals /casussen/een-andere/. Andere sites kan niet."
            )
        path = f"{address.partition('?')[0].rstrip('/')}/"
        if path == self.instance.case.get_absolute_url():
            raise forms.ValidationError("Dit is het adres van deze casus zelf. Kies een ander, of laat het leeg.")
        found = _CASE.match(path)
        if found and not CasePage.objects.published().filter(slug=found["slug"]).exists():
            raise forms.ValidationError("Op dit adres staat geen casus. Kies een ander, of laat het leeg.")
        return address


def withdrawal_form(case: CasePage, data: Any = None) -> WithdrawalForm:
    """The form for this case; empty unless something was sent."""
    existing = CaseWithdrawal.objects.filter(case=case).first()
    return WithdrawalForm(data, instance=existing or CaseWithdrawal(case=case))


@hooks.register("before_unpublish_page")
def ask_why(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep the reason, or show the question again with what is wrong."""
    if not isinstance(page.specific_deferred, CasePage):
        return None
    form = withdrawal_form(page.specific, request.POST)
    if form.is_valid():
        form.instance.withdrawn_by = request.user
        form.save()
        log(page, WITHDRAWN, user=request.user, data={"reason": form.instance.reason})
        return None
    request.withdrawal_form = form  # type: ignore[attr-defined]  # read by the tag in the page of Wagtail
    request.method = "GET"
    return UnpublishView.as_view()(request, page.pk)


@hooks.register("before_bulk_action")
def one_at_a_time(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Each case that goes offline needs its own reason; and what was public isn't removed by the dozen either."""
    pages = [found.specific_deferred for found in objects if isinstance(found, Page)]
    if action_type == "unpublish" and any(isinstance(page, CasePage) for page in pages):
        messages.error(request, "Haal casussen één voor één offline: elke casus heeft een eigen reden nodig.")
    elif action_type == "delete" and any(_must_stay(page, request) for page in pages):
        messages.error(
            request, "Er is niets verwijderd. Een of meer casussen hebben op de site gestaan. Haal ze offline."
        )
    else:
        return None
    return redirect(reverse("wagtailadmin_explore", args=[pages[0].get_parent().pk]))


def _must_stay(page: Page, request: HttpRequest) -> bool:
    may_remove = request.user.has_perm("cases.delete_casepage")  # administrators only
    return isinstance(page, CasePage) and page.first_published_at is not None and not may_remove


@hooks.register("before_delete_page")
def once_public_stays(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What readers could read is taken offline, with a reason; only an administrator removes it for good."""
    if not _must_stay(page.specific_deferred, request):
        return None
    text = "Deze casus heeft op de site gestaan. Haal hem offline: dan lezen bezoekers waarom hij weg is."
    messages.error(request, text)
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """So that the history of a case tells why it went offline."""

    @actions.register_action(WITHDRAWN)
    class WithdrawnFormatter(LogFormatter):
        label = "Offline gehaald"

        def format_message(self, entry: Any) -> str:
            return f"Offline gehaald, met als reden: “{entry.data.get('reason', '')}”"

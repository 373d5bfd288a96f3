"""The organisations that have a case, and each with its cases, in pages."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from survey.vocabulary import vocabulary

from .catalogue import card
from .filters import PAGE_SIZE
from .models import CasePage, FormerOrganisation, Organisation
from .paging import list_page

ORGANISATIONS_A_PAGE = 200


def organisations_with_cases() -> "QuerySet[Organisation]":
    """Those of which a visitor may read a case."""
    return Organisation.objects.filter(Exists(CasePage.objects.published().filter(organisation=OuterRef("pk"))))


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations that have a case, by name."""
    found = organisations_with_cases().select_related("country").order_by("name", "pk")
    page = list_page(found, request.GET.get("pagina", ""), ORGANISATIONS_A_PAGE, reverse("organisation_list"))
    return render(request, "cases/organisation_list.html", {"page": page})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation and its cases; an address that it had before leads there."""
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        former = get_object_or_404(FormerOrganisation.objects.select_related("organisation"), slug=slug)
        return HttpResponsePermanentRedirect(former.organisation.get_absolute_url())
    words = vocabulary()
    cases = CasePage.objects.published().filter(organisation=found).newest_first().with_card_data()
    page = list_page(cases, request.GET.get("pagina", ""), PAGE_SIZE, found.get_absolute_url())
    entries = {name: words.by_pk.get(getattr(found, f"{name}_id")) for name in ("sector", "cluster", "country")}
    cards = [card(case) for case in page.items]
    return render(request, "cases/organisation.html", {"organisation": found, "page": page, "cards": cards, **entries})

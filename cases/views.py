"""Addresses of cases that are not pages: the list, its exports and feed, the matrix, organisations, citing."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from survey.vocabulary import vocabulary

from .catalogue import answer, card, catalogue
from .citing import bibtex
from .exports import as_csv, as_json, as_xlsx, rows
from .feeds import feed_of
from .filters import OUTCOME, CatalogueFilter, forwarded_query
from .matrix import AXES, COLUMN_AXES, matrix
from .models import CasePage, CaseWithdrawal, FormerOrganisation, Organisation
from .search_statistics import note_miss
from .submissions.limits import client_address

FEED_LENGTH = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The catalogue: search, facets, sort, page; every state is a link."""
    filters = CatalogueFilter(request.GET)
    if not filters.is_valid():
        return _refused(request, filters)
    found = catalogue(filters)
    if found.question.page > found.pages:
        filters.form.add_error("pagina", f"Pagina {found.question.page} bestaat niet: er zijn er {found.pages}.")
        return _refused(request, filters)
    response = render(request, "cases/case_list.html", {"catalogue": found, "filtered": bool(found.query_string)})
    if not found.total and found.question.text and not found.question.choices:
        note_miss(found.question.text, client_address(request))
        response["Cache-Control"] = "no-store"  # a kept page would not be counted again
    return response


def _refused(request: HttpRequest, filters: CatalogueFilter) -> HttpResponse:
    """A readable 400: which parameter, what is wrong, what can be chosen. An old code is no mistake: it leads on."""
    if query := forwarded_query(request.GET):
        return HttpResponsePermanentRedirect(f"{request.path}?{query}")
    labels = {name: str(found.label) for name, found in filters.filters.items()}
    errors = [(labels.get(name, name), messages) for name, messages in filters.errors.items()]
    return render(request, "cases/wrong_question.html", {"errors": errors}, status=400)


@require_safe
def case_export(request: HttpRequest, extension: str) -> HttpResponse | StreamingHttpResponse:
    """All pages of the same result, in the same order, as a file."""
    filters = CatalogueFilter(request.GET)
    if not filters.is_valid():
        return _refused(request, filters)
    pks = answer(filters.question()).all_pks()
    found = rows(pks)
    if extension == "csv":
        response = StreamingHttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    elif extension == "json":
        response = StreamingHttpResponse(as_json(found, len(pks)), content_type="application/json; charset=utf-8")
    else:
        return HttpResponse(as_xlsx(found), content_type=XLSX, headers=_as_file("casussen.xlsx"))
    response["Content-Disposition"] = f'attachment; filename="casussen.{extension}"'
    return response


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@require_safe
def case_feed(request: HttpRequest) -> HttpResponse:
    """The newest cases of the same result, as Atom."""
    filters = CatalogueFilter(request.GET)
    if not filters.is_valid():
        return _refused(request, filters)
    result = answer(replace(filters.question(page_size=FEED_LENGTH), sort="nieuwste", page=1))
    cases = CasePage.objects.published().select_related("organisation").in_order_of([hit.pk for hit in result.hits])
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return feed_of(
        cases,
        title=settings.SITE_NAME,
        description="Nieuwe casussen over innovatie bij de overheid",
        link=f"/casussen/{query}",
        feed_link=f"/casussen/feed/{query}",
    )


@require_safe
def case_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One case. A public one is found by its slug in one query; Wagtail walks the tree for all others (login, 404)."""
    case = CasePage.objects.published().select_related("organisation").filter(slug=slug).first()
    if case is not None:
        return case.serve(request)
    try:
        return serve(request, request.path.lstrip("/"))
    except Http404:
        return _withdrawn(request, slug)


def _withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a case went that was taken offline, or why it is gone. Raises Http404 when nobody ever could read it."""
    found = get_object_or_404(CaseWithdrawal, case__slug=slug, case__live=False)
    if found.forward_to:
        return redirect(found.forward_to)
    return render(request, "cases/withdrawn_case.html", {"withdrawal": found}, status=410)


@require_safe
def case_bibtex(request: HttpRequest, slug: str) -> HttpResponse:
    """How to cite this case, for a reference manager."""
    case = get_object_or_404(CasePage.objects.published().select_related("organisation"), slug=slug)
    return HttpResponse(
        bibtex(case), content_type="application/x-bibtex; charset=utf-8", headers=_as_file(f"{slug}.bib")
    )


@require_safe
def matrix_page(request: HttpRequest) -> HttpResponse:
    """Two groupings against each other, with numbers of cases as a way in."""
    row, column = request.GET.get("rij", AXES[0]), request.GET.get("kolom", COLUMN_AXES[0])
    words = vocabulary()
    if row not in AXES or column not in COLUMN_AXES or row == column or not {row, column} <= {OUTCOME, *words.schemes}:
        wrong = [
            (
                "Matrix",
                [
                    f"Kies voor de rijen uit: {', '.join(AXES)}; voor de kolommen: {', '.join(COLUMN_AXES)}; niet twee keer dezelfde."
                ],
            )
        ]
        return render(request, "cases/wrong_question.html", {"errors": wrong}, status=400)
    return render(request, "cases/matrix.html", {"matrix": matrix(row, column)})


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations that have a case."""
    with_cases = CasePage.objects.published().values_list("organisation_id", flat=True)
    organisations = Organisation.objects.filter(pk__in=with_cases).select_related("country", "sector")
    return render(request, "cases/organisation_list.html", {"organisations": organisations})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation and its cases; an address that it had before leads there."""
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        former = get_object_or_404(FormerOrganisation.objects.select_related("organisation"), slug=slug)
        return HttpResponsePermanentRedirect(former.organisation.get_absolute_url())
    words = vocabulary()
    cards = [
        card(case) for case in CasePage.objects.published().filter(organisation=found).newest_first().with_card_data()
    ]
    entries = {name: words.by_pk.get(getattr(found, f"{name}_id")) for name in ("sector", "cluster", "country")}
    return render(request, "cases/organisation.html", {"organisation": found, "cards": cards, **entries})

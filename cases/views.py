"""Addresses of cases that are not pages: the list, its exports and feed, the matrix, citing."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from survey.downloads import TooBusyError, file_response
from survey.vocabulary import vocabulary

from .catalogue import catalogue
from .citing import bibtex
from .exports import as_file, rows
from .feeds import feed_of
from .filters import OUTCOME, CatalogueFilter, forwarded_query
from .listing import listed
from .matrix import AXES, COLUMN_AXES, matrix
from .models import CasePage, CaseWithdrawal
from .search.results import SearchResult
from .search_statistics import note_miss
from .submissions.limits import client_address

FEED_LENGTH = 50


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The catalogue: search, facets, sort, page; every state is a link."""
    filters = CatalogueFilter(request.GET)
    if not filters.is_valid():
        return _refused(request, filters)
    found = catalogue(filters)
    if found.question.page > found.pages:
        return _no_such_page(request, filters, found.pages)
    response = render(request, "cases/case_list.html", {"catalogue": found, "filtered": bool(found.query_string)})
    if not found.total and found.question.text and not found.question.choices:
        note_miss(found.question.text, client_address(request))
        response["Cache-Control"] = "no-store"  # a kept page would not be counted again
    return response


def _no_such_page(request: HttpRequest, filters: CatalogueFilter, pages: int) -> HttpResponse:
    filters.form.add_error("pagina", f"Pagina {filters.question().page} bestaat niet: er zijn er {pages}.")
    return _refused(request, filters)


def _refused(request: HttpRequest, filters: CatalogueFilter) -> HttpResponse:
    """A readable 400: which parameter, what is wrong, what can be chosen. An old code is no mistake: it leads on."""
    if query := forwarded_query(request.GET):
        return HttpResponsePermanentRedirect(f"{request.path}?{query}")
    labels = {name: str(found.label) for name, found in filters.filters.items()}
    errors = [(labels.get(name, name), messages) for name, messages in filters.errors.items()]
    return render(request, "cases/wrong_question.html", {"errors": errors}, status=400)


@require_safe
def case_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """All pages of the same result, in the same order, as a file."""
    filters = CatalogueFilter(request.GET)
    if not filters.is_valid():
        return _refused(request, filters)
    if request.method == "HEAD":
        return file_response("casussen", extension, [])
    result = listed(filters.question())
    try:
        return file_response("casussen", extension, as_file(extension, rows(_keys(result))), rows=result.total)
    except TooBusyError:
        busy = render(request, "cases/export_busy.html", status=503)
        busy["Retry-After"] = "120"
        return busy


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _keys(result: SearchResult) -> Iterator[int]:
    """Asked for only when the file is written: with very many cases that takes a while too."""
    yield from result.all_pks()


@require_safe
def case_feed(request: HttpRequest) -> HttpResponse:
    """The cases of the same result as Atom, the newest first, in pages that name each other."""
    filters = CatalogueFilter(request.GET)
    if not filters.is_valid():
        return _refused(request, filters)
    question = replace(filters.question(page_size=FEED_LENGTH), sort="nieuwste")
    result = listed(question)
    last = max(1, ceil(result.total / FEED_LENGTH))
    if question.page > last:
        return _no_such_page(request, filters, last)
    cases = CasePage.objects.published().select_related("organisation").in_order_of([hit.pk for hit in result.hits])
    number, others = question.page, {}
    if last > 1:
        others = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    return feed_of(
        cases,
        title=f"{settings.SITE_NAME}: “{question.text}”" if question.text else settings.SITE_NAME,
        description="Nieuwe casussen over innovatie bij de overheid",
        link=f"/casussen/{_query_of_page(request, 1)}",
        feed_link=f"/casussen/feed/{_query_of_page(request, number)}",
        pages={
            rel: f"/casussen/feed/{_query_of_page(request, page)}" for rel, page in others.items() if 1 <= page <= last
        },
    )


def _query_of_page(request: HttpRequest, number: int) -> str:
    """The same question for another page; the first one has no number."""
    query = request.GET.copy()
    query.pop("pagina", None)
    if number > 1:
        query["pagina"] = str(number)
    return f"?{query.urlencode()}" if query else ""


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

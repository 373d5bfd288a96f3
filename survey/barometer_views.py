"""The barometer: its editions and what each found."""

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .barometer import barometer
from .models import Result
from .pages.edition import edition_page
from .pages.overview import overview_page
from .result_exports import results_file
from .views import forwarded
from .vocabulary import SchemeEntry


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The newest results, the editions, and the ways in."""
    return render(request, "survey/barometer.html", {"page": overview_page()})


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """One edition: key results, figures, method and response."""
    found = barometer().editions.get(slug)
    if found is None:
        raise Http404(slug)
    return render(request, "survey/edition.html", {"page": edition_page(found)})


@require_safe
def edition_export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """All numbers of one edition as a file."""
    _only(request)
    found = barometer().editions.get(slug)
    if found is None:
        raise Http404(slug)
    cautions = [found.caution] if found.caution else []
    return results_file(Result.objects.filter(edition=found.pk), f"resultaten-{slug}", extension, cautions)


@require_safe
def concept_export(request: HttpRequest, scheme: SchemeEntry, slug: str) -> HttpResponseBase:
    """All numbers about one group of organisations, or of one answer; `?editie=` narrows them."""
    _only(request, "editie")
    entry = scheme.concepts.get(slug)
    if entry is None:
        return forwarded(request, scheme, slug, "export.csv")
    results = Result.objects.filter(Q(group=entry.pk) | Q(indicator__concepts=entry.pk)).distinct()
    if asked := request.GET.get("editie"):
        edition = barometer().editions.get(asked)
        if edition is None:
            raise BadRequest(asked)
        results = results.filter(edition=edition.pk)
    return results_file(results, f"resultaten-{slug}", "csv", [])


def _only(request: HttpRequest, *names: str) -> None:
    """Refuse what this address does not know: each other address would be a file of its own to make and to keep."""
    if unknown := [name for name in request.GET if name not in names]:
        raise BadRequest(unknown[0])

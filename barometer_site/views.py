"""Addresses that are not content: health, robots, security, and the pages for when something is wrong."""

import sys
from datetime import timedelta

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.index import case_index
from cases.search.index import IndexUnavailableError


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database and the index can be used, 503 with the reason when not."""
    problems = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        problems["database"] = f"De database antwoordt niet ({type(error).__name__})."
    else:
        try:
            case_index().searcher()
        except Exception as error:  # noqa: BLE001  whatever is wrong with the index is the answer
            problems["zoekindex"] = f"De zoekindex kan niet worden gebruikt ({type(error).__name__})."
    body = {"status": "storing" if problems else "gezond", "problemen": problems}
    return JsonResponse(body, status=503 if problems else 200, headers={"Cache-Control": "no-store"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be found, except combinations of filters and the editing environment."""
    lines = [
        "User-agent: *",
        "Disallow: /beheer/",
        "Disallow: /melden/",
        "Disallow: /casussen/?",
        "Disallow: /zoeken/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It never expires unnoticed: the date is always half a year from today."""
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    contact = f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else f"{settings.SITE_URL}/over/"
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with a way on."""
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 without details: the request was not one of ours."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database or the index is away. Uses no context that could fail again."""
    if isinstance(sys.exc_info()[1], (DatabaseError, IndexUnavailableError)):
        return service_unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """503: try again in a moment."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})

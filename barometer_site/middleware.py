"""Public pages: no cookie, a strong ETag, fresh the moment something is published; and the policy of each response."""

import hashlib
from collections.abc import Callable, Iterable
from functools import cache as once
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import parse_etags

from survey.versions import answers_are_behind, one_version_per_request

from .accounts.urls import SIGN_IN_PREFIXES
from .views import service_unavailable

Handler = Callable[[HttpRequest], HttpResponseBase]

#: What is never the same for everybody, or must always be asked anew.
PRIVATE_PREFIXES = (
    "/beheer/",
    "/gezond/",
    "/.well-known/",
    "/static/",
    "/media/",
    "/documenten/",
    "/barometer/grafieken/",
    "/inzenden/",
    "/melden/",
    "/hoe-is-het-nu/",
    "/voorbeeld/",
)
#: Where a query string makes another page.
ASKING_PREFIXES = ("/casussen/", "/matrix/", "/barometer/")
MOST_BYTES = 256 * 1024


@once
def code_version() -> str:
    """Changes with every deployment: a digest of all files that make up a page."""
    folders: Iterable[str] = ("barometer_site", "cases", "survey", "templates", "static")
    files = (p for folder in folders for p in Path(settings.BASE_DIR, folder).rglob("*") if p.is_file())
    digest = hashlib.sha256(f"{settings.SITE_URL} {settings.SITE_OPERATOR} {settings.CONTACT_EMAIL}".encode())
    for path in sorted(p for p in files if p.suffix in {".py", ".html", ".css", ".js", ".svg"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Kept(NamedTuple):
    """A page as it was answered, and the content version it was made with."""

    etag: str
    version: int
    response: HttpResponse


class PublicCacheMiddleware:
    """Answers 304 or a kept page when the content version is the one it was made with.

    One query (the version) stands between a visitor and a kept page. When the database is away, pages made with the
    last version that was seen are answered, and everything else gets the 503 page.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.last_seen = 0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        # Wagtail asks for the preview of a draft at the address of the public page: a draft is never kept, nor a kept page.
        is_preview = getattr(request, "is_dummy", False)
        if request.method not in ("GET", "HEAD") or is_preview or request.path.startswith(PRIVATE_PREFIXES):
            return self.get_response(request)
        host = request.get_host().partition(":")[0]
        key = "page:" + hashlib.sha256(f"{host}{request.get_full_path()}".encode()).hexdigest()
        kept: Kept | None = cache.get(key)
        try:
            with one_version_per_request() as found:
                self.last_seen = found.content
                # The day counts too: a case becomes overdue for its yearly check without any change.
                made_of = f"{found.content} {code_version()} {timezone.localdate()} {key}"
                etag = f'"{hashlib.sha256(made_of.encode()).hexdigest()[:32]}"'
                # A proxy that compresses makes a tag weak; what it stands for is the same.
                if etag in {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}:
                    return _with_policy(HttpResponseNotModified(), etag)
                if kept and kept.etag == etag:
                    return kept.response
                response = self.get_response(request)
                if answers_are_behind():  # the search index is still taking in very many changes
                    response["Cache-Control"] = "no-store"
        except DatabaseError:
            response = service_unavailable(request)
        if response.status_code == 503:
            return kept.response if kept and kept.version == self.last_seen else response
        private = "no-store" in response.get("Cache-Control", "") or "Cookie" in response.get("Vary", "")
        if response.status_code != 200 or response.cookies or private:
            cache.delete(key)
            return response
        _with_policy(response, etag)
        if isinstance(response, HttpResponse) and _worth_keeping(request, response):
            kept_response = HttpResponse(response.content, headers=dict(response.items()))
            cache.set(key, Kept(etag, found.content, kept_response), timeout=None)
        return response


def _with_policy(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Anybody may keep it, and asks each time whether it is still the one."""
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _worth_keeping(request: HttpRequest, response: HttpResponse) -> bool:
    """Whole pages of ordinary size; with a query string only where that asks something."""
    asks = not request.GET or request.path.startswith(ASKING_PREFIXES)
    return asks and len(response.content) <= MOST_BYTES and request.method == "GET"


#: What Wagtail's editor needs beyond the public policy: its forms hold scripts that belong to their fields.
EDITING_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}


#: A file that somebody uploaded runs nothing, whatever is in it.
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
FILE_PREFIXES = ("/media/", "/documenten/")


class PolicyMiddleware:
    """The headers that differ between public pages, uploaded files and the editing environment."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        response = self.get_response(request)
        if request.path.startswith("/beheer/"):
            if not request.path.startswith(SIGN_IN_PREFIXES):
                response._csp_replace = EDITING_POLICY  # type: ignore[attr-defined]  # read by django-csp
            response.setdefault("Cache-Control", "no-store")
        elif request.path.startswith(FILE_PREFIXES):
            response["Content-Security-Policy"] = FILE_POLICY
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

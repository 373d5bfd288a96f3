"""Public pages: no cookie, a strong ETag, fresh the moment something is published; and the policy of each response."""

import hashlib
from collections.abc import Callable, Iterable
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from survey.versions import one_version_per_request

from .views import service_unavailable

Handler = Callable[[HttpRequest], HttpResponseBase]

#: What is never the same for everybody, or must always be asked anew.
PRIVATE_PREFIXES = ("/beheer/", "/gezond/", "/static/", "/media/", "/documenten/")
MOST_BYTES = 512 * 1024


@once
def code_version() -> str:
    """Changes with every deployment: the newest of all files that make up a page."""
    folders: Iterable[str] = ("barometer_site", "cases", "survey", "templates", "static")
    files = (p for folder in folders for p in Path(settings.BASE_DIR, folder).rglob("*") if p.is_file())
    digest = hashlib.sha256(f"{settings.SITE_URL} {settings.SITE_OPERATOR} {settings.CONTACT_EMAIL}".encode())
    for path in sorted(p for p in files if p.suffix in {".py", ".html", ".css", ".js", ".svg"}):
        digest.update(f"{path.name} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


class PublicCacheMiddleware:
    """Answers 304 or a kept page when the content version is the one it was made with.

    One query (the version) stands between a visitor and a kept page. When the database is away, kept pages are
    answered as they are, and everything else gets the 503 page.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if request.method not in ("GET", "HEAD") or request.path.startswith(PRIVATE_PREFIXES):
            return self.get_response(request)
        key = "page:" + hashlib.sha256(f"{request.get_host()}{request.get_full_path()}".encode()).hexdigest()
        kept: tuple[str, HttpResponse] | None = cache.get(key)
        try:
            with one_version_per_request() as found:
                etag = f'"{hashlib.sha256(f"{found.content} {code_version()} {key}".encode()).hexdigest()[:32]}"'
                if etag in parse_etags(request.headers.get("If-None-Match", "")):
                    return self._policy(HttpResponseNotModified(), etag)
                if kept and kept[0] == etag:
                    return kept[1]
                response = self.get_response(request)
        except DatabaseError:
            return kept[1] if kept else service_unavailable(request)
        if response.status_code == 503 and kept:
            return kept[1]
        if response.status_code != 200 or response.cookies or "Cookie" in response.get("Vary", ""):
            return response
        self._policy(response, etag)
        if isinstance(response, HttpResponse) and len(response.content) <= MOST_BYTES and request.method == "GET":
            kept_response = HttpResponse(response.content, headers=dict(response.items()))
            cache.set(key, (etag, kept_response), timeout=None)
        return response

    @staticmethod
    def _policy(response: HttpResponseBase, etag: str) -> HttpResponseBase:
        response["ETag"] = etag
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response


#: What Wagtail's editor needs beyond the public policy.
EDITING_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class PolicyMiddleware:
    """The headers that differ between public pages and the editing environment."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        response = self.get_response(request)
        if request.path.startswith("/beheer/"):
            response._csp_replace = EDITING_POLICY  # type: ignore[attr-defined]  # read by django-csp
            response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

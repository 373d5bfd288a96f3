"""A walk over every address of the site, with a floor on how many were walked."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from barometer_site.sitemaps import SITEMAPS
from cases.models import CasePage

pytestmark = pytest.mark.django_db

LINK = re.compile(r"<a\b[^>]*\bhref=\"([^\"]+)\"")
#: Not walked from links: editing and files.
ELSEWHERE = ("/beheer/", "/static/", "/media/", "/documenten/")


def files(folder: str, pattern: str) -> int:
    """How many files the content has there."""
    found = len([path for path in (Path(settings.CONTENT_DIR) / folder).glob(pattern) if path.name != "_schema.yaml"])
    assert found, folder
    return found


def in_the_sitemap() -> list[str]:
    """Every address that a search engine is told of."""
    addresses = [sitemap().location(item) for sitemap in SITEMAPS.values() for item in sitemap().items()]
    assert len(addresses) == len(set(addresses)), "An address is named twice."
    return addresses


def test_every_file_has_its_page() -> None:
    addresses = in_the_sitemap()
    assert len([address for address in addresses if re.match(r"/casussen/.+", address)]) == files("cases", "*.md")
    assert len([address for address in addresses if re.match(r"/publicaties/.+", address)]) == files(
        "publications", "*.yaml"
    )
    assert len(addresses) > files("cases", "*.md") + files("concepts", "*/*.yaml")
    assert CasePage.objects.live().count() == files("cases", "*.md")


def test_every_page_opens_and_every_link_leads_somewhere(client: Client) -> None:
    """All links of all pages, each address once; a link into a page must find its place there."""
    pages = {address: opened(client, address) for address in in_the_sitemap()}
    assert len(pages) > 500, "The walk itself found too little."
    links: dict[str, str] = {}
    for address, html in pages.items():
        assert len(re.findall(r"<h1\b", html)) == 1, f"{address} has not exactly one main heading"
        ids = re.findall(r"\bid=\"([^\"]+)\"", html)
        assert len(ids) == len(set(ids)), f"{address} has an id twice"
        for path, fragment in links_of(html, address):
            if path == address and fragment:
                assert fragment in ids, f"{address} has no place called {fragment}"
            if path not in pages:
                links.setdefault(path, address)
    assert len(links) > 20
    dead = {path: f"on {page}" for path, page in links.items() if client.get(path).status_code != 200}
    assert not dead


def opened(client: Client, address: str) -> str:
    """The page as text; it must open, without a cookie and with a tag to ask again by."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    assert not response.cookies, f"{address} sets a cookie"
    assert response["ETag"], address
    return response.content.decode()


def links_of(html: str, address: str) -> Iterator[tuple[str, str]]:
    """Path and fragment of every link within the site; of links with a question only those of the first page."""
    for href in LINK.findall(html):
        parts = urlsplit(unescape(href))
        if parts.scheme or parts.netloc or parts.path.startswith(ELSEWHERE):
            continue
        if parts.query and address.count("/") > 2:
            continue  # the catalogue is asked a few hundred questions by the overviews; concepts repeat them
        path = (parts.path or address) + (f"?{parts.query}" if parts.query else "")
        yield path, parts.fragment

"""Health, robots, security, sitemap, policies, and the pages for when something is wrong."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.checks import run_checks
from django.db import OperationalError, connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from factories import (
    make_case,
    make_concept,
    make_editor,
    make_failures_page,
    make_organisation,
    make_plain_page,
    make_publication,
)

import barometer_site.views
from barometer_site.models import PlainPage

pytestmark = pytest.mark.django_db


def test_healthy(client: Client) -> None:
    response = client.get("/gezond/")
    assert response.status_code == 200
    assert response.json() == {"status": "gezond", "problemen": {}}
    assert client.head("/gezond/").status_code == 200


def test_a_database_that_is_away_is_told_with_503(client: Client) -> None:
    def away(*args: Any) -> None:
        raise OperationalError("geheim adres van de database")

    with connection.execute_wrapper(away):
        response = client.get("/gezond/")
    assert response.status_code == 503
    assert list(response.json()["problemen"]) == ["database"]
    assert "geheim" not in response.content.decode()


def test_an_index_that_cannot_be_used_is_told_with_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError("/geheim/pad")

    monkeypatch.setattr(barometer_site.views, "case_index", broken)
    response = client.get("/gezond/")
    assert response.status_code == 503
    assert list(response.json()["problemen"]) == ["zoekindex"]
    assert "geheim" not in response.content.decode()
    assert client.get("/gezond/").status_code == 503


def test_robots_may_read_everything_but_combinations_and_the_editing_environment(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /beheer/", "Disallow: /casussen/?", "Disallow: /zoeken/"} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def fields(client: Client) -> dict[str, str]:
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_security_txt_has_what_rfc_9116_asks(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = "veilig@example.nl"
    found = fields(client)
    assert found["Contact"] == "mailto:veilig@example.nl"
    assert found["Canonical"] == "http://testserver/.well-known/security.txt"
    assert timezone.now() < datetime.fromisoformat(found["Expires"]) < timezone.now() + timedelta(days=365)
    settings.CONTACT_EMAIL = ""
    assert fields(client)["Contact"] == "http://testserver/over/"


def test_security_txt_does_not_grow_old_while_nothing_is_published(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fields(client)["Expires"]
    later = timezone.now() + timedelta(days=100)
    monkeypatch.setattr(barometer_site.views.timezone, "now", lambda: later)
    assert fields(client)["Expires"] > first


def test_the_sitemap_lists_everything_that_is_published_and_all_of_it_can_be_opened(client: Client) -> None:
    organisation = make_organisation("Gemeente", sector=make_concept("sector/gemeenten"))
    make_case(
        "Casus", organisation=organisation, links=["patroon/brug"], sources=[{"publication": make_publication("R")}]
    )
    make_plain_page()
    make_failures_page()
    make_concept("factor/tijd")
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  made by ourselves
    found = [str(element.text) for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(found) == len(set(found)) >= 15
    addresses = {address.removeprefix("http://testserver") for address in found}
    assert addresses >= {
        "/",
        "/casussen/",
        "/casussen/casus/",
        "/organisaties/gemeente/",
        "/publicaties/r/",
        "/patronen/",
        "/patronen/brug/",
        "/barometer/sectoren/gemeenten/",
        "/over/",
        "/briljante-mislukkingen/",
    }
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_public_pages_run_nothing_inline_and_load_nothing_from_elsewhere(client: Client) -> None:
    make_case("Casus")
    walked = ["/", "/casussen/", "/casussen/casus/", "/casussen/?pagina=0", "/nergens/", "/organisaties/", "/gezond/"]
    for address in walked:
        for _ in ("fresh", "kept"):
            policy = client.get(address)["Content-Security-Policy"]
            assert "unsafe" not in policy, address
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in f"{policy};"
            assert "//" not in policy
            assert "*" not in policy


def test_the_editing_environment_has_a_policy_of_its_own(client: Client) -> None:
    client.force_login(make_editor())
    response = client.get("/beheer/")
    assert "script-src 'self' 'unsafe-inline'" in response["Content-Security-Policy"]
    assert "//" not in response["Content-Security-Policy"]


def test_every_answer_carries_the_safe_heads(client: Client) -> None:
    make_case("Casus")
    for address in ("/", "/casussen/", "/nergens/", "/beheer/login/"):
        response = client.get(address)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "geolocation=()" in response["Permissions-Policy"]


def test_an_address_that_is_not_there_gives_a_way_on(client: Client) -> None:
    make_case("Casus")
    for address in ("/nergens/", "/casussen/nergens/", "/organisaties/nergens/", "/patronen/", "/a/b/c/"):
        response = client.get(address)
        assert response.status_code == 404, address
        text = response.content.decode()
        assert "Deze pagina bestaat niet" in text
        assert 'name="q"' in text
        assert "noindex" in text


def test_when_something_breaks_the_reader_gets_a_whole_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_case("Casus")
    client.raise_request_exception = False

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("cases.views.catalogue", broken)
    response = client.get("/casussen/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "Er ging iets mis" in text
    assert "geheim" not in text
    assert "ETag" not in response


def test_every_fixed_address_of_the_site_has_exactly_one_main_heading(client: Client) -> None:
    make_case("Casus")
    make_concept("factor/tijd")
    patterns = [
        str(found.pattern) for group in get_resolver().url_patterns for found in getattr(group, "url_patterns", [])
    ]
    fixed = [
        "/",
        *(f"/{address}" for address in patterns if address and not set(address) & set("<^(") and "/" in address),
    ]
    walked = 0
    for address in fixed:
        response = client.get(address)
        if response["Content-Type"].startswith("text/html") and response.status_code == 200:
            assert response.content.decode().count("<h1") == 1, address
            walked += 1
    assert walked >= 6, "The walk itself found too little."


def test_the_check_finds_a_page_type_that_may_be_put_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "kennisbank.E001" not in [found.id for found in run_checks()]
    monkeypatch.delattr(PlainPage, "subpage_types")
    [found] = [found for found in run_checks() if found.id == "kennisbank.E001"]
    assert found.obj is PlainPage
    assert "PlainPage" in found.msg

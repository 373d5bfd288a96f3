"""Pages are kept until something is published: quick for who comes back, never old, and there when the database is not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import (
    edit,
    make_case,
    make_concept,
    make_editor,
    make_failures_page,
    make_organisation,
    make_plain_page,
    make_publication,
    restrict,
)

import barometer_site.middleware
from barometer_site.models import PlainPage
from cases.models import CasePage

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/casussen/",
    "/casussen/?q=drone&uitkomst=geslaagd",
    "/casussen/drone/",
    "/casussen/drone/bibtex/",
    "/casussen/feed/",
    "/casussen/export.csv",
    "/casussen/export.xlsx",
    "/casussen/export.json",
    "/klimaat/",
    "/klimaat/tijd/",
    "/barometer/sectoren/gemeenten/",
    "/matrix/?rij=factor&kolom=uitkomst",
    "/begrippenlijsten/",
    "/publicaties/",
    "/publicaties/rapport/",
    "/organisaties/",
    "/organisaties/gemeente/",
    "/briljante-mislukkingen/",
    "/over/",
    "/sitemap.xml",
    "/robots.txt",
]


@pytest.fixture
def site() -> CasePage:
    """One page of every kind."""
    make_plain_page()
    make_failures_page()
    publication = make_publication("Rapport")
    organisation = make_organisation("Gemeente", sector=make_concept("sector/gemeenten"))
    return make_case("Drone", links=["factor/tijd"], organisation=organisation, sources=[{"publication": publication}])


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_every_public_page_is_the_same_for_everybody(client: Client, site: CasePage) -> None:
    """No cookie, nothing that differs with a cookie, and a strong mark of the version."""
    signed_in = Client()
    signed_in.force_login(make_editor())
    for address in PUBLIC:
        for visitor in (client, signed_in, client):
            response = visitor.get(address)
            assert response.status_code == 200, address
            assert not response.cookies, address
            assert "cookie" not in response.get("Vary", "").lower(), address
            assert response["ETag"].startswith('"'), address
            assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert len(set(PUBLIC)) >= 20


def test_who_comes_back_gets_304_for_one_query(client: Client, site: CasePage) -> None:
    for address in PUBLIC:
        first = client.get(address)
        for header in (first["ETag"], f'"iets-anders", {first["ETag"]}', f"W/{first['ETag']}, {first['ETag']}"):
            with CaptureQueriesContext(connection) as queries:
                again = client.get(address, headers={"If-None-Match": header})
            assert again.status_code == 304, address
            assert again["ETag"] == first["ETag"]
            assert again.content == b""
            assert len(queries) == 1  # the content version
            assert "contentversion" in queries[0]["sql"]
        assert client.get(address, headers={"If-None-Match": '"ouder"'}).status_code == 200


def test_a_kept_page_is_the_fresh_page(client: Client, site: CasePage) -> None:
    for address in PUBLIC:
        fresh = client.get(address)
        content = body(fresh)
        with CaptureQueriesContext(connection) as queries:
            kept = client.get(address)
        assert body(kept) == content or address.endswith("xlsx"), address  # a workbook holds the moment it was made
        for name in ("Content-Type", "ETag", "Content-Security-Policy", "Content-Disposition", "Referrer-Policy"):
            assert kept.get(name) == fresh.get(name), (address, name)
        if not fresh.streaming:
            assert len(queries) == 1, address  # the content version


def test_head_gives_the_same_heads(client: Client, site: CasePage) -> None:
    for address in ("/casussen/", "/casussen/drone/", "/klimaat/tijd/"):
        before = client.head(address)
        full = client.get(address)
        for head in (before, client.head(address)):
            assert head.status_code == 200
            assert head.content == b""
            assert head["ETag"] == full["ETag"]
            assert head["Content-Type"] == full["Content-Type"]


CHANGES: dict[str, Callable[[CasePage], object]] = {
    "a case is published": lambda case: make_case("Nog een"),
    "a case is changed": lambda case: edit(case, title="Drone twee"),
    "a case is taken offline": lambda case: case.unpublish(),
    "a concept gets another name": lambda case: _renamed(case.links.get().concept, "name"),
    "a concept is added": lambda case: make_concept("factor/lef"),
    "a list gets another name": lambda case: _renamed(case.links.get().concept.scheme, "plural"),
    "an organisation gets another name": lambda case: _renamed(case.organisation, "name"),
    "a publication gets another title": lambda case: _renamed(case.sources.get().publication, "title"),
    "a plain page is published": lambda case: make_plain_page("privacy"),
    "a plain page is changed": lambda case: _plain().save_revision().publish(),
    "a plain page is taken offline": lambda case: _plain().unpublish(),
    "a plain page is deleted": lambda case: PlainPage.objects.get(slug="over").delete(),
    "a case is closed to visitors": restrict,
    "a case is opened again": lambda case: case.view_restrictions.all()[0].delete(),
    "all cases are closed to visitors": lambda case: restrict(case.get_parent()),
    "a case is deleted": lambda case: case.delete(),
}


def _plain() -> PlainPage:
    return PlainPage.objects.get(slug="privacy")


def _renamed(instance: Any, field: str) -> None:
    setattr(instance, field, "Anders")
    instance.save()


def test_every_change_that_readers_see_gives_every_page_another_mark(client: Client, site: CasePage) -> None:
    before = {address: client.get(address)["ETag"] for address in PUBLIC}
    assert len(set(before.values())) == len(before), "every address has a mark of its own"
    last = set(before.values())
    for change, make in CHANGES.items():
        case = CasePage.objects.filter(slug="drone").first() or make_case("Drone", links=["factor/tijd"])
        last.add(client.get("/robots.txt")["ETag"])
        make(case)
        mark = client.get("/robots.txt")["ETag"]
        assert mark not in last, change
        last.add(mark)
        again = client.get("/casussen/", headers={"If-None-Match": before["/casussen/"]})
        assert again.status_code == 200, change


def test_a_draft_changes_nothing_for_readers(client: Client, site: CasePage) -> None:
    before = client.get("/casussen/drone/")
    draft = site.get_latest_revision_as_object()
    draft.title = "Kladtitel"
    draft.save_revision()
    after = client.get("/casussen/drone/")
    assert after["ETag"] == before["ETag"]
    assert b"Kladtitel" not in after.content


def test_a_change_is_on_the_page_at_once(client: Client, site: CasePage) -> None:
    addresses = ["/", "/casussen/", "/casussen/drone/", "/klimaat/tijd/", "/organisaties/gemeente/", "/casussen/feed/"]
    for address in addresses:
        assert "Drone" in client.get(address).content.decode()
    edit(site, title="Vliegtuigje")
    for address in addresses:
        assert "Vliegtuigje" in client.get(address).content.decode(), address


def test_a_preview_is_for_the_editor_only(client: Client, site: CasePage) -> None:
    """The preview of a draft has the address of the page; it may not be kept as that page, nor be the kept page."""
    draft = site.get_latest_revision_as_object()
    draft.title = "Kladtitel"
    draft.save_revision()
    editor = Client()
    editor.force_login(make_editor())
    for _ in ("nothing kept yet", "the public page is kept"):
        preview = editor.get(f"/beheer/pages/{site.pk}/view_draft/")
        assert preview.status_code == 200
        assert b"Kladtitel" in preview.content
        public = client.get("/casussen/drone/")
        assert b"Kladtitel" not in public.content
        assert b"Drone" in public.content


def test_what_is_sent_or_wrong_is_not_kept(client: Client, site: CasePage) -> None:
    for address, status in {"/casussen/?pagina=0": 400, "/casussen/nergens/": 404, "/matrix/?rij=x": 400}.items():
        for _ in range(2):
            response = client.get(address)
            assert response.status_code == status
            assert "ETag" not in response
    client.get("/casussen/")
    posted = client.post("/casussen/")
    assert posted.status_code == 405
    assert "ETag" not in posted


def test_health_and_the_editing_environment_are_never_kept(client: Client, site: CasePage) -> None:
    assert client.get("/gezond/")["Cache-Control"] == "no-store"
    login = client.get("/beheer/login/")
    assert login.status_code == 200
    assert "ETag" not in login
    assert "public" not in login["Cache-Control"]


@pytest.fixture
def _database_away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def go() -> None:
        def away(*args: Any, **kwargs: Any) -> None:
            raise OperationalError("the connection is closed")

        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)

    return go


def test_with_the_database_away_kept_pages_are_answered_and_others_say_when_to_try_again(
    client: Client, site: CasePage, _database_away: Callable[[], None]
) -> None:
    client.raise_request_exception = False
    kept = {address: body(client.get(address)) for address in ("/", "/casussen/", "/casussen/drone/")}
    _database_away()
    for address, content in kept.items():
        response = client.get(address)
        assert response.status_code == 200
        assert body(response) == content
    for address in ("/klimaat/tijd/", "/casussen/?q=anders", "/casussen/export.csv", "/nergens/"):
        response = client.get(address)
        assert response.status_code == 503, address
        assert response["Retry-After"] == "10"
        assert "even niet bereikbaar" in response.content.decode()
        assert "ETag" not in response


def test_a_page_from_before_a_change_is_not_answered_when_the_database_is_lost_halfway(
    client: Client, site: CasePage
) -> None:
    """The change may have been that something was taken away."""
    client.raise_request_exception = False
    assert client.get("/casussen/drone/").status_code == 200
    edit(site, introduction="Nieuw.")

    def away(execute: Any, sql: str, *rest: Any) -> Any:
        if "contentversion" not in sql:
            raise OperationalError("the connection is closed")
        return execute(sql, *rest)

    with connection.execute_wrapper(away):
        response = client.get("/casussen/drone/")
        assert response.status_code == 503
        assert response["Retry-After"] == "10"
    assert "Nieuw." in client.get("/casussen/drone/").content.decode()


def test_once_the_database_is_back_everything_is_back(
    client: Client, site: CasePage, _database_away: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    with monkeypatch.context():
        _database_away()
        assert client.get("/klimaat/tijd/").status_code == 503
        monkeypatch.undo()
    assert client.get("/klimaat/tijd/").status_code == 200


def test_another_release_makes_every_page_anew(client: Client, site: CasePage, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get("/")["ETag"]
    monkeypatch.setattr(barometer_site.middleware, "code_version", lambda: "next")
    assert client.get("/")["ETag"] != before

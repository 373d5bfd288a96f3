"""What is not for the public appears nowhere: no draft, nothing taken offline, nothing behind a login."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from factories import (
    edit,
    link,
    make_case,
    make_concept,
    make_draft,
    make_failures_page,
    make_organisation,
    make_plain_page,
    make_publication,
    restrict,
)

from barometer_site.models import HomePage
from cases.models import CaseIndexPage, CasePage

pytestmark = pytest.mark.django_db

SECRET = "Geheimschrift"
WHERE = [
    "/",
    "/casussen/",
    "/casussen/?q=geheimschrift",
    "/zoeken/?q=geheimschrift",
    "/zoeken/suggesties/?q=geheims",
    "/casussen/?sorteer=nieuwste&uitkomst=briljante-mislukking",
    "/casussen/export.csv",
    "/casussen/export.json",
    "/casussen/feed/",
    "/casussen/open-verhaal/",
    "/klimaat/tijd/",
    "/klimaat/",
    "/patronen/brug/",
    "/barometer/sectoren/gemeenten/",
    "/organisaties/gemeente/",
    "/organisaties/",
    "/publicaties/rapport/",
    "/briljante-mislukkingen/",
    "/sitemap.xml",
]


def make_secret(make: Callable[..., CasePage]) -> CasePage:
    """A case with ties to everything that can show it."""
    return make(
        SECRET,
        slug="geheimschrift",
        outcome="briljante-mislukking",
        introduction=f"{SECRET} in het kort.",
        organisation=make_organisation("Gemeente", sector=make_concept("sector/gemeenten")),
        in_brief=f"{SECRET} een\n{SECRET} twee\n{SECRET} drie",
        links=[link("factor/tijd", f"{SECRET} toelichting."), link("factor/geld"), link("patroon/brug")],
        sources=[{"publication": make_publication("Rapport")}],
    )


def add_the_public_story(secret: CasePage) -> CasePage:
    """A case that names the secret one as its relative, and shares its links."""
    return make_case(
        "Open verhaal",
        links=["factor/tijd", "factor/geld", "patroon/brug"],
        outcome="briljante-mislukking",
        organisation=secret.organisation,
        relations=[(secret, f"{SECRET} is verwant.")],
    )


def found_in(client: Client) -> Iterator[str]:
    """The addresses that show anything of the secret case."""
    for address in WHERE:
        response = client.get(address)
        assert response.status_code == 200, address
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode().replace(f"“{SECRET.lower()}”", "").replace(f'value="{SECRET.lower()}"', "")
        if SECRET in text or "/casussen/geheimschrift" in text:
            yield address
    for address in ("/casussen/geheimschrift/", "/casussen/geheimschrift/bibtex/"):
        if client.get(address).status_code == 200:
            yield address


HIDE: dict[str, Callable[[CasePage], object]] = {
    "taken offline": lambda case: case.unpublish(),
    "behind a login": restrict,
    "all cases behind a login": lambda case: restrict(CaseIndexPage.objects.get()),
    "the whole site behind a login": lambda case: restrict(HomePage.objects.get()),
    "deleted": lambda case: case.delete(),
}


@pytest.fixture(autouse=True)
def pages(db: None) -> None:
    make_failures_page()


def test_a_public_case_is_found_everywhere(client: Client) -> None:
    """The walk finds what there is to find, so that the tests below can fail."""
    add_the_public_story(make_secret(make_case))
    shown = set(found_in(client))
    assert set(WHERE) - shown == {"/klimaat/", "/organisaties/"}
    assert "/casussen/geheimschrift/bibtex/" in shown


def test_a_draft_appears_nowhere(client: Client) -> None:
    add_the_public_story(make_secret(make_draft))
    assert list(found_in(client)) == []


@pytest.mark.parametrize("how", ["taken offline", "behind a login", "deleted"])
def test_a_case_that_was_public_disappears_everywhere_at_once(client: Client, how: str) -> None:
    secret = make_secret(make_case)
    add_the_public_story(secret)
    assert len(list(found_in(client))) > 10, "everything is kept and indexed now"
    HIDE[how](secret)
    assert list(found_in(client)) == []
    assert "1 casus" in client.get("/casussen/").content.decode()


@pytest.mark.parametrize("how", ["all cases behind a login", "the whole site behind a login"])
def test_a_closed_parent_closes_what_is_below_it(client: Client, how: str) -> None:
    secret = make_secret(make_case)
    client.get("/casussen/")
    HIDE[how](secret)
    assert "Geen casussen" in client.get("/casussen/").content.decode()
    assert b"geheimschrift" not in client.get("/sitemap.xml").content
    for address in (
        "/klimaat/tijd/",
        "/barometer/sectoren/gemeenten/",
        "/publicaties/rapport/",
        "/organisaties/gemeente/",
    ):
        assert SECRET not in client.get(address).content.decode(), address
    assert client.get("/casussen/geheimschrift/").status_code == 302, "Wagtail asks to sign in"


def test_a_draft_of_a_public_case_stays_a_draft(client: Client) -> None:
    case = make_case("Open verhaal", links=["factor/tijd"])
    draft = case.get_latest_revision_as_object()
    draft.title = draft.introduction = draft.in_brief = draft.result = SECRET
    draft.links = [link("factor/tijd", f"{SECRET} toelichting."), link("factor/geld", SECRET)]
    draft.save_revision()
    for address in (
        "/",
        "/casussen/",
        "/casussen/open-verhaal/",
        "/klimaat/tijd/",
        "/klimaat/geld/",
        "/casussen/feed/",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert SECRET not in response.content.decode(), address
    export = b"".join(client.get("/casussen/export.json").streaming_content)
    assert SECRET.encode() not in export


def test_a_case_that_is_opened_again_is_back_everywhere(client: Client) -> None:
    secret = make_secret(make_case)
    restriction = restrict(secret)
    assert "Geen casussen" in client.get("/casussen/").content.decode()
    restriction.delete()
    assert client.get("/casussen/geheimschrift/").status_code == 200
    assert SECRET in client.get("/casussen/").content.decode()
    secret.unpublish()
    secret.refresh_from_db()
    secret.get_latest_revision().publish()
    assert SECRET in client.get("/casussen/").content.decode()


def test_the_public_history_does_not_tell_of_drafts(client: Client) -> None:
    case = make_draft("Open verhaal")
    draft = case.get_latest_revision_as_object()
    draft.change_note = SECRET
    draft.save_revision()
    assert not case.public_changes.exists()
    edit(case, change_note="")
    assert SECRET not in client.get("/casussen/open-verhaal/").content.decode()


def test_a_plain_page_behind_a_login_is_not_in_the_sitemap(client: Client) -> None:
    page = make_plain_page("intern")
    assert b"/intern/" in client.get("/sitemap.xml").content
    restrict(page)
    assert b"/intern/" not in client.get("/sitemap.xml").content
    assert client.get("/intern/").status_code == 302


def test_an_organisation_of_which_only_a_draft_tells_is_not_announced(client: Client) -> None:
    make_secret(make_draft)
    assert b"/organisaties/gemeente/" not in client.get("/sitemap.xml").content
    assert "Gemeente" not in client.get("/organisaties/").content.decode().split("<main")[1]


@pytest.mark.parametrize("password", ["", "geraden"])
def test_the_editing_environment_asks_to_sign_in(client: Client, password: str) -> None:
    if password:
        client.post("/beheer/login/", {"username": "redacteur", "password": password})
    response = client.get("/beheer/")
    assert response.status_code == 302
    assert response["Location"].startswith("/beheer/login/")

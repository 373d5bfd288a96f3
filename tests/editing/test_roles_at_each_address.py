"""Each role at each address of the editing environment: who gets in, and who doesn't."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from factories import make_case, make_concept, make_draft, make_organisation, make_publication
from people import signed_in, somebody

from barometer_site.accounts.roles import ADMINISTRATOR, ANALYST, CONTRIBUTOR, EDITOR, REVIEWER, ensure_roles
from barometer_site.models import HomePage
from cases.models import CaseImport, CaseIndexPage, CollectionIndexPage, Report
from survey.models import CheckedLink, SurveyImport

pytestmark = pytest.mark.django_db

#: Method and address -> who gets in: M(edewerker), R(edacteur), B(eoordelaar), A(nalist), H (Beheerder).
TABLE = {
    "GET /beheer/": "MRBAH",
    "GET /beheer/account/": "MRBAH",
    # cases
    "GET /beheer/pages/{catalogue}/": "MRBH",
    "GET /beheer/pages/add/cases/casepage/{catalogue}/": "MRBH",
    "GET /beheer/pages/{own}/edit/": "MRBH",  # each has a draft of her own in this world
    "GET /beheer/pages/{draft}/edit/": "RBH",
    "GET /beheer/pages/{live}/edit/": "RBH",
    "GET /beheer/pages/{draft}/history/": "RBH",
    "GET /beheer/pages/{draft}/view_draft/": "RBH",
    "GET /beheer/pages/{draft}/revisions/compare/earliest...latest/": "RBH",
    "GET /beheer/pages/{draft}/delete/": "RBH",
    "GET /beheer/pages/{live}/delete/": "BH",
    "GET /beheer/pages/{live}/unpublish/": "BH",
    "POST /beheer/pages/{draft}/lock/": "BH",
    "POST /beheer/pages/{draft}/unlock/": "BH",
    "GET /beheer/pages/{live}/privacy/": "BH",
    "GET /beheer/pages/{live}/copy/": "RBH",
    "GET /beheer/casussen/": "MRBH",
    "GET /beheer/casussen/nieuw/": "MRBH",
    "GET /beheer/casussen/nieuwe-briljante-mislukking/": "MRBH",
    "POST /beheer/casussen/hulp/": "MRBH",
    "GET /beheer/casussen/{own}/laat-lezen/": "MRBH",
    "GET /beheer/casussen/{draft}/laat-lezen/": "RBH",
    "POST /beheer/casussen/{draft}/laat-lezen/": "RBH",
    "GET /beheer/casussen-invoeren/": "RBH",
    "GET /beheer/casussen-invoeren/nieuw/": "RBH",
    "POST /beheer/casussen-invoeren/nieuw/": "RBH",
    "GET /beheer/casussen-invoeren/{case_import}/": "RBH",
    "POST /beheer/casussen-invoeren/{case_import}/overnemen/": "RBH",
    "POST /beheer/casussen-invoeren/{case_import}/weggooien/": "RBH",
    # from outside
    "GET /beheer/ingezonden/": "RBH",
    "GET /beheer/ingezonden/melding/{report}/": "RBH",
    "POST /beheer/ingezonden/melding/{report}/verbeterd/": "RBH",
    "POST /beheer/ingezonden/nagekeken/{live}/": "RBH",
    "GET /beheer/ingezonden/contactpersoon/{live}/": "RBH",
    # other pages
    "GET /beheer/pages/{home}/edit/": "H",
    "GET /beheer/pages/add/barometer_site/plainpage/{home}/": "H",
    "GET /beheer/pages/add/cases/collectionpage/{collections}/": "RBH",
    # what cases are made of
    "GET /beheer/snippets/cases/organisation/": "RBH",
    "GET /beheer/snippets/cases/organisation/add/": "RBH",
    "POST /beheer/snippets/cases/organisation/add/": "RBH",
    "GET /beheer/snippets/cases/organisation/edit/{organisation}/": "RBH",
    "GET /beheer/snippets/cases/organisation/delete/{organisation}/": "H",
    "GET /beheer/snippets/cases/searchsynonym/": "RBH",
    "GET /beheer/snippets/cases/searchsynonym/add/": "RBH",
    "GET /beheer/snippets/survey/publication/edit/{publication}/": "RBH",
    "GET /beheer/snippets/survey/concept/": "RBH",
    "GET /beheer/snippets/survey/concept/add/": "H",
    "GET /beheer/snippets/survey/concept/edit/{concept}/": "RBH",
    "POST /beheer/snippets/survey/concept/edit/{concept}/": "RBH",
    "GET /beheer/snippets/survey/conceptscheme/add/": "H",
    "GET /beheer/organisaties-verzorgen/{organisation}/naam/": "RBH",
    "GET /beheer/organisaties-verzorgen/{organisation}/samenvoegen/": "H",
    "POST /beheer/organisaties-verzorgen/{organisation}/samenvoegen/": "H",
    "GET /beheer/begrippen-verzorgen/": "H",
    "GET /beheer/begrippen-verzorgen/factor/": "H",
    "GET /beheer/begrippen-verzorgen/begrip/{concept}/naam/": "H",
    "GET /beheer/begrippen-verzorgen/begrip/{concept}/splitsen/": "H",
    "POST /beheer/begrippen-verzorgen/begrip/{concept}/splitsen/": "H",
    "GET /beheer/rapporten/gezocht/": "RBH",
    "GET /beheer/rapporten/links/": "RBH",
    "POST /beheer/rapporten/links/{link}/opnieuw/": "RBH",
    "GET /beheer/images/": "MRBH",
    "GET /beheer/images/add/": "MRBH",
    "GET /beheer/documents/": "MRBH",
    # the barometer
    "GET /beheer/antwoorden-invoeren/": "AH",
    "GET /beheer/antwoorden-invoeren/nieuw/": "AH",
    "POST /beheer/antwoorden-invoeren/nieuw/": "AH",
    "GET /beheer/antwoorden-invoeren/codeboek.csv": "AH",
    "GET /beheer/antwoorden-invoeren/{answers}/": "AH",
    "POST /beheer/antwoorden-invoeren/{answers}/overnemen/": "AH",
    "POST /beheer/antwoorden-invoeren/{answers}/weggooien/": "AH",
    "GET /beheer/snippets/survey/edition/": "AH",
    "GET /beheer/snippets/survey/indicator/add/": "AH",
    # the site itself
    "GET /beheer/users/": "H",
    "GET /beheer/users/new/": "H",
    "POST /beheer/users/new/": "H",
    "GET /beheer/users/edit/{stranger}/": "H",
    "POST /beheer/users/edit/{stranger}/": "H",
    "GET /beheer/rapporten/accounts/": "H",
    "POST /beheer/accounts/{stranger}/tweede-stap/": "H",
    "GET /beheer/groups/": "H",
    "GET /beheer/groups/new/": "H",
    "GET /beheer/sites/": "H",
    "GET /beheer/collections/": "H",
    "GET /beheer/redirects/": "H",
    "GET /beheer/workflows/list/": "H",
    "GET /beheer/workflows/tasks/index/": "H",
    "GET /beheer/workflows/add/": "H",
    "GET /beheer/reports/site-history/": "H",
    # last, because the thing is gone then
    "POST /beheer/snippets/cases/organisation/delete/{organisation}/": "H",
    "POST /beheer/snippets/survey/publication/delete/{publication}/": "H",
    "POST /beheer/snippets/survey/concept/delete/{concept}/": "H",
    "POST /beheer/users/delete/{stranger}/": "H",
}
#: Windows to choose from and parts of a page: whoever works here may read what they offer, or it is asked on the page.
PARTS = ("/fouten.csv", "/results/", "/resultaten/", "/rijen/", "/kies-", "/choose/")
#: Where one becomes somebody who may get in.
DOORS = ("beheer/login/", "beheer/tweede-stap/")
LETTERS = {CONTRIBUTOR: "M", EDITOR: "R", REVIEWER: "B", ANALYST: "A", ADMINISTRATOR: "H"}


def gets_in(response: Any) -> bool:
    """Wagtail sends whom it refuses back to the start page, or to signing in."""
    if response.status_code == 302:
        return response["Location"] != "/beheer/" and "login" not in response["Location"]
    return response.status_code in (200, 400)  # 400: looked at, and found wrong


@pytest.fixture(autouse=True)
def _empty_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets in is decided before a page is drawn; drawing takes the time."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


def refused(client: Client, line: str, world: dict[str, Any]) -> bool:
    method, address = line.format(**world).split(" ", 1)
    response = client.get(address) if method == "GET" else client.post(address, {})
    if response.streaming:
        list(response)  # a file is closed when it is read
    return not gets_in(response)


@pytest.mark.parametrize("role", LETTERS)
def test_each_role_gets_in_where_it_may_and_nowhere_else(role: str) -> None:
    user = somebody(role)
    home, catalogue = HomePage.objects.get(), CaseIndexPage.objects.get()
    collections = CollectionIndexPage.objects.first() or home.add_child(
        instance=CollectionIndexPage(title="Verzamelingen", slug="verzamelingen")
    )
    ensure_roles()  # the page with collections may be new
    world = {
        "home": home.pk,
        "catalogue": catalogue.pk,
        "collections": collections.pk,
        "own": make_draft("Van mij", owner=user).pk,
        "draft": make_draft("Van iemand anders").pk,
        "live": make_case("Te lezen").pk,
        "organisation": make_organisation().pk,
        "publication": make_publication().pk,
        "concept": make_concept("factor/tijd").pk,
        "stranger": somebody(ANALYST, name="vreemde").pk,
        "case_import": CaseImport.objects.create(file_name="a.csv", user=user, state=CaseImport.State.PREVIEW).pk,
        "answers": SurveyImport.objects.create(file_name="a.csv", state=SurveyImport.State.PREVIEW).pk,
        "report": Report.objects.create(address="/", message="Klopt niet").pk,
        "link": CheckedLink.objects.create(url="https://a.example.nl/", state=CheckedLink.State.DEAD).pk,
    }
    client = signed_in(user)
    wrong = {
        line: "refused" if LETTERS[role] in letters else "gets in"
        for line, letters in TABLE.items()
        if refused(client, line, world) == (LETTERS[role] in letters)
    }
    assert not wrong


def test_who_has_no_role_does_not_get_in(client: Client) -> None:
    for user in (None, somebody()):
        if user:
            client.force_login(user)
        world = dict.fromkeys(re.findall(r"{(\w+)}", " ".join(TABLE)), CaseIndexPage.objects.get().pk)
        assert not [line for line in TABLE if not refused(client, line, world)]


def ours(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The routes of this site's own pages in the editing environment."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from ours(entry, route)
        elif route.startswith("beheer/"):
            view = getattr(entry.callback, "view_class", entry.callback)
            if view.__module__.split(".")[0] in ("barometer_site", "cases", "survey"):
                yield route


def test_every_address_of_ours_is_in_the_table() -> None:
    numbers = dict.fromkeys(re.findall(r"{(\w+)}", " ".join(TABLE)), 1)
    known = {resolve(line.format(**numbers).split(" ")[1]).route for line in TABLE}
    missing = [
        route
        for route in ours(get_resolver())
        if route not in known and not route.startswith(DOORS) and not any(part in route for part in PARTS)
    ]
    assert not missing

"""Lists that may become very long come in pages, and no page works through all cases."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from factories import link, make_case, make_concept, make_failures_page, make_organisation

from barometer_site import sitemaps
from cases import organisation_views
from cases.models import CasePage
from cases.templatetags import case_tags, concept_case_tags
from cases.templatetags.concept_case_tags import cases_of_concept
from survey.vocabulary import vocabulary

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def cases_on(html: str) -> list[str]:
    return re.findall(r'class="ib-card__title"><a href="/casussen/([\w-]+)/"', html)


class TestOrganisations:
    """Two a page."""

    @pytest.fixture(autouse=True)
    def _short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(organisation_views, "ORGANISATIONS_A_PAGE", 2)
        monkeypatch.setattr(organisation_views, "PAGE_SIZE", 2)

    def test_all_organisations_in_pages_by_name(self, client: Client) -> None:
        for name in ("Breda", "Aalst", "Delft", "Ede", "Coevorden"):
            make_case(organisation=make_organisation(name))
        make_organisation("Zonder casus")
        pages = [shown(client, f"/organisaties/{query}") for query in ("", "?pagina=2", "?pagina=3")]
        names = [re.findall(r'href="/organisaties/(\w+)/"', html) for html in pages]
        assert names == [["aalst", "breda"], ["coevorden", "delft"], ["ede"]]
        assert 'rel="next" href="/organisaties/?pagina=3"' in pages[1]
        assert 'rel="prev" href="/organisaties/"' in pages[1]

    def test_the_cases_of_one_in_pages_the_newest_first(self, client: Client) -> None:
        organisation = make_organisation("Ede")
        for number in range(3):
            make_case(slug=f"casus-{number}", organisation=organisation)
        first, second = shown(client, "/organisaties/ede/"), shown(client, "/organisaties/ede/?pagina=2")
        assert (cases_on(first), cases_on(second)) == (["casus-2", "casus-1"], ["casus-0"])
        assert "3 casussen" in first and "3 casussen" in second
        assert 'rel="next" href="/organisaties/ede/?pagina=2"' in first
        assert "<title>Ede, pagina 2 |" in second

    @pytest.mark.parametrize("number", ["2", "0", "-1", "een", "1e9"])
    def test_a_page_that_is_not_there(self, client: Client, number: str) -> None:
        make_case(organisation=make_organisation("Ede"))
        assert client.get(f"/organisaties/?pagina={number}").status_code == 404
        assert client.get(f"/organisaties/ede/?pagina={number}").status_code == 404


def test_the_newest_failures_and_the_way_to_all(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_tags, "MOST_IN_THE_LIGHT", 2)
    make_failures_page()
    for number in range(3):
        make_case(slug=f"casus-{number}", outcome="briljante-mislukking")
    html = shown(client, "/briljante-mislukkingen/")
    assert cases_on(html) == ["casus-2", "casus-1"]
    assert "3 briljante mislukkingen" in html
    assert 'href="/casussen/?uitkomst=briljante-mislukking&amp;sorteer=nieuwste"' in html


class TestCasesOfAConcept:
    """With two on each side, and a first look at the three newest cases."""

    @pytest.fixture(autouse=True)
    def _short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(concept_case_tags, "ON_A_CONCEPT_PAGE", 2)
        monkeypatch.setattr(concept_case_tags, "NEWEST_CASES", (3, 5))
        for number in range(7):
            effect = "hinderde" if number in (0, 2) else "hielp"
            make_case(slug=f"casus-{number}", links=[link("factor/tijd", effect=effect)])

    def sides(self) -> list[list[str]]:
        entry = vocabulary().concept("factor", "tijd")
        assert entry is not None
        found = cases_of_concept(entry)
        assert found["total"] == 7 and found["more"]
        return [[one["url"].split("/")[2] for one in found[side]] for side in ("well", "hard")]

    def test_when_one_side_is_not_full_older_cases_are_looked_at(self) -> None:
        assert self.sides() == [["casus-6", "casus-5"], ["casus-2"]]

    def test_a_case_that_was_closed_a_moment_ago_is_not_shown(self) -> None:
        self.sides()  # the index holds it now
        CasePage.objects.filter(slug="casus-6").update(live=False)
        assert self.sides() == [["casus-5"], ["casus-2"]]


class TestSitemap:
    """Two addresses a list."""

    @pytest.fixture(autouse=True)
    def _short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sitemaps.CaseSitemap, "limit", 2)
        for number in range(3):
            make_case(slug=f"casus-{number}", organisation=make_organisation(f"Gemeente {number}"))
        make_concept("factor/tijd")

    def addresses(self, client: Client, address: str) -> list[str]:
        root = ElementTree.fromstring(shown(client, address))  # noqa: S314  made by ourselves
        return [str(one.text).removeprefix("http://testserver") for one in root.iter(LOC)]

    def test_with_more_than_one_list_it_is_an_index_of_them(self, client: Client) -> None:
        lists = self.addresses(client, "/sitemap.xml")
        assert lists[:2] == ["/sitemap-casussen.xml", "/sitemap-casussen.xml?p=2"]
        found = [address for one in lists for address in self.addresses(client, one)]
        assert [address for address in found if address.startswith("/casussen/casus-")] == [
            f"/casussen/casus-{number}/" for number in range(3)
        ]
        assert len(found) == len(set(found))
        assert {"/klimaat/tijd/", "/organisaties/gemeente-1/", "/"} <= set(found)

    @pytest.mark.parametrize(
        "address", ["/sitemap-casussen.xml?p=3", "/sitemap-casussen.xml?p=x", "/sitemap-niets.xml"]
    )
    def test_a_list_that_is_not_there(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 404

"""One box for the whole site: cases first, and whatever else has a page, in groups."""

import re
from html import unescape
from typing import Any

import pytest
from barometer_factories import make_edition, make_example, make_indicator
from django.test import Client
from factories import (
    make_case,
    make_concept,
    make_draft,
    make_organisation,
    make_plain_page,
    make_publication,
    restrict,
)

from barometer_site.models import HomePage
from barometer_site.site_search import finding
from barometer_site.site_search.finding import beside_cases, site_answer
from cases.models import CollectionIndexPage, CollectionItem, CollectionPage, SearchMiss
from cases.search_statistics import write_misses
from survey.models import Guidance, PublicationPoint
from survey.versions import one_version_per_request

pytestmark = pytest.mark.django_db


def found(text: str) -> dict[str, list[str]]:
    """Group -> titles, without marks."""
    return {
        group.kind.plural: [re.sub("</?mark>", "", unescape(find.title)) for find in group.finds]
        for group in site_answer(text).groups
    }


def test_everything_with_a_page_is_found_in_its_group() -> None:
    make_concept("factor/tijd", name="Ruimte en tijd", synonyms="uren voor zeepaardjes")
    make_indicator("zeepaard", name="Zeepaardjes geteld", question="Hoe veel zeepaardjes zijn er?")
    make_edition("ronde", name="Zeepaardjesronde 2021")
    publication = make_publication("Rapport over het zeepaardje")
    organisation = make_organisation("Het Zeepaardje", abbreviation="ZP")
    case = make_case("Iets anders", organisation=organisation)
    make_plain_page("dieren", title="Over dieren", body="<h2>Zee</h2><p>Wij tellen zeepaardjes.</p>")
    index = CollectionIndexPage.objects.first() or _add_index()
    index.add_child(
        instance=CollectionPage(
            title="Zeepaardjes bij elkaar", slug="zee", introduction="Om te zien.", items=[CollectionItem(case=case)]
        )
    ).save_revision().publish()
    assert found("zeepaardjes") == {
        "Lijst factor": ["Ruimte en tijd"],
        "Organisaties": ["Het Zeepaardje"],
        "Indicatoren van de barometer": ["Zeepaardjes geteld"],
        "Edities van de barometer": ["Zeepaardjesronde 2021"],
        "Publicaties": [publication.title],
        "Verzamelingen": ["Zeepaardjes bij elkaar"],
        "Pagina’s": ["Over dieren"],
    }


def _add_index() -> CollectionIndexPage:
    index = HomePage.objects.get().add_child(instance=CollectionIndexPage(title="Verzamelingen", slug="verzamelingen"))
    index.save_revision().publish()
    return index


def test_what_is_said_of_a_thing_finds_it_too() -> None:
    concept = make_concept("patroon/brug", name="De brug", definition="De rivier is verlegd.")
    concept.guidance = [Guidance(kind=Guidance.Kind.RECOGNISE, text="Het water stroomt elders.")]
    concept.save()
    publication = make_publication("Rapport", summary="Over vlinders in de stad.")
    publication.points = [PublicationPoint(text="Egels steken over.")]
    publication.save()
    assert found("rivieren") == {"Lijst patroon": ["De brug"]}
    assert found("waar stroomde het water") == {"Lijst patroon": ["De brug"]}
    assert found("egel") == found("vlinder") == {"Publicaties": ["Rapport"]}


def test_the_text_of_a_page_is_shown_as_it_reads() -> None:
    make_plain_page("regels", title="Regels", body="<p>Wie telt&nbsp;egels &amp; <b>vlinders</b>?</p>")
    (find,) = site_answer("vlinders").groups[0].finds
    assert find.text == "Wie telt egels &amp; <mark>vlinders</mark> ?"


def test_the_list_with_the_best_find_comes_first_and_a_list_has_a_page_of_its_own() -> None:
    make_concept("factor/a", name="Samen zwemmen in zee")
    make_concept("patroon/b", name="Zwemmen")
    assert list(found("zwemmen")) == ["Lijst patroon", "Lijst factor"]
    assert "Lijst patroon" in found("lijst patroon")["Pagina’s"]


def test_what_nobody_may_see_is_not_found() -> None:
    make_draft("Nog niet", organisation=make_organisation("Geheimbond"))
    make_example(name="Voorbeeld met geheimen")
    make_plain_page("concept", title="Geheime plannen").unpublish()
    restrict(make_plain_page("besloten", title="Geheime bijlage"))
    assert found("geheimen") == found("geheimbond") == found("geheime") == {}
    assert site_answer("geheimbont").instead == (), "nor is its name given away"


def test_a_change_is_found_at_once() -> None:
    organisation = make_organisation("Waterschap Zuid")
    assert found("waterschap zuid") == {}
    case = make_case("Iets", organisation=organisation)
    assert found("waterschap zuid") == {"Organisaties": ["Waterschap Zuid"]}
    organisation.name = "Waterschap Noord"
    organisation.save()
    assert found("waterschap noord") == {"Organisaties": ["Waterschap Noord"]}
    case.unpublish()
    assert found("waterschap noord") == {}
    page = make_plain_page("egels", title="Egels")
    assert found("egels") == {"Pagina’s": ["Egels"]}
    block = restrict(page)
    assert found("egels") == {}
    block.delete()
    assert found("egels") == {"Pagina’s": ["Egels"]}
    page.delete()
    assert found("egels") == {}


def test_a_published_case_does_not_make_the_directory_anew(django_assert_num_queries: Any) -> None:
    make_concept("thema/drones", name="Drones")
    before = finding.site_directory()
    make_case("Iets nieuws", organisation=None)
    with one_version_per_request(), django_assert_num_queries(0):
        assert finding.site_directory() is before
        assert beside_cases("drones")


def test_the_page_shows_cases_first_and_marks_what_was_found(client: Client) -> None:
    make_concept("thema/drones", name="Drones", synonyms="vliegende camera")
    for number in range(6):
        make_case(f"Drone {number}", links=["thema/drones"])
    html = client.get("/zoeken/", {"q": "drones"}).content.decode()
    assert "6 casussen en 1 andere pagina over “drones”" in html
    assert 'href="/casussen/?q=drones">Bekijk alle 6 casussen</a>' in html
    assert html.count('class="ib-card__title"') == 5
    assert html.index("/casussen/drone-") < html.index('href="/lijsten-thema/drones/"><mark>Drones</mark></a>')
    assert '<meta name="robots" content="noindex, follow">' in html
    assert "<title>drones | Zoeken | " in html


def test_a_long_group_is_folded(client: Client) -> None:
    for number in range(7):
        make_concept(f"thema/t{number}", name=f"Zwemmen {number}")
    html = client.get("/zoeken/", {"q": "zwemmen"}).content.decode()
    assert "<summary>Nog 2</summary>" in html
    assert 'Lijst thema <span class="ib-count">7</span>' in html


def test_a_typing_mistake_is_told(client: Client) -> None:
    make_concept("thema/drones", name="Drones")
    html = client.get("/zoeken/", {"q": "droness"}).content.decode()
    assert "“droness” staat nergens buiten de casussen. Daar zochten we op “drones”." in html


def test_nothing_found_is_said_with_ways_on_and_counted(client: Client) -> None:
    response = client.get("/zoeken/", {"q": "kwartsiet"})
    html = response.content.decode()
    assert "Niets gevonden" in html
    assert 'href="/begrippenlijsten/"' in html
    assert response["Cache-Control"] == "no-store"
    write_misses()
    assert SearchMiss.objects.count() == 1


def test_without_words_there_is_only_the_box(client: Client) -> None:
    html = client.get("/zoeken/").content.decode()
    assert "Zoek in casussen, begrippen, cijfers en pagina’s" in html
    assert "Niets gevonden" not in html


@pytest.mark.parametrize("address", ["/zoeken/", "/zoeken/suggesties/"])
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?q=drones&sector=gemeenten", "Alleen q mag in het adres staan."),
        ("?q=drones&q=robots", "Dit mag maar één keer in het adres staan."),
        ("?q=" + "a" * 401, "Je zoekvraag is te lang: gebruik hoogstens 400 tekens."),
    ],
)
def test_a_wrong_address_is_refused_in_words(client: Client, address: str, query: str, message: str) -> None:
    response = client.get(address + query)
    assert response.status_code == 400
    assert message in response.content.decode()


def test_the_few_best_stand_beside_the_cases() -> None:
    for number in range(9):
        make_concept(f"thema/t{number}", name=f"Zwemmen {number}")
    assert len(beside_cases("zwemmen")) == 4
    assert beside_cases("fietsen") == []

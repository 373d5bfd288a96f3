"""The pages of the vocabulary: one way for every list, and adding a list is data."""

import re

import pytest
from django.test import Client
from factories import link, make_case, make_concept, make_organisation, make_publication, make_scheme

from survey.models import ConceptRelation, ConceptSource, Guidance, PublicationPoint

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_a_list_that_is_added_as_data_gets_everything_that_a_list_has(client: Client) -> None:
    """Overview, pages, filter, numbers, files, menu of lists and sitemap: without a line of code."""
    make_scheme("kleur", name="Kleur", plural="Kleuren", path="kleuren", question="Welke kleur had het?")
    rood = make_concept("kleur/rood", name="Rood", definition="Als een tomaat.")
    make_concept("kleur/blauw", name="Blauw")
    make_case("Tomaat", links=[link("kleur/rood", "De bedrijfswagen was rood.")])
    overview = text(client, "/kleuren/")
    assert "Welke kleur had het?" in overview
    assert "Rood Als een tomaat. 1 casus" in overview
    assert "Blauw 0 casussen" in overview
    page = text(client, rood.get_absolute_url())
    assert "1 casus" in page
    assert "De bedrijfswagen was rood." in page
    assert 'href="/casussen/?kleur=rood"' in client.get("/kleuren/rood/").content.decode()
    catalogue = client.get("/casussen/?kleur=rood")
    assert "1 casus met Rood" in catalogue.content.decode()
    assert 'href="/casussen/export.csv?kleur=rood"' in catalogue.content.decode()
    export = b"".join(client.get("/casussen/export.json?kleur=rood").streaming_content).decode()
    assert '"schema": "kleur", "begrip": "rood"' in export
    assert "Kleuren" in text(client, "/begrippenlijsten/")
    assert b"/kleuren/rood/" in client.get("/sitemap.xml").content
    assert client.get("/kleuren/groen/").status_code == 404
    assert client.get("/kleuren").status_code == 301


def test_a_list_with_an_address_of_two_parts(client: Client) -> None:
    make_scheme("sector", path="barometer/sectoren", plural="Sectoren")
    make_concept("sector/gemeenten", name="Gemeenten")
    assert "Gemeenten" in text(client, "/barometer/sectoren/")
    assert "Gemeenten" in text(client, "/barometer/sectoren/gemeenten/")
    assert client.get("/barometer/iets-anders/").status_code == 404


def test_a_choice_on_the_home_page_goes_straight_to_the_concept(client: Client) -> None:
    make_concept("sector/gemeenten")
    response = client.get("/barometer/sectoren/?sector=gemeenten")
    assert response.status_code == 302
    assert response["Location"] == "/barometer/sectoren/gemeenten/"
    assert client.get("/barometer/sectoren/?sector=").status_code == 200
    away = client.get("/barometer/sectoren/?sector=//kwaad.example.nl/")
    assert "Location" not in away


def test_a_concept_shows_its_help_with_where_each_sentence_comes_from(client: Client) -> None:
    concept = make_concept("factor/lef", name="Lef", definition="Durven.", metaphor="Als een leeuw.")
    report = make_publication("Het rapport")
    for kind, sentence, source in (
        ("explain", "Uitleg hierover.", {"publication": report}),
        ("recognise", "Zo herken je het.", {"source_title": "Een blog", "source_url": "https://blog.example.nl/x"}),
        ("act", "Dit kun je doen.", {"is_own": True}),
        ("ask", "Durven we dit?", {"source_url": "https://www.site.example.nl/y"}),
        ("fits", "Hier past het.", {}),
        ("fits_not", "Hier past het niet.", {}),
    ):
        Guidance.objects.create(concept=concept, kind=kind, text=sentence, **source)
    ConceptSource.objects.create(concept=concept, publication=report, locator="blz. 3")
    page = text(client, "/klimaat/lef/")
    for expected in (
        "Durven.",
        "Als een leeuw.",
        "Wat is het? Uitleg hierover. Het rapport",
        "Herken je dit? Zo herken je het. Een blog",
        "Wat kun je doen? Dit kun je doen. eigen advies",
        "Vraag voor je team Durven we dit? site.example.nl",
        "Wanneer past het? Hier past het.",
        "Wanneer niet? Hier past het niet.",
        "Bronnen Het rapport blz. 3",
    ):
        assert expected in page, expected


def test_a_bare_concept_shows_nothing_empty_and_invites(client: Client) -> None:
    make_concept("factor/lef", name="Lef")
    html = client.get("/klimaat/lef/").content.decode().split("<main")[1]
    assert "Nog geen casussen" in html
    assert "Ken je een voorbeeld?" in html
    for heading in ("Wat is het?", "Herken je dit?", "Bronnen", "Wat hier vaak bij hoort", "Nog niet bevestigd"):
        assert heading not in html
    assert not re.search(r"<(ul|ol|p|h\d)[^>]*>\s*</\1>", html)


@pytest.mark.parametrize("remark", ["Dit patroon noemt alleen een krant.", ""])
def test_what_no_source_confirms_is_marked(client: Client, remark: str) -> None:
    make_concept("patroon/vraagteken", confirmed=False, remark=remark)
    make_concept("patroon/brug", remark="Een gewone opmerking.")
    page = text(client, "/patronen/vraagteken/")
    assert "Nog niet bevestigd" in page
    assert remark in page
    assert "Nog niet bevestigd" not in text(client, "/patronen/brug/")


def test_success_stands_beside_failure_with_the_evidence(client: Client) -> None:
    for title, outcome, effect in (
        ("Hielp", "gestopt", "hielp"),
        ("Hinderde", "geslaagd", "hinderde"),
        ("Ging goed", "geslaagd", ""),
        ("Loopt", "lopend", ""),
        ("Ging mis", "gestopt", ""),
        ("Briljant", "briljante-mislukking", ""),
    ):
        make_case(title, outcome=outcome, links=[link("factor/lef", f"{title}, want lef.", effect=effect)])
    page = text(client, "/klimaat/lef/")
    well, hard = page.split("Waar het hielp of goed ging")[1].split("Waar het knelde of misging")
    assert [title for title in ("Hielp", "Ging goed", "Loopt") if f"{title}, want lef." in well] == [
        "Hielp",
        "Ging goed",
        "Loopt",
    ]
    assert [title for title in ("Hinderde", "Ging mis", "Briljant") if f"{title}, want lef." in hard] == [
        "Hinderde",
        "Ging mis",
        "Briljant",
    ]
    assert "6 casussen" in page


def test_a_sector_shows_its_cases_and_how_they_ended(client: Client) -> None:
    gemeenten = make_concept("sector/gemeenten", name="Gemeenten")
    make_case("Via organisatie", organisation=make_organisation("Utrecht", sector=gemeenten))
    make_case("Zelf", own_sector=gemeenten, outcome="gestopt")
    make_case("Elders")
    html = client.get("/barometer/sectoren/gemeenten/").content.decode()
    assert "2 casussen" in html
    assert "Via organisatie" in html
    assert "Elders" not in html
    assert 'href="/casussen/?sector=gemeenten&amp;uitkomst=gestopt">Gestopt: 1</a>' in html


def test_every_number_on_these_pages_is_what_the_click_gives(client: Client) -> None:
    sector, phase = make_concept("sector/gemeenten"), make_concept("fase/proef")
    for number in range(3):
        make_case(
            f"Casus {number}",
            own_sector=sector,
            phase=phase if number else None,
            outcome="gestopt" if number else "geslaagd",
            links=["factor/lef", "factor/tijd", "patroon/brug", "strategie/samen"][: number + 2],
        )
    looked_at = 0
    addresses = ["/klimaat/lef/", "/klimaat/tijd/", "/patronen/brug/", "/strategieen/samen/"]
    for address in [*addresses, "/barometer/sectoren/gemeenten/", "/lijsten-fase/proef/"]:
        html = client.get(address).content.decode().split("<main")[1]
        pattern = r'<a class="(?:ib-tag|nl-link)" href="(/casussen/\?[^"]*)">(?:[^<:]*: )?(\d+)(?: casussen)?<'
        for url, number in re.findall(pattern, html):
            found = client.get(url.replace("&amp;", "&")).content.decode()
            total = re.search(r'role="status" tabindex="-1">(\d+) casus', found)
            assert total, url
            assert total[1] == number, (address, url)
            looked_at += 1
        [[total]] = [re.findall(r'id="casussen">(\d+) casus', html)]
        listed = re.search(r'href="(/casussen/\?[^"]*)">(?:Zoek en filter deze|Bekijk en filter ze)', html)
        assert f">{total} casus" in client.get(listed[1]).content.decode(), address  # type: ignore[index]
    assert looked_at >= 5


def test_a_list_that_is_no_filter_does_not_send_readers_to_a_refusal(client: Client) -> None:
    make_scheme("soort", is_facet=False, path="soorten")
    for title in ("Een", "Twee"):
        make_case(title, links=["soort/a", "factor/lef"])
    assert client.get("/casussen/?soort=a").status_code == 400
    for address in ("/soorten/", "/soorten/a/", "/klimaat/lef/", "/casussen/een/"):
        html = client.get(address).content.decode()
        for url in re.findall(r'href="(/casussen/[^"#]*)"', html):
            assert client.get(url.replace("&amp;", "&")).status_code == 200, (address, url)


def test_neighbours_occur_in_the_same_cases_more_than_once(client: Client) -> None:
    for number in range(3):
        make_case(f"Casus {number}", links=["factor/lef", "patroon/brug", *(["strategie/samen"] if number else [])])
    make_case("Los", links=["factor/lef", "knelpunt/geld"])
    page = text(client, "/klimaat/lef/")
    near = page.split("Vaak in dezelfde casussen")[1]
    assert re.search(r"Brug : 3 casussen.*Samen : 2 casussen", near)
    assert "Geld" not in near, "once is no pattern"


def test_related_concepts_name_each_other_once(client: Client) -> None:
    lef, tijd = make_concept("factor/lef"), make_concept("factor/tijd")
    ConceptRelation.objects.create(concept=lef, other=tijd, text="Lef kost tijd.")
    assert "Tijd : Lef kost tijd." in text(client, "/klimaat/lef/")
    assert "Lef : Lef kost tijd." in text(client, "/klimaat/tijd/")
    ConceptRelation.objects.create(concept=tijd, other=lef, text="Tijd geeft lef.")
    assert text(client, "/klimaat/tijd/").count("Lef :") == 1


def test_more_cases_than_fit_lead_to_the_catalogue(client: Client) -> None:
    for number in range(13):
        make_case(f"Casus {number}", links=["factor/lef"])
    html = client.get("/klimaat/lef/").content.decode()
    assert "Bekijk alle 13 casussen" in html
    assert html.count('class="ib-evidence"') == 12


def test_a_publication_shows_what_it_found_and_what_leans_on_it(client: Client) -> None:
    report = make_publication(
        "Het rapport", publisher="ICTU", people="Jo\nEva", url="https://r.example.nl/", method="Gesprekken."
    )
    PublicationPoint.objects.create(publication=report, kind="finding", text="Tijd helpt.", locator="blz. 2")
    PublicationPoint.objects.create(publication=report, kind="recommendation", text="Neem tijd.")
    ConceptSource.objects.create(concept=make_concept("factor/tijd"), publication=report)
    make_case("Leunt erop", sources=[{"publication": report}, {"publication": report, "locator": "blz. 9"}])
    page = text(client, "/publicaties/het-rapport/")
    for expected in (
        "ICTU",
        "Jo, Eva",
        "Hoe is het onderzocht? Gesprekken.",
        "Wat kwam eruit? Tijd helpt. blz. 2",
        "Wat raadt het aan? Neem tijd.",
        "Begrippen uit deze publicatie Tijd",
    ):
        assert expected in page, expected
    assert page.count("Leunt erop") == 1 + page.count("Over Leunt erop"), "two places in one report are one case"
    make_publication("Kaal", slug="kaal")
    bare = text(client, "/publicaties/kaal/")
    for heading in ("Uitgever", "Wat kwam eruit?", "Casussen uit deze publicatie", "Begrippen uit deze publicatie"):
        assert heading not in bare
    assert client.get("/publicaties/weg/").status_code == 404


def test_a_pattern_without_a_picture_is_shown_with_the_mark_of_the_site(client: Client) -> None:
    """With hashed file names a picture that does not exist would be an error on every page with the patterns."""
    make_concept("patroon/nooit-getekend")
    html = client.get("/patronen/").content.decode()
    assert "patterns/nooit-getekend.svg" not in html
    assert "Nooit" in html

"""The page of a sector, as its director reads it: what stands out, how sure, what is not shown and why."""

import re
from html import unescape

import pytest
from barometer_factories import make_edition, make_example, make_finding, make_indicator, make_result, make_withheld
from django.test import Client
from factories import link, make_case, make_concept, make_organisation

from survey.models import Edition, Indicator

pytestmark = pytest.mark.django_db

SECTOR = "/barometer/sectoren/gemeenten/"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(" ".join(re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", response.content.decode()).split()))


@pytest.fixture
def sector() -> None:
    make_concept("sector/gemeenten", name="Gemeenten", position=1)
    make_concept("sector/provincies", name="Provincies", position=2)


@pytest.fixture
def money(sector: None) -> Indicator:
    return make_indicator("factor-geld", concepts=["factor/geld"], short_name="Beperkt geld")


def factor(
    edition: Edition, indicator: Indicator, group: str, hindered: float, helped: float, **fields: object
) -> None:
    make_result(edition, indicator, hindered, group=group, statistic="hinderde", n=40, **fields)
    make_result(edition, indicator, 100 - hindered - helped, group=group, statistic="neutraal", n=40)
    make_result(edition, indicator, helped, group=group, statistic="hielp", n=40)


def test_a_published_edition_tells_who_answered_and_what_the_report_says_in_words(client: Client, sector: None) -> None:
    edition = make_edition("barometer-2021", name="Barometer 2021")
    for slug, value, statistic in (
        ("verstuurd", 435, "aantal"),
        ("ingevuld", 85, "aantal"),
        ("respons", 19.5, "aandeel"),
    ):
        unit = "procent" if statistic == "aandeel" else "aantal"
        wording = "19,5%" if slug == "respons" else ""
        make_result(
            edition,
            make_indicator(slug, unit=unit),
            value,
            group="sector/gemeenten",
            statistic=statistic,
            wording=wording,
        )
    finding = make_finding(edition, "Gemeenten deden minder vaak mee dan gemiddeld.")
    finding.concepts.add(make_concept("sector/gemeenten"))
    page = text(client, SECTOR)
    assert "85 van de 435 aangeschreven organisaties en onderdelen vulden de vragenlijst in (19,5%)" in page
    assert "Gemeenten deden minder vaak mee dan gemiddeld." in page
    assert "Barometer 2021 geeft voor deze groep geen uitkomsten apart" in page


def test_a_sector_without_numbers_gets_what_is_known_of_everybody_and_a_look_at_the_example(
    client: Client, money: Indicator
) -> None:
    edition = make_edition("barometer-2021", name="Barometer 2021")
    filled = make_indicator("ingevuld", unit="aantal")
    make_result(edition, filled, 3, group="sector/gemeenten", statistic="aantal")
    make_result(edition, make_indicator("innoveert", phrase="voerde iets nieuws in"), 86, n=366)
    factor(make_example(), money, "sector/gemeenten", 33, 10)
    page = text(client, SECTOR)
    assert "Er zijn maar 3 antwoorden." in page
    assert "Wat wel bekend is: alle organisaties samen 86% voerde iets nieuws in" in page
    assert "hoe deze pagina eruitziet met verzonnen antwoorden" in page and "33%" not in page
    assert "Wat wel bekend is" not in text(client, f"{SECTOR}?editie=voorbeeld")


def test_a_director_reads_the_climate_and_the_factors_and_unfolds_the_rest(client: Client, money: Indicator) -> None:
    edition = make_edition("barometer-2027", year=2027)
    factor(edition, money, "sector/gemeenten", 62, 10)
    make_result(edition, make_indicator("type-dienst", short_name="Dienst"), 52, group="sector/gemeenten", n=40)
    page = text(client, SECTOR)
    asked, weakest, more = (
        "Meer cijfers over Gemeenten Wat werd er vernieuwd?",
        "Zwakste schakel:",
        "hindert het vaakst",
    )
    assert page.index(more) < page.rindex(weakest) < page.index(asked)


def test_a_key_number_says_whose_it_is_and_between_which_numbers_it_lies(client: Client, sector: None) -> None:
    edition = make_edition("barometer-2027", name="Barometer 2027", year=2027)
    innovating = make_indicator("innoveert", base="alle deelnemende organisaties")
    make_result(edition, innovating, 89, group="sector/gemeenten", n=85, low=80.0, high=94.0, verdict="geen-verschil")
    page = text(client, SECTOR)
    assert "Gemeenten: deelnemende organisaties · n = 85 · Barometer 2027" in page
    assert "Marge: tussen 80 en 94%. Dat verschilt niet duidelijk van de rest: het kan toeval zijn." in page


def test_the_largest_sure_difference_is_the_headline(client: Client, money: Indicator) -> None:
    edition = make_edition("barometer-2027", year=2027)
    factor(edition, money, "", 40, 20)
    factor(edition, money, "sector/gemeenten", 62, 10, difference=27.0, verdict="hoger")
    page = text(client, SECTOR)
    assert (
        "Beperkt geld: bij Gemeenten is dit vaker een rem dan bij de rest. Het gaat om 62%, een verschil van 27" in page
    )


def test_without_a_sure_difference_the_headline_says_so(client: Client, money: Indicator) -> None:
    edition = make_edition("barometer-2027", year=2027)
    factor(edition, money, "sector/gemeenten", 62, 10, difference=2.0, verdict="geen-verschil")
    assert "geen enkel cijfer verschilt duidelijk van de rest. De verschillen kunnen toeval zijn." in text(
        client, SECTOR
    )


def test_a_climate_score_that_is_surely_lower_is_news(client: Client, money: Indicator) -> None:
    edition = make_edition("barometer-2027", year=2027)
    factor(edition, money, "sector/gemeenten", 62, 10, difference=2.0, verdict="geen-verschil")
    score = make_indicator("klimaatscore", unit="score")
    make_result(edition, score, 3.4, group="sector/gemeenten", statistic="gemiddelde", n=76, verdict="lager")
    page = text(client, SECTOR)
    assert "de score voor het innovatieklimaat is lager dan bij de rest, en dat is meer dan toeval" in page
    assert "geen enkel cijfer verschilt" not in page


def test_a_sure_but_small_difference_is_called_small(client: Client, money: Indicator) -> None:
    edition = make_edition("barometer-2027", year=2027)
    factor(edition, money, "sector/gemeenten", 62, 10, difference=3.0, verdict="hoger")
    assert "de cijfers verschillen maar weinig van die van de rest" in text(client, SECTOR)


def test_the_weakest_link_leads_to_cases_of_any_sector(client: Client, money: Indicator) -> None:
    edition = make_edition("barometer-2027", year=2027)
    factor(edition, money, "sector/gemeenten", 62, 10)
    elsewhere = make_organisation("Waterschap Ver Weg", sector=make_concept("sector/provincies"))
    evidence = "Het geld was halverwege op."
    make_case("De dijk die stopte", organisation=elsewhere, links=[link("factor/geld", evidence, effect="hinderde")])
    page = text(client, SECTOR)
    assert "Zwakste schakel: Beperkt geld" in page
    assert "62% noemt dit een rem." in page
    assert "De dijk die stopte" in page and evidence in page


def test_a_factor_that_helps_more_than_it_hinders_is_no_weakest_link(client: Client, money: Indicator) -> None:
    factor(make_edition("barometer-2027", year=2027), money, "sector/gemeenten", 20, 60)
    assert "Zwakste schakel" not in text(client, SECTOR)


def test_a_small_sector_hears_kindly_why_there_are_no_numbers_and_still_sees_its_cases(
    client: Client, money: Indicator
) -> None:
    make_withheld(make_edition("barometer-2027", year=2027), money, "sector/provincies", statistic="hinderde")
    province = make_organisation("Provincie Ergens", sector=make_concept("sector/provincies"))
    make_case("De weg die zichzelf herstelt", organisation=province)
    page = text(client, "/barometer/sectoren/provincies/")
    assert "Van deze groep zijn er te weinig antwoorden" in page
    assert "De weg die zichzelf herstelt" in page


def test_what_is_not_shown_is_named(client: Client, money: Indicator) -> None:
    edition = make_edition("barometer-2027", year=2027)
    rules = make_indicator("factor-regels", short_name="Wet- en regelgeving")
    factor(edition, money, "sector/gemeenten", 62, 10)
    make_withheld(edition, rules, "sector/gemeenten", statistic="hinderde")
    page = text(client, SECTOR)
    assert "Wat we niet tonen" in page
    assert "Voor Gemeenten gaat het om: Wet- en regelgeving." in page


def test_real_numbers_come_first_and_made_up_ones_say_so(client: Client, money: Indicator) -> None:
    factor(make_edition("barometer-2027", year=2027), money, "sector/gemeenten", 62, 10)
    factor(make_example(), money, "sector/gemeenten", 33, 10)
    real, made_up = text(client, SECTOR), text(client, f"{SECTOR}?editie=voorbeeld")
    assert "62%" in real and "33%" not in real and "Deze cijfers zijn verzonnen" not in real
    assert "33%" in made_up and "62%" not in made_up and "Deze cijfers zijn verzonnen" in made_up


@pytest.mark.parametrize("asked", ["bestaat-niet", "barometer-2025", "x" * 300])
def test_an_edition_without_numbers_of_this_sector_is_refused(client: Client, money: Indicator, asked: str) -> None:
    factor(make_edition("barometer-2027", year=2027), money, "sector/gemeenten", 62, 10)
    make_edition("barometer-2025", year=2025)
    assert client.get(SECTOR, {"editie": asked}).status_code == 400


def test_from_round_to_round_once_there_are_two(client: Client, sector: None) -> None:
    innovating = make_indicator("innoveert", name="Organisaties die vernieuwen")
    for year, value in ((2021, 86.0), (2027, 75.0)):
        edition = make_edition(f"barometer-{year}", year=year, short_name=str(year))
        make_result(edition, innovating, value, group="sector/gemeenten", n=85)
    page = text(client, SECTOR)
    assert "Hoeveel organisaties vernieuwen per editie" in page


def test_everything_of_a_sector_can_be_taken_along(client: Client, money: Indicator) -> None:
    factor(make_edition("barometer-2027", year=2027), money, "sector/gemeenten", 62, 10)
    factor(make_example(), money, "sector/gemeenten", 33, 10)
    response = client.get(f"{SECTOR}export.csv", {"editie": "barometer-2027"})
    rows = b"".join(response).decode("utf-8-sig").splitlines()
    assert len(rows) == 4 and all("barometer-2027" in row for row in rows[1:])
    assert client.get(f"{SECTOR}export.csv", {"editie": "nee"}).status_code == 400
    assert client.get("/barometer/sectoren/nergens/export.csv").status_code == 404

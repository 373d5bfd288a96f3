"""From story to number and back: the figure behind a link of a case, and the case behind a figure."""

import re
from html import unescape

import pytest
from barometer_factories import make_edition, make_example, make_indicator, make_result
from django.test import Client
from factories import link, make_case

from survey.models import Edition
from survey.signals import barometer_changed

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(" ".join(re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", response.content.decode()).split()))


@pytest.fixture
def radar() -> None:
    indicator = make_indicator(
        "strategie-onder-de-radar",
        concepts=["strategie/onder-de-radar"],
        phrase="van de organisaties werkte onder de radar",
    )
    make_result(make_edition("b-2021", short_name="2021"), indicator, 17, n=313)
    make_result(make_example(), indicator, 44, n=313)


def test_a_case_shows_how_many_organisations_did_the_same(client: Client, radar: None) -> None:
    case = make_case("Stil begonnen", links=[link("strategie/onder-de-radar", "Het team zei niets.")])
    page = client.get(case.get_absolute_url()).content.decode()
    assert 'href="/barometer/indicatoren/strategie-onder-de-radar/"' in page
    assert "17% van de organisaties werkte onder de radar (2021)" in unescape(page)
    assert "44%" not in page


def test_a_link_without_a_number_shows_none(client: Client, radar: None) -> None:
    case = make_case("Anders", links=["strategie/expertgroep"])
    assert "van de organisaties" not in text(client, case.get_absolute_url())


def test_a_concept_shows_its_number_beside_its_cases(client: Client, radar: None) -> None:
    make_case("Stil begonnen", links=["strategie/onder-de-radar"])
    page = text(client, "/strategieen/onder-de-radar/")
    assert "17% van de organisaties werkte onder de radar" in page
    assert "Stil begonnen" in page


def test_the_front_page_puts_a_number_beside_a_case_that_illustrates_it(client: Client, radar: None) -> None:
    make_case("Stil begonnen", links=[link("strategie/onder-de-radar", "Het team zei eerst niets.")])
    page = text(client, "/")
    assert "Het cijfer en het verhaal" in page
    assert "17% van de organisaties werkte onder de radar" in page
    assert "Het team zei eerst niets." in page


def test_a_number_that_no_case_illustrates_makes_way_for_one_that_has_a_story(client: Client, radar: None) -> None:
    other = make_indicator("strategie-expertgroep", concepts=["strategie/expertgroep"], phrase="koos een expertgroep")
    make_result(Edition.objects.get(slug="b-2021"), other, 10, n=313)
    make_case("Stil begonnen", links=["strategie/onder-de-radar"])
    for _ in range(2):  # whatever the version begins with
        assert "17% van de organisaties werkte onder de radar" in text(client, "/")
        barometer_changed()


def test_a_number_without_a_case_stays_off_the_front_page(client: Client, radar: None) -> None:
    make_case("Iets anders")
    assert "Het cijfer en het verhaal" not in text(client, "/")

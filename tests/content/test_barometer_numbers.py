"""The published numbers as readers meet them: with their words, their source and their caution."""

import csv
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from survey.models import Concept, Edition, Figure, Finding, Indicator, Provenance, Qualifier, Result

pytestmark = pytest.mark.django_db

EDITION = "/barometer/edities/innovatie-barometer-2021/"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(" ".join(re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", response.content.decode()).split()))


def table(name: str) -> list[dict[str, str]]:
    with (Path(settings.CONTENT_DIR) / "barometer" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_everything_that_was_published_is_there() -> None:
    published = Result.objects.filter(provenance=Provenance.PUBLISHED)
    assert published.count() == len(table("results")) > 120
    assert Finding.objects.count() == len(table("findings")) > 80
    assert Figure.objects.count() == len(table("figures")) > 30
    assert Edition.objects.filter(is_example=False).count() >= 9


def test_every_published_number_says_where_it_stands() -> None:
    for result in Result.objects.filter(provenance=Provenance.PUBLISHED).select_related("publication"):
        assert result.publication and result.locator, result.key
        assert result.text_line or result.key.startswith("t"), result.key


def test_every_indicator_can_be_said_as_a_sentence_and_has_its_question_or_base() -> None:
    for indicator in Indicator.objects.all():
        assert indicator.base or indicator.question, indicator.slug
        assert not indicator.phrase.endswith("."), indicator.slug
    assert Concept.objects.filter(indicators__isnull=False).distinct().count() > 50


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("technologie-belangrijk-deel", "bijna 60%"),
        ("type-proces", "meer dan 75%"),
        ("herkomst-kopie", "ruim 20%"),
        ("strategie-onder-de-radar", "17%"),
        ("klimaatscore", "3,7"),
        ("klimaatgroep-krachtig", "ongeveer 25%"),
        ("waarde-efficiency", "65%"),
    ],
)
def test_a_number_keeps_the_words_of_its_source(client: Client, indicator: str, said: str) -> None:
    assert said.lower() in text(client, f"/barometer/indicatoren/{indicator}/").lower()


def test_what_the_source_does_not_say_is_not_made_up(client: Client) -> None:
    """14% did not innovate in 2021, and 24% have a strong climate: both would be our own subtraction."""
    shown = Result.objects.filter(provenance=Provenance.PUBLISHED)
    assert not shown.filter(indicator__slug="innoveert-niet", edition__slug="innovatie-barometer-2021").exists()
    assert shown.get(indicator__slug="klimaatgroep-krachtig", group=None).qualifier == Qualifier.ABOUT
    assert "14%" not in text(client, "/barometer/indicatoren/innoveert-niet/")


def test_one_number_for_two_answers_stays_one_number(client: Client) -> None:
    page = text(client, "/barometer/indicatoren/aanleiding-politiek-of-burgers/")
    assert "15%" in page
    concepts = Indicator.objects.get(slug="aanleiding-politiek-of-burgers").concepts
    assert concepts.count() == 2


def test_an_error_of_the_source_is_told_where_its_numbers_stand(client: Client) -> None:
    assert "108" in text(client, "/barometer/indicatoren/pandemie-productie-gedaald/")


def test_a_comparison_between_countries_says_what_differs(client: Client) -> None:
    page = text(client, "/barometer/indicatoren/aanleiding-eigen-medewerkers/")
    assert "34%" in page and "Wat verschilt" in page
    assert "werkplekken" in page.lower()


def test_response_of_each_sector_and_the_whole(client: Client) -> None:
    page = text(client, EDITION)
    for row in ("Gemeenten 435 85 19,5%", "Provincies 12 3 25,0%", "Alle organisaties 1.374 366 26,6%"):
        assert row in page


def test_small_sectors_are_told_kindly_and_keep_their_cases(client: Client) -> None:
    page = text(client, "/barometer/sectoren/provincies/")
    assert "geen uitkomsten apart" in page and "casussen" in page

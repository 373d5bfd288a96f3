"""What a reader is told about why a case was found, and about words that were taken for others."""

import re
from html import unescape

import pytest
from django.test import Client
from factories import make_case, make_concept, make_organisation

from cases.catalogue import exactly
from cases.models import SearchSynonym

pytestmark = pytest.mark.django_db


def shown(client: Client, words: str) -> str:
    response = client.get("/casussen/", {"q": words})
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def some_cases() -> None:
    make_concept("factor/leiderschap", name="Leiderschap", synonyms="stuurmanskunst")
    make_case("Drones boven zee", links=["factor/leiderschap"])
    make_case("Loket", organisation=make_organisation("Ministerie van Binnenlandse Zaken", abbreviation="BZK"))
    SearchSynonym.objects.create(expressions="drone\nonbemand vliegtuig")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("drones", "Gevonden in titel"),
        ("bzk", "Gevonden in organisatie"),
        ("onbemand vliegtuig", "Gevonden via synoniem ‘drone’"),
        ("stuurmanskunst", "Gevonden via factor ‘Leiderschap’"),
    ],
)
def test_a_card_says_why_it_is_there(client: Client, some_cases: None, typed: str, told: str) -> None:
    assert told in shown(client, typed)


def test_without_words_no_card_says_why_it_is_there(client: Client, some_cases: None) -> None:
    assert "Gevonden" not in shown(client, "")


def test_a_mistake_is_told_with_a_way_back_to_what_was_typed(client: Client, some_cases: None) -> None:
    page = client.get("/casussen/", {"q": "Drnoes boven zee"})
    text = page.content.decode()
    assert (
        "Geen precieze treffers voor <strong>drnoes</strong>; wel voor <strong>drones</strong>."
        in text.lower().replace("geen", "Geen")
    )
    back = unescape(re.search(r'href="([^"]+)">Zoek precies op', text)[1])  # type: ignore[index]
    assert back == "/casussen/?q=%22drnoes%22+boven+zee"
    exact = client.get(back)
    assert exact.context["catalogue"].total == 0
    assert "drones" in exact.content.decode().lower(), "what it may have been is offered still"


@pytest.mark.parametrize(
    ("text", "typed", "quoted"),
    [
        ("Finaciën op orde", "finacien", '"finacien" op orde'),
        ("right-to-chalenge in Delft", "right to chalenge", '"right to chalenge" in Delft'),
        ("iets  K.v.K., toch", "kvk", '"iets  K.v.K., toch"'),
    ],
)
def test_the_way_back_quotes_what_was_typed_and_leaves_the_rest(text: str, typed: str, quoted: str) -> None:
    assert exactly(text, typed) == quoted


def test_a_new_synonym_counts_in_the_very_next_request(client: Client, some_cases: None) -> None:
    assert "Geen casussen" in shown(client, "uav")
    SearchSynonym.objects.get().delete()
    SearchSynonym.objects.create(expressions="UAV\ndrone")
    assert "1 casus over" in shown(client, "uav")


def test_another_name_of_a_concept_counts_without_touching_its_cases(client: Client, some_cases: None) -> None:
    concept = make_concept("factor/leiderschap")
    concept.name = "Aan het roer"
    concept.save()
    assert "Gevonden via factor ‘Aan het roer’" in shown(client, "aan het roer")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("drones loket", "Geen casus past bij je hele zoekvraag. Deze passen bij een deel ervan."),
        (
            "drones lucht",
            "Eén casus past bij je hele zoekvraag en staat bovenaan. De andere passen bij een deel ervan.",
        ),
        ("drones -loket", ""),
    ],
)
def test_the_page_says_how_many_cases_are_all_that_was_asked(
    client: Client, some_cases: None, typed: str, told: str
) -> None:
    make_case("Drones in de lucht")
    make_case("Schone lucht")
    text = shown(client, typed)
    assert told in text if told else "hele zoekvraag" not in text

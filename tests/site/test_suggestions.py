"""What is suggested while somebody types."""

import pytest
from django.test import Client
from factories import make_case, make_concept, make_draft, make_organisation, restrict

from barometer_site.site_search.suggestions import suggestions
from cases.catalogue import answer
from cases.search.questions import Question

pytestmark = pytest.mark.django_db


def lines(text: str) -> list[str]:
    """As a reader sees them, without the last one, which is for the whole site."""
    return [f"{one.kind}: {one.text}" if one.kind else one.text for one in suggestions(text)][:-1]


def test_cases_concepts_and_organisations_begin_with_half_a_word() -> None:
    organisation = make_organisation("Dronedienst Noord")
    make_case("Drones boven de dijk", organisation=organisation)
    make_concept("patroon/drama", name="Het drama")
    assert lines("dro") == ["Casus: Drones boven de dijk", "Organisatie: Dronedienst Noord"]
    assert lines("het dra") == ["Patroon: Het drama"]
    assert lines("drones bo") == ["Casus: Drones boven de dijk"]
    assert lines("boven de drones") == ["Casus: Drones boven de dijk"]


def test_a_word_that_names_a_filter_becomes_one_with_its_true_count(client: Client) -> None:
    sector = make_concept("sector/waterschappen", name="Waterschappen")
    organisation = make_organisation("Delfland", sector=sector)
    make_case("Drones boven de dijk", organisation=organisation)
    make_case("Met drones op zoek", organisation=organisation)
    make_case("Vissen tellen", organisation=organisation)
    make_case("Drones elders")
    first = suggestions("drones bij watersch")[0]
    assert first.text == "2 casussen in Waterschappen over “drones”"
    assert first.url == "/casussen/?sector=waterschappen&q=drones"
    assert "2 casussen in Waterschappen" in client.get(first.url).content.decode()
    assert suggestions("waterschap")[0].text == "3 casussen in Waterschappen"
    assert not [line for line in lines("vogels waterschap") if "casus" in line.split()], "none without a case"


def test_the_name_by_which_something_was_found_is_told() -> None:
    make_concept("strategie/radar", name="Onder de radar", synonyms="stiekem uitproberen")
    make_case("Iets", links=["strategie/radar"])
    assert lines("stiekem uit") == [
        "1 casus met Onder de radar (stiekem uitproberen)",
        "Strategie: Onder de radar (stiekem uitproberen)",
    ]
    assert lines("radar") == ["1 casus met Onder de radar", "Strategie: Onder de radar"]


def test_the_last_suggestion_is_the_whole_site_and_there_are_eight_at_most() -> None:
    for number in range(9):
        make_concept(f"thema/t{number}", name=f"Zwemmen {number}")
    found = suggestions("zwem")
    assert len(found) == 8
    assert (found[-1].text, found[-1].url) == ("Zoek “zwem” op de hele site", "/zoeken/?q=zwem")


def test_what_nobody_may_see_is_not_suggested() -> None:
    make_draft("Geheim plan", organisation=make_organisation("Geheime dienst"))
    restrict(make_case("Geheim verslag"))
    assert suggestions("gehei") == []


@pytest.mark.parametrize("text", ["", "d", " d ", "🙂", "-"])
def test_below_two_letters_there_is_nothing(text: str) -> None:
    make_case("Drones 🙂")
    assert suggestions(text) == []


@pytest.mark.parametrize(
    "text",
    ['"drones', '"drones boven" -dijk', "-drones", "drones AND (", "dr\x00ones", "é̀" * 50, "de het een", "\\*?:^~/[]{}", "12 2021"],
)  # fmt: skip
def test_any_text_gets_an_answer(client: Client, text: str) -> None:
    make_case("Drones boven de dijk", links=["thema/drones"])
    assert client.get("/zoeken/suggesties/", {"q": text}).status_code == 200
    assert client.get("/zoeken/", {"q": text.replace("\x00", "")}).status_code == 200


def test_the_address_gives_json_that_is_fresh_as_long_as_nothing_changed(client: Client) -> None:
    make_case("Drones boven de dijk")
    first = client.get("/zoeken/suggesties/?q=dron")
    assert first.json()["suggesties"][0] == {
        "soort": "Casus",
        "tekst": "Drones boven de dijk",
        "url": "/casussen/drones-boven-de-dijk/",
    }
    fresh = {"If-None-Match": first["ETag"]}
    assert client.get("/zoeken/suggesties/?q=dron", headers=fresh).status_code == 304
    make_case("Drones elders")
    assert client.get("/zoeken/suggesties/?q=dron", headers=fresh).status_code == 200


def test_a_suggestion_asks_the_index_for_two_counts_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Question] = []
    monkeypatch.setattr(
        "barometer_site.site_search.suggestions.listed", lambda question: asked.append(question) or answer(question)
    )
    for number in range(5):
        make_concept(f"thema/t{number}", name=f"Zwemmen {number}", synonyms="zwemles")
    suggestions("zwemles")
    assert len(asked) == 2

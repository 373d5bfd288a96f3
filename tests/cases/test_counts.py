"""A count tells what a click gives: every number beside every choice, worked out by hand for a small world."""

from itertools import combinations

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.http import urlencode
from factories import make_case, make_concept, make_organisation

from cases.catalogue import Catalogue, catalogue
from cases.choices import Outcome
from cases.filters import CatalogueFilter

#: Title of a case -> what it is, by facet.
WORLD: dict[str, dict[str, set[str]]] = {
    "Drone boven dijken": {
        "uitkomst": {"geslaagd"},
        "sector": {"waterschappen"},
        "land": {"nederland"},
        "factor": {"tijd", "geld"},
        "jaar": {"2019"},
    },
    "Drone in de haven": {
        "uitkomst": {"gestopt"},
        "sector": {"gemeenten"},
        "land": {"nederland"},
        "factor": {"tijd"},
        "patroon": {"brug"},
        "jaar": {"2019"},
    },
    "Chatbot voor loket": {
        "uitkomst": {"geslaagd"},
        "sector": {"gemeenten"},
        "land": {"nederland"},
        "factor": {"geld"},
        "fase": {"gebruik"},
    },
    "Blockchain in de wijk": {
        "uitkomst": {"briljante-mislukking"},
        "sector": {"gemeenten"},
        "patroon": {"brug", "olifant"},
        "jaar": {"2021"},
    },
    "Verhuizen zonder papier": {"uitkomst": {"lopend"}, "land": {"denemarken"}, "fase": {"gebruik"}},
    "Losse proef": {"uitkomst": {"gestopt"}},
}
GROUPS = {"sector", "land"}


def truth(text: str = "", **chosen: set[str]) -> set[str]:
    """The cases that hold the word, and any of the values within each facet."""
    return {
        title
        for title, facets in WORLD.items()
        if text in title.lower() and all(facets.get(name, set()) & values for name, values in chosen.items() if values)
    }


def ask(text: str = "", **chosen: set[str]) -> Catalogue:
    """What the page shows for these choices."""
    query = [(name, value) for name, values in chosen.items() for value in sorted(values)]
    filters = CatalogueFilter(QueryDict(urlencode([*query, *([("q", text)] if text else [])])))
    assert filters.is_valid(), filters.errors
    return catalogue(filters)


def values(facet: str) -> set[str]:
    return set().union(*(facets.get(facet, set()) for facets in WORLD.values()))


FACETS = sorted(set().union(*WORLD.values()))
CHOICES = [(facet, value) for facet in FACETS for value in sorted(values(facet))]


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    """Half of the sectors and countries come from an organisation, the others from the case itself."""
    make_concept("sector/provincies", name="Provincies")
    for number, (title, facets) in enumerate(WORLD.items()):
        groups = {name: make_concept(f"{name}/{next(iter(facets[name]))}") for name in GROUPS if name in facets}
        sector, country = groups.get("sector"), groups.get("land")
        holder = (
            {"organisation": make_organisation(sector=sector, country=country)}
            if number % 2
            else {"own_sector": sector, "own_country": country}
        )
        make_case(
            title,
            outcome=next(iter(facets["uitkomst"])),
            start_year=int(next(iter(facets.get("jaar", {"0"})))) or None,
            phase=make_concept(f"fase/{next(iter(facets['fase']))}") if "fase" in facets else None,
            links=[f"{name}/{value}" for name in ("factor", "patroon") for value in sorted(facets.get(name, set()))],
            **holder,
        )


def check(text: str = "", **chosen: set[str]) -> int:
    """The result and every number beside every choice; gives how many numbers were looked at."""
    page = ask(text, **chosen)
    assert {found.case.title for found in page.cards} == truth(text, **chosen), chosen
    assert page.total == len(page.cards)
    looked_at = 0
    shown = {facet.param: facet for facet in page.facets}
    for facet in FACETS:
        others = {name: found for name, found in chosen.items() if name != facet}
        expected = {value: len(truth(text, **others, **{facet: {value}})) for value in values(facet)}
        numbers = {value.slug: value.count for value in shown[facet].values} if facet in shown else {}
        for value, number in expected.items():
            assert numbers.get(value, 0) == number, (facet, value, chosen, text)
            looked_at += 1
        assert set(numbers) <= set(expected), "a choice that leads nowhere is only shown when it is chosen"
    return looked_at


def test_every_number_beside_every_choice_is_true_when_nothing_is_chosen() -> None:
    assert check() == len(CHOICES) >= 14


def test_every_number_is_true_after_any_one_choice_and_any_two() -> None:
    looked_at = 0
    for facet, value in CHOICES:
        looked_at += check(**{facet: {value}})
    for (one, first), (other, second) in combinations(CHOICES, 2):
        chosen: dict[str, set[str]] = {one: {first}}
        chosen[other] = chosen.get(other, set()) | {second}
        looked_at += check(**chosen)
    assert looked_at > 1_000


def test_every_number_is_true_with_words() -> None:
    for facet, value in CHOICES:
        check("drone", **{facet: {value}})


def test_a_click_gives_the_number_that_stood_beside_the_choice(client: Client) -> None:
    """From the page itself: the address behind each unchosen value of a facet in which nothing is chosen."""
    clicks = 0
    for start in ({}, {"uitkomst": {"geslaagd"}}, {"sector": {"gemeenten"}, "factor": {"tijd"}}):
        for facet in ask(**start).facets:
            for value in facet.values:
                if not facet.chosen:
                    assert client.get(value.url).context["catalogue"].total == value.count
                    clicks += 1
    assert clicks > 20


def test_within_a_group_any_and_between_groups_all() -> None:
    assert ask(uitkomst={"geslaagd", "gestopt"}).total == 4
    assert ask(uitkomst={"geslaagd", "gestopt"}, sector={"gemeenten"}).total == 2
    assert ask(factor={"tijd", "geld"}).total == 3
    assert ask(factor={"tijd"}, patroon={"brug"}).total == 1


def test_a_chosen_value_without_cases_stays_in_sight_with_zero() -> None:
    page = ask(sector={"provincies"})
    shown = {value.slug: value for facet in page.facets for value in facet.values if facet.param == "sector"}
    assert shown["provincies"].selected
    assert shown["provincies"].count == 0
    assert shown["gemeenten"].count == 3
    assert [chip.remove_label for chip in page.chips] == ["Sector: Provincies"]


def test_a_year_without_cases_is_a_fair_question() -> None:
    page = ask(jaar={"1999"})
    assert page.total == 0
    assert [chip.remove_label for chip in page.chips] == ["Begonnen in: 1999"]


def test_outcomes_stand_in_their_own_order_and_years_newest_first() -> None:
    facets = {facet.param: [value.slug for value in facet.values] for facet in ask().facets}
    assert facets["uitkomst"] == Outcome.values
    assert facets["jaar"] == ["2021", "2019"]

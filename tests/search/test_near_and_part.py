"""Spelling mistakes, parts of words, words apart and together, what must not be there."""

from collections.abc import Callable

import pytest

from .conftest import Ask
from .sources import case

Over = Callable[..., Ask]

CASES = (
    case(1, "Proef met blockchain", "Een register."),
    case(2, "Burgerbegroting in de stad", "Inwoners beslissen."),
    case(3, "Innovatie in de zorg", "Een huisarts begint."),
    case(4, "Beter co-creatie dan alleen", "Met bewoners."),
    case(5, "Sensoren langs de dijk", "Het sensornetwerk meet mee."),
    case(6, "Oude handschriften lezen", "De computer leest zeventien talen."),
    case(7, "Mensen met een handicap", "Gehandicapten denken mee."),
    case(8, "De financiën op orde", "Zonder begroting geen geld."),
)


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("blokchain", "blockchain", 1),
        ("blockcahin", "blockchain", 1),
        ("Blockhcain!", "blockchain", 1),
        ("lbockchain", "blockchain", 1),
        ("finacien", "financiën", 8),
        ("gehandikapten", "Gehandicapten", 7),
        ("burgerbegrotting", "Burgerbegroting", 2),
        ("zorginovatie", "zorginnovatie", 3),
        ("inovatiezorg", "innovatiezorg", 3),
        ("sennsoren", "Sensoren", 5),
    ],
)
def test_a_spelling_mistake_finds_what_was_meant_and_says_so(ask: Over, typed: str, meant: str, first: int) -> None:
    found = ask(*CASES)(typed)
    assert found.hits[0].pk == first
    assert [word for _, word in found.corrections] == [meant]
    assert found.ignored_words == ()


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("ekspirement", "experiment", 1),
        ("freiwilligers", "Vrijwilligers", 2),
        ("burocratie", "bureaucratie", 3),
        ("viadukt", "viaducten", 4),
        ("droons", "Drones", 5),
    ],
)
def test_a_word_written_as_it_sounds_is_understood(ask: Over, typed: str, meant: str, first: int) -> None:
    titles = ("Een experiment", "Vrijwilligers lezen mee", "Minder bureaucratie", "Hergebruik van viaducten", "Drones")
    found = ask(*(case(number, title) for number, title in enumerate(titles, start=1)))(typed)
    assert found.hits[0].pk == first
    assert found.corrections == ((typed, meant),)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("beestjes", 1), ("fraudeert", 2), ("uitgeprobeerd", 3), ("verhuisde", 4), ("digitalisatie", 5)],
)
def test_another_form_that_nobody_wrote_leads_to_the_word_and_is_no_mistake(ask: Over, typed: str, first: int) -> None:
    titles = ("Een beest in de wei", "Fraude", "Stil uitproberen", "Verhuizen naar de stad", "Digitalisering")
    found = ask(*(case(number, title) for number, title in enumerate(titles, start=1)))(typed)
    assert [hit.pk for hit in found.hits] == [first]
    assert found.corrections == ()


def test_a_long_compound_of_real_words_is_no_mistake_in_a_half(ask: Over) -> None:
    assert ask(case(1, "Het beste plan"), case(2, "Planbeste"))("bestemmingsplan").corrections == ()


def test_a_compound_that_no_case_holds_does_not_push_a_word_that_is_there_away(ask: Over) -> None:
    apart = (case(number, body="Signalering, en vroeg ook.") for number in range(1, 4))
    debts = (case(number, "Schulden") for number in range(4, 9))
    assert {hit.pk for hit in ask(*apart, *debts)("vroegsignalering schulden").hits} >= set(range(4, 9))


def test_every_rare_part_of_a_compound_counts(ask: Over) -> None:
    cases = (*(case(number, "Fraude") for number in range(1, 4)), *(case(number, "Bijstand") for number in range(4, 8)))
    found = ask(*cases, *(case(number, "Dijk") for number in range(10, 80)))("bijstandsfraude")
    assert {hit.pk for hit in found.hits} == set(range(1, 8))


@pytest.mark.parametrize(("cases", "total"), [(3, 3), (4, 0)])
def test_an_ordinary_word_beside_a_real_word_that_no_case_has_is_no_answer(ask: Over, cases: int, total: int) -> None:
    assert ask(*(case(number, "Een nieuwe koers") for number in range(cases)))("bitcoin koers").total == total


def test_a_word_that_is_there_is_no_mistake(ask: Over) -> None:
    question = ask(case(1, "De haven"), case(2, "De raven"), case(3, "Het leven"))
    assert [hit.pk for hit in question("raven").hits] == [2]
    assert question("raven").corrections == ()


@pytest.mark.parametrize(
    "typed",
    ["taart", "dementie", "voetbal", "qzxvw", "sensatie", "taartzorg", "zorgtaart", "stadstaart", "handelspost"],
)
def test_another_real_word_or_nonsense_is_no_spelling_mistake(ask: Over, typed: str) -> None:
    others = (case(9, "Een kaart"), case(10, "Detentie"), case(11, "Voetpad"), case(12, "De handelspoort"))
    found = ask(*CASES, *others)(typed)
    assert (found.total, found.corrections, found.ignored_words) == (0, (), (typed,))


def test_only_the_first_few_unknown_words_are_guessed(ask: Over) -> None:
    """Guessing is what takes longest, and with so many mistakes it is no question."""
    found = ask(*CASES)("blokchain blockcahin finacien sennsoren burgerbegrotting")
    assert [typed for typed, _ in found.corrections] == ["blokchain", "blockcahin", "finacien", "sennsoren"]
    assert found.ignored_words == ("burgerbegrotting",)


def test_a_guess_beside_an_unknown_word_is_no_answer(ask: Over) -> None:
    assert ask(*CASES)("qzxvw blokchain").total == 0


def test_between_quotes_nothing_is_guessed(ask: Over) -> None:
    found = ask(*CASES)('"blokchain"')
    assert (found.total, found.nearest_words) == (0, ("blockchain",))


def test_exact_words_stand_before_anything_like_them(ask: Over) -> None:
    question = ask(
        case(1, "Kraan", body="Een begroting."),
        case(2, "Burgerbegroting"),
        case(3, "Begroting"),
        case(4, "Begrotingen"),
        *(case(number) for number in range(10, 30)),
    )
    assert [hit.pk for hit in question("begroting").hits] == [3, 4, 2, 1]


@pytest.mark.parametrize(
    ("typed", "pks"),
    [
        ("begroting", {2, 8}),
        ("burgerbegroting", {2}),
        ("zorginnovatie", {3}),
        ("zorg innovatie", {3}),
        ("cocreatie", {4}),
        ("co-creatie", {4}),
        ("co creatie", {4}),
        ("sensor netwerk", {5}),
        ("handschriftherkenning", {6}),
        ("begrot", {2, 8}),
        ("handschr", {6}),
        ("17 talen", {6}),
        ("sensor", {5}),
    ],
)
def test_compounds_are_found_whole_in_parts_and_begun(ask: Over, typed: str, pks: set[int]) -> None:
    found = ask(*CASES)(typed)
    assert {hit.pk for hit in found.hits} == pks
    assert found.corrections == ()


def test_the_whole_compound_is_marked_where_a_part_was_typed(ask: Over) -> None:
    titles = {hit.pk: hit.title_html for hit in ask(*CASES)("begroting").hits}
    assert titles[2] == "<mark>Burgerbegroting</mark> in de stad"


@pytest.mark.parametrize(
    ("typed", "pks"),
    [
        ("dijk -sensor", set()),
        ("de -blockchain -dijk", {2, 3, 6, 8}),
        ("begroting -burgerbegroting", {8}),
        ("-blockchain", {2, 3, 4, 5, 6, 7, 8}),
        ('computer -"oude handschriften"', set()),
        ("computer - handschriften", {6}),
        ("co-creatie", {4}),
    ],
)
def test_what_is_typed_after_a_minus_is_not_there(ask: Over, typed: str, pks: set[int]) -> None:
    assert {hit.pk for hit in ask(*CASES)(typed).hits} == pks


def test_an_abbreviation_with_points_is_the_same_word(ask: Over) -> None:
    assert [hit.pk for hit in ask(case(1, "Loket", organisations=("KvK",)))("K.v.K.").hits] == [1]

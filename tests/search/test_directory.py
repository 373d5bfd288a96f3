"""Named things are found by name and by what is said of them, the way cases are."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from cases.search.directory import Directory, Sightings
from cases.search.marking import marked_text
from cases.search.sighting import NamedThing

RADAR = NamedThing(
    "strategie",
    1,
    "Onder de radar",
    "/strategieen/onder-de-radar/",
    ("stiekem uitproberen", "zonder toestemming"),
    ("Een team probeert de innovatie eerst in stilte uit.", "Niemand in de top weet van de proef."),
)
TABLE = NamedThing(
    "patroon",
    2,
    "De lege plek aan tafel",
    "/patronen/de-lege-plek-aan-tafel/",
    ("niet betrokken",),
    ("Iemand die nodig was voor het plan, deed niet mee.",),
)
VOLUNTEERS = NamedThing("partner", 3, "Vrijwilligers", "/partners/vrijwilligers/", (), ("Buren deden mee.",))
WATER = NamedThing("sector", 4, "Waterschappen", "/barometer/sectoren/waterschappen/", ("hoogheemraadschap",))
MONEY = NamedThing("factor", 5, "Beperkte middelen", "/klimaat/beperkte-middelen/", ("geen geld", "bezuiniging"))
MANY = [
    NamedThing("overig", 100 + n, f"Reëel {n}", f"/{n}/", (), (f"Over onderwerp{n} en verder niets bijzonders.",))
    for n in range(40)
]


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory([RADAR, TABLE, VOLUNTEERS, WATER, MONEY, *MANY])


def titles(answer: Sightings) -> list[str]:
    return [found.thing.title for found in answer.found]


@pytest.mark.parametrize(
    ("typed", "first", "where"),
    [
        ("radar", RADAR, "name"),
        ("stiekem uitgeprobeerd of uitproberen", RADAR, "name"),
        ("waterschap", WATER, "name"),
        ("niemand van de top", RADAR, "text"),
        ("Hoogheemraadschappen", WATER, "name"),
        ("waterscahppen", WATER, "name"),
        ("reeel 7", MANY[7], "name"),
    ],
)
def test_a_thing_is_found_by_name_or_by_what_is_said_of_it(
    directory: Directory, typed: str, first: NamedThing, where: str
) -> None:
    best = directory.find(typed).found[0]
    assert (best.thing, best.where) == (first, where)


def test_little_words_decide_between_two_sentences(directory: Directory) -> None:
    assert titles(directory.find("buurman deed niet mee"))[0] == "De lege plek aan tafel"


def test_every_whole_name_in_a_sentence_is_found(directory: Directory) -> None:
    assert {"Waterschappen", "Beperkte middelen"} <= set(titles(directory.find("bezuinigingen bij waterschappen")))


def test_a_name_with_no_in_it_is_not_its_opposite(directory: Directory) -> None:
    exact = directory.find("geen geld").found[0].score
    assert directory.find("veel geld").found[0].score < exact


def test_another_word_is_taken_only_for_one_that_does_not_occur(directory: Directory) -> None:
    assert directory.find("wterschappen").instead == (("wterschappen", "waterschappen"),)
    assert directory.find("waterschappen").instead == ()


def test_a_real_word_that_does_not_occur_is_taken_for_no_other(directory: Directory) -> None:
    assert directory.find("burren").instead == (("burren", "buren"),)
    assert directory.find("beren") == Sightings()


def test_what_is_typed_after_a_minus_must_not_be_there(directory: Directory) -> None:
    assert titles(directory.find("iemand nodig -plan")) == []
    assert titles(directory.find("deden mee -buren -waterschap")) == ["De lege plek aan tafel"]


def test_half_a_word_counts_only_while_typing(directory: Directory) -> None:
    assert titles(directory.find("rad", half_word=True)) == ["Onder de radar"]
    assert titles(directory.find("onder de r", half_word=True))[0] == "Onder de radar"
    assert titles(directory.find("rad")) == []
    assert titles(directory.find("rad ", half_word=True)) == []


def test_what_holds_little_of_what_was_asked_is_left_out(directory: Directory) -> None:
    assert titles(directory.find("kruispunt verkeerslicht wachttijd top")) == []


@pytest.mark.parametrize("odd", ["", " ", "*", '""', "🙂", "a" * 10_000, "de het een", "AND OR NOT", "\\[(", "\x00"])
def test_any_text_is_welcome(directory: Directory, odd: str) -> None:
    assert directory.find(odd, half_word=True).found == directory.find(odd, half_word=True).found


def test_a_directory_without_things_finds_nothing() -> None:
    assert Directory([]).find("radar") == Sightings()


def test_many_threads_ask_at_once(directory: Directory) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(directory.find, ["radar", "waterschap"] * 50))
    assert {titles(answer)[0] for answer in answers} == {"Onder de radar", "Waterschappen"}


def test_found_words_are_marked_and_the_rest_is_escaped() -> None:
    assert marked_text("Réél & <b>nodig</b>", {"reel"}) == "<mark>Réél</mark> &amp; &lt;b&gt;nodig&lt;/b&gt;"

"""Synonyms of editors, names of concepts, and what a whole sentence is about."""

from collections.abc import Callable

import pytest

from cases.search.lexicon import Meaning, Name, build_lexicon

from .conftest import Ask
from .sources import case

Over = Callable[..., Ask]

LEADERSHIP = Name("factor:leiderschap", "Leiderschap")
RADAR = Name("strategie:onder-de-radar", "Onder de radar")
LEXICON = build_lexicon(
    [("BZK", "Binnenlandse Zaken"), ("AI", "kunstmatige intelligentie", "machine learning"), ("faal", "mislukking")],
    [
        (LEADERSHIP, ("Leiderschap", "baas")),
        (
            RADAR,
            (
                "Onder de radar",
                "stiekem uitproberen",
            ),
        ),
    ],
)
CASES = (
    case(1, "Een loket", organisations=("BZK",)),
    case(2, "Binnenlandse zaken op orde", body="Zaken en nog meer zaken, binnenlandse en andere."),
    case(3, "Binnenlandse post", body="Zaken met verre landen."),
    case(4, "De stad leert van AI"),
    case(5, "Machine learning"),
    case(6, "Stil begin", facets={"strategie": ("onder-de-radar",)}),
    case(7, "De burgemeester", facets={"factor": ("leiderschap",)}),
    case(8, "Een radar langs de kust"),
    case(9, "Falen mag"),
)


@pytest.fixture
def question(ask: Over) -> Ask:
    return ask(*CASES, lexicon=LEXICON)


@pytest.mark.parametrize(
    ("typed", "pks"),
    [
        ("bzk", [2, 1]),
        ("binnenlandse zaken", [2, 3, 1]),
        ("kunstmatige intelligentie", [5, 4]),
        ("Kunstmatige  Intelligentie!", [5, 4]),
        ("leiderschap", [7]),
        ("baas", [7]),
        ("onder de radar", [6, 8]),
        ("stiekem uitproberen", [6]),
        ('"onder de radar"', [6]),
        ("mislukkingen", [9]),
    ],
)
def test_other_names_find_the_same_cases(question: Ask, typed: str, pks: list[int]) -> None:
    found = question(typed)
    assert {hit.pk for hit in found.hits} == set(pks)
    assert found.hits[0].pk == pks[0]


def test_a_hit_says_by_which_synonym_or_concept_it_was_found(question: Ask) -> None:
    found = {hit.pk: hit for hit in question("binnenlandse zaken").hits}
    assert (found[1].matched_in, found[1].synonyms) == ((), ("BZK",))
    assert found[2].matched_in == ("titel", "tekst")
    assert found[2].synonyms == ()
    assert question("baas").concepts == {"factor:leiderschap": "Leiderschap"}


def test_words_of_a_synonym_must_stand_together(question: Ask) -> None:
    """Who types BZK does not mean domestic mail."""
    assert 3 not in {hit.pk for hit in question("bzk").hits}


def test_a_mistake_in_the_name_of_a_concept_is_understood(question: Ask) -> None:
    found = question("leidershap")
    assert [hit.pk for hit in found.hits] == [7]
    assert found.corrections == (("leidershap", "leiderschap"),)


def test_a_mistake_in_an_expression_is_understood(question: Ask) -> None:
    found = question("kunstmatige inteligentie")
    assert {hit.pk for hit in found.hits} == {hit.pk for hit in question("kunstmatige intelligentie").hits} == {4, 5}
    assert found.corrections == (("kunstmatige inteligentie", "kunstmatige intelligentie"),)


def test_an_expression_that_no_case_holds_is_not_said_to_be_found(ask: Over) -> None:
    question = ask(case(1, "Dijk"), lexicon=LEXICON)
    found = question("kunstmatige inteligentie")
    assert (found.total, found.corrections, found.ignored_words) == (0, (), ("kunstmatige inteligentie",))
    assert [hit.pk for hit in question("kunstmatige inteligentie dijk").hits] == [1]


def test_another_lexicon_counts_at_once_without_another_index(ask: Over) -> None:
    assert ask(*CASES)("baas").total == 0
    assert ask(*CASES, lexicon=LEXICON)("baas").total == 1


def test_what_a_sentence_is_about_helps_when_its_words_do_not(ask: Over) -> None:
    without = ask(*CASES, lexicon=LEXICON)("niemand mocht het weten")
    about = ask(*CASES, lexicon=LEXICON, meanings=[Meaning(RADAR, 0.8)])("niemand mocht het weten")
    assert without.total == 0
    assert [hit.pk for hit in about.hits] == [6]
    assert about.concepts == {"strategie:onder-de-radar": "Onder de radar"}


def test_what_a_sentence_is_about_never_pushes_its_words_away(ask: Over) -> None:
    found = ask(*CASES, *(case(pk, "Loket") for pk in range(20, 28)), meanings=[Meaning(RADAR, 1.0)])("loket")
    assert {hit.pk for hit in found.hits} == {1, *range(20, 28)}


@pytest.mark.parametrize("nothing", [[], [()], [("", "!")], [("x" * 300,)]])
def test_a_lexicon_of_nothing_changes_nothing(ask: Over, nothing: list[tuple[str, ...]]) -> None:
    assert ask(*CASES, lexicon=build_lexicon(nothing, []))("radar").total == 1


def test_an_expression_that_no_case_holds_does_not_fall_apart(ask: Over) -> None:
    lexicon = build_lexicon([("KvK", "Kamer van Koophandel")], [])
    assert ask(case(1, "Tweede Kamer"), case(2, "De meldkamer"), lexicon=lexicon)("kamer van koophandel").total == 0

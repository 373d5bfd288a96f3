"""What is found, in which order, and where it was found."""

from collections.abc import Callable

import pytest

from cases.search.documents import CaseDocument
from cases.search.lexicon import Meaning, Name
from cases.search.wording import understand

from .conftest import Ask
from .sources import case

Over = Callable[..., Ask]

SAMPLE = (
    case(1, "Eén regeling voor schulden", "Inwoners met schulden krijgen rust."),
    case(2, "Kaarten die je kunt voelen", "Voor blinde mensen.", organisations=("Kadaster",)),
    case(3, "Toezicht met data", "Digitaal toezicht in plaats van bezoek.", "Bedrijven delen gegevens."),
    case(4, "Drones bij de brandweer", "Ogen in de lucht.", "De drone vliegt over het bos."),
    case(
        5,
        "Oplossingen voor deepfakevideo's",
        "Het instituut werkt vooruit.",
        organisations=("Forensisch Instituut", "NFI"),
    ),
    case(6, "Proef met blockchain", "Gestopt vanwege de privacy.", facets={"uitkomst": ("gestopt",)}),
    case(7, "Blockchain in de zorg", "Een register.", facets={"uitkomst": ("geslaagd",)}),
    case(8, "Innovatielab van ministeries", "Zestien jaar lang.", years=(2002, 2018)),
    case(9, "Stad zonder drempels", "De gemeente kijkt mee.", "Een overzicht over alles met data en toezicht."),
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("schulden van inwoners", 1),
        ("schuld", 1),
        ("kaart voor blinden", 2),
        ("toezicht met data", 3),
        ("drone", 4),
        ("DRONES!", 4),
        ("deepfake", 5),
        ("nfi", 5),
        ("wat ging er mis met blockchain", 6),
        ("is blockchain ergens gelukt", 7),
        ("voorbeelden van ministeries", 8),
        ("2018", 8),
        ("steden", 9),
        ("één regeling", 1),
        ("e\u0301e\u0301n regeling", 1),
    ],
)
def test_people_find_the_case_in_their_own_words(ask: Over, typed: str, first: int) -> None:
    assert ask(*SAMPLE)(typed).hits[0].pk == first


def test_title_goes_before_summary_before_names_before_text(ask: Over) -> None:
    found = ask(
        case(1, body="Er was ook een dijk."),
        case(3, organisations=("Dijk en Zoon",)),
        case(4, summary="Een sterke dijk."),
        case(5, title="De dijk"),
        *(case(number, "Iets anders") for number in range(6, 30)),
    )("dijk")
    assert [hit.pk for hit in found.hits] == [5, 4, 3, 1]
    assert [hit.matched_in for hit in found.hits] == [
        ("titel",),
        ("samenvatting",),
        ("organisatie",),
        ("tekst",),
    ]


def test_the_form_that_was_typed_goes_before_other_forms(ask: Over) -> None:
    found = ask(case(1, "Vergunning voor een huis"), case(2, "Vergunningen voor een huis"), case(3, "Iets anders"))
    assert [hit.pk for hit in found("vergunningen").hits] == [2, 1]
    assert [hit.pk for hit in found("vergunning").hits] == [1, 2]


def test_overheid_is_not_over(ask: Over) -> None:
    found = ask(
        case(1, "Over de grens"), case(2, "Een zuinige overheid"), case(3, "Gezond eten"), case(4, "Zon op het dak")
    )
    assert [hit.pk for hit in found("overheden").hits] == [2]
    assert [hit.pk for hit in found("gezond").hits] == [3]


def test_cases_with_part_of_the_words_follow_when_few_hold_them_all(ask: Over) -> None:
    found = ask(
        case(1, "Sensor in de dijk"),
        case(2, "Sensor op straat"),
        case(3, "Sensor in het bos"),
        *(case(number, f"Dijk {number}") for number in range(10, 20)),
    )("sensor dijk")
    assert found.loosened
    assert found.hits[0].pk == 1
    assert [hit.matches_all for hit in found.hits] == [True, False, False]
    assert (found.total, found.total_with_all_words) == (3, 1)


def test_enough_cases_with_all_words_are_the_whole_answer(ask: Over) -> None:
    found = ask(*(case(number, f"Sensor in dijk {number}") for number in range(9)), case(9, "Sensor"))("sensor dijk")
    assert (found.total, found.loosened) == (9, False)
    assert all(hit.matches_all for hit in found.hits)


def test_parts_of_words_are_told_apart_in_every_order(ask: Over) -> None:
    question = ask(case(1, "Sensor in de dijk"), case(2, "Sensor op straat"), case(3, "Andere"))
    found = question("sensor dijk", sort="titel")
    assert {hit.pk: hit.matches_all for hit in found.hits} == {1: True, 2: False} or found.total == 1


def test_a_word_that_no_case_holds_is_named_and_the_rest_is_found(ask: Over) -> None:
    found = ask(case(1, "Sensor in de dijk"), case(2, "Iets anders"))("sensor xyzzy")
    assert [hit.pk for hit in found.hits] == [1]
    assert found.ignored_words == ("xyzzy",)
    assert found.loosened
    assert found.total_with_all_words == 0


def test_a_quotation_is_found_only_as_it_was_typed(ask: Over) -> None:
    question = ask(case(1, "Samen de stad maken"), case(2, "De stad samen maken"), case(3, "Samen de steden maken"))
    assert [hit.pk for hit in question('"samen de stad"').hits] == [1]
    assert [hit.pk for hit in question("“samen de stad”").hits] == [1]
    assert question('"stad de samen"').total == 0


def test_a_concept_that_is_like_a_quotation_brings_no_case_without_it(ask: Over) -> None:
    like = Meaning(Name("factor:samen", "Bijdrage van burgers"), 0.9)
    cases = (case(1, "Samen de stad maken"), case(2, "De stad samen maken", facets={"factor": ("samen",)}))
    assert [hit.pk for hit in ask(*cases, meanings=[like])('"samen de stad"').hits] == [1]


def test_the_nearest_words_are_shown_as_the_cases_write_them(ask: Over) -> None:
    question = ask(
        case(1, "Proef met Blockchain", body="Een blockchain."), case(2, "Hulp uit Zweden"), case(3, "De financiën")
    )
    assert question('"blokchain"').nearest_words == ("blockchain",)
    assert question('"zwedn"').nearest_words == ("Zweden",)
    assert question('"finacien"').nearest_words == ("financiën",)
    assert question("proef").nearest_words == ()


def test_how_it_ended_is_a_question_too(ask: Over) -> None:
    question = ask(*SAMPLE)
    assert [hit.pk for hit in question("gestopte projecten").hits] == [6]
    assert question("successen").hits[0].pk == 7


@pytest.mark.parametrize("nothing", ["", "   ", "*", "?", '""', "\t\n"])
def test_no_words_means_all_cases_with_the_newest_first(ask: Over, nothing: str) -> None:
    cases = [case(pk, first_published_ordinal=day) for pk, day in ((1, 5), (2, 9), (3, 7))]
    assert [hit.pk for hit in ask(*cases)(nothing).hits] == [2, 3, 1]


def test_something_typed_that_is_no_word_finds_nothing(ask: Over) -> None:
    assert ask(case(1))("🙂").total == 0


def test_stop_words_alone_are_taken_as_words(ask: Over) -> None:
    assert [hit.pk for hit in ask(case(1, "Wat is er"), case(2, "Iets anders"))("wat is er").hits] == [1]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("wat ging er mis met blockchain", ("blockchain",)),
        ("voorbeelden uit Denemarken", ("denemarken",)),
        ("foto's van huizen", ("foto", "huizen")),
        ("voorbeelden", ("voorbeelden",)),
        ("na de straf weer aan het werk", ("straf", "werk")),
        ("mag niet van de regels", ("mag", "regels")),
    ],
)
def test_only_the_telling_words_must_be_found(typed: str, words: tuple[str, ...]) -> None:
    assert understand(typed).words == words


def test_a_document_is_its_own_best_answer(ask: Over) -> None:
    question = ask(*SAMPLE)
    sample: CaseDocument
    for sample in SAMPLE:
        assert question(sample.title).hits[0].pk == sample.pk


def test_an_ordinary_word_alone_is_answer_enough_when_there_is_next_to_nothing(ask: Over) -> None:
    """Two words that never meet: first what holds the rarer one, then what holds the other."""
    question = ask(case(1, "Fiets"), case(2, "Parkeren"), case(3, "Parkeren op straat"), case(4, "Iets anders"))
    found = question("parkeren fiets")
    assert {hit.pk for hit in found.hits} == {1, 2, 3}
    assert found.loosened
    assert found.total_with_all_words == 0

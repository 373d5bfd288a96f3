"""Plain Dutch and private persons: what is found in a text, and what is not."""

import pytest

from cases.editing.persons import is_citizen_number, mentions
from cases.editing.readability import ease, hints, syllables
from cases.editing.texts import FieldText, plain, sentences_of


def field(text: str, name: str = "result") -> FieldText:
    return FieldText(name, "Wat kwam ervan?", text)


def told(text: str) -> str:
    return " ".join(hint.text for hint in hints([field(text)]))


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.kind, mention.found) for mention in mentions([field(text)])]


def test_a_list_is_read_line_by_line() -> None:
    assert sentences_of(plain("<p>Eerst dit. Dan dat.</p><ul><li>een</li><li>twee &amp; drie</li></ul>")) == [
        "Eerst dit.",
        "Dan dat.",
        "een",
        "twee & drie",
    ]


def test_an_abbreviation_ends_no_sentence() -> None:
    assert sentences_of("Zij vroegen o.a. De Jong. Hij zei ja.") == ["Zij vroegen o.a. De Jong.", "Hij zei ja."]


def test_a_long_sentence_is_told_with_its_beginning() -> None:
    hint = hints([field("Wij " + "liepen en " * 12 + "stopten.")])[0]
    assert hint.text == "Lange zin van 26 woorden. Maak er twee van."
    assert hint.quote.startswith("Wij liepen en liepen")
    assert hint.anchor == "id_result-label"


@pytest.mark.parametrize(
    "sentence", ["Het plan werd door niemand gelezen.", "Er worden drie proeven gedaan.", "Omdat het besloten werd."]
)
def test_a_passive_sentence_asks_who(sentence: str) -> None:
    assert "Wie doet dit?" in told(sentence)


@pytest.mark.parametrize("sentence", ["Niemand las het plan.", "Het werd een feest.", "Zij worden ouder."])
def test_an_active_sentence_is_left_alone(sentence: str) -> None:
    assert told(sentence) == ""


def test_words_of_the_office_get_a_plain_one() -> None:
    text = told("De stakeholders gaan het uitrollen in het kader van beleid.")
    assert "betrokkenen" in text and "invoeren" in text and "voor, bij" in text


def test_a_long_word_and_an_empty_link_are_told() -> None:
    text = told("De vergunningverleningsprocedure staat hier: klik hier.")
    assert "‘vergunningverleningsprocedure’ is een lang woord" in text
    assert "zegt niet waar een link heen gaat" in text


def test_the_score_follows_the_formula_of_douma() -> None:
    easy = ease([field("Wij gaan naar huis. " * 10)])
    assert easy
    assert easy.score == 100
    # 12 words of 3 syllables in one sentence: 206.84 - 0.77 x 300 - 0.93 x 12 is below 0
    hard = ease([field(" ".join(["beleidskader"] * 36))])
    assert hard
    assert (hard.score, hard.verdict) == (0, "leest nog moeilijk")
    assert ease([field("Te kort.")]) is None


@pytest.mark.parametrize(("word", "number"), [("huis", 1), ("gemeente", 3), ("ideeën", 3), ("nieuwe", 2), ("ng", 1)])
def test_syllables_are_counted_by_their_vowels(word: str, number: int) -> None:
    assert syllables(word) == number


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Projectleider Jan de Vries belde.", "naam", "Jan de Vries"),
        ("Wij spraken mevr. A. Bakker.", "naam", "mevr. A. Bakker"),
        ("Mail jan@example.nl voor meer.", "e-mailadres", "jan@example.nl"),
        ("Bel 020-1234567.", "telefoonnummer", "020-1234567"),
        ("Haar nummer is 111222333.", "burgerservicenummer", "111222333"),
    ],
)
def test_a_private_person_is_found(text: str, kind: str, what: str) -> None:
    assert found(text) == [(kind, what)]


@pytest.mark.parametrize(
    "text",
    [
        "De gemeente Den Haag en het Rode Kruis deden mee.",
        "In 2019 kostte het 123456789 euro.",
        "Jan deed mee.",
        "Op 01-02-2020 begon het.",
    ],
)
def test_what_is_no_person_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_citizen_number_passes_the_eleven_test() -> None:
    assert is_citizen_number("111222333")
    assert not is_citizen_number("123456789")
    assert not is_citizen_number("000000000")

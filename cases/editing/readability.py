"""Is this plain Dutch (B1)? Hints for who writes, never a refusal.

The score is the reading ease of Flesch as W.H. Douma fitted it to Dutch (*De leesbaarheid van landbouwbladen*,
Wageningen 1960): 206.84 - 0.77 x syllables per 100 words - 0.93 x words per sentence. The hints point at what makes a
text hard most often: long sentences, long words, passive forms, and words of the office.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .plain_words import PLAIN_WORDS
from .texts import FieldText, sentences_of

MOST_WORDS = 20
"""In a sentence; more than this costs a reader a second look."""
LONG_WORD = 20
"""Letters. Dutch glues words together; a hyphen or two words read easier."""
LEAST_WORDS = 30
"""Below this number the score says nothing."""
MOST_HINTS = 3
"""Of one kind in one field: more would discourage."""
PLAIN, FAIR = 65.0, 50.0

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|ai|[aeiouy]")
ACCENTED = str.maketrans("áàâäéèêëíìîïóòôöúùûü", "aaaaeeeeiiiioooouuuu")
PASSIVE = re.compile(
    r"\b(?:word|wordt|worden|werd|werden)\b(?:\s+\S+){0,8}?\s+(?P<form>(?:ge|be|ver|ont|her|\w{2,5}ge)[a-zë]+(?:d|t|en|aan))\b"
    r"|\b(?P<before>(?:ge|be|ver|ont|her)[a-zë]+(?:d|t|en|aan))\s+(?:word|wordt|worden|werd|werden)\b",
    re.IGNORECASE,
)
EMPTY_LINK = re.compile(r"\b(?:klik hier|lees hier|deze link|hier klikken)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hint:
    """One remark about one field, in words for the writer."""

    field: str
    label: str
    anchor: str
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Ease:
    """How easy the whole reads: a number of about 0 (hard) to 100 (easy), and what that means."""

    score: float
    verdict: str


def ease(fields: Iterable[FieldText]) -> Ease | None:
    """None while there is too little text to say something."""
    sentences = [sentence for field in fields if field.name != "title" for sentence in field.sentences]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if len(words) < LEAST_WORDS:
        return None
    per_hundred = 100 * sum(map(syllables, words)) / len(words)
    score = 206.84 - 0.77 * per_hundred - 0.93 * len(words) / len(sentences)
    return Ease(round(min(100.0, max(0.0, score)), 0), _verdict(score))


def _verdict(score: float) -> str:
    if score >= PLAIN:
        return "leest makkelijk"
    return "leest redelijk" if score >= FAIR else "leest nog moeilijk"


def syllables(word: str) -> int:
    """Groups of vowels: near enough for an average."""
    return max(1, len(VOWELS.findall(word.lower().translate(ACCENTED))))


def hints(fields: Iterable[FieldText]) -> list[Hint]:
    """What could be plainer, field by field."""
    found: list[Hint] = []
    for field in fields:
        for kind in (_long_sentences, _passive, _office_words, _long_words, _empty_links):
            found += kind(field)[:MOST_HINTS]
    return found


def _hint(field: FieldText, text: str, quote: str = "") -> Hint:
    return Hint(field.name, field.label, field.anchor, text, quote)


def _long_sentences(field: FieldText) -> list[Hint]:
    if field.name == "title":
        return []
    counted = ((sentence, len(WORD.findall(sentence))) for sentence in sentences_of(field.text))
    return [
        _hint(field, f"Lange zin van {number} woorden. Maak er twee van.", _begin(sentence))
        for sentence, number in counted
        if number > MOST_WORDS
    ]


def _passive(field: FieldText) -> list[Hint]:
    return [
        _hint(field, "Wie doet dit? Schrijf: ‘iemand deed iets’, in plaats van ‘iets werd gedaan’.", match[0])
        for sentence in sentences_of(field.text)
        if (match := PASSIVE.search(sentence))
    ]


def _office_words(field: FieldText) -> list[Hint]:
    found: dict[str, Hint] = {}
    for match in OFFICE_WORD.finditer(field.text):
        word = match[0].lower()
        plainer = next(plainer for pattern, plainer in PLAIN_WORDS.items() if _matches(pattern, word))
        found.setdefault(word, _hint(field, f"‘{match[0]}’ kan gewoner: {plainer}."))
    return list(found.values())


def _pattern(entry: str) -> str:
    """An entry of the list as a pattern: a star stands for an ending."""
    return re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


def _matches(entry: str, word: str) -> bool:
    return re.fullmatch(_pattern(entry), word) is not None


OFFICE_WORD = re.compile(rf"\b(?:{'|'.join(map(_pattern, PLAIN_WORDS))})\b", re.IGNORECASE)


def _long_words(field: FieldText) -> list[Hint]:
    words = dict.fromkeys(word for word in WORD.findall(field.text) if len(word) > LONG_WORD and "-" not in word)
    return [_hint(field, f"‘{word}’ is een lang woord. Kan het korter, of in twee woorden?") for word in words]


def _empty_links(field: FieldText) -> list[Hint]:
    return [
        _hint(field, f"‘{match[0]}’ zegt niet waar een link heen gaat. Noem wat de lezer daar vindt.")
        for match in EMPTY_LINK.finditer(field.text)
    ]


def _begin(sentence: str, length: int = 90) -> str:
    return sentence if len(sentence) <= length else f"{sentence[:length].rsplit(' ', 1)[0]} …"

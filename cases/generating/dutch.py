"""Inflected forms and compounds of Dutch nouns, ranked as in real text: few words often, very many seldom."""

import random
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from .words import HET, NOUNS, PLURALS, UNCOUNTED

COMPOUNDS = 24_000
#: Zipf-Mandelbrot: the word of rank r comes 1 / (r + SHIFT) ** EXPONENT as often.
SHIFT, EXPONENT = 2.7, 1.2
_VOWELS = "aeiou"
_CONSONANTS = "bdfgklmnprstv"
_DIPHTHONGS = ("ui", "ij", "ei", "ou", "au", "ie", "oe", "eu")
_WITH_S = ("ing", "heid", "teit", "schap")
_CLASHING = frozenset(("aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "uu", "ui"))


@dataclass(frozen=True, slots=True)
class Noun:
    """One noun in its two forms."""

    one: str
    many: str
    article: str


@dataclass(frozen=True, slots=True)
class Nouns:
    """All nouns by rank, with the running sum of how often each comes."""

    ranked: tuple[Noun, ...]
    weights: tuple[float, ...]


def plural(word: str) -> str:
    """The plural as most Dutch nouns have it."""
    if word in UNCOUNTED:
        return word
    if word in PLURALS:
        return PLURALS[word]
    if word.endswith("heid"):
        return f"{word[:-4]}heden"
    if word.endswith("ie") or (word.endswith(("el", "em", "en", "er", "aar", "eur")) and word[-3] not in _VOWELS):
        return f"{word}s"
    if word.endswith("e"):
        return f"{word}n"
    if word[-1] in "aiouy":
        return f"{word}'s"
    return _with_en(word)


def _with_en(word: str) -> str:
    last, before = word[-1], word[-3:-1]
    if before in _DIPHTHONGS and last in "sf":
        return f"{word[:-1]}{'z' if last == 's' else 'v'}en"
    if len(before) == 2 and before[0] == before[1] and before[0] in _VOWELS and last in _CONSONANTS:
        soft = {"f": "v", "s": "z"}.get(last, last)
        return f"{word[:-2]}{soft}en"
    if word[-2] in _VOWELS and before not in _DIPHTHONGS and last in _CONSONANTS and not word.endswith(("or", "ig")):
        return f"{word}{last}en"
    return f"{word}en"


def compound(first: Noun, second: Noun) -> Noun:
    """Two nouns as one word: *veiligheid* and *plan* give *veiligheidsplan*, *data* and *analyse* *data-analyse*."""
    link = "s" if first.one.endswith(_WITH_S) and not second.one.startswith("s") else ""
    if not link and first.one[-1] + second.one[0] in _CLASHING:
        link = "-"
    return Noun(f"{first.one}{link}{second.one}", f"{first.one}{link}{second.many}", second.article)


@cache
def known_nouns() -> dict[str, Noun]:
    """Every single noun by itself."""
    return {word: Noun(word, plural(word), "het" if word in HET else "de") for word in NOUNS}


@cache
def all_nouns() -> Nouns:
    """Single nouns, then compounds; the same list for every seed."""
    single = list(known_nouns().values())
    chance = random.Random(7)  # noqa: S311  invented text needs no secret
    pairs = [(first, second) for first in single for second in single if first.one != second.one]
    ranked = (*single, *(compound(*pair) for pair in chance.sample(pairs, COMPOUNDS)))
    weights = accumulate(1 / (rank + SHIFT) ** EXPONENT for rank in range(1, len(ranked) + 1))
    return Nouns(ranked, tuple(weights))

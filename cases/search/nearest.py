"""The word that somebody probably meant, when nothing holds what was typed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Query, Searcher

from cases.search.analysis import folded, is_dutch_word
from cases.search.inflection import stem
from cases.search.schema import EVERYTHING, TEXT_FIELDS, schema

LOOK_IN = 5
"""In how many cases to look for the way a word is written there."""
MOST_TERMS = 20_000
"""So many words of the index are compared for one beginning, at most."""
SOUNDS = (
    ("ks", "x"),
    ("ij", "ei"),
    ("au", "ou"),
    ("dt", "t"),
    ("ch", "g"),
    ("ck", "k"),
    ("ph", "f"),
    ("sch", "s"),
    ("th", "t"),
)
LETTERS = str.maketrans("cdqvxyz", "ktkfksi")
"""Letters that sound alike in Dutch."""


def nearest_word(
    searcher: Searcher, word: str, others: Sequence[str] = (), fields: Sequence[str] = (EVERYTHING,)
) -> str:
    """The most likely word of these fields, or of the others; empty when none looks like it, or when it is no mistake."""
    if is_dutch_word(word):
        return ""
    for spelling in dict.fromkeys((word, stem(word))):
        if near := _near(searcher, spelling, others, fields):
            return near[0]
    return ""


def nearest_words(searcher: Searcher, words: Iterable[str], limit: int = 5) -> tuple[str, ...]:
    """As they are written in the cases, the nearest first; one form of each."""
    found: list[str] = []
    for word in words:
        found += [as_written(searcher, near) for near in _near(searcher, word)]
    return tuple(dict.fromkeys(found))[:limit]


def as_written(searcher: Searcher, word: str) -> str:
    """A word of the index with the accents and the capital that the cases give it."""
    spellings: Counter[str] = Counter()
    query = Query.term_query(schema(), EVERYTHING, word, "freq")
    for _, address in searcher.search(query, limit=LOOK_IN, count=False).hits:
        document = searcher.doc(address)
        for field in TEXT_FIELDS:
            for text in document.get_all(field.name):
                spellings.update(_written(text, word))
    # Small letters where the cases have that; a name keeps its capital.
    lower = [spelling for spelling in spellings if spelling.islower()]
    return max(lower or spellings or [word], key=lambda spelling: (spellings[spelling], spelling))


def _written(text: str, word: str) -> Iterator[str]:
    letters = folded(text)
    at = letters.find(word)
    while at >= 0:
        end = at + len(word)
        if not letters[at - 1 : at].isalnum() and not letters[end : end + 1].isalnum():
            yield text[at:end]
        at = letters.find(word, end)


def _near(
    searcher: Searcher, word: str, others: Sequence[str] = (), fields: Sequence[str] = (EVERYTHING,)
) -> list[str]:
    allowed = 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 7 else 2
    if not allowed:
        return []
    # Hardly anybody mistypes the first letters: look further only when nothing that begins so is near enough.
    for begins, enough in (({word[:3]}, 1), ({word[:2]}, 2), (_mistaken_beginnings(word), 2), ({word[0]}, 2)):
        frequency = {**dict.fromkeys(others, 0), **_beginning_with(searcher, begins, fields)}
        found = process.extract(word, list(frequency), scorer=OSA.distance, score_cutoff=min(allowed, enough), limit=50)
        if near := _one_of_each(word, [(term, distance) for term, distance, _ in found], frequency):
            return near
    return []


def _one_of_each(word: str, found: Iterable[tuple[str, float]], frequency: Mapping[str, int]) -> list[str]:
    """The likeliest first, one form of each."""
    sounds = _sound(word)
    ranked = sorted(found, key=lambda match: (_cost(match[0], match[1], word, sounds), -frequency[match[0]], match[0]))
    one_of_each: dict[str, str] = {}
    for term, distance in ranked:
        # Two mistakes are believed of a word that begins alike only: else every long word looks like some other.
        if len(term) >= 3 and (distance <= 1 or term[0] == word[0]):
            one_of_each.setdefault(stem(term), term)
    return list(one_of_each.values())


def _cost(term: str, distance: float, word: str, sounds: str) -> float:
    """Mistakes of the ear and of swapped letters are the likeliest."""
    same_sound = _sound(term) == sounds
    same_letters = sorted(term) == sorted(word)
    return distance - 0.6 * same_sound - 0.4 * same_letters


def _sound(word: str) -> str:
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    word = word.translate(LETTERS)
    return "".join(letter for place, letter in enumerate(word) if place == 0 or letter != word[place - 1])


def _mistaken_beginnings(word: str) -> set[str]:
    """How a word may begin that has one mistake in its first two letters."""
    found = {word[1:4], word[0] + word[2:4], word[1] + word[0] + word[2]}
    for letter in ascii_lowercase:
        found |= {letter + word[1:3], word[0] + letter + word[2], letter + word[:2], word[0] + letter + word[1]}
    return found


def _beginning_with(searcher: Searcher, begins: Iterable[str], fields: Sequence[str]) -> dict[str, int]:
    """Words of these fields, and in how many documents each stands."""
    found: dict[str, int] = {}
    for field, begin in product(fields, begins):
        for word, frequency in searcher.terms_with_prefix(field, begin, limit=MOST_TERMS):
            found[word] = max(frequency, found.get(word, 0))
    return found

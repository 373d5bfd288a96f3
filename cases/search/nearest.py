"""The word that somebody probably meant, when nothing holds what was typed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Query, Searcher

from cases.search.analysis import LONGEST, folded, is_dutch_word, parts_of
from cases.search.inflection import stem
from cases.search.schema import EVERYTHING, TEXT_FIELDS, schema

LOOK_IN = 5
"""In how many cases to look for the way a word is written there."""
MOST_TERMS = 20_000
"""So many words of the index are compared for one beginning, at most."""
SOUNDS = (
    ("eau", "o"),
    ("isch", "is"),
    ("x", "ks"),
    ("qu", "kw"),
    ("ij", "ei"),
    ("au", "ou"),
    ("ch", "g"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("tie", "sie"),
    ("ie", "i"),
    ("ce", "se"),
    ("ci", "si"),
)
LETTERS = str.maketrans("cdqvyz", "ktkfis")
"""Letters that sound alike in Dutch."""
ALIKE = ("ckqs", "dt", "fvp", "iy", "sz", "gc")
"""First letters that may stand for each other in words that sound the same."""
MOST_NEAR = 50
LEAST = 3
"""Letters of a word that may be meant."""
HEARD_SHORT, HEARD_LONG, LONG_FROM = 2, 4, 7
"""A word that sounds the same may differ in so many letters; the longer, the more."""
MISHEARD_FROM, VERY_LONG_FROM = 6, 10
"""From so many letters on, one sound may differ when nothing else is near; from so many on, two."""
PLURAL_FROM = 6
"""From so many letters on, a word with a mistake is also held against plurals: viadukt, where cases only have viaducten."""


def is_real_word(word: str) -> bool:
    """In the dictionary, or made of words that are known: trouwjurk. An expression is not one word."""
    return word.isalpha() and (is_dutch_word(word) or len(parts_of(word)) > 1)


def nearest_word(
    searcher: Searcher, word: str, others: Sequence[str] = (), fields: Sequence[str] = (EVERYTHING,)
) -> str:
    """The most likely word of these fields, or of the others; empty when none looks like it, or when it is no mistake."""
    words = _Words(searcher, fields, others)
    if is_dutch_word(word):
        # A long one is only made of known words, and so are medewerkkers and bewijstukken.
        slight = _near(words, word, slightly=True) if len(word) > LONGEST else []
        return slight[0] if slight else ""
    plural = (word + "en",) if len(word) >= PLURAL_FROM else ()
    for spelling in dict.fromkeys((word, stem(word), *plural)):
        if near := _near(words, spelling):
            return near[0]
    return next(iter(_misheard(words, word)), "")


def nearest_of(word: str, others: Sequence[str]) -> str:
    """The word of the others that differs by one mistake, or sounds the same; empty when it is no mistake."""
    if is_dutch_word(word) or not word.isalpha():
        return ""
    return next(iter(_Guesses(word).among(dict.fromkeys(others, 0), 1, HEARD_SHORT)), "")


def is_slight(word: str, near: str) -> bool:
    """One mistake, or none to the ear."""
    return _sound(word) == _sound(near) or OSA.distance(word, near) <= 1


def nearest_words(searcher: Searcher, words: Iterable[str], limit: int = 5) -> tuple[str, ...]:
    """As they are written in the cases, the nearest first; one form of each."""
    found: list[str] = []
    for word in words:
        found += [as_written(searcher, near) for near in _near(_Words(searcher), word)]
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


class _Words:
    """The words that may be meant, with in how many documents each stands; those that begin alike are looked up once."""

    def __init__(self, searcher: Searcher, fields: Sequence[str] = (EVERYTHING,), others: Sequence[str] = ()) -> None:
        self._searcher, self._fields = searcher, fields
        self._others = dict.fromkeys(others, 0)
        self._known: dict[frozenset[str], dict[str, int]] = {}

    def beginning_with(self, *beginnings: str) -> dict[str, int]:
        """With one of these; and all others that are no words of the index."""
        key = frozenset(beginnings)
        if key not in self._known:
            found: dict[str, int] = {}
            for field in self._fields:
                begun = (self._searcher.terms_with_prefix(field, beginning, limit=MOST_TERMS) for beginning in key)
                words = dict(chain.from_iterable(begun))
                found = dict(Counter(found) | Counter(words)) if found else words
            self._known[key] = self._others | found
        return self._known[key]


def _near(words: _Words, word: str, *, slightly: bool = False) -> list[str]:
    allowed = 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 7 else 2
    if not allowed:
        return []
    by_ear = _alike(word)
    # Hardly anybody mistypes the first letters: look further only when nothing that begins so is near enough.
    stages: tuple[tuple[Collection[str], int, int], ...] = (
        ({word[:3]}, 1, 0),
        *(((by_ear, 0, HEARD_LONG),) if len(word) >= LONG_FROM else ()),
        ({word[:2]}, 2, 0),
        (_mistaken_beginnings(word), 2, 0),
        (by_ear, 2, HEARD_SHORT),
    )
    guesses = _Guesses(word)
    for beginnings, mistakes, letters in stages[:1] if slightly else stages:
        if near := guesses.among(words.beginning_with(*beginnings), min(allowed, mistakes), letters):
            return near
    return []


def _misheard(words: _Words, word: str) -> list[str]:
    """Words that sound nearly the same: ekspirement."""
    if len(word) < MISHEARD_FROM or not word.isalpha():
        return []
    alike = words.beginning_with(*_alike(word))
    return _Guesses(word).among(alike, 0, HEARD_LONG, 1 if len(word) < VERY_LONG_FROM else 2)


class _Guesses:
    """What may be meant with a word, held against one set of words after another."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._sound = _sound(word)
        self._letters = sorted(word)

    def among(self, frequency: Mapping[str, int], mistakes: int, letters: int, misheard: int = 0) -> list[str]:
        """One form of each word with at most so many mistakes, or that sounds the same but for some, the likeliest first."""
        most = max(mistakes, letters)
        found = process.extract(self._word, list(frequency), scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR)
        ranked = []
        for term, distance, _ in found:
            apart = OSA.distance(_sound(term), self._sound)
            # Two mistakes are believed of a word that begins alike only: else every long word looks like some other.
            is_near = distance <= min(mistakes, 1) or (distance <= mistakes and term[0] == self._word[0])
            if len(term) >= LEAST and (is_near or apart <= misheard):
                # Mistakes of the ear and of swapped letters are the likeliest.
                cost = distance - 0.6 * (apart == 0) - 0.4 * (sorted(term) == self._letters)
                ranked.append((apart if misheard else cost, cost, -frequency[term], term))
        one_of_each: dict[str, str] = {}
        for *_, term in sorted(ranked):
            one_of_each.setdefault(stem(term), term)
        return list(one_of_each.values())


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


def _alike(word: str) -> set[str]:
    """How a word may begin that sounds the same."""
    others = set().union(*(letters for letters in ALIKE if word[0] in letters)) - {word[0]}
    return {word[0], *(other + letter for other in others for letter in word[1:3])}

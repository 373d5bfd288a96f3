"""Things with a name and a few lines about them, found as cases are: concepts, organisations, pages, publications.

A directory lives in memory, is made in one go and never changes. Each name and each piece of text is looked for apart, so
that an answer knows which of them it owes its place to. It knows nothing of where the things come from.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from tantivy import Document, Index, Query, Schema, SchemaBuilder, Searcher

from cases.search.analysis import ANALYZER, analyzer, normalise, words_of
from cases.search.inflection import forms_of, present_of
from cases.search.nearest import nearest_word
from cases.search.sighting import (
    BEGUN_FORM,
    HALF_OTHER_FORM,
    LONGER_FORM,
    NEAR_FORM,
    OTHER_FORM,
    WHOLE_FORM,
    Asked,
    NamedThing,
    Passage,
    Seen,
    Sighting,
    Where,
    Wish,
    passages_of,
)
from cases.search.terms import all_of, any_of
from cases.search.wording import MAX_CHARACTERS, MAX_WORDS, Wording, understand

NUMBER = "number"
EVERYWHERE: tuple[Where, ...] = ("name", "text")
HEAP = 15_000_000
"""The least memory the engine wants for writing; given back at once."""
MOST_PASSAGES = 200
LONGER_FROM = 5
"""From so many letters on, longer words that begin with a word count too."""
MOST_LONGER, MOST_BEGUN = 24, 300
"""Of so many longer words at most; and when a word may be half typed."""
UNKNOWN = 0.5
"""What a word counts that occurs nowhere here, beside the rarest that does."""
LEAST = 0.5
"""Below this a thing is about something else, unless a whole name of it was typed."""
BESIDE_BEST, ALL_OF_IT = 0.6, 0.7
"""Nor is it an answer beside one that is so much better; from the second on, a thing holds all words in one place."""


@dataclass(frozen=True, slots=True)
class Sightings:
    """The answer of a directory, the best first."""

    found: tuple[Sighting, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    """Typed words that do not occur, each with the word that was taken for it."""


class Directory:
    """Some thousands of things at most; asked by any number of threads at once."""

    def __init__(self, things: Iterable[NamedThing]) -> None:
        self._passages = [passage for thing in things for passage in passages_of(thing)]
        self._index = Index(_schema())
        self._index.register_tokenizer(ANALYZER, analyzer())
        writer = self._index.writer(HEAP, 1)
        for number, passage in enumerate(self._passages):
            document = Document()
            document.add_integer(NUMBER, number)
            document.add_text(passage.where, normalise(passage.text))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def find(self, text: str, *, places: Sequence[Where] = EVERYWHERE, half_word: bool = False) -> Sightings:
        """What the words are about; what holds less than about half of them is left out. Takes any text.

        `half_word`: the last word may be the beginning of a longer one, as while somebody types.
        """
        text = text[:MAX_CHARACTERS]
        searcher = self._index.searcher()
        wording = understand(text)
        words = _words(wording, text, half_word)
        asked = [self._asked(searcher, word, places, half) for word, half in words.items()]
        if not any(word.forms for word in asked):
            return Sightings()
        wish = Wish(text, asked)
        seen: dict[tuple[str, int], Seen] = {}
        for passage in self._holding(searcher, asked, places):
            seen.setdefault(_key(passage), Seen(wish, passage)).add(passage)
        for passage in self._excluded(searcher, wording.excluded):
            seen.pop(_key(passage), None)
        sightings = [one.sighting() for one in seen.values()]
        best = max((one.score for one in sightings), default=0.0)
        least = max(LEAST, BESIDE_BEST * best)
        # Half a word names nothing beside a thing that holds all that was typed.
        naming = {word.typed for word in asked if best < ALL_OF_IT or not words[word.typed] or word.typed in word.forms}
        found = [one for one in sightings if one.score >= least or (one.is_whole and naming & one.typed)]
        found.sort(key=lambda one: (-one.score, one.thing.title.casefold(), one.thing.kind, one.thing.key))
        return Sightings(tuple(found), tuple((word.typed, word.instead) for word in asked if word.instead))

    def _asked(self, searcher: Searcher, word: str, places: Sequence[Where], half: bool) -> Asked:
        other = HALF_OTHER_FORM if half else OTHER_FORM
        forms = dict.fromkeys(_known_forms(searcher, [word], places), other)
        if word in forms:
            forms[word] = WHOLE_FORM
        if half or (len(word) >= LONGER_FROM and not word.isdigit()):
            for place in places:
                for longer, _ in searcher.terms_with_prefix(place, word, limit=MOST_BEGUN if half else MOST_LONGER):
                    forms.setdefault(longer, BEGUN_FORM if half else LONGER_FORM)
        if not forms:
            forms = dict.fromkeys(_known_forms(searcher, present_of(word), places), NEAR_FORM)
        instead = "" if forms else nearest_word(searcher, word, fields=places)
        if instead:
            forms = dict.fromkeys(_known_forms(searcher, [instead], places), NEAR_FORM)
        frequency = sum(_frequency(searcher, form, places) for form in forms)
        weight = log(1 + searcher.num_docs / (1 + frequency))
        return Asked(word, forms, weight if forms else weight * UNKNOWN, instead)

    def _holding(self, searcher: Searcher, asked: Collection[Asked], places: Sequence[Where]) -> list[Passage]:
        queries = [
            Query.boost_query(Query.term_query(_schema(), place, form), word.weight * worth)
            for word in asked
            for form, worth in word.forms.items()
            for place in places
        ]
        return self._read(searcher, any_of(queries))

    def _excluded(self, searcher: Searcher, excluded: Iterable[Sequence[str]]) -> Iterator[Passage]:
        """The passages with what must not be there."""
        for words in excluded:
            held = [any_of([Query.term_query(_schema(), place, word) for place in EVERYWHERE]) for word in words]
            yield from self._read(searcher, all_of(held))

    def _read(self, searcher: Searcher, query: Query) -> list[Passage]:
        found = searcher.search(query, limit=MOST_PASSAGES, count=False).hits
        numbers = searcher.fast_field_values(NUMBER, [address for _, address in found])
        return [self._passages[int(number or 0)] for number in numbers]


@cache
def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field(NUMBER, fast=True)
    for place in EVERYWHERE:
        builder.add_text_field(place, tokenizer_name=ANALYZER, index_option="freq")
    return builder.build()


def _key(passage: Passage) -> tuple[str, int]:
    return passage.thing.kind, passage.thing.key


def _words(wording: Wording, text: str, half_word: bool) -> dict[str, bool]:
    """The words that count, and whether each may be half a word."""
    words = [*wording.words, *(word for phrase in wording.phrases for word in phrase), *wording.helping]
    last = words_of(text)[-1:] if half_word and not (text[-1:].isspace() or wording.excluded) else []
    return {word: word in last for word in (*words[:MAX_WORDS], *last)}


def _known_forms(searcher: Searcher, words: Iterable[str], places: Sequence[Where]) -> list[str]:
    return [form for word in words for form in forms_of(word) if _frequency(searcher, form, places)]


def _frequency(searcher: Searcher, word: str, places: Sequence[Where]) -> int:
    return sum(searcher.doc_freq(place, word) for place in places)

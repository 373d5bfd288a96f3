"""Shows where the words were found: marked titles and the most telling piece of a text."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from tantivy import Document

from cases.search.analysis import folded, normalise, parts_of
from cases.search.results import MatchedField
from cases.search.schema import TEXT_FIELDS
from cases.search.terms import Term, Way
from cases.search.wording import STOP_WORDS

PIECE = 190
"""Length of a piece of text in characters, before it is stretched to whole sentences where one is near."""
STRETCH = 70
SENTENCE_ENDS = (". ", "! ", "? ", "\n")


@dataclass(frozen=True, slots=True)
class Marked:
    """The texts of a hit, escaped and with marks, and by what it was found."""

    title: str
    summary: str
    piece: str | None
    """The part of the text that holds most of the words; None when it holds none."""
    fields: tuple[MatchedField, ...]
    """Where typed words stand."""
    synonyms: tuple[str, ...]
    """Other names by which typed words were found that do not stand there themselves."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a marked word stands for."""

    term: int
    synonym: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A marked word in a text."""

    start: int
    end: int
    meaning: _Meaning


class Marker:
    """Marks the words of these terms in the texts of a case."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._words: dict[str, _Meaning | None] = {}
        self._parts: dict[str, int] = {}
        self._phrases: dict[tuple[str, ...], _Meaning] = {}
        for number, term in enumerate(terms):
            self._add(number, term)
        sought = sorted({*self._words, *self._parts}, key=len)
        #: Whoever finds the shorter one finds the longer one too.
        self._needles = [
            word for place, word in enumerate(sought) if not any(inner in word for inner in sought[:place])
        ]

    def _add(self, number: int, term: Term) -> None:
        # Ways come in order of preference: a word that is also in a synonym stands for itself.
        for way in term.ways:
            synonym = way.label if way.kind == "synoniem" else ""
            for word in way.forms:
                self._words.setdefault(word, _Meaning(number, synonym))
            if phrase := way.phrase if term.literal else _without_small_words(way.phrase):
                self._phrases.setdefault(phrase, _Meaning(number, synonym))
            for part in way.parts:
                self._words.setdefault(part, _Meaning(number))
                self._parts.setdefault(part, number)
            for inner in way.together:
                if inner.typed not in STOP_WORDS:
                    self._add(number, inner)

    def mark(self, document: Document) -> Marked:
        """Everything a hit shows, from one look at every field."""
        texts = {field.name: [str(text) for text in document.get_all(field.name)] for field in TEXT_FIELDS}
        found = {name: [self._places(text) for text in of_field] for name, of_field in texts.items()}
        meanings = {name: {place.meaning for some in places for place in some} for name, places in found.items()}
        as_typed = {meaning.term for some in meanings.values() for meaning in some if not meaning.synonym}
        synonyms = [meaning for field in TEXT_FIELDS for meaning in meanings[field.name] if meaning.synonym]
        return Marked(
            title=_whole(texts["title"], found["title"]),
            summary=_whole(texts["summary"], found["summary"]),
            piece=_piece(texts["body"][0], found["body"][0]) if texts["body"] else None,
            fields=tuple(
                field.label for field in TEXT_FIELDS if any(not meaning.synonym for meaning in meanings[field.name])
            ),
            synonyms=tuple(dict.fromkeys(one.synonym for one in synonyms if one.term not in as_typed)),
        )

    def whole(self, text: str) -> str:
        """A text of any kind, not cut short."""
        return _marked(text, self._places(text), 0, len(text))

    def _places(self, text: str) -> list[_Place]:
        """Where the words stand, in order."""
        letters = folded(text)
        places: dict[int, _Place] = {}
        for needle in self._needles:
            at = letters.find(needle)
            while at >= 0:
                start, end = _word_at(letters, at, at + len(needle))
                if start not in places and (meaning := self._meaning(letters[start:end])):
                    places[start] = _Place(start, end, meaning)
                at = letters.find(needle, end)
        together = [
            _Place(*found.span(), meaning)
            for phrase, meaning in self._phrases.items()
            if phrase[-1] in letters
            for found in _in_this_order(phrase).finditer(letters)
        ]
        return sorted([*together, *places.values()], key=lambda place: (place.start, -place.end))

    def _meaning(self, word: str) -> _Meaning | None:
        if word not in self._words:
            held = [self._parts[part] for part in parts_of(word) if part in self._parts]
            self._words[word] = _Meaning(held[0]) if held else None
        return self._words[word]


def marked_text(text: str, words: Collection[str]) -> str:
    """A whole text as HTML: escaped, with `<mark>` around these words, which are as the index knows them."""
    return Marker([Term("", (Way("woord", forms=tuple(words)),))]).whole(normalise(text))


def _without_small_words(phrase: Sequence[str]) -> tuple[str, ...]:
    """From the first to the last word that says something: of *fiets en*, found for *fietsen*, only *fiets*."""
    telling = [place for place, word in enumerate(phrase) if word not in STOP_WORDS]
    return tuple(phrase[telling[0] : telling[-1] + 1]) if telling else ()


@lru_cache(maxsize=1000)
def _in_this_order(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)) + r"(?![^\W_])")


def _word_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole word around these letters."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _whole(texts: Sequence[str], found: Sequence[Sequence[_Place]]) -> str:
    return _marked(texts[0], found[0], 0, len(texts[0])) if texts else ""


def _piece(text: str, places: Sequence[_Place]) -> str | None:
    if not places:
        return None
    window = max((_window(places, first) for first in range(len(places))), key=_worth)
    begin, end = _one_paragraph(text, window)
    start, end = _stretched(text, begin, end)
    before = "" if _opens_sentence(text, start) else "… "
    after = "" if _closes_sentence(text, end) else " …"
    return before + _marked(text, places, start, end).strip() + after


def _window(places: Sequence[_Place], first: int) -> Sequence[_Place]:
    """The marked words that fit in one piece from this one on."""
    last = first
    while last + 1 < len(places) and places[last + 1].end - places[first].start <= PIECE:
        last += 1
    return places[first : last + 1]


def _worth(window: Sequence[_Place]) -> tuple[int, int, int]:
    """Different words before many; of equals the first."""
    return len({place.meaning.term for place in window}), len(window), -window[0].start


def _marked(text: str, places: Sequence[_Place], start: int, end: int) -> str:
    pieces, at = [], start
    for place in places:
        if place.start < at or place.end > end:
            continue
        pieces.append(escape(text[at : place.start]))
        pieces.append(f"<mark>{escape(text[place.start : place.end])}</mark>")
        at = place.end
    pieces.append(escape(text[at:end]))
    return "".join(pieces)


def _one_paragraph(text: str, window: Sequence[_Place]) -> tuple[int, int]:
    """Around the words, evenly, without the paragraphs before the first and after the last."""
    first, last = window[0].start, max(place.end for place in window)
    spare = max(0, PIECE - (last - first)) // 2
    begin = max(text.rfind("\n", 0, first) + 1, first - spare)
    after = text.find("\n", last)
    return begin, min(after if after >= 0 else len(text), last + spare)


def _stretched(text: str, start: int, end: int) -> tuple[int, int]:
    """Moves both ends to the edge of a sentence where one is near, else to the edge of a word."""
    left = text[max(0, start - STRETCH) : start]
    edge = max(left.rfind(mark) + len(mark) if mark in left else 0 for mark in SENTENCE_ENDS)
    if edge:
        start = start - len(left) + edge
    elif start <= STRETCH:
        start = 0
    else:
        while start > 0 and text[start - 1] not in " \n":
            start -= 1
    right = text[end : end + STRETCH]
    closings = [right.find(mark) for mark in (*SENTENCE_ENDS, ".\n", "!\n", "?\n") if mark in right]
    if closings:
        end += min(closings) + (0 if right[min(closings)] == "\n" else 1)
    elif len(text) - end <= STRETCH:
        end = len(text)
    else:
        while end < len(text) and text[end] not in " \n":
            end += 1
    return start, end


def _opens_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip(" ").endswith((".", "!", "?", "\n")) or not text[:start].strip()


def _closes_sentence(text: str, end: int) -> bool:
    return text[:end].rstrip().endswith((".", "!", "?", ":")) or not text[end:].strip() or text[end] == "\n"

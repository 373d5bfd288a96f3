"""How much of what was asked one thing of a directory holds, and in which name or sentence."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Literal

from cases.search.analysis import words_of
from cases.search.wording import STOP_WORDS

Where = Literal["name", "text"]

WHOLE_FORM, OTHER_FORM, NEAR_FORM, LONGER_FORM = 1.0, 0.97, 0.8, 0.75
"""How good a word is as the word that was typed: itself, another form, the one that was probably meant, a longer one."""
BEGUN_FORM, HALF_OTHER_FORM = 0.95, 0.85
"""And as a word that may be half typed: a longer one, another form."""
IN_TITLE, IN_NAME, IN_TEXT, SPREAD = 1.0, 0.97, 0.8, 0.7
"""What a find is worth by its place; spread: the words stand in different passages."""
REST_OF_NAME, LITTLE_REST = 0.4, 0.04
"""What a name loses at most by telling words in it that were not typed; by little words it loses next to nothing."""
ONE_WORD = 0.75
"""A sentence with only one of several typed words says less than a name with that word."""
NEIGHBOURS = 0.12
"""What two words earn that stand side by side as they were typed, a little word among them: *niet mee*."""
TURNING = frozenset(("geen", "niet", "niets", "niks", "nooit", "te", "zonder"))
"""Little words that turn a name into another one."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """Something with a page of its own."""

    kind: str
    key: int
    """The caller's own key; one of each within a kind."""
    title: str
    url: str
    names: tuple[str, ...] = ()
    """Other names."""
    texts: tuple[str, ...] = ()
    """Passages of plain text; the first one says what it is."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A thing that was found, and by what."""

    thing: NamedThing
    score: float
    """From 0 to 1: how much of what was asked is there, a rare word counting for more, and in what place."""
    where: Where
    passage: str
    """The name or the passage that says most of it."""
    is_whole: bool
    """It is a name of which every telling word was typed."""
    typed: frozenset[str]
    """The typed words that stand in that passage."""
    marked: frozenset[str]
    """The words of the directory that were found, for `marked_text`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One name or one piece of text of a thing."""

    thing: NamedThing
    where: Where
    text: str
    words: tuple[str, ...]
    worth: float

    @property
    def telling(self) -> frozenset[str]:
        """The words without which it is not this name."""
        telling = [word for word in self.words if word in TURNING or word not in STOP_WORDS]
        return frozenset(telling or self.words)


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that was typed, with what may stand for it."""

    typed: str
    forms: dict[str, float]
    """Words of the index, and how good each is."""
    weight: float
    """The rarer, the more it says."""
    instead: str = ""
    """The word of the index that was taken for one that does not occur."""


class Wish:
    """All that was typed, ready to be held against passages."""

    def __init__(self, text: str, asked: Collection[Asked]) -> None:
        self.asked = tuple(asked)
        self.whole = sum(word.weight for word in asked)
        typed = words_of(text)
        forms = {word.typed: tuple(word.forms) for word in asked}
        good = {form for word in asked for form, worth in word.forms.items() if worth > LONGER_FORM}
        little = frozenset(word for word in typed if word in STOP_WORDS)
        self.typed = little.union(good)
        self.taken = little.union(*(word.forms for word in asked))
        self.neighbours: set[tuple[str, str]] = set()
        for left, right in pairwise(typed):
            if left in STOP_WORDS or right in STOP_WORDS:
                self.neighbours |= set(product(forms.get(left, (left,)), forms.get(right, (right,))))

    def share(self, held: dict[int, float]) -> float:
        """How much of the wish these words make up (place of the word -> how good)."""
        return sum(self.asked[place].weight * worth for place, worth in held.items()) / self.whole

    def held_by(self, passage: Passage) -> dict[int, float]:
        """The typed words that this passage holds in some form."""
        found = ((place, word.forms.keys() & passage.words) for place, word in enumerate(self.asked))
        return {place: max(self.asked[place].forms[form] for form in forms) for place, forms in found if forms}

    def score(self, passage: Passage, held: dict[int, float]) -> float:
        """How well one passage answers."""
        score = self.share(held) * passage.worth
        if passage.where == "name":
            telling, all_words = passage.telling, frozenset(passage.words)
            score *= 1 - REST_OF_NAME * len(telling - self.taken) / len(telling)
            score *= 1 - LITTLE_REST * len(all_words - self.taken) / len(all_words)
        elif len(held) == 1:
            score *= ONE_WORD
        together = len(self.neighbours.intersection(pairwise(passage.words))) if self.neighbours else 0
        return min(passage.worth, score + NEIGHBOURS * together)


@dataclass(slots=True)
class Seen:
    """What is known of one thing while its passages come by."""

    wish: Wish
    passage: Passage
    score: float = 0.0
    held: dict[int, float] = field(default_factory=dict)

    def add(self, passage: Passage) -> None:
        """One more passage of this thing."""
        held = self.wish.held_by(passage)
        score = self.wish.score(passage, held)
        if score > self.score:
            self.passage, self.score = passage, score
        for place, worth in held.items():
            self.held[place] = max(worth, self.held.get(place, 0.0))

    def sighting(self) -> Sighting:
        """What it comes down to."""
        score = max(self.score, SPREAD * self.wish.share(self.held))
        passage, asked = self.passage, self.wish.asked
        typed = frozenset(asked[place].typed for place in self.wish.held_by(passage))
        words = frozenset(form for place in self.held for form in asked[place].forms)
        is_whole = passage.where == "name" and passage.telling <= self.wish.typed
        return Sighting(passage.thing, score, passage.where, passage.text, is_whole, typed, words)


def passages_of(thing: NamedThing) -> Iterable[Passage]:
    """Its names and its texts, each apart."""
    for name in dict.fromkeys([thing.title, *thing.names]):
        if words := tuple(words_of(name)):
            yield Passage(thing, "name", name, words, IN_TITLE if name == thing.title else IN_NAME)
    for text in dict.fromkeys(thing.texts):
        if words := tuple(words_of(text)):
            yield Passage(thing, "text", text, words, IN_TEXT)

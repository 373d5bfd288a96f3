"""Sentences of invented Dutch about given topics."""

import random
from collections.abc import Callable, Sequence

from .dutch import Noun, all_nouns, compound, known_nouns
from .words import ADJECTIVES, VERBS

_PATTERNS = """
d h m voor d
d h e met m
d h d samen met d en d
in d z m d
d en d z e over t
in y is d g door m
m z m omdat d e h
door d h d e
n m z d tijdens d
na d is d g en h d m
d over t is g door d
bij t h d vooral m
als d e h dan z m d
voor m is d niet g
ook d h d uit y
d h nu n m per jaar
m willen d z zonder d
zo h d e voor m rond t
het team heeft d g voor n m
wie d h krijgt e van d
niet d maar d h m
tussen d en d stond t
er zijn n m g met d
sinds y z m d via e
"""
#: d: a noun with its article, e: with *een*, m: more of them, h: verb with *hij*, z: with *zij*, g: participle,
#: n: number, y: year, t: words of a topic. Everything else stands for itself.
PATTERNS = tuple(tuple(pattern.split()) for pattern in _PATTERNS.strip().splitlines())
#: How many nouns in a hundred belong to the topics of the case, and how many are a compound that may exist nowhere else.
TOPICAL, FRESH, WITH_ADJECTIVE = 24, 2, 30


def fresh_compound(chance: random.Random) -> Noun:
    """Any two nouns as one word, which may stand nowhere else."""
    first, second = chance.sample(list(known_nouns().values()), 2)
    return compound(first, second)


class Writer:
    """Writes about some topics: nouns that come back, and words that are used as they are."""

    def __init__(self, chance: random.Random, nouns: Sequence[Noun], words: Sequence[str]) -> None:
        self._chance = chance
        self._topics, self._words = nouns, words
        self._drawn: list[Noun] = []
        self._slots: dict[str, Callable[[], str]] = {
            "d": self._definite,
            "e": lambda: f"een {self.noun().one}",
            "m": self._many,
            "h": lambda: chance.choice(VERBS)[1],
            "z": lambda: chance.choice(VERBS)[0],
            "g": lambda: chance.choice(VERBS)[2],
            "n": lambda: str(chance.randrange(2, 400)),
            "y": lambda: str(chance.randrange(2008, 2026)),
            "t": self.topic,
        }

    def noun(self) -> Noun:
        """The next noun."""
        kind = self._chance.random() * 100
        if kind < TOPICAL and self._topics:
            return self._chance.choice(self._topics)
        if kind > 100 - FRESH:
            return fresh_compound(self._chance)
        if not self._drawn:
            nouns = all_nouns()
            self._drawn = self._chance.choices(nouns.ranked, cum_weights=nouns.weights, k=60)
        return self._drawn.pop()

    def topic(self) -> str:
        """A word of the topic as it stands in the vocabulary."""
        return self._chance.choice(self._words) if self._words else self._many()

    def sentence(self) -> str:
        """One sentence of about ten words."""
        slots = self._slots
        text = " ".join(slots[slot]() if slot in slots else slot for slot in self._chance.choice(PATTERNS))
        return f"{text[0].upper()}{text[1:]}."

    def sentences(self, words: int) -> list[str]:
        """Sentences that count about so many words together."""
        found: list[str] = []
        while words > 0:
            found.append(self.sentence())
            words -= found[-1].count(" ") + 1
        return found

    def paragraphs(self, words: int) -> str:
        """As HTML, five sentences a paragraph."""
        found = self.sentences(words)
        return "".join(f"<p>{' '.join(found[start : start + 5])}</p>" for start in range(0, len(found), 5))

    def points(self, number: int) -> str:
        """As an HTML list."""
        return f"<ul>{''.join(f'<li>{self.sentence()}</li>' for _ in range(number))}</ul>"

    def _definite(self) -> str:
        noun = self.noun()
        if self._chance.random() * 100 < WITH_ADJECTIVE:
            return f"{noun.article} {self._chance.choice(ADJECTIVES)} {noun.one}"
        return f"{noun.article} {noun.one}"

    def _many(self) -> str:
        noun = self.noun()
        if self._chance.random() * 100 < WITH_ADJECTIVE:
            return f"{self._chance.choice(ADJECTIVES)} {noun.many}"
        return noun.many

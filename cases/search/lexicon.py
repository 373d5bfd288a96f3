"""What words mean beside what is written: synonyms that editors keep, and the names of concepts.

Looked up when a question is asked, so that another synonym or another name of a concept counts at once, without a change to
the index.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from cases.search.analysis import words_of
from cases.search.inflection import stem

Key = tuple[str, ...]
LONGEST = 8
"""Words in one expression."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A word or some words in their order, and how editors write it."""

    words: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Name:
    """A concept that is called so."""

    facet: str
    """As the index holds it: parameter and slug."""
    label: str
    """What the reader calls it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A concept that a text is probably about, as its description shows."""

    name: Name
    score: float
    """From 0 to 1."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Ways from what is typed to what else it may be. Look-ups are by the stems of the words."""

    synonyms: Mapping[Key, tuple[Expression, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """An expression -> the others of its group."""
    names: Mapping[Key, tuple[Name, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """A whole name or synonym of concepts -> those concepts."""
    spellings: tuple[str, ...] = ()
    """All single words above, for who makes a spelling mistake in one."""

    def longest(self, words: Sequence[str], start: int) -> int:
        """How many words from there on are together an expression or a name; 0 when none are."""
        stems = [stem(word) for word in words[start : start + LONGEST]]
        for length in range(len(stems), 0, -1):
            key = tuple(stems[:length])
            if key in self.synonyms or key in self.names:
                return length
        return 0

    def others(self, words: Sequence[str]) -> tuple[Expression, ...]:
        """The other expressions of the group that these words belong to."""
        return self.synonyms.get(_key(words), ())

    def called(self, words: Sequence[str]) -> tuple[Name, ...]:
        """The concepts of which these words are the whole name."""
        return self.names.get(_key(words), ())


def _key(words: Sequence[str]) -> Key:
    return tuple(stem(word) for word in words)


def build_lexicon(groups: Iterable[Sequence[str]], names: Iterable[tuple[Name, Sequence[str]]]) -> Lexicon:
    """From groups of expressions that mean the same, and per concept all that it is called."""
    synonyms: dict[Key, dict[str, Expression]] = {}
    for group in groups:
        expressions = [Expression(tuple(words_of(text)), text) for text in group]
        expressions = [expression for expression in expressions if 0 < len(expression.words) <= LONGEST]
        for expression in expressions:
            known = synonyms.setdefault(_key(expression.words), {})
            known |= {other.label: other for other in expressions if _key(other.words) != _key(expression.words)}
    whole: dict[Key, dict[str, Name]] = {}
    spellings: set[str] = set()
    for name, called in names:
        for text in called:
            words = words_of(text)
            spellings.update(words)
            if 0 < len(words) <= LONGEST:
                whole.setdefault(_key(words), {})[name.facet] = name
    spellings |= {word for expressions in synonyms.values() for other in expressions.values() for word in other.words}
    return Lexicon(
        {key: tuple(others.values()) for key, others in synonyms.items()},
        {key: tuple(found.values()) for key, found in whole.items()},
        tuple(sorted(spellings)),
    )

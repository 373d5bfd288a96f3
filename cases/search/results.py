"""The answer to a question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

MatchedField = Literal["titel", "samenvatting", "organisatie", "jaar", "tekst"]

Drop = tuple[str, str] | Literal["q"]
"""What to leave out of a question: ("sector", "gemeenten"), ("sector", "") for all choices of that facet, or the words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One found case. The `_html` texts are escaped and mark the found words with `<mark>`."""

    pk: int
    title_html: str
    summary_html: str
    snippet_html: str | None
    """The most telling piece of the text; None when no typed word stands in the text."""
    matched_in: tuple[MatchedField, ...]
    """Where typed words stand: in any form, or within a compound."""
    synonyms: tuple[str, ...]
    """Other names of typed words, by which they were found here; those words themselves do not stand here."""
    matches_all: bool
    """False: this case holds only part of the words (happens only when the result is `loosened`)."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, and all that is the same for every page."""

    hits: tuple[Hit, ...]
    total: int
    counts: dict[str, dict[str, int]]
    """Parameter -> slug -> cases, each counted without the own choices of that parameter. Zeros are left out."""
    loosened: bool
    """True: too few cases hold all words, so cases with part of the words follow after them."""
    total_with_all_words: int
    """How many of the total hold all words; they stand first when sorted by relevance."""
    ignored_words: tuple[str, ...]
    """Typed words that no case holds at all."""
    without_each_choice: dict[Drop, int] = field(default_factory=dict)
    """Only without hits: how many cases each choice (or the words) hides; most first, zeros left out."""
    corrections: tuple[tuple[str, str], ...] = ()
    """A typed word that no case holds, and the word that was searched instead, as cases write it."""
    nearest_words: tuple[str, ...] = ()
    """Only without hits: words from the cases that look like the `ignored_words`, as they are written there."""
    concepts: Mapping[str, str] = field(default_factory=dict)
    """Choices that count as typed words, with the names of their concepts: a case with one was found by it."""
    all_pks_of: Callable[[], list[int]] = field(default=list, repr=False, compare=False)

    def all_pks(self) -> list[int]:
        """The cases of all pages in the same order, from the very same state of the index."""
        return self.all_pks_of()

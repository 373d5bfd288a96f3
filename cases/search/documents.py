"""What search needs to know of a case, and where it gets that from."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """One public case as search sees it. All texts are plain text, no Markdown or HTML."""

    pk: int
    title: str
    summary: str
    body: str
    """Everything else there is to read; paragraphs end with a newline."""
    organisations: tuple[str, ...] = ()
    """Name, abbreviation and synonyms of the organisations."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Parameter of the catalogue -> slugs."""
    first_published_ordinal: int = 0
    """A number that grows with time (days, seconds, ...); the highest is the newest."""
    sort_title: str = ""
    """The title to sort by; empty: the title itself."""
    years: tuple[int, ...] = ()
    """Years that a reader may type to find this case."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Some of what changed, in the order in which it changed."""

    pks: frozenset[int]
    """The cases to read again: changed, new, or gone from the public."""
    upto: int
    """Who has read them is at this version."""
    left: int
    """How many changes come after these."""


class CaseSource(Protocol):
    """The content that the index is derived from."""

    def version(self) -> int:
        """The version of the content that an answer must know of. It grows with every change of what search shows.

        Every change up to this version must be visible to whoever reads now: a number becomes visible in the same
        commit as its change, and one that may still be rolled back is never given. May be remembered for the time of one
        request; the other methods always look.
        """
        ...

    def newest_version(self) -> int:
        """The version now. Lower than one that was seen before: another database, or a copy put back."""
        ...

    def changes(self, after: int, most: int, until: int | None = None) -> Changes | None:
        """The first changes after a version, at most so many; None when nobody knows (any more) what changed since."""
        ...

    def before_last(self, most: int) -> int:
        """A version after which so many changes came, or as many as there are; nobody may have to guess what these were."""
        ...

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        """The public ones of these cases (None: all). Asked for but not given means gone from the public."""
        ...

    def count(self) -> int:
        """How many cases are public; the index compares it with what it holds."""
        ...

"""What search needs to know of a case, and where it gets that from."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """One public case as search sees it. All texts are plain text, no Markdown or HTML."""

    pk: int
    slug: str
    title: str
    summary: str
    body: str
    """Everything else there is to read; paragraphs end with a newline."""
    organisations: tuple[str, ...] = ()
    """Name, abbreviation and synonyms of the organisations."""
    concepts: tuple[str, ...] = ()
    """Names and synonyms of the linked concepts, the country among them."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Parameter of the catalogue -> slugs."""
    first_published_ordinal: int = 0
    """A number that grows with time (days, seconds, ...); the highest is the newest."""
    sort_title: str = ""
    """The title to sort by; empty: the title itself."""
    years: tuple[int, ...] = ()
    """Years that a reader may type to find this case."""


class CaseSource(Protocol):
    """The content that the index is derived from."""

    def version(self) -> int:
        """The version of the content. Never goes down, grows with every change of what search shows.

        Every change up to this version must be visible to whoever reads now: a number becomes visible in the same
        commit as its change, and one that was rolled back must never have been asked for. May be remembered for
        the time of one request; the other methods always look.
        """
        ...

    def changed_since(self, version: int) -> set[int] | None:
        """The cases to read again to come from `version` to now; None when everything may have changed."""
        ...

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        """The public ones of these cases (None: all). Asked for but not given means gone from the public."""
        ...

    def count(self) -> int:
        """How many cases are public; the index compares it with what it holds."""
        ...

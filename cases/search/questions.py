"""A question put to the catalogue, already checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Sort = Literal["relevantie", "nieuwste", "titel"]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks: words, choices per facet, and which part of the answer in which order."""

    text: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Parameter -> slugs. Any of these within a parameter, all of these between parameters."""
    sort: Sort = "relevantie"
    page: int = 1
    page_size: int = 20

    def __post_init__(self) -> None:
        if self.page < 1 or self.page_size < 1:
            raise ValueError("page and page_size start at 1")
        if self.sort not in ("relevantie", "nieuwste", "titel"):
            raise ValueError(f"unknown sort: {self.sort!r}")

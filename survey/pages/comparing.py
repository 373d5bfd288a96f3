"""What differs between editions that stand side by side: whom they asked, about which years, and with which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..entries import MAIN_SURVEY, EditionEntry
from ..telling import HOME, UNKNOWN, what_differs

#: Belongs to every comparison with other countries.
SAME_QUESTION = "De vraag: we kennen alleen de Nederlandse tekst. Of andere landen precies hetzelfde vroegen, konden we niet nagaan."


@dataclass(frozen=True, slots=True)
class Differences:
    """For beside a figure: a table ready for `components/table.html`, and what to mind of each edition (name, text)."""

    question: str
    table: dict[str, Any]
    cautions: list[tuple[str, str]]


def is_foreign(edition: EditionEntry) -> bool:
    """A real survey of another country, or of several."""
    home = edition.country is not None and edition.country.slug == HOME
    return not edition.is_example and not home and edition.survey != MAIN_SURVEY


def place_of(edition: EditionEntry) -> str:
    """How an edition is called beside others."""
    return f"Nederland ({edition.short_name})" if edition.is_main else edition.short_name


def differences(editions: Iterable[EditionEntry]) -> Differences | None:
    """What differs between two or more editions; one alone has nothing to differ from."""
    listed = list(editions)
    if len(listed) < 2:
        return None
    return Differences(
        question=_question(listed),
        table={
            "caption": "Wat verschilt",
            "columns": [
                ("Onderzoek", False),
                ("Wie antwoordt", False),
                ("Over welke jaren", False),
                ("Wanneer", False),
            ],
            "rows": [_row(edition) for edition in listed],
        },
        cautions=[(edition.name, edition.caution) for edition in listed if edition.caution],
    )


def differences_in_words(editions: Iterable[EditionEntry]) -> list[str]:
    """The same as sentences, for a file."""
    listed = list(editions)
    if len(listed) < 2:
        return []
    question = _question(listed)
    return [*([question] if question else []), *what_differs(listed)]


def differences_in_short(editions: Iterable[EditionEntry]) -> str:
    """The same in one line, for in a picture."""
    said = [
        f"{place_of(edition)}: {', '.join(part for part in (edition.unit, edition.period) if part) or UNKNOWN}"
        for edition in editions
    ]
    return f"Let op wat verschilt. {'; '.join(said)}."


def _question(editions: list[EditionEntry]) -> str:
    return SAME_QUESTION if any(is_foreign(edition) for edition in editions) else ""


def _row(edition: EditionEntry) -> list[dict[str, Any]]:
    parts = (edition.unit, edition.period, edition.fieldwork)
    return [{"text": place_of(edition), "url": edition.url}, *({"text": part or UNKNOWN} for part in parts)]

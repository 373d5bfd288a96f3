"""What the explorer shows: a figure, every number behind it, and how to take it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from ..barometer import Number, barometer, site_address
from ..charts.block import FigureBlock, with_drawings
from ..models import Statistic
from ..telling import sources_text
from ..vocabulary import vocabulary
from ..wording import interval_text, result_text, unit_of
from .comparing import Differences, differences, place_of
from .explorer_question import (
    BY_COUNTRY,
    BY_EDITION,
    EVERYBODY,
    ExplorerForm,
    Question,
    breakdown_choices,
    offers,
    why_nothing,
)
from .figures import ALL_ORGANISATIONS
from .indicator_figures import figure_by_country, figure_by_edition, figure_by_group, figure_for_everybody
from .indicator_numbers import read_numbers

EMBED_SIZE = ("100%", "680")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a list to choose from."""

    value: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The three lists; indicators stand below their subject."""

    indicators: list[tuple[str, list[Choice]]]
    breakdowns: list[Choice]
    editions: list[Choice]


@dataclass(frozen=True, slots=True)
class ExplorerPage:
    """What `templates/survey/explorer.html` may rely on."""

    question: Question
    choices: Choices
    figure: FigureBlock | None
    table: dict[str, Any] | None
    differs: Differences | None
    is_example: bool
    why_nothing: str
    offers: list[Question]
    permalink: str
    embed_code: str
    downloads: list[tuple[str, str]]
    note: str


def explorer_page(form: ExplorerForm, question: Question) -> ExplorerPage:
    """The answer to a question that was found right.

    At most four queries: which combinations there are (twice), numbers, drawings.
    """
    figure, numbers = answer(question)
    address = reverse("explorer_embed")
    embed = site_address(f"{address}?{question.query}")
    exports = {name: reverse("explorer_export", args=[name]) for name in ("csv", "xlsx", "json")}
    return ExplorerPage(
        question=question,
        choices=_choices(form, question),
        figure=figure,
        table=numbers_table(numbers),
        differs=differences(question.editions),
        is_example=is_example(question),
        why_nothing="" if figure else why_nothing(question, numbers),
        offers=[] if figure else offers(question),
        permalink=site_address(question.url),
        embed_code=embed_code(embed, question.label),
        downloads=[(name.upper(), f"{url}?{question.query}") for name, url in exports.items()],
        note="Bij deze uitsplitsing staan edities naast elkaar. Je keuze voor één editie telt dan niet mee."
        if form.ignored_edition
        else "",
    )


def answer(question: Question) -> tuple[FigureBlock | None, list[Number]]:
    """The figure with its drawing, and all numbers that belong to the question."""
    numbers = read_numbers(question.where)
    figure = figure_of(question, numbers)
    return (with_drawings([figure])[0] if figure else None), numbers


def figure_of(question: Question, numbers: Sequence[Number]) -> FigureBlock | None:
    """The figure that answers a question, not drawn yet; nothing without a number to show."""
    if question.breakdown == EVERYBODY:
        return figure_for_everybody(numbers, question.query)
    if question.breakdown == BY_EDITION:
        return figure_by_edition(numbers, question.query)
    if question.breakdown == BY_COUNTRY:
        ordered = sorted(numbers, key=lambda number: not number.edition.is_main)
        return figure_by_country(ordered, question.query)
    return figure_by_group(numbers, vocabulary().schemes[question.breakdown], question.query)


def is_example(question: Question) -> bool:
    """Whether everything that is shown was made up."""
    return question.edition is not None and question.edition.is_example


def embed_code(address: str, title: str) -> str:
    """HTML for another site; the address and title hold nothing that could break out of it."""
    width, height = EMBED_SIZE
    safe = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    source = address.replace("&", "&amp;")
    return f'<iframe src="{source}" title="{safe}" width="{width}" height="{height}" loading="lazy"></iframe>'


def numbers_table(numbers: Sequence[Number]) -> dict[str, Any] | None:
    """Every number with how sure it is and where it was read, ready for `components/table.html`."""
    if not numbers:
        return None
    head = ("Over wie", "Maat", "Cijfer", "Marge", "n", "Bron")
    return {
        "caption": "Alle cijfers bij deze vraag",
        "columns": [(name, name in ("Cijfer", "Marge", "n")) for name in head],
        "rows": [_table_row(number) for number in numbers],
    }


def _table_row(number: Number) -> list[dict[str, Any]]:
    unit = unit_of(number.statistic, number.indicator.unit)
    known = number.low is not None and number.high is not None
    margin = interval_text(number.low or 0, number.high or 0, unit) if known else "geen"
    said = result_text(number)
    if not number.is_known and number.wording:
        said = f"{said}: “{number.wording}”"
    who = number.group.name if number.group else f"{ALL_ORGANISATIONS}, {place_of(number.edition)}"
    return [
        {"text": who, "url": number.group.url if number.group else number.edition.url},
        {"text": Statistic(number.statistic).label},
        {"text": said, "numeric": True, "withheld": bool(number.withheld)},
        {"text": "" if number.withheld else margin, "numeric": True},
        {"text": "" if number.withheld else str(number.n or "niet vermeld"), "numeric": True},
        {"text": sources_text([number])},
    ]


def _choices(form: ExplorerForm, question: Question) -> Choices:
    found = barometer()
    chosen = question.edition.slug if question.edition else ""
    return Choices(
        indicators=[
            (theme, [Choice(one.slug, one.short_name, one == question.indicator) for one in members])
            for theme, members in groupby(found.indicators.values(), key=lambda indicator: indicator.theme)
        ],
        breakdowns=[Choice(slug, name, slug == question.breakdown) for slug, name in breakdown_choices().items()],
        editions=[
            Choice(
                edition.slug,
                f"{edition.name}{' (verzonnen antwoorden)' if edition.is_example else ''}",
                edition.slug == chosen,
            )
            for edition in found.editions.values()
        ],
    )

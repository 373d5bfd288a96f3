"""From numbers of the barometer to charts: which rows, which title, which line below. Drawing is `survey.charts`'s work.

A title is the finding, written from the numbers that the chart shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.urls import reverse

from ..barometer import Barometer, EditionEntry, Number
from ..charts.block import FigureBlock
from ..charts.model import (
    AnyChart,
    Bars,
    Development,
    Diverging,
    DivergingRow,
    Row,
    Value,
)
from ..models import Provenance, Statistic, Verdict
from ..numbers import NumberTable
from ..telling import PROVENANCE, sentence, sources_text, who_answered
from ..vocabulary import ConceptEntry
from ..wording import result_text

ALL_ORGANISATIONS = "Alle organisaties"
ORDINALS = {1: "het meest genoemd", 2: "als tweede genoemd", 3: "als derde genoemd"}


def block(chart: AnyChart, page: str = "", csv_url: str = "") -> FigureBlock:
    """A chart with what stands around it; `page` is where it can be found again."""
    figure = FigureBlock(chart=chart, csv_url=csv_url)
    return replace(figure, permalink=f"{page}#{figure.anchor}") if page else figure


def base_line(numbers: Sequence[Number]) -> str:
    """Who answered, how many, which edition, whose numbers: one line below a chart."""
    known = [number for number in numbers if number.is_known] or list(numbers)
    first = known[0]
    counts = {number.n for number in known if number.n}
    counted = f"n = {counts.pop()}" if len(counts) == 1 else "n per regel in de tabel" if counts else "n niet vermeld"
    counted = "" if first.statistic == Statistic.COUNT else f"; {counted}"
    text = f"{who_answered(first)}{counted}; {first.edition.name}; {_provenance(first)}"
    return text[0].upper() + text[1:]


def _provenance(number: Number) -> str:
    """Where a number was read stands in the line of the source."""
    elsewhere = number.provenance == Provenance.PUBLISHED and number.source not in ("", number.edition.source)
    return "overgenomen uit een andere bron" if elsewhere else PROVENANCE[number.provenance]


def question_of(numbers: Iterable[Number]) -> str:
    """The question, when all numbers answer the same one."""
    questions = {number.indicator.question for number in numbers}
    return questions.pop() if len(questions) == 1 else ""


def caution_of(numbers: Sequence[Number]) -> str:
    """What to mind, when it holds for all numbers; it is about the real rounds and says nothing of made-up numbers."""
    cautions = {number.indicator.caution for number in numbers}
    return cautions.pop() if len(cautions) == 1 and not numbers[0].edition.is_example else ""


def edition_csv(edition: EditionEntry) -> str:
    """Where all numbers of an edition can be taken."""
    return reverse("edition_export", args=[edition.slug, "csv"])


def group_page_url(table: NumberTable, entry: ConceptEntry) -> str:
    """The page of a group in this edition."""
    return f"{entry.url}?editie={table.edition.slug}"


def group_csv(table: NumberTable, entry: ConceptEntry) -> str:
    """Where all numbers of a group in this edition can be taken."""
    return f"{entry.url}export.csv?editie={table.edition.slug}"


def theme_figure(theme: str, numbers: list[Number], edition: EditionEntry) -> FigureBlock | None:
    """All answers to one question for everybody, the most given first."""
    factors = [number for number in numbers if number.statistic in (Statistic.HELPED, Statistic.HINDERED)]
    if factors:
        by_key = {(number.indicator.slug, 0, str(number.statistic)): number for number in numbers}
        slugs = list(dict.fromkeys(number.indicator.slug for number in factors))
        return factors_figure(NumberTable(edition, by_key), slugs, None)
    shares = [number for number in numbers if number.statistic == Statistic.SHARE]
    if not any(number.is_known for number in shares):
        return None
    ordered = sorted(shares, key=lambda number: -1 if number.value is None else number.value, reverse=True)
    chart = Bars(
        title=sentence(ordered[0]),
        question=question_of(ordered),
        base=base_line(ordered),
        source=sources_text(ordered),
        note=caution_of(ordered),
        row_head=theme,
        is_example=edition.is_example,
        rows=tuple(_row(number, number.indicator.short_name, _address(number)) for number in ordered),
    )
    return block(chart, edition.url, edition_csv(edition))


def answers_figure(numbers: list[Number], highlighted: Number) -> FigureBlock | None:
    """All answers to the question of one number, with that one in colour."""
    if sum(number.is_known for number in numbers) < 2:
        return None
    ordered = sorted(numbers, key=lambda number: -1 if number.value is None else number.value, reverse=True)
    place = [number.indicator.slug for number in ordered].index(highlighted.indicator.slug) + 1
    chart = Bars(
        title=f"{sentence(highlighted)}: {ORDINALS.get(place, f'nummer {place}')} van de {len(ordered)} antwoorden",
        question=question_of(ordered),
        base=base_line(ordered),
        source=sources_text(ordered),
        note=caution_of(ordered),
        row_head="Antwoord",
        is_example=highlighted.edition.is_example,
        rows=tuple(
            _row(number, number.indicator.short_name, _address(number), highlighted=number is highlighted)
            for number in ordered
        ),
    )
    return block(chart, highlighted.indicator.url, edition_csv(highlighted.edition))


def beside_everybody_figure(
    title: str, table: NumberTable, slugs: list[str], entry: ConceptEntry
) -> FigureBlock | None:
    """The answers of a group beside those of all organisations."""
    pairs = [(table.get(slug, entry), table.get(slug)) for slug in slugs]
    rows = [(own, everybody) for own, everybody in pairs if own]
    if not any(own.is_known for own, _ in rows):
        return None
    numbers = [own for own, _ in rows]
    chart = Bars(
        title=_difference_title(numbers) or title,
        question=question_of(numbers),
        base=base_line(numbers),
        source=sources_text(numbers),
        row_head="Antwoord",
        is_example=table.edition.is_example,
        series=(entry.name, ALL_ORGANISATIONS),
        rows=tuple(
            Row(
                label=own.indicator.short_name,
                values=(Value.of(own), Value.of(everybody)),
                url=_address(own),
            )
            for own, everybody in rows
        ),
    )
    return block(chart, group_page_url(table, entry), group_csv(table, entry))


def _difference_title(numbers: list[Number]) -> str:
    """The largest difference that is more than chance, or that there is none."""
    telling = [number for number in numbers if number.verdict in (Verdict.MORE, Verdict.LESS)]
    if telling:
        most = max(telling, key=lambda number: abs(number.difference or 0))
        more = "vaker" if most.verdict == Verdict.MORE else "minder vaak"
        return f"{most.indicator.short_name}: {more} dan bij de rest ({result_text(most)})"
    if any(number.verdict == Verdict.SAME for number in numbers):
        most = max((number for number in numbers if number.is_known), key=lambda number: number.value or 0)
        return (
            f"Het vaakst: {_lowered(most.indicator.short_name)} ({result_text(most)}). "
            "Geen duidelijke verschillen met de rest"
        )
    return ""


def _lowered(text: str) -> str:
    """For within a sentence; abbreviations keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def factors_figure(table: NumberTable, slugs: list[str], entry: ConceptEntry | None) -> FigureBlock | None:
    """What helped and what hindered, against the average of all organisations."""
    rows = []
    numbers = []
    for slug in slugs:
        parts = [
            table.get(slug, entry, statistic) for statistic in (Statistic.HINDERED, Statistic.NEUTRAL, Statistic.HELPED)
        ]
        hindered, neutral, helped = parts
        if not hindered or not helped:
            continue
        everybody = [table.get(slug, None, statistic) for statistic in (Statistic.HINDERED, Statistic.HELPED)]
        numbers += [hindered, helped]
        rows.append(
            DivergingRow(
                label=hindered.indicator.short_name,
                hindered=Value.of(hindered),
                neutral=Value.of(neutral),
                helped=Value.of(helped),
                average_hindered=everybody[0].value if entry and everybody[0] else None,
                average_helped=everybody[1].value if entry and everybody[1] else None,
                url=_address(hindered),
            )
        )
    known = [number for number in numbers if number.is_known]
    if not known:
        return None
    rows.sort(key=lambda row: row.helped.value if row.helped.value is not None else -1.0, reverse=True)
    most = {
        statistic: max(
            (number for number in known if number.statistic == statistic),
            key=lambda number: number.value or 0,
            default=None,
        )
        for statistic in (Statistic.HELPED, Statistic.HINDERED)
    }
    helps, hinders = most[Statistic.HELPED], most[Statistic.HINDERED]
    parts_of_title = []
    if helps:
        parts_of_title.append(f"{helps.indicator.short_name} helpt het vaakst")
    if hinders:
        parts_of_title.append(f"{_lowered(hinders.indicator.short_name)} hindert het vaakst")
    chart = Diverging(
        title=", ".join(parts_of_title),
        question=question_of(numbers),
        base=base_line(known),
        source=sources_text(known),
        row_head="Factor",
        is_example=table.edition.is_example,
        rows=tuple(rows),
    )
    if entry:
        return block(chart, group_page_url(table, entry), group_csv(table, entry))
    return block(chart, table.edition.url, edition_csv(table.edition))


def development_figure(found: Barometer, numbers: Iterable[Number], title: str) -> FigureBlock | None:
    """The same number in the rounds of the Dutch barometer, oldest first; nothing with fewer than two."""
    by_edition = {number.edition.slug: number for number in numbers if number.edition.is_main and number.is_known}
    editions = [edition for edition in reversed(found.main_editions()) if edition.slug in by_edition]
    if len(editions) < 2:
        return None
    ordered = [by_edition[edition.slug] for edition in editions]
    unit = ordered[0].indicator.unit
    chart = Development(
        title=title,
        question=question_of(ordered),
        base=base_line(ordered[-1:]),
        source=sources_text(ordered),
        note=" ".join(edition.caution for edition in editions if edition.caution),
        unit=unit,
        row_head="Cijfer",
        editions=tuple(edition.short_name for edition in editions),
        rows=(
            Row(
                label=ordered[0].indicator.short_name,
                values=tuple(Value.of(number, unit) for number in ordered),
                highlighted=True,
                url=ordered[0].indicator.url,
            ),
        ),
    )
    return block(chart, ordered[0].indicator.url)


def _row(number: Number, label: str, url: str, *, highlighted: bool = False) -> Row:
    return Row(label=label, values=(Value.of(number, number.indicator.unit),), highlighted=highlighted, url=url)


def _address(number: Number) -> str:
    """From the number to the story: the concept with its cases, or else the indicator."""
    concepts = number.indicator.concepts
    return concepts[0].url if len(concepts) == 1 else number.indicator.url

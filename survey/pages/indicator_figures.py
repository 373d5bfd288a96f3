"""Figures about one indicator: for everybody, by group, by edition, by country. The page and the explorer share them.

Which chart fits follows from what was measured: a factor helps or hinders, a score has a spread, all else is a bar.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from ..barometer import MAIN_STATISTIC, Number
from ..charts.block import FigureBlock
from ..charts.model import AnyChart, Bars, Box, BoxRow, Development, Diverging, DivergingRow, Reference, Row, Value
from ..models import Indicator, Qualifier, Statistic, Verdict
from ..numbers import NumberTable, table_of
from ..telling import sentence, sources_text
from ..vocabulary import ConceptEntry, SchemeEntry
from ..wording import result_text
from .comparing import differences_in_short, place_of
from .figures import ALL_ORGANISATIONS, base_line
from .indicator_list import FACTOR, FACTOR_WORDS, value_text

BOX = (
    Statistic.MEAN,
    Statistic.LOWER_QUARTILE,
    Statistic.MEDIAN,
    Statistic.UPPER_QUARTILE,
    Statistic.LOWER_TENTH,
    Statistic.UPPER_TENTH,
)
#: Groups with an order of their own; all others stand from high to low.
ORDERED = ("omvang", "klimaatgroep")
MOST_IN_A_TITLE = 4


def charted(numbers: Iterable[Number]) -> list[Number]:
    """Numbers that a chart can show: the main one of the unit, or the three of a factor."""
    return [
        number
        for number in numbers
        if number.statistic in FACTOR or number.statistic == MAIN_STATISTIC[Indicator.Unit(number.indicator.unit)]
    ]


def figure_for_everybody(numbers: Sequence[Number], query: str = "") -> FigureBlock | None:
    """All organisations together in one edition."""
    own = charted(number for number in numbers if number.group is None)
    return _grouped(own, numbers, [None], ALL_ORGANISATIONS, _sentence(own), query) if _any_known(own) else None


def figure_by_group(numbers: Sequence[Number], scheme: SchemeEntry, query: str = "") -> FigureBlock | None:
    """The groups of a scheme in one edition, and all organisations below them. `numbers`: of that edition."""
    of_scheme = [number for number in charted(numbers) if number.group and number.group.scheme == scheme.slug]
    shown = [number for number in of_scheme if number.is_known or number.withheld]
    if not shown:
        return None
    groups: list[ConceptEntry | None] = [*_in_order(shown, scheme)]
    if shown[0].statistic != Statistic.COUNT:  # a total is no group to hold others against
        groups.append(None)
    return _grouped(shown, numbers, groups, scheme.name, _group_title(shown, scheme), query)


def figure_by_edition(numbers: Sequence[Number], query: str = "") -> FigureBlock | None:
    """All organisations in the real rounds of the Dutch barometer, oldest first; nothing with fewer than two rounds."""
    own = [number for number in charted(numbers) if number.group is None and number.edition.is_main and number.is_known]
    editions = sorted({number.edition.pk: number.edition for number in own}.values(), key=lambda entry: entry.year or 0)
    if len(editions) < 2:
        return None
    found = {(number.statistic, number.edition.pk): number for number in own}
    statistics = list(dict.fromkeys(number.statistic for number in own))
    unit = own[0].indicator.unit
    first = [found[statistics[0], edition.pk] for edition in editions if (statistics[0], edition.pk) in found]
    said = ", ".join(f"{result_text(number)} in {number.edition.short_name}" for number in first)
    chart = Development(
        title=f"{own[0].indicator.short_name}: {said}",
        question=own[0].indicator.question,
        base=base_line(first[-1:]),
        source=sources_text(first),
        note=differences_in_short(editions),
        unit=unit,
        row_head="Cijfer",
        editions=tuple(edition.short_name for edition in editions),
        rows=tuple(
            Row(
                label=FACTOR_WORDS[statistic].capitalize() if statistic in FACTOR else own[0].indicator.short_name,
                values=tuple(Value.of(found.get((statistic, edition.pk)), unit) for edition in editions),
                highlighted=len(statistics) == 1,
            )
            for statistic in statistics
        ),
    )
    return _block(chart, query, own[0])


def figure_by_country(numbers: Sequence[Number], query: str = "") -> FigureBlock | None:
    """All organisations in the Netherlands and in other countries; `numbers`: those to compare, the Dutch one first."""
    main = [number for number in charted(numbers) if number.group is None and number.is_known]
    shown = [number for number in main if number.statistic not in FACTOR]
    if len(shown) < 2:
        return None
    names = [f"{place_of(number.edition)} {result_text(number)}" for number in shown]
    unit = shown[0].indicator.unit
    chart = Bars(
        title=f"{shown[0].indicator.short_name}: {', '.join(names[:MOST_IN_A_TITLE])}",
        question=shown[0].indicator.question,
        base=f"{base_line(shown[:1])}; voor de andere landen: zie wat verschilt",
        source=sources_text(shown),
        note=differences_in_short([number.edition for number in shown]),
        unit=unit,
        row_head="Land",
        rows=tuple(
            Row(
                label=place_of(number.edition),
                values=(Value.of(number, unit),),
                highlighted=number.edition.is_main,
                url=number.edition.url,
            )
            for number in shown
        ),
    )
    return _block(chart, query, shown[0])


def _block(chart: AnyChart, query: str, number: Number) -> FigureBlock:
    """A chart with its way back, its numbers as a file, and from the number to the stories."""
    concepts = number.indicator.concepts
    return FigureBlock(
        chart=chart,
        permalink=f"{reverse('explorer')}?{query}" if query else "",
        csv_url=f"{reverse('explorer_export', args=['csv'])}?{query}" if query else "",
        cases_url=concepts[0].url if len(concepts) == 1 else "",
        cases_label=f"Bekijk de casussen bij {concepts[0].name}" if len(concepts) == 1 else "",
    )


def _grouped(
    shown: list[Number],
    numbers: Sequence[Number],
    groups: Sequence[ConceptEntry | None],
    row_head: str,
    title: str,
    query: str,
) -> FigureBlock:
    """One row a group; the row without a group is everybody, when that is known."""
    first = shown[0]
    table = table_of(first.edition, numbers)
    slug, unit = first.indicator.slug, first.indicator.unit
    common: dict[str, Any] = {
        "title": title,
        "question": first.indicator.question,
        "base": base_line(shown),
        "source": sources_text(shown),
        # What to mind is about the real rounds; below made-up numbers it would say something false.
        "note": "" if first.edition.is_example else first.indicator.caution,
        "row_head": row_head,
        "is_example": first.edition.is_example,
    }
    chart: AnyChart
    if first.statistic in FACTOR:
        chart = Diverging(rows=tuple(row for group in groups if (row := _factor_row(table, slug, group))), **common)
    elif first.statistic == Statistic.MEAN and any(_box_parts(table, slug, group) for group in groups):
        chart = Box(rows=tuple(box for group in groups if (box := _box_row(table, slug, group))), **common)
    else:
        found = [(group, table.get(slug, group, first.statistic)) for group in groups]
        chart = Bars(
            rows=tuple(
                Row(label=_name(group), values=(Value.of(number, unit),), url=group.url if group else "")
                for group, number in found
                if number and (number.is_known or number.withheld)
            ),
            reference=_average(found[-1][1]) if len(groups) > 1 else None,
            unit=unit,
            **common,
        )
    return _block(chart, query, first)


def _average(everybody: Number | None) -> Reference | None:
    """A line for all organisations, where they have an exact share."""
    if everybody is None or everybody.value is None or everybody.qualifier != Qualifier.EXACT:
        return None
    return Reference(ALL_ORGANISATIONS, everybody.value) if everybody.statistic.is_share else None


def _factor_row(table: NumberTable, slug: str, group: ConceptEntry | None) -> DivergingRow | None:
    helped, neutral, hindered = (table.get(slug, group, statistic) for statistic in FACTOR)
    if not helped and not hindered:
        return None
    return DivergingRow(
        label=_name(group),
        hindered=Value.of(hindered),
        neutral=Value.of(neutral),
        helped=Value.of(helped),
        url=group.url if group else "",
    )


def _box_parts(table: NumberTable, slug: str, group: ConceptEntry | None) -> bool:
    return any((number := table.get(slug, group, statistic)) and number.is_known for statistic in BOX[1:])


def _box_row(table: NumberTable, slug: str, group: ConceptEntry | None) -> BoxRow | None:
    numbers = {statistic: table.get(slug, group, statistic) for statistic in BOX}
    mean = numbers[Statistic.MEAN]
    if mean is None:
        return None
    url = group.url if group else ""
    if mean.withheld:
        return BoxRow(label=_name(group), withheld=mean.withheld, url=url)
    average, q1, median, q3, p10, p90 = (number.value if number else None for number in numbers.values())
    return BoxRow(label=_name(group), n=mean.n, url=url, mean=average, q1=q1, median=median, q3=q3, p10=p10, p90=p90)


def _in_order(shown: list[Number], scheme: SchemeEntry) -> list[ConceptEntry]:
    """From high to low, withheld groups last; groups with an order of their own keep it."""
    places = {entry.pk: place for place, entry in enumerate(scheme.concepts.values())}
    groups = {number.group.pk: number.group for number in shown if number.group}
    if scheme.slug in ORDERED:
        return sorted(groups.values(), key=lambda group: places[group.pk])
    values = {number.group.pk: number.value for number in reversed(shown) if number.group and number.value is not None}
    return sorted(groups.values(), key=lambda group: (-values.get(group.pk, -1.0), places[group.pk]))


def _group_title(shown: list[Number], scheme: SchemeEntry) -> str:
    """The finding: the largest difference that is more than chance; that there is none; or who is highest."""
    name = shown[0].indicator.short_name
    known = [
        number for number in shown if number.is_known and number.statistic in (shown[0].statistic, Statistic.HINDERED)
    ]
    if not known:
        return f"{name}: per {scheme.name.lower()} te weinig antwoorden om iets te tonen"
    telling = [number for number in known if number.verdict in (Verdict.MORE, Verdict.LESS) and number.difference]
    if telling:
        most = max(telling, key=lambda number: abs(number.difference or 0))
        than = "hoger" if most.verdict == Verdict.MORE else "lager"
        return f"{name}{_which(most)}: {than} dan de rest bij {_name(most.group)} ({result_text(most)})"
    if any(number.verdict for number in known):
        return f"{name}: geen duidelijke verschillen per {scheme.name.lower()}"
    most = max(
        (number for number in known if number.statistic == known[0].statistic), key=lambda number: number.value or 0
    )
    highest = "het meest" if most.statistic == Statistic.COUNT else "het hoogst"
    return f"{name}{_which(most)}: {highest} bij {_name(most.group)} ({result_text(most)})"


def _which(number: Number) -> str:
    return f" ({FACTOR_WORDS[number.statistic]})" if number.statistic in FACTOR else ""


def _sentence(numbers: list[Number]) -> str:
    if not numbers or numbers[0].statistic not in FACTOR:
        return sentence(numbers[0]) if numbers else ""
    return f"{numbers[0].indicator.short_name}: {value_text(numbers)}"


def _any_known(numbers: Iterable[Number]) -> bool:
    return any(number.is_known for number in numbers)


def _name(group: ConceptEntry | None) -> str:
    return group.name if group else ALL_ORGANISATIONS

"""A chart for who does not see it: a description written from its data, and its table."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from ..models import Withheld
from ..wording import PERCENT, SCORE, UNREADABLE, decimal_text, interval_text
from .model import AnyChart, Bars, Box, BoxRow, Development, Distribution, Diverging, Row, Value

#: A table as `components/table.html` wants it: (label, is it a number) for each column, and rows of cells.
Table = tuple[list[tuple[str, bool]], list[list[dict[str, Any]]]]
_NOTHING = {"text": "–", "numeric": True}
_AnyRow = TypeVar("_AnyRow", Row, BoxRow)


def describe(chart: AnyChart) -> str:
    """What there is to see, in a few sentences: the pattern, the highest, the lowest, the highlighted one, the rest.

    No dump of all numbers: those stand in the table.
    """
    match chart:
        case Bars():
            said = _bars(chart)
        case Distribution():
            said = _distribution(chart)
        case Diverging():
            said = _diverging(chart)
        case Box():
            said = _box(chart)
        case Development():
            said = _development(chart)
    if chart.is_example:
        said.append("De antwoorden zijn verzonnen.")
    return " ".join(said)


def table_of(chart: AnyChart) -> Table:
    """Every number of the chart, with interval and n where it has them; withheld cells give the reason."""
    match chart:
        case Box():
            return _box_table(chart)
        case Diverging():
            heads = (chart.hindered_label, chart.neutral_label, chart.helped_label)
            rows = [
                Row(label=row.label, values=(row.hindered, row.neutral, row.helped), url=row.url) for row in chart.rows
            ]
            return _table(chart, [head.capitalize() for head in heads], rows)
        case Bars():
            return _table(chart, [name or "Uitkomst" for name in chart.series], chart.rows)
        case Distribution():
            return _table(chart, chart.classes, chart.rows)
        case Development():
            return _table(chart, chart.editions, chart.rows)


def _table(chart: AnyChart, heads: Sequence[str], rows: Sequence[Row]) -> Table:
    """For each head a column with the number, and one with its interval; n stands once when a row has only one."""
    places = range(len(heads))
    with_interval = [any(row.values[place].low is not None for row in rows) for place in places]
    same_n = all(len({value.n for value in row.values if value.is_shown}) <= 1 for row in rows)
    with_n = [any(row.values[place].n is not None for row in rows) and not same_n for place in places]
    columns: list[tuple[str, bool]] = [(chart.row_head, False)]
    for place in places:
        mine = heads[place] if len(heads) > 1 else ""
        columns.append((heads[place], True))
        columns += [(f"Marge {mine}".strip(), True)] * with_interval[place] + [(f"n {mine}".strip(), True)] * with_n[
            place
        ]
    one_n = same_n and any(value.n is not None for row in rows for value in row.values)
    columns += [("n", True)] * one_n
    made = []
    for row in rows:
        cells: list[dict[str, Any]] = [{"text": row.label, "url": row.url}]
        for place, value in enumerate(row.values):
            cells.append(_cell(value, chart.unit))
            cells += [_margin(value, chart.unit)] * with_interval[place] + [_n(value.n)] * with_n[place]
        cells += [_n(next((value.n for value in row.values if value.n is not None), None))] * one_n
        made.append(cells)
    return columns, made


def _box_table(chart: Box) -> Table:
    heads = ("Gemiddelde", "Mediaan", "Eerste kwartiel", "Derde kwartiel", "Grens laagste 10%", "Grens hoogste 10%")
    made = []
    for row in chart.rows:
        numbers = (row.mean, row.median, row.q1, row.q3, row.p10, row.p90)
        reason = Withheld(row.withheld).label if row.withheld else "" if row.is_shown else UNREADABLE
        cells: list[dict[str, Any]] = [{"text": row.label, "url": row.url}]
        if reason:
            cells += [{"text": reason, "withheld": True}, *[_NOTHING] * len(heads)]
        else:
            cells += [
                _NOTHING if number is None else {"text": decimal_text(number, 1), "numeric": True} for number in numbers
            ]
            cells.append(_n(row.n))
        made.append(cells)
    return [(chart.row_head, False), *((head, True) for head in heads), ("n", True)], made


def _cell(value: Value, unit: str) -> dict[str, Any]:
    return {"text": value.text(unit), "numeric": value.is_shown, "withheld": not value.is_shown}


def _margin(value: Value, unit: str) -> dict[str, Any]:
    if value.low is None or value.high is None:
        return _NOTHING
    return {"text": interval_text(value.low, value.high, unit), "numeric": True}


def _n(number: int | None) -> dict[str, Any]:
    return _NOTHING if number is None else {"text": decimal_text(number, 0), "numeric": True}


def _bars(chart: Bars) -> list[str]:
    said = []
    for place, name in enumerate(chart.series):
        values = [(row.label, row.values[place]) for row in chart.rows]
        said += _extremes(values, chart.unit, name)
    if len(chart.series) == 1:
        said += _highlighted(chart.rows, lambda row: row.values[0].text(chart.unit))
        if chart.reference:
            # The row that the line stands for is neither above nor below it.
            beside = [row.values[0] for row in chart.rows if row.label != chart.reference.label]
            shown = [value.value for value in beside if value.is_shown]
            above = sum(value is not None and value > chart.reference.value for value in shown)
            said.append(f"Boven de lijn ({chart.reference.label}): {above} van de {len(shown)}.")
    else:
        said += _largest_gap(chart)
    return said + _hidden(value for row in chart.rows for value in row.values)


def _extremes(values: Iterable[tuple[str, Value]], unit: str, before: str = "") -> list[str]:
    """Rows with equal ends have no highest or lowest."""
    shown = sorted(
        ((value.value or 0.0, label, value) for label, value in values if value.is_shown), key=lambda row: row[0]
    )
    if not shown:
        return []
    (least, low_label, low), (most, high_label, high) = shown[0], shown[-1]
    if len(shown) == 1:
        said = f"{high_label}: {high.text(unit)}"
    elif least == most:
        said = f"overal hetzelfde, {high.text(unit)}"
    else:
        said = f"het hoogst bij {high_label} ({high.text(unit)}), het laagst bij {low_label} ({low.text(unit)})"
    return [f"{before}: {said}." if before else f"{said[0].upper()}{said[1:]}."]


def _largest_gap(chart: Bars) -> list[str]:
    pairs = [
        (abs((row.values[0].value or 0) - (row.values[1].value or 0)), row)
        for row in chart.rows
        if row.values[0].is_shown and row.values[1].is_shown
    ]
    if len(pairs) < 2:
        return []
    row = max(pairs, key=lambda pair: pair[0])[1]
    first, second = (
        f"{name} {value.text(chart.unit)}" for name, value in list(zip(chart.series, row.values, strict=True))[:2]
    )
    return [f"Het verschil is het grootst bij {row.label}: {first}, {second}."]


def _highlighted(rows: Iterable[_AnyRow], text: Callable[[_AnyRow], str]) -> list[str]:
    return [f"Uitgelicht: {row.label}, {text(row)}." for row in rows if row.highlighted]


def _hidden(values: Iterable[Value]) -> list[str]:
    listed = list(values)
    withheld = sum(bool(value.withheld) for value in listed)
    unknown = sum(not value.withheld and not value.is_shown for value in listed)
    return _hidden_rows(withheld, "niet getoond") + _hidden_rows(unknown, UNREADABLE)


def _hidden_rows(count: int, why: str) -> list[str]:
    if not count:
        return []
    return [f"{count} {'getallen zijn' if count > 1 else 'getal is'} {why}."]


def _distribution(chart: Distribution) -> list[str]:
    if len(chart.rows) == 1:
        pairs = zip(chart.classes, chart.rows[0].values, strict=True)
        said = [", ".join(f"{name}: {value.text(PERCENT)}" for name, value in pairs) + "."]
        return said
    said = []
    for place, name in enumerate(chart.classes):
        if place in (0, len(chart.classes) - 1):
            said += _extremes([(row.label, row.values[place]) for row in chart.rows], PERCENT, name)
    said += _highlighted(
        chart.rows,
        lambda row: ", ".join(
            f"{name} {value.text(PERCENT)}" for name, value in zip(chart.classes, row.values, strict=True)
        ),
    )
    return said + _hidden(value for row in chart.rows for value in row.values)


def _of(count: int, total: int) -> str:
    """How many of them, as one says it."""
    return (
        f"geen van de {total}" if count == 0 else f"alle {total}" if count == total > 1 else f"{count} van de {total}"
    )


def _diverging(chart: Diverging) -> list[str]:
    both = [row for row in chart.rows if row.hindered.is_shown and row.helped.is_shown]
    helps = sum((row.helped.value or 0) > (row.hindered.value or 0) for row in both)
    said = []
    if both:
        said.append(
            f"Bij {_of(helps, len(both))} zeggen meer organisaties ‘{chart.helped_label}’ dan ‘{chart.hindered_label}’."
        )
    said += _extremes([(row.label, row.helped) for row in chart.rows], chart.unit, chart.helped_label.capitalize())
    said += _extremes([(row.label, row.hindered) for row in chart.rows], chart.unit, chart.hindered_label.capitalize())
    return said + _hidden(value for row in chart.rows for value in (row.hindered, row.neutral, row.helped))


def _box(chart: Box) -> list[str]:
    means = [(row.label, Value(value=row.mean, decimals=1)) for row in chart.rows if row.mean is not None]
    said = _extremes(means, SCORE, "Gemiddelde")
    said += _highlighted(chart.rows, _box_text)
    withheld = sum(bool(row.withheld) for row in chart.rows)
    if withheld:
        said.append(f"{withheld} {'groepen zijn' if withheld > 1 else 'groep is'} niet getoond.")
    return said


def _box_text(row: BoxRow) -> str:
    if not row.is_shown:
        return Withheld(row.withheld).label if row.withheld else UNREADABLE
    parts = [f"gemiddeld {decimal_text(row.mean, 1)}"] if row.mean is not None else []
    if row.q1 is not None and row.q3 is not None:
        parts.append(f"de middelste helft ligt {interval_text(row.q1, row.q3, SCORE)}")
    return ", ".join(parts)


def _development(chart: Development) -> list[str]:
    said = []
    for row in chart.rows:
        shown = [(name, value) for name, value in zip(chart.editions, row.values, strict=True) if value.is_shown]
        if len(shown) == 1:
            said.append(f"{row.label}: {shown[0][1].text(chart.unit)} in {shown[0][0]}.")
        elif shown:
            (first, start), (last, end) = shown[0], shown[-1]
            said.append(f"{row.label}: van {start.text(chart.unit)} in {first} naar {end.text(chart.unit)} in {last}.")
    return said + _hidden(value for row in chart.rows for value in row.values)

"""Bars, side by side bars, and bars to both sides."""

from .canvas import AMBER, GREY, INK, MUTED, SERIES, SMALL, TEAL, WIDTH, Canvas, hatched, outline
from .fonts import text_width
from .model import Bars, Diverging, DivergingRow, Value
from .parts import (
    BAR,
    ROW_GAP,
    TO_TEXT,
    axis,
    bar,
    cell,
    label,
    last_of,
    legend,
    notes,
    reading,
    room_for,
    row_colour,
    scale_of,
    ticks_of,
)


def draw_bars(chart: Bars) -> tuple[Canvas, float]:
    """Names above their bars, so that both have the whole width of a phone; returns the height too."""
    values = [value for row in chart.rows for value in row.values]
    shown = [value for value in values if value.is_shown]
    reference = [chart.reference.value] if chart.reference else []
    low, high = scale_of([*(max(value.end, value.high or 0) for value in shown), *reference], chart.unit)
    # More series than colours: each bar says whose it is.
    before = [f"{name}: " if len(chart.series) > len(SERIES) else "" for name in chart.series]
    texts = [
        (last_of(value, high - low), start + value.text(chart.unit))
        for row in chart.rows
        for start, value in zip(before, row.values, strict=True)
        if value.is_shown
    ]
    canvas = Canvas(low, high, right=1 + room_for(texts, low, high, WIDTH - 2))
    y = 2.0
    with_legend = 1 < len(chart.series) <= len(SERIES)
    if with_legend:
        y = legend(canvas, y, zip(chart.series, SERIES, strict=False))
    if chart.reference:
        y = _reference_label(canvas, y, chart.reference.label, chart.reference.value)
    top = y
    marked = any(row.highlighted for row in chart.rows)
    for row in chart.rows:
        y = label(canvas, y, row.label, bold=row.highlighted or len(chart.series) > 1)
        for place, value in enumerate(row.values):
            colour = SERIES[place] if with_legend else row_colour(row.highlighted, marked)
            _bar_with_text(canvas, y, value, before[place] + value.text(chart.unit), colour, bold=row.highlighted)
            y += BAR + 4
        y += ROW_GAP - 4
    bottom = y - ROW_GAP + 6
    if chart.reference:
        x = canvas.at(chart.reference.value)
        canvas.line(x, x, top - 4, bottom, INK, dash=True)
    y = axis(canvas, top, bottom, ticks_of(low, high), chart.unit)
    return canvas, notes(canvas, y, reading(values))


def _bar_with_text(canvas: Canvas, y: float, value: Value, text: str, colour: str, *, bold: bool) -> None:
    if not value.is_shown:
        cell(canvas, canvas.left, y, text, withheld=bool(value.withheld))
        return
    bar(canvas, y, value, colour)
    x = canvas.at(last_of(value, canvas.high - canvas.low)) + TO_TEXT
    canvas.text(x, y + BAR / 2, text, bold=bold, on_white=True)


def _reference_label(canvas: Canvas, y: float, text: str, value: float) -> float:
    half = text_width(text, SMALL) / 2
    x = min(max(canvas.at(value), half), WIDTH - half)
    canvas.text(x, y + 8, text, align="center")
    return y + 22


def draw_diverging(chart: Diverging) -> tuple[Canvas, float]:
    """Hindered to the left, helped to the right of one middle; a tick shows all organisations."""
    pairs = [(row.hindered, row.helped) for row in chart.rows]
    values = [value for pair in pairs for value in pair]
    shown = [value for value in values if value.is_shown]
    averages = [part for row in chart.rows for part in (row.average_hindered, row.average_helped) if part is not None]
    most = max((*(max(value.end, value.high or 0) for value in shown), *averages), default=0.0)
    high = 75.0 if 50 < most <= 75 else scale_of([most], chart.unit)[1]
    texts = [(last_of(value, high), value.text(chart.unit)) for value in shown]
    half = room_for(texts, 0.0, high, WIDTH / 2)
    canvas = Canvas(-high, high, left=WIDTH / 2 - half, right=WIDTH / 2 + half)
    middle = WIDTH / 2
    canvas.text(middle - 8, 9, chart.hindered_label, bold=True, align="right")
    canvas.text(middle + 8, 9, chart.helped_label, bold=True)
    for x, shape, words in ((-1, "triangle-left", chart.hindered_label), (1, "triangle-right", chart.helped_label)):
        canvas.symbol(middle + x * (18 + text_width(words, SMALL, bold=True)), 9.5, shape, 44, INK)
    top = y = 24.0
    for row in chart.rows:
        y = label(canvas, y, row.label, bold=row.highlighted) + 6
        _both_sides(canvas, y, row, chart.unit)
        y += BAR + ROW_GAP
    bottom = y - ROW_GAP + 6
    step = 50.0 if high == 100 else 25.0
    ticks = [step * part for part in range(-int(high / step), int(high / step) + 1)]
    y = axis(canvas, top, bottom, ticks, chart.unit)
    said = reading(values)
    if averages:
        said.insert(0, f"Driehoekje: {chart.average_label}.")
    reasons = {
        value.text(chart.unit) for pair in pairs for value in pair if value.withheld and not _both_withheld(pair)
    }
    said += [f"Niet getoond: {reason}." for reason in sorted(reasons)]
    return canvas, notes(canvas, y, said)


def _both_withheld(pair: tuple[Value, Value]) -> bool:
    return all(value.withheld for value in pair)


def _both_sides(canvas: Canvas, y: float, row: DivergingRow, unit: str) -> None:
    if _both_withheld((row.hindered, row.helped)):
        cell(canvas, 1, y, row.helped.text(unit), withheld=True)
        return
    for sign, value, average, colour in (
        (-1, row.hindered, row.average_hindered, AMBER),
        (1, row.helped, row.average_helped, TEAL),
    ):
        words, end = value.text(unit), canvas.at(0)
        if value.is_shown:
            bar(canvas, y, value, colour, to_left=sign < 0)
            end = canvas.at(sign * last_of(value, canvas.high))
        elif value.withheld:
            # Half a drawing has no room for the reason: it stands below.
            canvas.rect(end, end + sign * 22, y, y + BAR, hatched(GREY), outline(GREY), dash=True)
            words, end = "niet getoond", end + sign * 22
        if average is not None:
            canvas.symbol(canvas.at(sign * average), y - 4, "triangle-down", 42, INK)
        align, colour = ("left" if sign > 0 else "right"), (INK if value.is_shown else MUTED)
        canvas.text(end + sign * TO_TEXT, y + BAR / 2, words, align=align, colour=colour, on_white=True)

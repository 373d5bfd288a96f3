"""What several kinds of charts have in common: scale, bar, interval, a cell without a number, legend, notes."""

from collections.abc import Iterable, Sequence
from math import ceil, log10

from ..models import Indicator, Qualifier
from ..wording import PERCENT, POINTS, SCORE, number_text
from .canvas import (
    GREY,
    INK,
    LABEL,
    LINE,
    MUTED,
    PALE,
    SMALL,
    TEAL,
    WHITE,
    WIDTH,
    Canvas,
    Plane,
    hatched,
    outline,
)
from .fonts import text_width, wrapped
from .model import HIGHEST_SCORE, LOWEST_SCORE, Value

BAR = 15.0
ROW_GAP = 11.0
#: Between the end of a bar and the words that belong to it.
TO_TEXT = 7.0
#: How far a number that is not exact may reach, as a part of the scale: drawn in stripes.
_VAGUE = 0.04
_ARROW = 0.02
_CELL = 44.0

STRIPES = "Gestreept: de bron geeft geen precies getal."
INTERVALS = "Lijntje met twee eindjes: de marge. Daar ligt het echte getal bijna zeker in."


def scale_of(ends: Iterable[float], unit: str) -> tuple[float, float]:
    """From and to where the scale runs: shares to 50 or 100 percent, scores from 1 to 5."""
    most = max(ends, default=0.0)
    if unit == SCORE:
        return LOWEST_SCORE, HIGHEST_SCORE
    if unit in (PERCENT, POINTS):
        return 0.0, 50.0 if most <= 50 else 100.0
    step = 10 ** max(0, ceil(log10(max(most, 1))) - 1)
    return 0.0, float(max(ceil(most / step), 1) * step)


def ticks_of(low: float, high: float) -> list[float]:
    """Five marks or fewer."""
    parts = 4 if high - low == 4 or high % 4 == 0 else 2
    return [low + (high - low) * part / parts for part in range(parts + 1)]


def tick_text(value: float, unit: str) -> str:
    """A mark of the scale: "50%", "3"."""
    if unit in (PERCENT, POINTS):
        return number_text(abs(value), PERCENT)
    return number_text(abs(value), Indicator.Unit.COUNT)


def room_for(values: Iterable[tuple[float, str]], low: float, high: float, width: float) -> float:
    """How wide the scale can be so that each text fits behind the end of its bar, within `width`."""
    fits = [width - 20]
    for end, text in values:
        part = (min(end, high) - low) / (high - low)
        if part > 0:
            fits.append((width - TO_TEXT - text_width(text, SMALL)) / part)
    return max(min(fits), width / 4)


def last_of(value: Value, span: float) -> float:
    """Where everything that is drawn for a value ends: its bar, its stripes with their arrow, or its interval."""
    arrow = span * _ARROW if value.qualifier == Qualifier.MORE_THAN else 0.0
    return max(vague_part(value, span)[1] + arrow, value.high or 0.0)


def vague_part(value: Value, span: float) -> tuple[float, float]:
    """Between which values the number may lie: what is drawn in stripes. Equal when it is exact."""
    number, reach = value.value or 0.0, span * _VAGUE
    if value.value_to is not None:
        return number, value.value_to
    before, after = {
        Qualifier.ALMOST: (reach, 0.0),
        Qualifier.MORE_THAN: (0.0, reach),
        Qualifier.LESS_THAN: (2 * reach, 0.0),
        Qualifier.AT_MOST: (2 * reach, 0.0),
        Qualifier.ABOUT: (reach, reach),
        Qualifier.BETWEEN: (reach, reach),
    }.get(Qualifier(value.qualifier), (0.0, 0.0))
    return max(number - before, 0.0), number + after


def is_vague(value: Value) -> bool:
    """Whether it is drawn with stripes."""
    return value.is_shown and (value.qualifier != Qualifier.EXACT or value.value_to is not None)


def bar(canvas: Canvas, y: float, value: Value, colour: str, *, height: float = BAR, to_left: bool = False) -> None:
    """A bar from the start of the scale (diverging: from its middle) with its stripes and interval."""
    sign = -1 if to_left else 1
    start = canvas.at(max(canvas.low, 0.0))
    first, last = (canvas.at(sign * part) for part in vague_part(value, canvas.high - max(canvas.low, 0.0)))
    if first != start:
        canvas.rect(start, first, y, y + height, colour, outline(colour))
    if first != last:
        canvas.rect(first, last, y, y + height, hatched(colour), outline(colour), plane=Plane.OVER)
        if value.qualifier == Qualifier.MORE_THAN:
            shape = "triangle-left" if to_left else "triangle-right"
            canvas.symbol(last + sign * 2, y + height / 2, shape, 48, outline(colour), outline(colour))
    if value.low is not None and value.high is not None:
        ends = sorted((canvas.at(sign * value.low), canvas.at(sign * value.high)))
        interval(canvas, ends[0], ends[1], y + height / 2)


def interval(canvas: Canvas, x: float, x2: float, y: float) -> None:
    """A line with two ends, seen on dark and on light."""
    for colour, width in ((WHITE, 4.0), (INK, 1.4)):
        canvas.line(x, x2, y, y, colour, width=width)
        for end in (x, x2):
            canvas.line(end, end, y - 3.5, y + 3.5, colour, width=width)


def cell(canvas: Canvas, x: float, y: float, value_text: str, *, withheld: bool, height: float = BAR) -> None:
    """Instead of a bar: a striped (withheld) or open (unknown) cell, and why."""
    canvas.rect(x, x + _CELL, y, y + height, hatched(GREY) if withheld else WHITE, outline(GREY), dash=True)
    canvas.text(x + _CELL + TO_TEXT, y + height / 2, value_text, colour=MUTED, on_white=True)


def label(canvas: Canvas, y: float, text: str, *, bold: bool = False, width: float = WIDTH) -> float:
    """The name of a row, above it."""
    return canvas.lines(0, y, wrapped(text, LABEL, width, bold), size=LABEL, bold=bold, on_white=True) + 2


def row_colour(highlighted: bool, any_highlighted: bool) -> str:
    """The row that a page is about is dark, others pale; where no row is special, all are dark."""
    return TEAL if highlighted or not any_highlighted else PALE


def axis(canvas: Canvas, top: float, bottom: float, ticks: Sequence[float], unit: str) -> float:
    """Lines behind the bars with their values below; returns where the next thing may begin."""
    for tick in ticks:
        x = canvas.at(tick)
        is_start = tick == max(canvas.low, 0.0)
        canvas.line(x, x, top, bottom, MUTED if is_start else LINE, width=1.2 if is_start else 1, plane=Plane.BACK)
        canvas.text(x, bottom + 11, tick_text(tick, unit), colour=MUTED, align="left" if x < 12 else "center")
    return bottom + 22


def legend(canvas: Canvas, y: float, entries: Iterable[tuple[str, str]], edge: str = "") -> float:
    """Colours with their names, from left to right, on as many lines as they need."""
    x = 0.0
    for name, fill in entries:
        lines = wrapped(name, SMALL, WIDTH - 20)
        width = max(text_width(line, SMALL) for line in lines) + 20
        if x and x + width > WIDTH:
            x, y = 0.0, y + 20
        canvas.rect(x + 1, x + 14, y + 3, y + 16, fill, edge or outline(fill))
        for place, line in enumerate(lines):
            canvas.text(x + 20, y + 9.5 + 17 * place, line)
        x, y = x + width + 14, y + 17 * (len(lines) - 1)
    return y + 26


def notes(canvas: Canvas, y: float, texts: Iterable[str]) -> float:
    """How to read the chart; returns the height of the whole drawing."""
    for text in texts:
        y = canvas.lines(0, y + 3, wrapped(text, SMALL, WIDTH), colour=MUTED)
    return y + 4


def reading(values: Iterable[Value]) -> list[str]:
    """What must be said about stripes and intervals, where there are any."""
    shown = [value for value in values if value.is_shown]
    said = [STRIPES] if any(is_vague(value) for value in shown) else []
    return [*said, INTERVALS] if any(value.low is not None for value in shown) else said

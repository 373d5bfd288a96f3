"""The same number in a few editions: points with their interval, and no more line than there are measurements."""

from dataclasses import dataclass, replace
from itertools import pairwise

from .canvas import GREY, INK, LINE, MUTED, SMALL, WHITE, WIDTH, Canvas, Plane, hatched, outline
from .fonts import wrapped
from .model import Development, Row, Value
from .parts import INTERVALS, STRIPES, is_vague, label, notes, row_colour, scale_of, tick_text, ticks_of

_LEFT = 44.0
_ALONE, _AMONG = 150.0, 84.0
_LINE_HEIGHT = SMALL * 1.3
DASHES = "Streepjeslijn: verbindt twee metingen. Wat daartussen gebeurde, is niet gemeten."


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where the editions and values of one series lie."""

    canvas: Canvas
    top: float
    height: float
    editions: int
    unit: str

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def slot(self) -> float:
        return (WIDTH - _LEFT) / self.editions

    def x(self, edition: int) -> float:
        return _LEFT + self.slot * (edition + 0.5)

    def y(self, value: float) -> float:
        low, high = self.canvas.low, self.canvas.high
        return self.bottom - (min(max(value, low), high) - low) / (high - low) * self.height


def draw_development(chart: Development) -> tuple[Canvas, float]:
    """Editions from left to right; each series in a panel of its own on one scale; returns the height too."""
    values = [value for row in chart.rows for value in row.values]
    shown = [value for value in values if value.is_shown]
    low, high = scale_of((max(value.end, value.high or 0) for value in shown), chart.unit)
    canvas, y = Canvas(low, high), 2.0
    height = _ALONE if len(chart.rows) == 1 else _AMONG
    marked = any(row.highlighted for row in chart.rows)
    for row in chart.rows:
        if row.label:
            y = label(canvas, y, row.label, bold=row.highlighted or not marked)
        panel = _Panel(canvas, 0.0, height, len(chart.editions), chart.unit)
        highest = min((_text_top(panel, value) for value in row.values if value.is_shown), default=0.0)
        panel = replace(panel, top=y + max(8.0, 4.0 - highest))
        _draw_panel(panel, row, row_colour(row.highlighted, marked))
        y = panel.bottom + 14
    ends = [
        canvas.lines(
            _LEFT + (WIDTH - _LEFT) * (place + 0.5) / len(chart.editions),
            y - 6,
            wrapped(name, SMALL, WIDTH / len(chart.editions) - 20),
            bold=True,
            align="center",
        )
        for place, name in enumerate(chart.editions)
    ]
    said = [STRIPES] if any(is_vague(value) for value in shown) else []
    said += [INTERVALS] if any(value.low is not None for value in shown) else []
    if any(first.is_shown and second.is_shown for row in chart.rows for first, second in pairwise(row.values)):
        said.append(DASHES)
    return canvas, notes(canvas, max(ends, default=y) + 2, said)


def _words(panel: _Panel, value: Value) -> list[str]:
    return wrapped(value.text(panel.unit), SMALL, panel.slot - 8)


def _last_line(panel: _Panel, value: Value) -> float:
    """The middle of the line of text just above a point and its interval."""
    return min(panel.y(value.value or 0) - 16, panel.y(value.high or 0) - 10)


def _text_top(panel: _Panel, value: Value) -> float:
    return _last_line(panel, value) - _LINE_HEIGHT * (len(_words(panel, value)) - 0.5)


def _draw_panel(panel: _Panel, row: Row, colour: str) -> None:
    canvas = panel.canvas
    ticks = ticks_of(canvas.low, canvas.high)
    for tick in ticks if panel.height == _ALONE else (ticks[0], ticks[len(ticks) // 2], ticks[-1]):
        y = panel.y(tick)
        canvas.line(_LEFT, WIDTH, y, y, LINE, width=1, plane=Plane.BACK)
        canvas.text(_LEFT - 6, y, tick_text(tick, panel.unit), colour=MUTED, align="right")
    points = list(enumerate(row.values))
    for (edition, value), (other_edition, other) in pairwise(points):
        if value.is_shown and other.is_shown:
            ends = panel.y(value.value or 0), panel.y(other.value or 0)
            canvas.line(panel.x(edition), panel.x(other_edition), *ends, outline(colour), dash=True, plane=Plane.BACK)
    for edition, value in points:
        _draw_point(panel, edition, value, colour)


def _draw_point(panel: _Panel, edition: int, value: Value, colour: str) -> None:
    """The number above its point; what is not shown says so at the bottom."""
    canvas, x = panel.canvas, panel.x(edition)
    if not value.is_shown:
        canvas.rect(
            x - 22,
            x + 22,
            panel.bottom - 15,
            panel.bottom,
            hatched(GREY) if value.withheld else WHITE,
            outline(GREY),
            dash=True,
        )
        last = panel.bottom - 24
    else:
        if value.low is not None and value.high is not None:
            ends = panel.y(value.low), panel.y(value.high)
            canvas.line(x, x, *ends, INK)
            for end in ends:
                canvas.line(x - 4, x + 4, end, end, INK)
        fill = hatched(colour) if is_vague(value) else colour
        canvas.symbol(x, panel.y(value.value or 0), "circle", 140, fill, INK)
        last = _last_line(panel, value)
    for place, line in enumerate(reversed(_words(panel, value))):
        colour_of_text = INK if value.is_shown else MUTED
        canvas.text(x, last - place * _LINE_HEIGHT, line, align="center", colour=colour_of_text, on_white=True)

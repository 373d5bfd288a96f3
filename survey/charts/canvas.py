"""Shapes in a drawing of fixed width, turned into one Altair chart.

Positions are units of the drawing, from the left and from the top; `at` turns a value into one.
Every shape lies on a plane; shapes of one kind on one plane become one layer, because each layer takes time to draw.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import altair as alt

from .fonts import text_width

#: Units of a drawing. A phone of 320 pixels shows it at five sixths, a wide screen at five quarters.
WIDTH = 320
LABEL, SMALL = 15, 13

INK, MUTED, LINE, WHITE = "#10222e", "#4a5c66", "#d9d3c6", "#ffffff"
TEAL, PALE, AMBER, SLATE, LILAC, GREY = "#0b5c72", "#86bccb", "#f2ab27", "#647985", "#ead7e6", "#b3ac9c"
#: What stands around a pale colour, so that it is seen on white.
OUTLINES = {PALE: "#2f7f94", AMBER: "#8a5a00", LILAC: "#6f3b63", GREY: "#857f70"}
#: Beside each other, and told apart without colour too: nearly black, light, grey, nearly white.
SERIES = (TEAL, AMBER, SLATE, LILAC)


def hatched(colour: str) -> str:
    """The fill that stripes of this colour make; `svg.py` knows it by this name."""
    return f"url(#hatch-{(outline(colour) if colour == LILAC else colour)[1:]})"


def outline(colour: str) -> str:
    """The colour around a surface."""
    return OUTLINES.get(colour, colour)


class Plane(IntEnum):
    """What lies over what."""

    BACK = 0
    SURFACE = 1
    OVER = 2
    LINE = 3
    MARK = 4
    PAPER = 5
    TEXT = 6


@dataclass(slots=True)
class Canvas:
    """A plot between `left` and `right`, on which `low` to `high` is drawn."""

    low: float
    high: float
    left: float = 1.0
    right: float = WIDTH - 1.0
    _layers: dict[tuple[Plane, str, tuple[tuple[str, Any], ...]], list[dict[str, Any]]] = field(default_factory=dict)

    def at(self, value: float) -> float:
        """Where a value lies; values beyond the scale stay on its edge."""
        inside = min(max(value, self.low), self.high)
        return self.left + (inside - self.low) / (self.high - self.low) * (self.right - self.left)

    def rect(
        self,
        x: float,
        x2: float,
        y: float,
        y2: float,
        fill: str,
        stroke: str = "none",
        *,
        dash: bool = False,
        plane: Plane = Plane.SURFACE,
    ) -> None:
        """A surface, with a line around it where `stroke` is a colour; `x` and `x2` in any order."""
        shape = {"x": min(x, x2), "x2": max(x, x2), "y": y, "y2": y2, "fill": fill, "stroke": stroke}
        self._add(plane, "rect", {"strokeWidth": 1.2, **_dashed(dash, 3, 2)}, shape)

    def line(
        self,
        x: float,
        x2: float,
        y: float,
        y2: float,
        colour: str = INK,
        *,
        width: float = 1.4,
        dash: bool = False,
        plane: Plane = Plane.LINE,
    ) -> None:
        """A straight line."""
        shape = {"x": x, "x2": x2, "y": y, "y2": y2, "stroke": colour}
        self._add(plane, "rule", {"strokeWidth": width, **_dashed(dash, 4, 3)}, shape)

    def symbol(self, x: float, y: float, shape: str, size: float, fill: str, stroke: str = INK) -> None:
        """A mark of Vega (`diamond`, `circle`, `triangle-right`); `size` is its surface."""
        style = {"shape": shape, "size": size, "strokeWidth": 1.4, "opacity": 1}
        self._add(Plane.MARK, "point", style, {"x": x, "y": y, "fill": fill, "stroke": stroke})

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SMALL,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
        on_white: bool = False,
    ) -> None:
        """One line of text; `y` is the middle of the line. `on_white`: what lies below it is covered."""
        if on_white:
            width = text_width(text, size, bold)
            start = x - {"left": 0.0, "center": width / 2, "right": width}[align]
            self.rect(start - 2, start + width + 2, y - size * 0.6, y + size * 0.6, WHITE, plane=Plane.PAPER)
        style = {"fontWeight": "bold" if bold else "normal", "fontSize": size, "align": align, "baseline": "middle"}
        self._add(Plane.TEXT, "text", style, {"x": x, "y": y, "fill": colour, "text": text})

    def lines(self, x: float, y: float, texts: Iterable[str], *, size: float = SMALL, **style: Any) -> float:
        """Lines of text below each other, the first one below `y`; returns where the next thing may begin."""
        for text in texts:
            self.text(x, y + size * 0.66, text, size=size, **style)
            y += size * 1.32
        return y

    def spec(self, height: float) -> dict[str, Any]:
        """Everything as one Altair chart in units of the drawing, ready for the engine."""
        encodings: dict[str, Any] = {
            "x": alt.X("x:Q", axis=None, scale=_units(WIDTH)),
            "y": alt.Y("y:Q", axis=None, scale=_units(height)),
            "x2": alt.X2("x2:Q"),
            "y2": alt.Y2("y2:Q"),
            "fill": alt.Fill("fill:N", scale=None),
            "stroke": alt.Stroke("stroke:N", scale=None),
            "text": alt.Text("text:N"),
        }
        layers = []
        for (_, mark, style), shapes in sorted(self._layers.items(), key=lambda layer: layer[0][0]):
            chart = alt.Chart(alt.InlineData(values=shapes))
            marked = getattr(chart, f"mark_{mark}")(**dict(style))
            layers.append(marked.encode(**{name: encodings[name] for name in shapes[0]}))
        # Checking the chart against its schema takes longer than drawing it; the tests draw every kind.
        return dict(alt.layer(*layers).properties(width=WIDTH, height=height).to_dict(validate=False))

    def _add(self, plane: Plane, mark: str, style: dict[str, Any], shape: dict[str, Any]) -> None:
        self._layers.setdefault((plane, mark, tuple(style.items())), []).append(shape)


def _units(size: float) -> alt.Scale:
    return alt.Scale(domain=[0, size], range=[0, size], nice=False, zero=False)


def _dashed(dash: bool, drawn: int, open_: int) -> dict[str, Any]:
    return {"strokeDash": (drawn, open_)} if dash else {}

"""Draws a chart. Only for commands: the engine takes 95 MB and hangs in a process that was forked after its first use."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

import vl_convert
from PIL import Image

from .bars import draw_bars, draw_diverging
from .canvas import INK, MUTED, WIDTH, Canvas
from .development import draw_development
from .fonts import FONT_FOLDER, text_width, wrapped
from .model import AnyChart, Bars, Box, Development, Distribution, Diverging
from .spread import draw_box, draw_distribution
from .svg import Plot, inline, plot_of, standalone, text_line
from .text import describe

_MARGIN = 20.0
_TITLE, _SMALL = 18.0, 13.0
_PNG_SCALE = 2
_PNG_COLOURS = 64
EXAMPLE_LABEL = "Voorbeeld: verzonnen antwoorden"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart for in a page, as a file that stands by itself (title, question and source in it), and that file as PNG."""

    svg: str
    svg_file: str
    png: bytes


def draw(chart: AnyChart) -> Drawing:
    """Draw it: about a tenth of a second, the first one in a process a second."""
    canvas, height = _drawn(chart)
    spec = canvas.spec(height) | {
        "autosize": "none",
        "padding": 0,
        "config": {"aria": False, "font": "Noto Sans", "view": {"stroke": None, "clip": False}},
    }
    _know_our_letters()
    plot = plot_of(vl_convert.vegalite_to_svg(spec, format_locale="nl-NL"), WIDTH, height, f"g{chart.key[:10]}")
    description = describe(chart)
    svg_file = _file(chart, plot, description)
    return Drawing(inline(plot, chart.title, description), svg_file, _png(svg_file))


def _png(svg_file: str) -> bytes:
    """With few colours: a sixth of the size, and nobody sees it."""
    picture = Image.open(BytesIO(vl_convert.svg_to_png(svg_file, scale=_PNG_SCALE))).convert("RGB")
    small = BytesIO()
    picture.quantize(_PNG_COLOURS, method=Image.Quantize.FASTOCTREE).save(small, "PNG")
    return small.getvalue()


def _drawn(chart: AnyChart) -> tuple[Canvas, float]:
    match chart:
        case Bars():
            return draw_bars(chart)
        case Diverging():
            return draw_diverging(chart)
        case Box():
            return draw_box(chart)
        case Distribution():
            return draw_distribution(chart)
        case Development():
            return draw_development(chart)


@cache
def _know_our_letters() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))


def _file(chart: AnyChart, plot: Plot, description: str) -> str:
    """Above the plot what it says and what was asked, below it who answered and where it comes from."""
    frame, y = [], _MARGIN
    if chart.is_example:
        width = text_width(EXAMPLE_LABEL, _SMALL, bold=True) + 20
        frame.append(f'<rect x="{_MARGIN}" y="{y}" width="{width:.1f}" height="24" rx="4" fill="#f2ab27"/>')
        frame.append(text_line(_MARGIN + 10, y + 17, EXAMPLE_LABEL, _SMALL, INK, bold=True))
        y += 34
    y = _lines(frame, y, chart.title, _TITLE, INK, bold=True) + 2
    y = _lines(frame, y, chart.question, _SMALL, MUTED)
    at = (_MARGIN, y + 8)
    y += plot.height + 14
    for text in (chart.base, chart.note, chart.source):
        y = _lines(frame, y, text, _SMALL, MUTED)
    size = (plot.width + 2 * _MARGIN, y + _MARGIN - 6)
    return standalone(plot, "".join(frame), size, at, (chart.title, description))


def _lines(frame: list[str], y: float, text: str, size: float, colour: str, *, bold: bool = False) -> float:
    for line in wrapped(text, size, WIDTH, bold):
        frame.append(text_line(_MARGIN, y + size, line, size, colour, bold=bold))
        y += size * 1.35
    return y

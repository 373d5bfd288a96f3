"""How scores and classes are spread: boxes per group, and shares of classes in one bar."""

from ..models import Qualifier
from ..wording import PERCENT, SCORE, UNREADABLE, number_text
from .canvas import GREY, INK, MUTED, SMALL, WHITE, WIDTH, Canvas, Plane, hatched, outline
from .fonts import text_width
from .model import Box, BoxRow, Distribution, Row, Value
from .parts import ROW_GAP, axis, cell, label, legend, notes, row_colour, ticks_of

BOX = 18.0
_MEANS = 76.0
#: From few to many, whatever the number of classes.
_PALEST, _MIDDLE, _DARKEST = (220, 236, 239), (84, 156, 174), (7, 63, 79)
_EDGE = "#2f7f94"
_SIGNS = {
    Qualifier.ALMOST: "<",
    Qualifier.LESS_THAN: "<",
    Qualifier.AT_MOST: "<",
    Qualifier.MORE_THAN: ">",
    Qualifier.ABOUT: "±",
    Qualifier.BETWEEN: "±",
}
BOX_NOTES = (
    "Blok: de middelste helft van de organisaties. Dikke streep: de middelste organisatie. Ruit: het gemiddelde.",
    "De lijn loopt van de grens van de laagste 10% tot die van de hoogste 10%.",
)


def draw_box(chart: Box) -> tuple[Canvas, float]:
    """A box per group with its mean in words at the right; returns the height too."""
    canvas = Canvas(chart.low, chart.high, left=6, right=WIDTH - _MEANS)
    canvas.text(WIDTH, 9, "gemiddelde", colour=MUTED, align="right")
    top = y = 20.0
    marked = any(row.highlighted for row in chart.rows)
    for row in chart.rows:
        y = label(canvas, y, row.label, bold=row.highlighted)
        if row.is_shown:
            _box(canvas, y, row, row_colour(row.highlighted, marked))
        else:
            reason = Value(withheld=row.withheld).text(chart.unit) if row.withheld else UNREADABLE
            cell(canvas, canvas.left, y, reason, withheld=bool(row.withheld), height=BOX)
        y += BOX + ROW_GAP
    bottom = y - ROW_GAP + 6
    y = axis(canvas, top, bottom, ticks_of(chart.low, chart.high), chart.unit)
    if chart.unit == SCORE:
        y = canvas.lines(0, y - 2, ["Score van 1 (laagst) tot 5 (hoogst)"], colour=MUTED) + 3
    said = BOX_NOTES if any(row.p10 is not None for row in chart.rows) else BOX_NOTES[:1]
    return canvas, notes(canvas, y, said if any(row.has_box for row in chart.rows) else ("Ruit: het gemiddelde.",))


def _box(canvas: Canvas, y: float, row: BoxRow, colour: str) -> None:
    middle = y + BOX / 2
    if row.p10 is not None and row.p90 is not None:
        low, high = canvas.at(row.p10), canvas.at(row.p90)
        canvas.line(low, high, middle, middle, plane=Plane.BACK)
        for end in (low, high):
            canvas.line(end, end, middle - 5, middle + 5, plane=Plane.BACK)
    if row.q1 is not None and row.q3 is not None:
        canvas.rect(canvas.at(row.q1), canvas.at(row.q3), y, y + BOX, colour, outline(colour))
    if row.median is not None:
        x = canvas.at(row.median)
        canvas.line(x, x, y - 1.5, y + BOX + 1.5, WHITE, width=6)
        canvas.line(x, x, y - 1.5, y + BOX + 1.5, INK, width=3)
    if row.mean is not None:
        canvas.symbol(canvas.at(row.mean), middle, "diamond", 90, WHITE)
        words = number_text(row.mean, SCORE, decimals=1)
        canvas.text(WIDTH, middle, words, size=SMALL + 1, bold=row.highlighted, align="right")


def draw_distribution(chart: Distribution) -> tuple[Canvas, float]:
    """One bar of 100 percent per row; with one row the legend carries the numbers."""
    shades = [shade(place, len(chart.classes)) for place in range(len(chart.classes))]
    canvas = Canvas(0, 100, right=WIDTH - 1)
    names = list(chart.classes)
    if len(chart.rows) == 1:
        names = [f"{name}: {value.text(PERCENT)}" for name, value in zip(names, chart.rows[0].values, strict=True)]
    y = legend(canvas, 2.0, zip(names, shades, strict=True), _EDGE)
    for row in chart.rows:
        if row.label:
            y = label(canvas, y, row.label, bold=row.highlighted)
        _segments(canvas, y, row, shades)
        y += 26 + ROW_GAP
    values = [value for row in chart.rows for value in row.values]
    signs = {_SIGNS.get(Qualifier(value.qualifier), "") for value in values if value.is_shown} - {""}
    said = [f"{' '.join(sorted(signs))}: de bron geeft geen precies getal."] if signs else []
    partly = [row.values for row in chart.rows if any(value.is_shown for value in row.values)]
    reasons = {value.text(PERCENT) for values in partly for value in values if not value.is_shown}
    said += [f"Niet getoond: {reason}." for reason in sorted(reasons)]
    return canvas, notes(canvas, y - 4, said)


def shade(place: int, classes: int) -> str:
    """The colour of a class: the more, the darker; one class alone is dark."""
    part = place / (classes - 1) if classes > 1 else 1.0
    ends, part = ((_PALEST, _MIDDLE), part * 2) if part <= 0.5 else ((_MIDDLE, _DARKEST), part * 2 - 1)
    return "#" + "".join(f"{round(first + (last - first) * part):02x}" for first, last in zip(*ends, strict=True))


def letters_on(fill: str) -> str:
    """White or black, whichever is read best: ink would be too pale on the shades between."""
    return WHITE if luminance(fill) < 0.179 else "#000000"


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1, as WCAG reckons."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _segments(canvas: Canvas, y: float, row: Row, shades: list[str]) -> None:
    hidden = [value for value in row.values if not value.is_shown]
    withheld = [value for value in hidden if value.withheld]
    # The rest of the bar would be the number of a class that stands alone in being withheld.
    if len(hidden) == len(row.values) or len(withheld) == 1:
        cell(canvas, canvas.left, y, hidden[0].text(PERCENT), withheld=bool(withheld), height=26)
        return
    start, rest = 0.0, 100 - sum(value.value or 0.0 for value in row.values if value.is_shown)
    for place, value in enumerate(row.values):
        if value.is_shown and value.value is not None:
            _segment(canvas, y, start, value, shades[place])
            start += value.value
        elif value is hidden[0] and rest > 1:
            fill = hatched(GREY) if withheld else WHITE
            canvas.rect(canvas.at(start), canvas.at(start + rest), y, y + 26, fill, outline(GREY), dash=True)
            start += rest


def _segment(canvas: Canvas, y: float, start: float, value: Value, fill: str) -> None:
    """With its number where that fits."""
    size = value.value or 0.0
    x, x2 = canvas.at(start), canvas.at(start + size)
    canvas.rect(x, x2, y, y + 26, fill, _EDGE)
    digits = _SIGNS.get(Qualifier(value.qualifier), "") + number_text(size, PERCENT, decimals=0)
    for words in (digits, digits.removesuffix("%")):
        if text_width(words, SMALL) + 6 <= x2 - x:
            canvas.text((x + x2) / 2, y + 13, words, align="center", colour=letters_on(fill))
            return

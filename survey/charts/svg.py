"""From what Vega drew to a picture that may stand in a page: only shapes and letters, named once, in little space."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

#: Attributes that are kept; with `id`, `role`, `style` and `aria-*` left out, two drawings can share a page.
_KEPT = {
    "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "transform", "fill", "stroke", "stroke-width",
    "stroke-dasharray", "text-anchor", "font-size", "font-weight",
}  # fmt: skip
_SHAPES = {"g", "path", "line", "rect", "circle", "text"}
_NUMBER = re.compile(r"-?\d+\.\d+")
_HATCH = re.compile(r"url\(#hatch-([0-9a-f]{6})\)")
#: What says nothing because it is so anyway.
_DEFAULTS = {
    ("font-weight", "normal"), ("text-anchor", "start"), ("stroke", "none"), ("transform", "translate(0,0)"), ("x2", "0"), ("y2", "0"),
}  # fmt: skip

FONTS = "'Noto Sans Variable','Noto Sans',sans-serif"


@dataclass(frozen=True, slots=True)
class Plot:
    """Shapes without a root: `shapes` is safe SVG whose patterns are named after `prefix`; sizes in units."""

    shapes: str
    width: float
    height: float
    prefix: str


def plot_of(drawn: str, width: float, height: float, prefix: str) -> Plot:
    """The shapes of an SVG file of Vega. A shape that we do not know is a mistake of ours: ValueError."""
    root = ElementTree.fromstring(drawn)  # noqa: S314  # made by Vega a moment ago, not sent by anybody
    inner = next(child for child in root if _name(child) == "g")
    shapes = _written(inner)
    patterns = "".join(_pattern(colour, prefix) for colour in sorted(set(_HATCH.findall(shapes))))
    shapes = _HATCH.sub(rf"url(#{prefix}-\1)", shapes)
    return Plot(f"<defs>{patterns}</defs>{shapes}" if patterns else shapes, width, height, prefix)


def inline(plot: Plot, title: str, description: str) -> str:
    """For in a page: as wide as its place, with a name and a text that says what there is to see."""
    return _root(
        f'viewBox="0 0 {_short(plot.width)} {_short(plot.height)}" class="ib-chart"',
        plot,
        title,
        description,
        plot.shapes,
    )


def standalone(
    plot: Plot, frame: str, size: tuple[float, float], at: tuple[float, float], texts: tuple[str, str]
) -> str:
    """A file of its own: `frame` is drawn below, the plot at `at`, `texts` are title and description."""
    width, height = (_short(part) for part in size)
    attributes = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    body = f'<rect width="100%" height="100%" fill="#fff"/>{frame}<g transform="translate({_short(at[0])},{_short(at[1])})">{plot.shapes}</g>'
    return _root(attributes, plot, *texts, body)


def text_line(x: float, y: float, text: str, size: float, fill: str, *, bold: bool = False) -> str:
    """One line of text in the frame of a file; `y` is its base line."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{_short(x)}" y="{_short(y)}" font-size="{_short(size)}" fill={quoteattr(fill)}{weight}>{escape(text)}</text>'


def _root(attributes: str, plot: Plot, title: str, description: str, body: str) -> str:
    name = plot.prefix
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes} role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d" '
        f'font-family="{FONTS}"><title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
        f"{body}</svg>"
    )


def _written(element: Element) -> str:
    name = _name(element)
    if name not in _SHAPES:
        raise ValueError(f"Vega drew a <{name}>.")
    inner = escape(element.text or "") if name == "text" else "".join(_written(child) for child in element)
    attributes = _attributes(element)
    if name == "g":
        # Only a place or a colour makes a group worth keeping.
        return f"<g{attributes}>{inner}</g>" if attributes and inner else inner
    if name == "path" and not (element.get("d") and element.get("fill", element.get("stroke"))):
        return ""
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _attributes(element: Element) -> str:
    kept = {name: _rounded(value) for name, value in element.attrib.items() if name in _KEPT}
    if _name(element) == "g":
        kept = {name: value for name, value in kept.items() if name == "transform"}
    if kept.get("stroke", "none") == "none":
        kept.pop("stroke-width", None)
        kept.pop("stroke-dasharray", None)
    return "".join(f" {name}={quoteattr(value)}" for name, value in kept.items() if (name, value) not in _DEFAULTS)


def _rounded(value: str) -> str:
    return _NUMBER.sub(lambda found: _short(float(found[0])), value.removesuffix("px"))


def _short(number: float) -> str:
    """One decimal of a unit is finer than a screen."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _pattern(colour: str, prefix: str) -> str:
    """Stripes that stay apart in black and white."""
    return (
        f'<pattern id="{prefix}-{colour}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="5" height="5" fill="#fff"/><rect width="2.4" height="5" fill="#{colour}"/></pattern>'
    )

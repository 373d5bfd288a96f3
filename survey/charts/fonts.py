"""How wide a text is in the letters of the site, and where it must be broken."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

FONT_FOLDER = Path(__file__).parent / "fonts"
_MEASURED_AT = 100
#: A reader's own copy of the letters may be a little wider.
_SLACK = 1.02


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FOLDER / ("NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"), _MEASURED_AT)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """In the unit of `size`."""
    return _font(bold).getlength(text) * size / _MEASURED_AT * _SLACK


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """Lines that fit; a word that is too long by itself keeps a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

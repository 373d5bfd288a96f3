"""From what stands in one cell to the value of a field, or a CellError that says what to do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import linebreaks
from django.utils.text import get_text_list
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from ..blocks import RICH_TEXT
from ..choices import Certainty, Outcome
from ..models.cases import MOST_INTRODUCTION
from .words import CellError

EARLIEST, LATEST = 1850, 2100
YES, NO = {"ja", "j", "waar", "true", "yes", "1", "x"}, {"", "nee", "n", "onwaar", "false", "no", "0"}
_TAG = re.compile(r"</?[a-zA-Z!]")
#: Markup that the editor makes too, and nothing else: it needs no cleaning.
_PLAIN_TAG = re.compile(r"</?(?:p|b|strong|i|em|ul|ol|li|br)(?: data-block-key=\"\w+\")?\s*/?>")
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_KNOWN_TAGS = {"p", "b", "strong", "i", "em", "ul", "ol", "li", "br", "a"}
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column that fills one field by itself."""

    field: str
    read: Callable[[Any], Any]


def text_of(value: Any) -> str:
    """Text without spaces around it; lines end in a newline."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise CellError("Hier hoort tekst te staan.", str(value))
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def short_text(longest: int, *, required: bool = False) -> Callable[[Any], str]:
    """One line of at most so many characters."""

    def read(value: Any) -> str:
        text = " ".join(text_of(value).split())
        if required and not text:
            raise CellError("Dit mag niet leeg zijn. Vul het in.")
        if len(text) > longest:
            raise CellError(f"Dit zijn {len(text)} tekens; hoogstens {longest} passen. Kort het in.", text)
        return text

    return read


def year(value: Any) -> int | None:
    """Four digits, or nothing."""
    text = text_of(value)
    if not text:
        return None
    number = re.fullmatch(r"(\d{4})(?:\.0)?", text, re.ASCII)
    if number is None or not EARLIEST <= int(number[1]) <= LATEST:
        raise CellError(f"Schrijf een jaar met vier cijfers, van {EARLIEST} tot en met {LATEST}.", text)
    return int(number[1])


def yes_or_no(value: Any) -> bool:
    """Whether a condition is met."""
    if isinstance(value, bool):
        return value
    word = text_of(value).casefold()
    if word not in YES | NO:
        raise CellError("Vul ja of nee in.", word)
    return word in YES


def one_of(choices: "type[Outcome | Certainty]") -> Callable[[Any], str]:
    """One of some codes, or its label."""
    codes = {way.casefold(): code for code, label in choices.choices for way in (code, str(label))}

    def read(value: Any) -> str:
        word = text_of(value)
        if word.casefold() in codes:
            return codes[word.casefold()]
        known = get_text_list(choices.values, "of")
        raise CellError(f"Dit mag niet leeg zijn. Kies {known}." if not word else f"Kies {known}.", word)

    return read


def rich_text(value: Any) -> str:
    """HTML that the editor could have made. Text without markup becomes paragraphs."""
    text = text_of(value)
    if not text:
        return ""
    if not _TAG.search(text):
        return linebreaks(text, autoescape=True)
    if _is_clean(text):
        return text
    try:
        return str(_converter().to_database_format(_converter().from_database_format(text)))
    except (AssertionError, LookupError, ValueError, RecursionError) as error:
        raise CellError("Deze opmaak is niet te lezen. Gebruik gewone tekst.", text) from error


def foreign_markup(value: Any) -> list[str]:
    """The tags that a text may not have, which are left out."""
    return sorted({name.lower() for name in _NAME.findall(value)} - _KNOWN_TAGS) if isinstance(value, str) else []


def _is_clean(text: str) -> bool:
    """Only plain tags, each closed in its turn."""
    if "<" in _PLAIN_TAG.sub("", text):
        return False
    opened: list[str] = []
    for match in _PLAIN_TAG.finditer(text):
        name = _NAME.findall(match[0])[0]
        if name == "br":
            continue
        if not match[0].startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


@lru_cache(maxsize=1)
def _converter() -> ContentstateConverter:
    return ContentstateConverter(RICH_TEXT)


#: Column of the export -> the field it fills.
TEXT_COLUMNS = {
    "titel": TextColumn("title", short_text(255, required=True)),
    "uitkomst": TextColumn("outcome", one_of(Outcome)),
    "jaar": TextColumn("start_year", year),
    "jaar_einde": TextColumn("end_year", year),
    "periode": TextColumn("period_note", short_text(120)),
    "zekerheid": TextColumn("certainty", one_of(Certainty)),
    "samenvatting": TextColumn("introduction", short_text(MOST_INTRODUCTION, required=True)),
    "in_het_kort": TextColumn("in_brief", text_of),
    "bedoeling": TextColumn("intention", rich_text),
    "aanpak": TextColumn("approach", rich_text),
    "resultaat": TextColumn("result", rich_text),
    "lessen": TextColumn("lessons", rich_text),
    "kan_dit_bij_ons": TextColumn("transfer", rich_text),
    "vroege_signalen": TextColumn("early_signals", rich_text),
    "anders_doen": TextColumn("do_differently", rich_text),
    "goed_bedoeld": TextColumn("meant_well", yes_or_no),
    "goed_voorbereid": TextColumn("prepared_well", yes_or_no),
    "anders_gelopen": TextColumn("ended_otherwise", yes_or_no),
    "geleerd_en_gedeeld": TextColumn("shared_lessons", yes_or_no),
}
#: What a new case needs.
REQUIRED = ("titel", "uitkomst", "samenvatting")

"""Whether a cell says what the case already says, and what would change in words that somebody can compare."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags

from survey import spreadsheets

from .plan import Change

#: Characters of a text that the preview shows on each side.
LONGEST_SHOWN = 240
#: So many characters before the first difference are shown.
BEFORE_DIFFERENCE = 60


def is_same(cell: Any, exported: Any, form: str) -> bool:
    """Whether a cell holds exactly what the export of this kind of file writes for the case."""
    return bool(_plain(cell) == _plain(as_read(exported, form)))


def as_read(exported: Any, form: str) -> Any:
    """What reading gives back of what the export writes."""
    if form == "json":
        return exported
    value = spreadsheets.xlsx_value(exported) if form == "xlsx" else spreadsheets.safe_cell(exported)
    return "" if value is None else spreadsheets.plain_cell(str(value))


def _plain(value: Any) -> Any:
    """Line ends and the spaces around a text are not told apart: spreadsheets and forms change them."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, list):
        return [{name: _plain(one) for name, one in item.items()} if isinstance(item, dict) else item for item in value]
    return "" if value is None else value


def change_of_text(column: str, before: Any, after: Any) -> Change:
    """The part of two texts where they begin to differ."""
    old, new = _shown(before), _shown(after)
    if strip_tags(old) != strip_tags(new):
        old, new = strip_tags(old), strip_tags(new)
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - BEFORE_DIFFERENCE) if max(len(old), len(new)) > LONGEST_SHOWN else 0
    return Change(column, _window(old, start), _window(new, start))


def _window(text: str, start: int) -> str:
    end = start + LONGEST_SHOWN
    return f"{'…' if start and text else ''}{text[start:end]}{'…' if len(text) > end else ''}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)


def change_of_list(column: str, before: Iterable[dict[str, str]], after: Iterable[dict[str, str]]) -> Change:
    """The items that go and those that come; when only their order differs, all of them."""
    old, new = [_line(item) for item in before], [_line(item) for item in after]
    gone, came = [line for line in old if line not in new], [line for line in new if line not in old]
    if not (gone or came):
        gone, came = old, new
    return Change(column, "\n".join(gone), "\n".join(came))


def _line(item: dict[str, str]) -> str:
    values = [value for value in item.values() if value]
    return json.dumps(item) if not values else " · ".join(values)

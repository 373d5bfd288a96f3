"""What a browser would send when somebody opens a page and presses the button."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """The fields of every form on a page, with what is in them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.area = self.choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "input" and name:
            kind = found.get("type", "text")
            if kind not in ("checkbox", "radio", "file", "submit") or (kind != "file" and "checked" in found):
                self.fields.setdefault(name, []).append(found.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            self.fields.setdefault(name, []).append("")
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and "selected" in found:
            self.fields.setdefault(self.choice, []).append(found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.choice = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area][-1] += data


def filled_form(page: Any, **changes: Any) -> dict[str, Any]:
    """The fields of this response, with changes written over them."""
    parser = _Fields()
    parser.feed(page.content.decode())
    return parser.fields | changes

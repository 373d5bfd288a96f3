"""Small things every page needs."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def crumbs(*parts: str) -> list[tuple[str, str]]:
    """Label, address, label, address, ...; home comes first by itself and the last address may be left out."""
    padded = [*parts, ""] if len(parts) % 2 else list(parts)
    return [("Home", "/"), *zip(padded[::2], padded[1::2], strict=True)]


@register.simple_tag
def site_icon(name: str) -> SafeString:
    """A small picture; `components/icon.html` says which there are. Made once: a list of cases has dozens. Wagtail has an `icon` of its own."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return render_to_string("components/icon.html", {"name": name})


@register.filter
def table_rows(rows: list[list[dict[str, Any]]]) -> SafeString:
    """The body of `components/table.html`. Written here because a page of numbers has hundreds of cells."""
    return mark_safe("".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows))  # each text is escaped below


def _cells(row: list[dict[str, Any]]) -> Iterator[str]:
    for place, cell in enumerate(row):
        text = conditional_escape(cell["text"])
        if url := cell.get("url"):
            text = format_html('<a class="nl-link" href="{}">{}</a>', url, text)
        if place == 0:
            yield f'<th scope="row">{text}</th>'
        elif cell.get("withheld"):
            yield f'<td class="ib-withheld">{text}</td>'
        elif cell.get("numeric"):
            yield f'<td class="ib-num">{text}</td>'
        else:
            yield f"<td>{text}</td>"


@register.filter
def with_notes(ways: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Pairs of label and address as `components/empty_state.html` wants them, without a note."""
    return [(label, address, "") for label, address in ways]


@register.filter
def levels_kept(html: str) -> SafeString:
    """Rich text whose headings begin at level two, below the title of the page, so that no level is skipped."""
    text = str(html)
    if "<h2" not in text:
        text = text.replace("<h3", "<h2").replace("</h3>", "</h2>")
    return mark_safe(text)


@register.simple_tag
def pairs(*parts: str) -> list[tuple[str, str]]:
    """Label, address, label, address, ... as pairs."""
    return list(zip(parts[::2], parts[1::2], strict=True))

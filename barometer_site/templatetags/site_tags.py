"""Small things every page needs."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def crumbs(*parts: str) -> list[tuple[str, str]]:
    """Label, address, label, address, ...; home comes first by itself and the last address may be left out."""
    padded = [*parts, ""] if len(parts) % 2 else list(parts)
    return [("Home", "/"), *zip(padded[::2], padded[1::2], strict=True)]


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

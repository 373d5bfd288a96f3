"""From the plain Markdown of content files to the rich text of pages."""

import markdown


def to_html(text: str) -> str:
    """Paragraphs, lists, emphasis and links; nothing for an empty text."""
    return markdown.markdown(text, output_format="html") if text.strip() else ""


def to_lines(text: str) -> list[str]:
    """The points of a list, one a line."""
    return [line.lstrip("-* ").strip() for line in text.splitlines() if line.lstrip().startswith(("-", "*"))]

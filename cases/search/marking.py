"""Shows where the words were found: marked titles and the most telling piece of a text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from tantivy import Document, Occur, Query, Searcher, Snippet, SnippetGenerator

from cases.search.queries import Term
from cases.search.results import MatchedField
from cases.search.schema import TEXT_FIELDS, schema

PIECE = 190
"""Length of a piece of text in bytes, before it is stretched to whole sentences where one is near."""
STRETCH = 70
WHOLE = 1_000_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """The texts of a hit, escaped and with marks, and the fields that hold a word."""

    title: str
    summary: str
    piece: str | None
    """The part of the text that holds most of the words; None when it holds none."""
    fields: tuple[MatchedField, ...]


class Marker:
    """Marks the forms of the found words in the texts of found cases."""

    def __init__(self, searcher: Searcher, terms: Iterable[Term]) -> None:
        forms = list(dict.fromkeys(form for term in terms for form in term.marked))
        self._generators: dict[str, SnippetGenerator] = {}
        for field in TEXT_FIELDS if forms else ():
            wanted = [(Occur.Should, Query.term_query(schema(), field.name, form)) for form in forms]
            generator = SnippetGenerator.create(searcher, Query.boolean_query(wanted), schema(), field.name)
            generator.set_max_num_chars(PIECE if field.name == "body" else WHOLE)
            self._generators[field.name] = generator

    def mark(self, document: Document) -> Marked:
        """Everything a hit shows, from one look at every field."""
        snippets = {name: generator.snippet_from_doc(document) for name, generator in self._generators.items()}
        return Marked(
            title=_whole(document, "title", snippets.get("title")),
            summary=_whole(document, "summary", snippets.get("summary")),
            piece=_piece(document, snippets["body"]) if "body" in snippets else None,
            fields=tuple(
                field.label for field in TEXT_FIELDS if field.name in snippets and snippets[field.name].highlighted()
            ),
        )


def _marks(snippet: Snippet) -> list[Span]:
    """Where the words stand in the whole text; the engine counts in bytes, and so does all of this."""
    begin = snippet.fragment_range().start
    return [(begin + place.start, begin + place.end) for place in snippet.highlighted()]


def _whole(document: Document, field: str, snippet: Snippet | None) -> str:
    text = str(document.get_first(field) or "")
    if snippet is None or not text:
        return escape(text)
    return _marked(text.encode(), _marks(snippet), 0, len(text.encode()))


def _piece(document: Document, snippet: Snippet) -> str | None:
    marks = _marks(snippet)
    if not marks:
        return None
    text = str(document.get_first("body") or "").encode()
    place = snippet.fragment_range()
    start, end = _stretched(text, *_one_paragraph(text, marks, place.start, place.end))
    before = "" if _opens_sentence(text, start) else "… "
    after = "" if _closes_sentence(text, end) else " …"
    return before + _marked(text, marks, start, end).strip() + after


def _marked(text: bytes, marks: Sequence[Span], start: int, end: int) -> str:
    parts, at = [], start
    for mark_start, mark_end in sorted(marks):
        if mark_start < at or mark_end > end:
            continue
        parts.append(_escaped(text[at:mark_start]))
        parts.append(f"<mark>{_escaped(text[mark_start:mark_end])}</mark>")
        at = mark_end
    parts.append(_escaped(text[at:end]))
    return "".join(parts)


def _escaped(piece: bytes) -> str:
    return escape(piece.decode("utf-8", "ignore"))


def _one_paragraph(text: bytes, marks: Sequence[Span], start: int, end: int) -> Span:
    """Leaves out the paragraphs before the first mark and after the last one."""
    start = max(start, text.rfind(b"\n", start, marks[0][0]) + 1)
    after = text.find(b"\n", marks[-1][1], end)
    return start, after if after >= 0 else end


def _stretched(text: bytes, start: int, end: int) -> Span:
    """Moves both ends to the edge of a sentence where one is near, else to the edge of a word."""
    left = text[max(0, start - STRETCH) : start]
    edge = max(left.rfind(mark) + len(mark) if mark in left else 0 for mark in (b". ", b"! ", b"? ", b"\n"))
    if edge:
        start = start - len(left) + edge
    elif start <= STRETCH:
        start = 0
    else:
        while start > 0 and text[start - 1 : start] not in (b" ", b"\n"):
            start -= 1
    right = text[end : end + STRETCH]
    closings = [right.find(mark) for mark in (b". ", b"! ", b"? ", b".\n", b"!\n", b"?\n", b"\n") if mark in right]
    if closings:
        end += min(closings) + (0 if right[min(closings) : min(closings) + 1] == b"\n" else 1)
    elif len(text) - end <= STRETCH:
        end = len(text)
    else:
        while end < len(text) and text[end : end + 1] not in (b" ", b"\n"):
            end += 1
    return start, end


def _opens_sentence(text: bytes, start: int) -> bool:
    return text[:start].rstrip(b" ").endswith((b".", b"!", b"?", b"\n")) or not text[:start].strip()


def _closes_sentence(text: bytes, end: int) -> bool:
    return (
        text[:end].rstrip().endswith((b".", b"!", b"?", b":")) or not text[end:].strip() or text[end : end + 1] == b"\n"
    )

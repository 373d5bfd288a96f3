"""Shows where the words were found: marked titles and the most telling piece of a text."""

from collections.abc import Iterable, Sequence
from html import escape

from tantivy import Document, Occur, Query, Searcher, SnippetGenerator

from cases.search.queries import Term
from cases.search.results import MatchedField
from cases.search.schema import TEXT_FIELDS, schema

PIECE = 190
"""Length of a piece of text in bytes, before it is stretched to whole sentences where one is near."""
STRETCH = 70
WHOLE = 1_000_000

Span = tuple[int, int]


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

    def whole(self, document: Document, field: str) -> str:
        """The escaped text of a field with the words marked."""
        text = str(document.get_first(field) or "")
        if field not in self._generators or not text:
            return escape(text)
        snippet = self._generators[field].snippet_from_doc(document)
        marks = [(place.start, place.end) for place in snippet.highlighted()]
        begin = snippet.fragment_range().start
        return _marked(text.encode(), [(begin + start, begin + end) for start, end in marks], 0, len(text.encode()))

    def piece(self, document: Document) -> str | None:
        """The piece of the body that holds most of the words; None when it holds none."""
        generator = self._generators.get("body")
        if generator is None:
            return None
        snippet = generator.snippet_from_doc(document)
        begin = snippet.fragment_range().start
        marks = [(begin + place.start, begin + place.end) for place in snippet.highlighted()]
        if not marks:
            return None
        text = str(document.get_first("body") or "").encode()
        start, end = _one_paragraph(text, marks, begin, snippet.fragment_range().end)
        start, end = _stretched(text, start, end)
        before = "" if _opens_sentence(text, start) else "… "
        after = "" if _closes_sentence(text, end) else " …"
        return before + _marked(text, marks, start, end).strip() + after

    def matched_in(self, document: Document) -> tuple[MatchedField, ...]:
        """The fields in which any of the words stands, the weightiest first."""
        return tuple(
            field.label
            for field in TEXT_FIELDS
            if field.name in self._generators and self._generators[field.name].snippet_from_doc(document).highlighted()
        )


def _marked(text: bytes, marks: Sequence[Span], start: int, end: int) -> str:
    """The engine counts in bytes, and so does this."""
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

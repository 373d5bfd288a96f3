"""From lines to whole records, all of the same width, each with its row in the spreadsheet.

pandas fills a row that is too short with empty cells without a word; so rows are counted and measured here first.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .files import Table, fields_of
from .mistakes import Mistake, MistakeList, refused

#: Characters in a cell; no spreadsheet holds more.
LONGEST_CELL = 32_767
#: Bytes of one record; a quote that is never closed would swallow the rest of the file.
LONGEST_RECORD = 4 * 1024**2
_QUOTE = ord('"')
_NEWLINE = ord("\n")

Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Some records. `rows`: their rows in the spreadsheet; `ends`: where each ends in `data`, its newline included."""

    data: bytes
    rows: Offsets
    ends: Offsets
    delimiter: str
    share: float

    def cell(self, record: int, column: int) -> str:
        """What stands there, as it is written."""
        start = int(self.ends[record - 1]) if record else 0
        fields = fields_of(self.data[start : int(self.ends[record])].decode().rstrip("\n"), self.delimiter)
        return fields[column] if column < len(fields) else ""


@dataclass(slots=True)
class Records:
    """Reads a table record by record. Rows of a wrong width are told and left out; `width` is known after the first.

    `loose_end`: row and last cell of a file that does not end with a newline, known after the last block.
    """

    table: Table
    mistakes: MistakeList
    width: int = 0
    loose_end: tuple[int, str] | None = None

    def blocks(self) -> Iterator[Block]:
        """Raises SurveyFileError when quotes don't fit: then nobody knows where the rows are."""
        row = self.table.header_row + 1
        kept = b""
        share = 0.0
        for lines, share in self.table.lines():
            data = kept + lines
            ends, quotes = self._ends(data, row, is_last=False)
            cut = int(ends[-1]) if len(ends) else 0
            kept = data[cut:]
            if len(kept) > LONGEST_RECORD:
                raise self._endless(row + len(ends), quotes)
            if cut:
                yield self._even(data[:cut], ends, quotes, row, share)
                row += len(ends)
        if kept:
            data = kept + b"\n"
            ends, quotes = self._ends(data, row, is_last=True)
            fields = fields_of(kept.decode(), self.table.delimiter)
            if len(fields) == len(self.table.header):
                self.loose_end = row, fields[-1].strip()
            yield self._even(data, ends, quotes, row, share)

    def _ends(self, data: bytes, row: int, *, is_last: bool) -> tuple[Offsets, Offsets]:
        """Where records end, and where quotes stand."""
        characters = np.frombuffer(data, np.uint8)
        ends = np.flatnonzero(characters == _NEWLINE) + 1
        if b'"' not in data:
            return ends, np.empty(0, np.int64)
        quotes = np.flatnonzero(characters == _QUOTE)
        ends = _outside(ends, quotes)
        if (wrong := self._misplaced(characters, quotes, is_last=is_last)) is not None:
            at = row + int(np.searchsorted(ends, quotes[wrong], side="right"))
            raise refused(
                "Hier staat een aanhalingsteken op een verkeerde plaats. Zet het hele antwoord tussen aanhalingstekens "
                'en schrijf een aanhalingsteken in een antwoord dubbel ("").',
                at,
            )
        return ends, quotes

    def _misplaced(self, characters: NDArray[np.uint8], quotes: Offsets, *, is_last: bool) -> int | None:
        """The first quote that does not belong where it stands: one opens a cell, the next closes it, in turn."""
        edges = np.array([ord(self.table.delimiter), _NEWLINE], np.uint8)
        opening, closing = quotes[0::2], quotes[1::2]
        before = characters[np.maximum(opening - 1, 0)]
        opens = (opening == 0) | np.isin(before, edges)
        opens[1:] |= opening[1:] == closing[: len(opening) - 1] + 1  # a doubled quote inside a cell
        after_at = closing + 1
        inside = after_at < len(characters)
        after = characters[np.minimum(after_at, len(characters) - 1)]
        closes = ~inside | np.isin(after, edges)
        doubled = opening[1:][: len(closing)]
        closes[: len(doubled)] |= doubled == closing[: len(doubled)] + 1
        wrong = [2 * int(found[0]) for found in (np.flatnonzero(~opens), np.flatnonzero(~closes)) if len(found)]
        if is_last and len(quotes) % 2:
            wrong.append(len(quotes) - 1)
        return min(wrong, default=None)

    def _endless(self, row: int, quotes: Offsets) -> Exception:
        if len(quotes) % 2:
            return refused("In deze rij opent een aanhalingsteken dat niet meer sluit. Maak de export opnieuw.", row)
        return refused("Deze rij is veel te lang voor een rij met antwoorden. Maak de export opnieuw.", row)

    def _even(self, data: bytes, ends: Offsets, quotes: Offsets, row: int, share: float) -> Block:
        """The records with the same number of cells each; what can't be made so is a mistake."""
        characters = np.frombuffer(data, np.uint8)
        delimiter = characters == ord(self.table.delimiter)
        quotes = quotes[quotes < len(data)]
        if len(quotes):
            places = np.flatnonzero(delimiter)
            delimiter[places[np.searchsorted(quotes, places) % 2 == 1]] = False
        starts = np.concatenate([[0], ends[:-1]])
        widths = np.add.reduceat(delimiter.view(np.uint8), starts, dtype=np.int32) + 1
        lengths = ends - starts
        named = len(self.table.header)
        if not self.width:
            usual = widths[(widths >= named) & (widths < named + 1000)]
            self.width = int(np.bincount(usual).argmax()) if len(usual) else named
        rows = row + np.arange(len(ends), dtype=np.int64)
        odd = (widths != self.width) | (lengths <= self.width) | (lengths > LONGEST_CELL)
        if not odd.any():
            return Block(data, rows, ends, self.table.delimiter, share)
        blank = np.isin(characters, np.frombuffer(f"{self.table.delimiter}\n ".encode(), np.uint8))
        filled = np.add.reduceat((~blank).view(np.uint8), starts, dtype=np.int32) > 0
        if not filled.all():  # a file may have millions of them, so they go all at once
            data = characters[np.repeat(filled, lengths)].tobytes()
            rows, odd, lengths = rows[filled], odd[filled], lengths[filled]
            ends = np.cumsum(lengths, dtype=np.int64)
            starts = ends - lengths
        lines: list[bytes] = []
        keep = np.ones(len(ends), bool)
        for record in range(len(ends)):
            line = data[starts[record] : ends[record]]
            if odd[record]:
                evened = self._evened(line, int(rows[record]))
                keep[record] = evened is not None
                line = evened or b""
            lines.append(line)
        kept = [line for line, is_kept in zip(lines, keep, strict=True) if is_kept]
        return Block(
            b"".join(kept),
            rows[keep],
            np.cumsum([len(line) for line in kept], dtype=np.int64),
            self.table.delimiter,
            share,
        )

    def _evened(self, line: bytes, row: int) -> bytes | None:
        """The record in the right width; nothing when it is empty or wrong."""
        named = len(self.table.header)
        text = line.decode().rstrip("\n")
        fields = fields_of(text, self.table.delimiter)
        if not any(field.strip() for field in fields) and (fields or not text.strip()):
            return None
        filled = len(fields)
        while filled > named and not fields[filled - 1].strip():
            filled -= 1
        for column, field in enumerate(fields):
            if len(field) > LONGEST_CELL:
                name = self.table.header[column] if column < named else ""
                message = f"Dit antwoord is {len(field)} tekens lang; hoogstens {LONGEST_CELL} kan. Kort het in."
                self.mistakes.add([Mistake(row, name, "", message)])
                return None
        if len(fields) < named or filled > self.width or not fields:
            self.mistakes.add([Mistake(row, "", "", _width_message(len(fields), named))])
            return None
        out = io.StringIO()
        csv.writer(out, delimiter=self.table.delimiter, lineterminator="\n").writerow(
            fields[: self.width] + [""] * (self.width - len(fields))
        )
        return out.getvalue().encode()


def _outside(places: Offsets, quotes: Offsets) -> Offsets:
    """The places that no pair of quotes encloses."""
    return places[np.searchsorted(quotes, places - 1) % 2 == 0]


def _width_message(found: int, wanted: int) -> str:
    if not found:
        return "Deze rij is niet te lezen. Maak de export opnieuw."
    if found < wanted:
        return (
            f"Deze rij heeft {found} cellen en de kop {wanted}: het einde ontbreekt. "
            "Is het bestand half opgeslagen? Maak de export opnieuw."
        )
    return (
        f"Deze rij heeft {found} cellen en de kop {wanted}. Staat er een scheidingsteken in een antwoord? "
        "Zet dat antwoord tussen aanhalingstekens."
    )

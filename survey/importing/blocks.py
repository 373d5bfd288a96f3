"""Some thousands of records at a time: read by pandas, checked, and packed into one byte an answer."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .answers import MISSING, NOT_ASKED, Codes
from .checks import Columns
from .codebook_types import Codebook, Kind, Variable
from .columns import UNKNOWN, CodeReader, TextReader
from .dates import Moments, read_moments
from .mistakes import MOST_TOLD, Mistake, MistakeList, shortened
from .records import Block, Offsets

Flags = NDArray[np.bool_]

_DAY = np.timedelta64(1, "D")
#: Earlier moments come from a clock that was never set, or from a spreadsheet that took a number for a date.
_EARLIEST = np.datetime64("2000-01-01", "s")
#: A cell that a spreadsheet would compute; a number or a dash before words is none.
_FORMULA = re.compile(r"[=+\-@＝＋－＠](?!$)(?!\s*\d*(?:[.,]\d*)?$)|[=@＝＠]")
_BULLET = re.compile(r"[+\-]+(?:\s+[^\W\d_].*)?", re.DOTALL)
_FORMULA_STARTS = tuple("=+-@＝＋－＠")
_FORMULA_MESSAGE = "Hier staat een formule. Vervang hem door het antwoord zelf."


@dataclass(frozen=True, slots=True)
class Part:
    """What some records hold. `respondents` and `rows` are of all records, the answers of the finished ones."""

    codes: dict[str, Codes]
    texts: dict[str, NDArray[np.int32]]
    respondents: "pd.Series[str]"
    rows: Offsets
    finished: int
    unfinished: int
    first_day: date | None
    last_day: date | None


@dataclass(slots=True)
class BlockReader:
    """Reads blocks of one file."""

    codebook: Codebook
    columns: Columns
    mistakes: MistakeList
    today: date
    readers: dict[str, CodeReader] = field(init=False)
    texts: dict[str, TextReader] = field(init=False)
    #: What stood in the status column of responses that are not finished.
    statuses: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        questions = self.codebook.questions()
        self.readers = {one.name: CodeReader(one) for one in questions if one.kind is not Kind.OPEN}
        self.texts = {one.name: TextReader(one.missing) for one in questions if one.kind is Kind.OPEN}

    def read(self, block: Block, width: int) -> Part:
        """The answers in it; what is wrong is added to the mistakes, row by row."""
        found = _Found(block, self.columns.names, _may_compute(block.data, block.delimiter))
        frame, block = self._frame(block, width)
        found.block = block
        respondents = self._respondents(frame, found)
        finished = self._finished(frame, found)
        started, ended = self._moments(frame, found, finished)
        codes = {name: self._codes(name, frame[place], found) for name, place in self._places(self.readers)}
        texts = {name: self._texts(name, frame[place], found) for name, place in self._places(self.texts)}
        for variable in self.codebook.questions():
            if variable.only_if is not None:
                self._check_asked(variable, codes, texts, finished, found)
        for place in set(range(width)) - self._used():
            found.add(frame[place].notna().to_numpy(), place, lambda _: "Deze kolom heeft geen naam. Maak hem leeg.")
        self.mistakes.add(*found.in_order())
        moments = np.concatenate([some[finished & ~np.isnat(some)] for some in (started, ended)])
        return Part(
            {name: column[finished] for name, column in codes.items()},
            {name: column[finished] for name, column in texts.items()},
            respondents,
            block.rows,
            int(finished.sum()),
            int((~finished).sum()),
            moments.min().astype("datetime64[D]").item() if len(moments) else None,
            moments.max().astype("datetime64[D]").item() if len(moments) else None,
        )

    def _places(self, readers: dict[str, CodeReader] | dict[str, TextReader]) -> list[tuple[str, int]]:
        return [(name, self.columns.questions[name]) for name in readers]

    def _used(self) -> set[int]:
        columns = self.columns
        admin = (columns.respondent, columns.started, columns.finished, columns.status)
        return {*columns.questions.values(), *(place for place in admin if place is not None)}

    def _frame(self, block: Block, width: int) -> tuple[pd.DataFrame, Block]:
        """The cells by the place of their column, without records that are empty."""
        is_doubtful = _has_exponent(block.data)
        as_text = set(range(width)) - {
            place for name, place in self._places(self.readers) if not (is_doubtful or self.readers[name].needs_text)
        }
        frame = pd.read_csv(
            io.BytesIO(block.data),
            sep=block.delimiter,
            header=None,
            names=list(range(width)),
            index_col=False,
            dtype=dict.fromkeys(as_text, "str"),
            decimal="," if block.delimiter != "," else ".",
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            low_memory=False,
            encoding="utf-8",
            engine="c",
        )
        unknown = frame[self.columns.respondent].isna()
        if unknown.any():
            empty = unknown.copy()
            empty[unknown] = frame[unknown].isna().all(axis=1)
            if empty.any():
                keep = ~empty.to_numpy()
                starts = np.concatenate([[0], block.ends[:-1]])[keep]
                lines = [block.data[start:end] for start, end in zip(starts, block.ends[keep], strict=True)]
                ends = np.cumsum([len(line) for line in lines], dtype=np.int64)
                block = Block(b"".join(lines), block.rows[keep], ends, block.delimiter, block.share)
                frame = frame[keep].reset_index(drop=True)
        return frame, block

    def _respondents(self, frame: pd.DataFrame, found: "_Found") -> "pd.Series[str]":
        place = self.columns.respondent
        texts = frame[place].to_numpy(object)
        numbers = np.array([text.strip() if isinstance(text, str) else "" for text in texts], object)
        empty = numbers == ""
        found.add(empty, place, lambda _: "Het nummer van deze respondent ontbreekt. Vul het in, of haal de rij weg.")
        found.add_formulas(frame[place], place)
        numbers[empty] = None
        return pd.Series(numbers, dtype="str")

    def _finished(self, frame: pd.DataFrame, found: "_Found") -> Flags:
        place = self.columns.status
        if place is not None:
            found.add_formulas(frame[place], place)
            places, unique = pd.factorize(frame[place].to_numpy(object))
            words = [str(word).strip() for word in unique]
            done = [word.casefold() in self.columns.finished_words for word in words]
            self.statuses |= {word for word, is_done in zip(words[:20], done[:20], strict=True) if not is_done}
            return np.array([*done, False], bool)[places]
        if self.columns.finished is not None:
            return frame[self.columns.finished].notna().to_numpy()
        return np.ones(len(frame), bool)

    def _moments(self, frame: pd.DataFrame, found: "_Found", finished: Flags) -> tuple[Moments, Moments]:
        nothing = np.full(len(frame), np.datetime64("NaT"), "datetime64[s]")
        tomorrow = np.datetime64(self.today, "s") + 2 * _DAY  # it may be tomorrow already where the tool stands
        both = []
        for place in (self.columns.started, self.columns.finished):
            if place is None:
                both.append(nothing)
                continue
            moments, wrong = read_moments(frame[place])
            found.add_formulas(frame[place], place, wrong)
            found.add(wrong, place, lambda _: "Deze datum bestaat niet. Schrijf hem als 15-02-2021 08:30.")
            found.add(moments >= tomorrow, place, lambda _: "Deze datum ligt in de toekomst. Verbeter hem.")
            found.add(moments < _EARLIEST, place, lambda _: "Deze datum is van voor 2000. Verbeter hem.")
            both.append(moments)
        started, ended = both
        days_only = (ended == ended.astype("datetime64[D]")) | (started == started.astype("datetime64[D]"))
        early = np.where(days_only, ended.astype("datetime64[D]") < started.astype("datetime64[D]"), ended < started)
        if self.columns.finished is not None:
            found.add(early, self.columns.finished, lambda _: "Het einde ligt voor het begin. Verbeter een van beide.")
        return started, ended

    def _codes(self, name: str, column: "pd.Series[float]", found: "_Found") -> Codes:
        reader = self.readers[name]
        codes = reader.read(column)
        unknown = codes == UNKNOWN
        if unknown.any():
            place = self.columns.questions[name]
            message = f"Deze code is onbekend. Bij deze vraag kan: {reader.allowed()}."
            found.add(unknown, place, lambda value: _FORMULA_MESSAGE if _is_formula(value) else message)
        return codes

    def _texts(self, name: str, column: "pd.Series[str]", found: "_Found") -> NDArray[np.int32]:
        found.add_formulas(column, self.columns.questions[name], is_open=True)
        return self.texts[name].read(column)

    def _check_asked(
        self,
        variable: Variable,
        codes: dict[str, Codes],
        texts: dict[str, NDArray[np.int32]],
        finished: Flags,
        found: "_Found",
    ) -> None:
        """Who was not asked has no answer; "not applicable" and "not chosen" are none."""
        name, code = variable.only_if or ("", "")
        outside = codes[name] != self.readers[name].places[code]
        place = self.columns.questions[variable.name]
        message = (
            f"Hier staat een antwoord, maar deze vraag is alleen gesteld bij {name} = {code}. Verbeter een van beide."
        )
        if variable.kind is Kind.OPEN:
            column = texts[variable.name]
            found.add((column >= 0) & outside & finished, place, lambda _: message, is_open=True)
            column[outside] = -1
            return
        answers = codes[variable.name]
        least = 1 if variable.kind is Kind.MULTIPLE else 0
        found.add((answers >= least) & outside & finished, place, lambda _: message)
        answers[outside & (answers >= MISSING)] = NOT_ASKED


@dataclass(slots=True)
class _Found:
    """The mistakes in one block: the first ones of each kind, and how many there are."""

    block: Block
    names: Sequence[str]
    #: Whether any cell in this block begins like a formula.
    may_compute: bool
    told: list[tuple[int, int, Mistake]] = field(default_factory=list)
    untold: int = 0

    def add(self, wrong: Flags, place: int, message: Callable[[str], str], *, is_open: bool = False) -> None:
        """`message` gets the value. Of an open answer not more is told than the sign that it begins with."""
        if not wrong.any():
            return
        records = np.flatnonzero(wrong)
        name = self.names[place] if place < len(self.names) else ""
        for record in records[:MOST_TOLD]:
            value = self.block.cell(int(record), place).strip()
            shown = shortened(value, 1) if is_open else shortened(value)
            row = int(self.block.rows[record])
            self.told.append((row, place, Mistake(row, name, shown, message(value))))
        self.untold += max(0, len(records) - MOST_TOLD)

    def add_formulas(
        self, column: "pd.Series[str]", place: int, among: Flags | None = None, *, is_open: bool = False
    ) -> None:
        """Cells that a spreadsheet would compute; they are taken out of `among`, where they are mistakes too."""
        if not self.may_compute:
            return
        suspect = column.str.strip().str.startswith(_FORMULA_STARTS, na=False).to_numpy(bool, copy=True)
        if among is not None:
            suspect &= among
        if not suspect.any():
            return
        records = np.flatnonzero(suspect)
        texts = column.to_numpy(object)[records]
        suspect[records] = [_is_formula(str(text), is_open=is_open) for text in texts]
        self.add(suspect, place, lambda _: _FORMULA_MESSAGE, is_open=is_open)
        if among is not None:
            among &= ~suspect

    def in_order(self) -> tuple[list[Mistake], int]:
        """By row, then by column."""
        return [mistake for *_, mistake in sorted(self.told, key=lambda item: item[:2])], self.untold


def _is_formula(text: str, *, is_open: bool = False) -> bool:
    stripped = text.strip()
    return bool(_FORMULA.match(stripped)) and not (is_open and _BULLET.fullmatch(stripped))


def _may_compute(data: bytes, delimiter: str) -> bool:
    """Whether any cell begins with the sign of a formula; looking at bytes is much faster than at texts."""
    if b"\xef\xbc" in data or b"\xc2\xa0" in data:  # wide signs, and spaces that are no ASCII
        return True
    edges = np.zeros(256, bool)
    edges[[ord(edge) for edge in f'{delimiter}\n" \t']] = True
    characters = np.frombuffer(data, np.uint8)
    signs = (characters == ord("=")) | (characters == ord("+")) | (characters == ord("-")) | (characters == ord("@"))
    places = np.flatnonzero(signs)
    places = places[(places == 0) | edges[characters[places - 1]]]
    blanks = [ord(blank) for blank in " \t" if blank != delimiter]
    after_space = places[(places > 0) & np.isin(characters[places - 1], blanks)]
    return len(places) > len(after_space) or bool(edges[characters[after_space - 2]].any())


def _has_exponent(data: bytes) -> bool:
    """Whether something like 1e0 stands here, which pandas takes for a number and nobody for a code."""
    characters = np.frombuffer(data, np.uint8)
    places = np.flatnonzero((characters | 32) == ord("e"))
    places = places[(places > 0) & (places < len(characters) - 1)]
    before, after = characters[places - 1], characters[places + 1]
    is_number = (before >= ord("0")) & (before <= ord("9"))
    continues = ((after >= ord("0")) & (after <= ord("9"))) | (after == ord("-")) | (after == ord("+"))
    return bool((is_number & continues).any())

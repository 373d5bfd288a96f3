"""What a file would do, kept row by row in files until somebody decides: a page of it is read without the rest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

from survey import spreadsheets
from survey.importing.mistakes import Mistake

from .plan import BAD, Kind, RowPlan, Told

#: Rows on one page.
PER_PAGE = 25
#: Row by row as the file has them; the others hold what one page of the preview shows.
_ALL, _PLACES = "alle.jsonl", "plaatsen.json"
WARNED = "let-op"
#: What can be looked at, in the order of the page; rows that change nothing are only counted.
LISTED = (Kind.WRONG, Kind.CONFLICT, Kind.CHANGED, Kind.NEW, WARNED)
MISTAKES_FILE = "fouten.csv"
COLUMNS = ("rij", "kolom", "waarde", "wat er mis is")


@dataclass(slots=True)
class PreviewWriter:
    """Writes the rows as they are planned. Use it as a context manager."""

    folder: Path
    counts: dict[str, int] = field(default_factory=dict)
    _files: dict[str, IO[bytes]] = field(default_factory=dict)
    #: Name of the list -> where its pages begin.
    _places: dict[str, list[int]] = field(default_factory=dict)
    _mistakes: "MistakeFile | None" = None

    def __enter__(self) -> "PreviewWriter":
        self._files = {name: (self.folder / name).open("wb") for name in (_ALL, *map(_file_of, LISTED))}
        self.counts = dict.fromkeys([*Kind, WARNED], 0)
        self._places = {name: [] for name in LISTED}
        self._mistakes = MistakeFile(self.folder)
        return self

    def __exit__(self, *error: object) -> None:
        for file in self._files.values():
            file.close()
        if self._mistakes:
            self._mistakes.__exit__()
        (self.folder / _PLACES).write_text(
            json.dumps({"counts": self.counts, "places": self._places}), encoding="utf-8"
        )

    def add(self, plan: RowPlan) -> None:
        """The next row."""
        told = plan.told()
        key = [told.number, told.kind, told.slug, told.pk, told.revision]
        self._files[_ALL].write(_line(key))
        self._list(told.kind, told)
        if told.warnings:
            self._list(WARNED, told)
        if self._mistakes and told.kind in BAD:
            self._mistakes.add(told.mistakes)

    def _list(self, name: str, told: Told) -> None:
        file = self._files.get(_file_of(name))
        if file is not None:
            if self.counts[name] % PER_PAGE == 0:
                self._places[name].append(file.tell())
            file.write(_line(told.as_json()))
        self.counts[name] += 1


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _file_of(name: str) -> str:
    return f"{name}.jsonl"


def checked_rows(folder: Path) -> Iterator[list[Any]]:
    """`[number, kind, slug, key, revision]` of each row as it was looked at."""
    with (folder / _ALL).open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def counts_of(folder: Path) -> dict[str, int]:
    """How many rows of each kind. Raises OSError when nobody looked at the file yet, or it is gone."""
    counts: dict[str, int] = json.loads((folder / _PLACES).read_text(encoding="utf-8"))["counts"]
    return counts


def page_of(folder: Path, name: str, number: int) -> list[Told]:
    """One page of a list, from 1; nothing beyond its end."""
    places = json.loads((folder / _PLACES).read_text(encoding="utf-8"))["places"].get(name, [])
    if not 1 <= number <= len(places):
        return []
    with (folder / _file_of(name)).open("rb") as file:
        file.seek(places[number - 1])
        return [Told.from_json(json.loads(line)) for line in islice(file, PER_PAGE)]


class MistakeFile:
    """The list of mistakes that somebody takes home: CSV, as long as it is."""

    def __init__(self, folder: Path) -> None:
        path = folder / MISTAKES_FILE
        is_new = not path.exists()
        self._file = path.open("a", encoding="utf-8", newline="")
        if is_new:
            self._file.writelines(spreadsheets.as_csv(COLUMNS, []))

    def add(self, mistakes: list[Mistake]) -> None:
        """Some more."""
        rows = [dict(zip(COLUMNS, (one.row, one.column, one.value, one.message), strict=True)) for one in mistakes]
        lines = spreadsheets.as_csv(COLUMNS, rows)
        next(lines)  # the header
        self._file.writelines(lines)

    def __enter__(self) -> "MistakeFile":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

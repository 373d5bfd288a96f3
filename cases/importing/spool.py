"""A file with cases, read once and kept as one line a row: what is checked is what will be taken over."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from survey.importing.mistakes import Mistake, refused, shortened

from .rows import Progress, Row, rows_of

_ROWS, _HEAD = "rijen.jsonl", "rijen.json"
#: Rows in memory at a time.
CHUNK = 500
NEW_SLUG = re.compile(r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Spool:
    """`form`: `csv`, `xlsx` or `json`; `rows`: how many; `slugs`: every slug that the file gives."""

    folder: Path
    form: str
    rows: int
    slugs: frozenset[str]

    @classmethod
    def filled(cls, path: Path, folder: Path, progress: Progress = lambda share: None) -> "Spool":
        """Read the file. Raises SurveyFileError when it can't be used as a whole."""
        form, rows = rows_of(path, progress)
        first: dict[str, int] = {}
        number = 0
        with (folder / _ROWS).open("w", encoding="utf-8") as file:
            for row in rows:
                number += 1
                file.write(_written(_once(row, first)) + "\n")
        if not number:
            raise refused("In dit bestand staat geen enkele casus. Kies een ander bestand.")
        slugs = frozenset(first)
        head = {"form": form, "rows": number, "slugs": sorted(slugs)}
        (folder / _HEAD).write_text(json.dumps(head), encoding="utf-8")
        return cls(folder, form, number, slugs)

    @classmethod
    def opened(cls, folder: Path) -> "Spool":
        """What was read before."""
        head = json.loads((folder / _HEAD).read_text(encoding="utf-8"))
        return cls(folder, head["form"], head["rows"], frozenset(head["slugs"]))

    def chunks(self) -> Iterator[list[Row]]:
        """The rows in their order, some hundreds at a time."""
        with (self.folder / _ROWS).open(encoding="utf-8") as file:
            while lines := list(islice(file, CHUNK)):
                yield [_read(line) for line in lines]


def slug_of(row: Row) -> str:
    """The slug that a row gives, or nothing."""
    slug = row.cells.get("slug")
    return slug.strip() if isinstance(slug, str) else ""


def _once(row: Row, first: dict[str, int]) -> Row:
    """The row, or the mistake that an earlier one is about the same case."""
    slug = slug_of(row)
    if not slug:
        return row
    before = first.setdefault(slug, row.number)
    if before == row.number:
        return row
    message = f"Deze casus staat ook op rij {before}. Laat één van beide staan."
    return Row(row.number, mistake=Mistake(row.number, "slug", shortened(slug), message))


def _written(row: Row) -> str:
    mistake = asdict(row.mistake) if row.mistake else None
    return json.dumps([row.number, row.cells, mistake], ensure_ascii=False)


def _read(line: str) -> Row:
    number, cells, mistake = json.loads(line)
    return Row(number, cells, Mistake(**mistake) if mistake else None)

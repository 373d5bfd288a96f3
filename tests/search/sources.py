"""Content for tests: in memory, or in a file that several processes share."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from cases.search.documents import CaseDocument, Changes


def case(pk: int, title: str = "", summary: str = "", body: str = "", **rest: object) -> CaseDocument:
    return CaseDocument(pk, title or f"Casus {pk}", summary, body, **rest)  # type: ignore[arg-type]


def first_of(changes: list[tuple[int, int]], most: int, until: int) -> Changes:
    """Of (version, case), the first so many."""
    first, left = sorted(changes)[:most], max(0, len(changes) - most)
    return Changes(frozenset(pk for _, pk in first), first[-1][0] if left else until, left)


class MemorySource:
    """Remembers at which version each case changed, as the change log in the database does."""

    def __init__(self, *cases: CaseDocument) -> None:
        self.cases = {case.pk: case for case in cases}
        self.log: dict[int, int] = {}
        self.number = 1
        self.forgot_before = 0
        self.read: list[Collection[int] | None] = []

    def publish(self, *cases: CaseDocument) -> None:
        for case in cases:
            self.cases[case.pk] = case
            self.note(case.pk)

    def unpublish(self, *pks: int) -> None:
        for pk in pks:
            del self.cases[pk]
            self.note(pk)

    def note(self, pk: int) -> None:
        self.number += 1
        self.log[pk] = self.number

    def version(self) -> int:
        return self.number

    def newest_version(self) -> int:
        return self.number

    def changes(self, after: int, most: int, until: int | None = None) -> Changes | None:
        if after < self.forgot_before:
            return None
        until = self.number if until is None else until
        return first_of([(changed, pk) for pk, changed in self.log.items() if after < changed <= until], most, until)

    def before_last(self, most: int) -> int:
        return sorted([0, *self.log.values()])[max(-most - 1, -len(self.log) - 1)]

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        self.read.append(pks)
        return iter([case for pk, case in self.cases.items() if pks is None or pk in pks])

    def count(self) -> int:
        return len(self.cases)


class FileSource:
    """The same in an SQLite file: what one process publishes, all others read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(self._connect()) as database, database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("CREATE TABLE IF NOT EXISTS cases (pk INTEGER PRIMARY KEY, fields TEXT, changed INTEGER)")
            database.execute("CREATE TABLE IF NOT EXISTS version (number INTEGER)")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=20)

    def publish(self, *cases: CaseDocument) -> None:
        with closing(self._connect()) as database, database:
            database.execute("BEGIN IMMEDIATE")  # so that no two changes get one number
            (before,) = database.execute("SELECT coalesce(max(number), 0) FROM version").fetchone()
            rows = [(case.pk, json.dumps(asdict(case)), number) for number, case in enumerate(cases, before + 1)]
            database.execute("INSERT INTO version VALUES (?)", (before + len(cases),))
            database.executemany("REPLACE INTO cases VALUES (?, ?, ?)", rows)

    def _rows(self, sql: str, *values: int) -> list[tuple[object, ...]]:
        with closing(self._connect()) as database:
            return database.execute(sql, values).fetchall()

    def version(self) -> int:
        return int(str(self._rows("SELECT coalesce(max(number), 0) FROM version")[0][0]))

    def newest_version(self) -> int:
        return self.version()

    def changes(self, after: int, most: int, until: int | None = None) -> Changes | None:
        until = self.version() if until is None else until
        rows = self._rows("SELECT changed, pk FROM cases WHERE changed > ? AND changed <= ?", after, until)
        return first_of([(int(str(changed)), int(str(pk))) for changed, pk in rows], most, until)

    def before_last(self, most: int) -> int:
        rows = self._rows("SELECT changed FROM cases ORDER BY changed DESC LIMIT 1 OFFSET ?", most)
        return int(str(rows[0][0])) if rows else 0

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        for pk, fields in self._rows("SELECT pk, fields FROM cases WHERE fields IS NOT NULL ORDER BY pk"):
            if pks is None or pk in pks:
                yield CaseDocument(**json.loads(str(fields)))

    def count(self) -> int:
        return int(str(self._rows("SELECT count(*) FROM cases WHERE fields IS NOT NULL")[0][0]))

"""Content for tests: in memory, or in a file that several processes share."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from cases.search.documents import CaseDocument


def case(pk: int, title: str = "", summary: str = "", body: str = "", **rest: object) -> CaseDocument:
    return CaseDocument(pk, f"casus-{pk}", title or f"Casus {pk}", summary, body, **rest)  # type: ignore[arg-type]


class MemorySource:
    """Remembers at which version each case changed, as the change log in the database does."""

    def __init__(self, *cases: CaseDocument) -> None:
        self.cases = {case.pk: case for case in cases}
        self.log: dict[int, int] = {}
        self.number = 1
        self.forgot_before = 0
        self.read: list[Collection[int] | None] = []

    def publish(self, *cases: CaseDocument) -> None:
        self.number += 1
        for case in cases:
            self.cases[case.pk] = case
            self.log[case.pk] = self.number

    def unpublish(self, *pks: int) -> None:
        self.number += 1
        for pk in pks:
            del self.cases[pk]
            self.log[pk] = self.number

    def version(self) -> int:
        return self.number

    def changed_since(self, version: int) -> set[int] | None:
        if version < self.forgot_before:
            return None
        return {pk for pk, changed in self.log.items() if changed > version}

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

    def publish(self, *cases: CaseDocument) -> int:
        with closing(self._connect()) as database, database:
            database.execute("BEGIN IMMEDIATE")  # so that no two changes get one number
            (before,) = database.execute("SELECT coalesce(max(number), 0) FROM version").fetchone()
            database.execute("INSERT INTO version VALUES (?)", (before + 1,))
            rows = [(case.pk, json.dumps(asdict(case)), before + 1) for case in cases]
            database.executemany("REPLACE INTO cases VALUES (?, ?, ?)", rows)
        return int(before) + 1

    def _rows(self, sql: str, *values: int) -> list[tuple[object, ...]]:
        with closing(self._connect()) as database:
            return database.execute(sql, values).fetchall()

    def version(self) -> int:
        return int(str(self._rows("SELECT coalesce(max(number), 0) FROM version")[0][0]))

    def changed_since(self, version: int) -> set[int] | None:
        return {int(str(pk)) for (pk,) in self._rows("SELECT pk FROM cases WHERE changed > ?", version)}

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        for pk, fields in self._rows("SELECT pk, fields FROM cases WHERE fields IS NOT NULL ORDER BY pk"):
            if pks is None or pk in pks:
                yield CaseDocument(**json.loads(str(fields)))

    def count(self) -> int:
        return int(str(self._rows("SELECT count(*) FROM cases WHERE fields IS NOT NULL")[0][0]))

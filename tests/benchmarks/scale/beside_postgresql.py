"""Our search beside hand-written SQL on PostgreSQL: found, ranked and marked cases, and the counts of every choice.

In a throw-away cluster with the same cases: a weighted `tsvector` with a GIN index, and the choices in a table of two
numbers. PostgreSQL refuses to run as root: there it runs as the user `postgres`.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scale.measuring import in_turn
from scale.questions import ASKED, Asked

RUNS = 3
PAGE = 20
TABLES = """
CREATE TABLE cases (id integer PRIMARY KEY, title text, summary text, body text, newest bigint, words tsvector);
CREATE TABLE choices (id smallint PRIMARY KEY, param text, slug text, UNIQUE (param, slug));
CREATE TABLE links (case_id integer, choice smallint, PRIMARY KEY (case_id, choice));
"""
INDEXES = """
UPDATE cases SET words = setweight(to_tsvector('dutch', title), 'A') || setweight(to_tsvector('dutch', summary), 'B')
    || setweight(to_tsvector('dutch', body), 'C');
CREATE INDEX ON cases USING gin (words);
CREATE INDEX ON cases (newest DESC, id DESC);
CREATE INDEX ON links (choice, case_id);
"""


def run() -> list[dict[str, Any]] | dict[str, str]:
    """Kind of question -> milliseconds by the clock of ours and of PostgreSQL; or why there is nothing."""
    import psycopg

    from cases.catalogue import answer
    from cases.search.questions import Question

    programs = _programs()
    if programs is None:
        return {"left out": "initdb and postgres are not on this machine"}
    with _cluster(programs) as address, psycopg.connect(address, autocommit=True) as connection:
        choices = _filled(connection)

        def theirs(asked: Asked) -> Any:
            statements = _statements(asked, choices)
            return lambda: [connection.execute(sql, values).fetchall() for sql, values in statements]

        def ours(asked: Asked) -> Any:
            question = Question(asked.text, {name: (slug,) for name, slug in asked.choices.items()}, page=asked.page)
            return lambda: answer(question)

        found = []
        for asked in ASKED:
            mine, sql = in_turn((ours(asked), theirs(asked)), RUNS, time.perf_counter)
            found.append({"kind": asked.kind, "text": asked.text, "ours": mine, "theirs": sql})
    return found


def _statements(asked: Asked, choices: dict[tuple[str, str], int]) -> list[tuple[str, list[Any]]]:
    """One for the page, one for all counts."""
    conditions, values = ["true"], []
    if asked.text:
        conditions.append("words @@ websearch_to_tsquery('dutch', %s)")
        values.append(asked.text)
    for choice in asked.choices.items():
        conditions.append("id IN (SELECT case_id FROM links WHERE choice = %s)")
        values.append(choices.get(choice, -1))
    # Only conditions of our own are in the statements; the values go beside them.
    where, offset = " AND ".join(conditions), PAGE * (asked.page - 1)
    counts = (
        "SELECT param, slug, number FROM (SELECT choice, count(*) AS number FROM links WHERE case_id IN "  # noqa: S608
        f"(SELECT id FROM cases WHERE {where}) GROUP BY choice) AS counted JOIN choices ON choices.id = choice"
    )
    if not asked.text:
        page = f"SELECT id, title, summary FROM cases WHERE {where} ORDER BY newest DESC, id DESC LIMIT {PAGE}"  # noqa: S608
        return [(page, values), (counts, values)]
    page = (
        "SELECT id, ts_headline('dutch', title, query), ts_headline('dutch', body, query) FROM (SELECT id, title, body, "  # noqa: S608
        f"query FROM cases, websearch_to_tsquery('dutch', %s) AS query WHERE {where} "
        f"ORDER BY ts_rank(words, query) DESC, id DESC LIMIT {PAGE} OFFSET {offset}) AS best"
    )
    return [(page, [asked.text, *values]), (counts, values)]


def _filled(connection: Any) -> dict[tuple[str, str], int]:
    """All cases; gives the number of each choice."""
    from cases.search_source import DatabaseCases

    connection.execute(TABLES)
    choices: dict[tuple[str, str], int] = {}
    links: list[tuple[int, int]] = []
    cursor = connection.cursor()
    with cursor.copy("COPY cases (id, title, summary, body, newest) FROM STDIN") as copy:
        for case in DatabaseCases().documents(None):
            copy.write_row((case.pk, case.title, case.summary, case.body, case.first_published_ordinal))
            for param, slugs in case.facets.items():
                links += [(case.pk, choices.setdefault((param, slug), len(choices))) for slug in set(slugs)]
    with cursor.copy("COPY choices FROM STDIN") as copy:
        for (param, slug), number in choices.items():
            copy.write_row((number, param, slug))
    with cursor.copy("COPY links FROM STDIN") as copy:
        for link in links:
            copy.write_row(link)
    for statement in INDEXES.split(";")[:-1]:
        connection.execute(statement)
    connection.execute("VACUUM ANALYZE")
    return choices


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if named := shutil.which("pg_ctl"):
        found.append(Path(named).resolve().parent)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def _cluster(programs: Path) -> Iterator[str]:
    """The address of a running cluster in a folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kb-pg-", dir="/tmp") as folder:
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)

        def do(program: str, *options: str) -> None:
            command = [str(programs / program), *options]
            subprocess.run(command, check=True, capture_output=True, user=user, cwd="/", timeout=120)

        do("initdb", f"--pgdata={folder}/data", "--username=kb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses='' -k {folder} -c fsync=off -c shared_buffers=1GB -c work_mem=128MB"
        do("pg_ctl", f"--pgdata={folder}/data", f"--log={folder}/log", "--wait", f"--options={options}", "start")
        try:
            yield f"host={folder} user=kb dbname=postgres"
        finally:
            do("pg_ctl", f"--pgdata={folder}/data", "--mode=immediate", "stop")

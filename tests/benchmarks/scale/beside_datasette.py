"""Whole pages over HTTP beside datasette with full-text search and facets on the same cases.

Datasette is installed once, with pip, in an environment of its own below the folder of the benchmark; when that can't be done
the part is left out.
"""

import json
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from scale.served import free_port, our_server, until_it_answers

#: At least so many times as quick, at a hundred thousand cases.
LEAST_TIMES = 100.0
QUESTIONS = ("vergunning", "digitale begroting", "gemeente")
#: Facets of which a case has one value at most; of the others it may have several.
SINGLE = ("uitkomst", "jaar", "sector", "cluster", "land", "omvang", "fase", "technologie", "type")
OURS_RUNS = 5


def run() -> dict[str, Any]:
    """Question -> milliseconds of datasette and of ours; or why there is nothing."""
    from django.conf import settings

    program = _installed(Path(settings.DATA_DIR).parent / "datasette")
    if program is None:
        return {"left out": "pip could not install datasette here"}
    database = Path(settings.DATA_DIR) / "datasette.db"
    params = _filled(database)
    found: dict[str, Any] = {text: {} for text in QUESTIONS}
    with our_server() as (port, _):
        for text, row in found.items():
            _taken(f"http://127.0.0.1:{port}/casussen/?{urlencode({'q': text})}")
            # Blanks around a question change nothing but its address: no page is a kept one.
            addresses = (urlencode({"q": f"{' ' * run}{text} "}) for run in range(OURS_RUNS))
            row["ours"] = statistics.median(_taken(f"http://127.0.0.1:{port}/casussen/?{query}") for query in addresses)
    with _datasette(program, database) as port:
        for text, row in found.items():
            facets = [("_facet" if name in SINGLE else "_facet_array", name) for name in params]
            query = urlencode([("_search", text), ("_size", "20"), *facets])
            row["datasette"] = _taken(f"http://127.0.0.1:{port}/datasette/cases?{query}")
    return found


def _installed(folder: Path) -> Path | None:
    program = folder / "bin" / "datasette"
    if not program.exists():
        for command in (
            [sys.executable, "-m", "venv", str(folder)],
            [str(folder / "bin/pip"), "install", "-q", "datasette"],
        ):
            if subprocess.run(command, capture_output=True).returncode:
                return None
    return program


def _filled(database: Path) -> list[str]:
    """The cases as one table with a full-text index; gives the names of the facets."""
    from cases.catalogue import overview
    from cases.search_source import DatabaseCases

    database.unlink(missing_ok=True)
    params = sorted(param for param, counts in overview().counts.items() if counts)
    with sqlite3.connect(database) as connection:
        columns = ", ".join(f'"{param}" TEXT' for param in params)
        connection.execute(
            f"CREATE TABLE cases (id INTEGER PRIMARY KEY, title TEXT, summary TEXT, body TEXT, {columns})"
        )
        places = ", ".join("?" * (4 + len(params)))
        rows = (
            (
                case.pk,
                case.title,
                case.summary,
                case.body,
                *(_value(param, case.facets.get(param, ())) for param in params),
            )
            for case in DatabaseCases().documents(None)
        )
        connection.executemany(f"INSERT INTO cases VALUES ({places})", rows)  # noqa: S608  our own names
        for param in SINGLE:
            if param in params:
                connection.execute(f'CREATE INDEX "by_{param}" ON cases ("{param}")')
        connection.execute(
            "CREATE VIRTUAL TABLE cases_fts USING fts5 (title, summary, body, content='cases', content_rowid='id')"
        )
        connection.execute("INSERT INTO cases_fts (cases_fts) VALUES ('rebuild')")
    return params


def _value(param: str, slugs: tuple[str, ...]) -> str | None:
    if param in SINGLE:
        return slugs[0] if slugs else None
    return json.dumps(slugs)


@contextmanager
def _datasette(program: Path, database: Path) -> Any:
    port = free_port()
    limits = ("sql_time_limit_ms", "facet_time_limit_ms")
    settings = [text for name in limits for text in ("--setting", name, "600000")]
    command = [str(program), "serve", str(database), "--port", str(port), *settings]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until_it_answers(f"http://127.0.0.1:{port}/-/versions.json")
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _taken(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=900) as response:  # noqa: S310  our own server
        response.read()
    return 1000 * (time.perf_counter() - start)

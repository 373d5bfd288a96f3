"""Real processes on two machines and one database: what an editor does is what the very next visitor finds, anywhere."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

EVERYWHERE = 3
ONE, NOTHING = [["een"]] * EVERYWHERE, [[]] * EVERYWHERE
RIGHT = {
    "published": ONE,
    "changed": NOTHING + ONE,
    "version put back": ONE + NOTHING,
    "organisation renamed": NOTHING + ONE,
    "concept renamed": NOTHING + ONE + ONE,
    "concepts merged": NOTHING + [["een", "twee"]] * EVERYWHERE,
    "rolled back": NOTHING + ONE + NOTHING + [["pont"]] * EVERYWHERE,
    "unpublished": NOTHING,
    "published after an import": [["reiger"]] * EVERYWHERE,
    "imported": [20] * EVERYWHERE,
    "index removed": [20] * EVERYWHERE,
    "healed": [["reiger"]] * EVERYWHERE + NOTHING,
}
#: The copy is a file of SQLite; `search_nodes.py` itself runs on any database.
pytestmark = pytest.mark.sqlite_only
_outcome: dict[str, Any] = {}


@pytest.fixture
def outcome(db: None, tmp_path: Path) -> dict[str, Any]:
    """All steps are done once, in a copy of the test database."""
    if not _outcome:
        path = tmp_path / "db.sqlite3"
        connection.ensure_connection()
        path.write_bytes(connection.connection.serialize())
        command = [sys.executable, str(Path(__file__).with_name("search_nodes.py")), str(tmp_path)]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}"}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
        _outcome.update(dict(map(json.loads, run.stdout.splitlines())) | {"told": run.stderr, "status": run.returncode})
    return _outcome


@pytest.mark.parametrize("step", RIGHT)
def test_every_process_finds_what_is_there_now(outcome: dict[str, Any], step: str) -> None:
    assert outcome.get(step) == RIGHT[step], outcome["told"]


def test_nothing_went_wrong_meanwhile(outcome: dict[str, Any]) -> None:
    assert outcome["status"] == 0
    assert "Traceback" not in outcome["told"]

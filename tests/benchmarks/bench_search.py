"""How search and the pages that show cases do with very many cases, beside others that do the same on the same data.

    python tests/benchmarks/bench_search.py [--sizes 100 10000 100000] [--only engine page ...] [--folder DIR]

The cases are invented (`script/manage generate_cases`), one data folder a size below `--folder`; what is missing is made.
Ratios count, and processor time, because other work on the machine slows everything alike. Each part runs in a process of
its own. Parts: *engine* beside bare tantivy; *page* in one process; *served* by gunicorn over HTTP while an editor
publishes; *rebuild* of the index; *datasette* (installed in an environment of its own below the folder); *postgresql*
with hand-written SQL in a throw-away cluster. What can't be installed here is left out, and said.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
PARTS = {
    "engine": "engine",
    "page": "pages",
    "served": "served",
    "rebuild": "indexing",
    "datasette": "beside_datasette",
    "postgresql": "beside_postgresql",
}


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def environment(folder: Path) -> dict[str, str]:
    """A site in that data folder, whatever else is set here."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    kept["MALLOC_ARENA_MAX"] = "2"  # as script/server does
    return kept | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "barometer_site.settings.local"}


def made_ready(folder: Path, size: int) -> None:
    """A data folder with so many invented cases and their index; goes on where it was."""
    steps = (
        ["migrate"],
        ["generate_cases", str(size)],
        ["rebuild_index", "--if-needed"],
        ["collectstatic", "--no-input"],
    )
    for command in steps:
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command, "--verbosity", "0"],
            env=environment(folder),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)} in {folder}: {done.stderr.strip().splitlines()[-1]}")


def measured(part: str, folder: Path, size: int) -> Any:
    """What that part says of that folder."""
    command = [sys.executable, __file__, "--part", part, "--sizes", str(size), "--folder", str(folder)]
    done = subprocess.run(command, env=environment(folder / str(size)), capture_output=True, text=True)
    if done.returncode:
        sys.exit("\n".join([*done.stderr.splitlines()[-12:], f"{part} at {size} cases failed."]))
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure the parts that were asked for, and print them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 100_000])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "kennisbank-scale")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        import django

        django.setup()
        module = importlib.import_module(f"scale.{PARTS[asked.part]}")
        sys.stdout.write(json.dumps(module.run()) + "\n")
        return
    for size in asked.sizes:
        made_ready(asked.folder / str(size), size)
    for part in asked.only:
        found = {size: measured(part, asked.folder, size) for size in asked.sizes}
        module = importlib.import_module("scale.printing")
        for line in getattr(module, part)(found):
            say(line)
        say("")


if __name__ == "__main__":
    main()

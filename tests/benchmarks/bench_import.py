"""How much longer a survey file takes than `pandas.read_csv` of it alone: read with all checks, and with all analysis.

    python tests/benchmarks/bench_import.py [--rows 366 100000 1000000]

Each reading runs in a process of its own, so that its peak memory is its own; of three runs the fastest counts.
Times are those of the processor, so that other work on the machine does not count. Start-up and imports are not in the
time, but they are in the memory.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.importing.answers import Answers

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3
#: The budgets: at most so many times pandas alone, and at most so many MB.
MOST_TIMES, MOST_MEGABYTES = {"answers": 1.6, "everything": 2.4}, 512


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measured(what: str, path: Path) -> dict[str, float]:
    """Seconds and MB of the fastest of some runs."""
    runs = []
    for _ in range(RUNS):
        out = subprocess.run(
            [sys.executable, __file__, "--run", what, "--file", str(path)], check=True, capture_output=True, text=True
        )
        runs.append(json.loads(out.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: run["seconds"])


def run(what: str, path: Path) -> None:
    """One reading in this process."""
    import pandas as pd

    if what == "pandas":
        start = time.process_time()
        pd.read_csv(path, sep=";", decimal=",", encoding="cp1252")
    else:
        from survey.importing.codebook import read_codebook, ready_codebook_path
        from survey.importing.reading import read_answers

        codebook = read_codebook(ready_codebook_path())
        start = time.process_time()
        answers = read_answers(path, codebook)
        if what == "everything":
            analyse(answers)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": peak}) + "\n")


def analyse(answers: "Answers") -> None:
    """All that follows on the reading and precedes the database."""
    from survey.analysis.associations import associations_of
    from survey.analysis.estimates import estimates_of
    from survey.analysis.measures import measures_of
    from survey.analysis.reliability import reliability_of
    from survey.disclosure.release import release
    from survey.disclosure.rules import Rules
    from survey.statistics.words import frequent_words

    measured_answers, populations = measures_of(answers)
    estimates_of(release(measured_answers, Rules()), populations)
    reliability_of(answers)
    associations_of(measured_answers)
    frequent_words(answers.texts.values())


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[366, 100_000, 1_000_000])
    parser.add_argument("--run", choices=["pandas", *MOST_TIMES], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        run(asked.run, asked.file)
        return
    from survey.example import write_example

    say(f"Budgets: {MOST_TIMES} times pandas, {MOST_MEGABYTES} MB.")
    with tempfile.TemporaryDirectory() as folder:
        for rows in asked.rows:
            path = Path(folder) / "example.csv"
            write_example(path, rows=rows)
            alone = measured("pandas", path)
            for what in MOST_TIMES:
                ours = measured(what, path)
                cells = [f"{one['seconds']:7.2f} s {one['megabytes']:4.0f} MB" for one in (alone, ours)]
                say(
                    f"{rows:>9} rows, {what:<10} {cells[1]}, pandas {cells[0]}: {ours['seconds'] / alone['seconds']:.2f} times"
                )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barometer_site.settings.test")
    main()

"""The engine that chooses which cells to suppress: tau-Argus, through `pytauargus`.

It solves Fischetti and Salazar's (2001) optimal cell suppression for any set of numbers and sums, which it reads from
a file in its "JJ" form: for each number its value, loss, state and what an attacker may know of it; then the sums.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from pytauargus import HiTaSCtrl

from .tables import Puzzle

#: The engine stops after so many minutes with the best that it has, or nothing.
_MINUTES = 2


class SuppressionError(RuntimeError):
    """The engine found no choice of cells that protects the table."""


def cells_to_suppress(puzzle: Puzzle) -> set[int]:
    """Places in the puzzle that have to be suppressed at the least loss, beside those that are open already.

    Raises SuppressionError when nothing helps, or the engine fails.
    """
    if not any(entry.down or entry.up or entry.apart for entry in puzzle.entries):
        return set()
    with TemporaryDirectory() as name:
        folder = Path(name)
        question, answer = folder / "in.jj", folder / "out.jj"
        question.write_text("\n".join(_lines(puzzle)) + "\n", encoding="ascii")
        engine = HiTaSCtrl()
        code = engine.full_jj(in_file_jj=str(question), out_file=str(answer), max_time=_MINUTES, out_dir=name)
        if code != 0:
            raise SuppressionError(f"{engine.error_string(code)} ({code})")
        found = {int(line.split()[0]) for line in answer.read_text(encoding="ascii").splitlines() if line.strip()}
    return {place for place in found if not puzzle.entries[place].is_open}


def _lines(puzzle: Puzzle) -> list[str]:
    lines = ["0", str(len(puzzle.entries))]
    for place, one in enumerate(puzzle.entries):
        state = "u" if one.is_open else "s"
        lines.append(
            f"{place} {one.value} {one.weight} {state} {one.low} {one.high} {one.down}.000 {one.up}.000 {one.apart}"
        )
    lines.append(str(len(puzzle.sums)))
    for total, parts in puzzle.sums:
        lines.append(f"{total} {len(parts)} : " + " ".join(f"{place} ({sign})" for place, sign in parts) + " ")
    return lines

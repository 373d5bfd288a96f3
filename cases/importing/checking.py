"""From a file to everything that it would do, and everything that is wrong with it. Nothing changes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from survey.importing.mistakes import MistakeList

from .plan import BAD, GOOD
from .planning import Planner
from .preview import PreviewWriter
from .spool import Spool
from .words import Words

#: Gets how far the work is (0 to 1), and what is being done.
Progress = Callable[[float, str], object]
#: The part of the work that reading the file is.
READING = 0.3


@dataclass(frozen=True, slots=True)
class Checked:
    """How many rows of each kind there are, and the first mistakes."""

    counts: dict[str, int]
    mistakes: MistakeList

    @property
    def good(self) -> int:
        """Rows that would be written."""
        return sum(self.counts[kind] for kind in GOOD)

    @property
    def bad(self) -> int:
        """Rows that somebody must look at."""
        return sum(self.counts[kind] for kind in BAD)


def check(path: Path, folder: Path, progress: Progress = lambda share, text: None) -> Checked:
    """Look at the file, and leave in the folder what the preview shows and what `writing.take_over` needs.

    Raises SurveyFileError when the file as a whole can't be used.
    """
    spool = Spool.filled(path, folder, lambda share: progress(READING * share, "Bestand lezen"))
    planner = Planner(spool.form, spool.slugs, Words.read())
    mistakes = MistakeList()
    done = 0
    with PreviewWriter(folder) as preview:
        for rows in spool.chunks():
            for plan in planner.plan(rows):
                preview.add(plan)
                if plan.kind in BAD:
                    mistakes.add(plan.mistakes)
            done += len(rows)
            progress(READING + (1 - READING) * done / spool.rows, "Rijen vergelijken met de kennisbank")
    return Checked(preview.counts, mistakes)

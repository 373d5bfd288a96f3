"""What is wrong with a file, told so that somebody can mend it: row, column, value, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field

#: So many mistakes are told; the rest is counted.
MOST_TOLD = 50
#: So much of a value is shown: enough to find it.
LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake. `row` counts as a spreadsheet does: from 1, with title rows and header; None: the whole file."""

    row: int | None
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = [f"rij {self.row}"] if self.row is not None else []
        place += [f"kolom {self.column}"] if self.column else []
        place += [f"waarde ‘{self.value}’"] if self.value else []
        where = ", ".join(place)
        return f"{where[0].upper()}{where[1:]}: {self.message}" if where else self.message


class TableError(Exception):
    """A table can't be used. `mistakes`: at most MOST_TOLD of them; `more`: how many more there are."""

    def __init__(self, mistakes: list[Mistake], more: int = 0) -> None:
        self.mistakes = mistakes
        self.more = more
        super().__init__(mistakes, more)

    def __str__(self) -> str:
        lines = [str(mistake) for mistake in self.mistakes]
        return "\n".join([*lines, f"En nog {self.more} andere fouten."] if self.more else lines)


class SurveyFileError(TableError):
    """A file with answers can't be used; nothing of it was kept."""


class CodebookError(TableError):
    """A codebook can't be used."""


@dataclass(slots=True)
class MistakeList:
    """Keeps the first mistakes and counts the others, so that a file of nothing but mistakes fits in memory."""

    told: list[Mistake] = field(default_factory=list)
    total: int = 0

    def add(self, mistakes: Iterable[Mistake], uncounted: int = 0) -> None:
        """Add mistakes in the order of their rows, and the number of those that were not written out."""
        for mistake in mistakes:
            self.total += 1
            if len(self.told) < MOST_TOLD:
                self.told.append(mistake)
        self.total += uncounted

    def stop(self) -> SurveyFileError:
        """The refusal with all that was found."""
        in_order = sorted(self.told, key=lambda mistake: (mistake.row is not None, mistake.row or 0))
        return SurveyFileError(in_order, self.total - len(self.told))


def refused(message: str, row: int | None = None) -> SurveyFileError:
    """The refusal of a whole file for one reason."""
    return SurveyFileError([Mistake(row, "", "", message)])


def shortened(value: str, longest: int = LONGEST_VALUE) -> str:
    """The beginning of a value on one line, without characters that can't be shown."""
    plain = "".join(character if character.isprintable() else " " for character in value.strip())
    return plain if len(plain) <= longest else f"{plain[:longest]}…"

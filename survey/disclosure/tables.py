"""The table of one question: answers x groups of all breakdowns, what of it may be told, and what must stay unsure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from ..measures import ShareMeasure
from .groups import ShownGroups
from .released import EVERYBODY, Group
from .rules import Rules
from .structure import Bools, Ints, Structure

#: A cell of the table: group and place of the answer in `Table.columns`.
Cell = tuple[Group, int]


@dataclass(slots=True)
class Table:
    """Counts of one question.

    `counts`: combinations x columns. `columns`: the place in the question's categories of each column that is shown;
    all categories without an indicator stand together in one last column that is never shown, if there are any.
    `suppressed`: cells not given at all, to protect others.
    """

    measure: ShareMeasure
    structure: Structure
    rules: Rules
    shown: ShownGroups
    counts: Ints
    columns: tuple[int, ...]
    suppressed: set[Cell] = field(default_factory=set)
    _totals: dict[Group, Ints] = field(default_factory=dict)

    def totals(self, group: Group) -> Ints:
        """Answers of a group, by column."""
        if group not in self._totals:
            self._totals[group] = self.counts[self.structure.inside(group)].sum(axis=0)
        return self._totals[group]

    def small(self, count: int, n: int) -> tuple[int, int] | None:
        """The range that stands in for a count of nearly nobody or nearly everybody; None for other counts."""
        limit = self.rules.small_count
        if count < limit:
            return 0, min(n, limit - 1)
        if count > n - limit:
            return n - limit + 1, n
        return None

    def is_exact(self, group: Group, column: int) -> bool:
        """Whether this count is given as it is, or follows at once from what is given in this group."""
        if group not in self.shown.bases:
            return False
        n = self.shown.bases[group]
        columns = range(self.counts.shape[1])
        open_columns = [one for one in columns if self._is_open(group, one, n)]
        return column not in open_columns or (len(open_columns) == 1)

    def open_groups(self) -> frozenset[Group]:
        """Groups that somebody is in, and of which not every count is given."""
        columns = range(self.counts.shape[1])
        return frozenset(
            group
            for group in self.structure.groups()
            if self.totals(group).any() and not all(self.is_exact(group, column) for column in columns)
        )

    def _is_open(self, group: Group, column: int, n: int) -> bool:
        return (
            column >= len(self.columns)
            or (group, column) in self.suppressed
            or self.small(int(self.totals(group)[column]), n) is not None
        )


def table_of(measure: ShareMeasure, counts: Ints, structure: Structure, rules: Rules, shown: ShownGroups) -> Table:
    """The table before anything is suppressed in it. `counts`: combinations x categories."""
    columns = tuple(place for place, category in enumerate(measure.categories) if category.indicator)
    rest = [place for place, category in enumerate(measure.categories) if not category.indicator]
    joined = counts[:, list(columns)]
    if rest:
        joined = np.column_stack([joined, counts[:, rest].sum(axis=1)])
    return Table(measure, structure, rules, shown, joined, columns)


#: Whose number it is: a shown group, or (kind, row, place) of what is nowhere shown; and the column.
Owner = Group | tuple[str, int, int]
Name = tuple[Owner, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One number in the engine's terms.

    It is `value`; an attacker knows beforehand that it lies from `low` to `high`. When `is_open` he is not told it,
    and must believe that it could be as low as `value - down` and as high as `value + up`, these ends at least `apart`.
    When not open it is told, or suppressed at a loss of `weight`.
    """

    value: int
    low: int
    high: int
    is_open: bool = True
    down: int = 0
    up: int = 0
    apart: int = 0
    weight: int = 1


@dataclass(slots=True)
class Puzzle:
    """All numbers of a table and all sums that an attacker knows: of the entries in a sum, the first is the total."""

    entries: list[Entry] = field(default_factory=list)
    names: dict[Name, int] = field(default_factory=dict)
    #: (total, entries): a number is the constant total.
    sums: list[tuple[int, list[tuple[int, int]]]] = field(default_factory=list)

    def add(self, name: Name, entry: Entry) -> int:
        """Note a number; its place."""
        self.names[name] = len(self.entries)
        self.entries.append(entry)
        return self.names[name]

    def add_sum(self, total: int, parts: Iterable[int]) -> None:
        """These entries together are that entry."""
        self.sums.append((0, [(total, -1), *((part, 1) for part in parts)]))

    def add_base(self, base: int, parts: Iterable[int]) -> None:
        """These entries together are this number, which is known."""
        self.sums.append((base, [(part, 1) for part in parts]))


def puzzle_of(table: Table, linked: tuple[int, ...]) -> Puzzle:
    """What the engine has to solve for this table.

    It knows that the groups of a breakdown add up to everybody; of the breakdowns in `linked` also how their groups
    overlap, and that of no overlap it may be certain that all or none gave an answer.
    """
    puzzle = Puzzle()
    structure, width = table.structure, table.counts.shape[1]
    sizes = table.counts.sum(axis=1)
    everybody = _shown_group(puzzle, table, EVERYBODY)
    members, parts = _combinations(puzzle, table, linked) if linked else (structure.members[:0], [])
    for row, one in enumerate(structure.breakdowns):
        kept: list[list[int]] = [[] for _ in range(width)]
        hidden = np.zeros(structure.size, dtype=bool)
        for place, slug in [*enumerate(one.groups), (-1, "")]:
            inside = structure.members[row] == place
            if not sizes[inside].sum():
                continue
            group = Group(one.scheme, slug)
            if place >= 0 and group in table.shown.bases:
                cells = _shown_group(puzzle, table, group)
            else:
                cells = _unsure(puzzle, table, ("hidden", row, place), inside, apart=place >= 0)
                hidden |= inside
            for column in range(width):
                kept[column].append(cells[column])
                if row in linked:
                    own = np.flatnonzero(members[linked.index(row)] == place)
                    puzzle.add_sum(cells[column], [parts[at][column] for at in own])
        for column in range(width):
            puzzle.add_sum(everybody[column], kept[column])
        if sizes[hidden].sum():
            _together(puzzle, table, row, hidden)
    return puzzle


def _shown_group(puzzle: Puzzle, table: Table, group: Group) -> list[int]:
    n = table.shown.bases[group]
    cells = []
    for column, value in enumerate(int(count) for count in table.totals(group)):
        low, high = 0, n
        small = table.small(value, n)
        is_shown = column < len(table.columns)
        if small and is_shown:
            low, high = small
        down, up = (value - small[0], small[1] - value) if small else (0, 0)
        # Of everybody rather than of a group, of a large group rather than of a small one: that is read most.
        weight = 100_000 if group == EVERYBODY else 100 + n
        is_open = bool(small) or not is_shown
        cells.append(puzzle.add((group, column), Entry(value, low, high, is_open, down, up, weight=weight)))
    puzzle.add_base(n, cells)
    return cells


def _unsure(puzzle: Puzzle, table: Table, name: Owner, inside: Bools, *, apart: bool) -> list[int]:
    """A group that is not shown: nobody may find its count, or that all or none of it gave an answer."""
    values = table.counts[inside].sum(axis=0)
    n = int(values.sum())
    cells = []
    for column, value in enumerate(int(count) for count in values):
        # Away from none and all, if that is what it is; and in any case not one value.
        down, up = (int(value == n), int(value == 0)) if apart else (0, 0)
        entry = Entry(value, 0, n, down=down, up=up, apart=min(2, n) if apart else 0)
        cells.append(puzzle.add((name, column), entry))
    puzzle.add_base(n, cells)
    return cells


def _together(puzzle: Puzzle, table: Table, row: int, hidden: Bools) -> None:
    """All hidden groups of a breakdown together: a count of nearly nobody or nearly everybody stays unsure."""
    parts = {("hidden", row, place) for place in np.unique(table.structure.members[row]).tolist()}
    values = table.counts[hidden].sum(axis=0)
    n = int(values.sum())
    for column, value in enumerate(int(count) for count in values):
        small = table.small(value, n)
        down, up = (value - small[0], small[1] - value) if small else (0, 0)
        whole = puzzle.add((("together", row, 0), column), Entry(value, 0, n, down=down, up=up))
        members = [at for name, at in puzzle.names.items() if name[1] == column and name[0] in parts]
        puzzle.add_sum(whole, members)


def _combinations(puzzle: Puzzle, table: Table, linked: tuple[int, ...]) -> tuple[Ints, list[list[int]]]:
    """The overlaps that are not empty: in which group of each linked breakdown they are, and their entries."""
    occupied = table.counts.sum(axis=1) > 0
    members, number = np.unique(table.structure.members[list(linked)][:, occupied], axis=1, return_inverse=True)
    counts = np.zeros((members.shape[1], table.counts.shape[1]), dtype=np.int64)
    np.add.at(counts, number.ravel(), table.counts[occupied])
    places = []
    for at, values in enumerate(counts.tolist()):
        n = sum(values)
        entries = [Entry(value, 0, n, down=int(value == n), up=int(value == 0)) for value in values]
        places.append([puzzle.add((("combination", 0, at), column), one) for column, one in enumerate(entries)])
        puzzle.add_base(n, places[-1])
    return members, places

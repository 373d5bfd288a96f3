"""The one door: nothing about answers goes to the database, a page or a file but what comes out of here.

Nothing outside this package makes a `Released...` object; a test looks for it. Why each rule is as it is: docs/decisions/0008.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from ..measures import Measured, ScoreMeasure, ShareMeasure
from ..models import Withheld
from .audit import Attacker, Finding
from .derived import sources_of
from .engine import SuppressionError, cells_to_suppress
from .followups import FollowUps
from .groups import Gate
from .released import EVERYBODY, Group, Release, ReleasedScore, ReleasedShare
from .rules import Rules
from .scores import release_scores
from .structure import Structure, structure_of
from .tables import Table, puzzle_of, table_of

Progress = Callable[[float], object]


class DisclosureError(RuntimeError):
    """The audit could work out something that has to stay hidden; nothing may be published."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        what = "; ".join(f"{one.measure}: {one.text}" for one in findings[:10])
        super().__init__(f"Niets overgenomen: uit de cijfers is iets af te leiden dat geheim moet blijven. {what}")


def release(measured: Measured, rules: Rules | None = None, progress: Progress = lambda share: None) -> Release:
    """What may be known of these measures.

    `progress` gets the part that is done, 0 to 1. Raises DisclosureError when the audit gets through.
    """
    rules = rules or Rules.from_settings()
    door = _Door(measured, rules)
    # A question comes before the questions that follow on it: those have a smaller base.
    before = {one.key: one.after for one in measured.shares}
    order = sorted(
        measured.shares,
        key=lambda one: (-int(np.count_nonzero(one.answers >= 0)), _depth(one.key, before), door.is_derived(one)),
    )
    rows: dict[str, list[ReleasedShare]] = {}
    for number, measure in enumerate(order):
        rows[measure.key] = door.shares(measure)
        progress(0.95 * number / len(order))
    scores = tuple(row for measure in measured.scores for row in door.scores(measure))
    released = Release(tuple(row for measure in measured.shares for row in rows[measure.key]), scores)
    if findings := door.attacker.everything(released, measured):
        raise DisclosureError(findings)
    progress(1.0)
    return released


def _depth(key: str, before: dict[str, str]) -> int:
    """How many questions decide whether this one is put; a codebook that turns in a circle has an end too."""
    seen: set[str] = set()
    while (key := before.get(key, "")) and key not in seen:
        seen.add(key)
    return len(seen)


class _Door:
    def __init__(self, measured: Measured, rules: Rules) -> None:
        lengths = [len(one.answers) for one in measured.shares] + [len(one.scores) for one in measured.scores]
        self._breakdowns = measured.breakdowns
        self._respondents = max(lengths, default=0)
        self._rules = rules
        self._structure = structure_of(measured.breakdowns, self._respondents)
        self._gate = Gate(self._structure, rules)
        self._follow_ups = FollowUps()
        self._sources = {
            one.key: [source.key for source in sources_of(one, measured.shares)] for one in measured.shares
        }
        self._open: dict[str, frozenset[Group]] = {}
        self.attacker = Attacker(measured, rules)

    def is_derived(self, measure: ShareMeasure) -> bool:
        """Whether it was counted from other questions, which then have to come first."""
        return bool(self._sources[measure.key])

    def scores(self, measure: ScoreMeasure) -> Iterable[ReleasedScore]:
        closed = self._follow_ups.closed_for(~np.isnan(measure.scores))
        return release_scores(measure, self._structure, self._gate, self._rules, closed)

    def shares(self, measure: ShareMeasure) -> list[ReleasedShare]:
        """The rows of one measure, with as little withheld as the attacker allows."""
        structure, gate = self._structure, self._gate
        others = tuple(one for one in self._breakdowns if one.scheme != measure.key)
        if len(others) < len(self._breakdowns):
            # By itself a question tells nothing: in each group everybody gives one answer.
            structure = structure_of(others, self._respondents)
            gate = Gate(structure, self._rules)
        counts = structure.count(measure.answers, len(measure.categories))
        closed = self._follow_ups.closed_for(measure.answers >= 0, measure.after)
        closed = closed.union(*(self._open[source] for source in self._sources[measure.key]))
        findings: list[Finding] = []
        for more in _less_and_less(structure):
            table = table_of(measure, counts, structure, self._rules, gate.shown(counts.sum(axis=1), closed | more))
            for linked in _more_and_more(structure):
                if not self._suppress(table, linked):
                    continue
                rows = list(_rows(table))
                findings = self.attacker.shares(measure, rows)
                if not findings:
                    self._follow_ups.add(table)
                    self._open[measure.key] = table.open_groups()
                    return rows
        raise DisclosureError(findings)

    def _suppress(self, table: Table, linked: tuple[int, ...]) -> bool:
        """Choose the cells to suppress; False when nothing protects the table.

        Of a derived question a group is shown whole or not at all.
        """
        while _suppress(table, linked):
            halfway = table.open_groups() & table.shown.bases.keys()
            if not (halfway and self._sources[table.measure.key]):
                return True
            gate = Gate(table.structure, self._rules)
            hidden = table.open_groups()
            table.shown = gate.shown(table.counts.sum(axis=1), hidden)
        return False


def _less_and_less(structure: Structure) -> Iterable[frozenset[Group]]:
    """What to close: nothing; where that can't be protected, one breakdown, then all of them, then everything."""
    own = [frozenset(Group(one.scheme, slug) for slug in one.groups) for one in structure.breakdowns]
    yield frozenset()
    yield from sorted(own, key=lambda groups: -len(groups))
    everything = frozenset[Group]().union(*own)
    yield everything
    yield everything | {EVERYBODY}


def _more_and_more(structure: Structure) -> Iterable[tuple[int, ...]]:
    """Of which breakdowns the engine has to know how they overlap.

    The two with most groups: nearly always enough, and ten times as fast as all that are public, which come after.
    """
    public = [row for row, one in enumerate(structure.breakdowns) if one.is_public]
    largest = sorted(public, key=lambda row: -len(structure.breakdowns[row].groups))[:2]
    yield tuple(sorted(largest))
    if len(public) > len(largest):
        yield tuple(public)


def _suppress(table: Table, linked: tuple[int, ...]) -> bool:
    """Choose the cells to suppress; False when the engine finds none that protect the table."""
    table.suppressed = set()
    if EVERYBODY not in table.shown.bases:
        return True
    puzzle = puzzle_of(table, linked)
    cells = {place: (group, column) for (group, column), place in puzzle.names.items() if isinstance(group, Group)}
    try:
        table.suppressed = {cells[place] for place in cells_to_suppress(puzzle)}
    except SuppressionError:
        return False
    return True


def _rows(table: Table) -> Iterable[ReleasedShare]:
    for column, place in enumerate(table.columns):
        category = table.measure.categories[place]
        for group in table.structure.groups():
            blank = ReleasedShare(category.indicator, category.statistic, group, None, None)
            if group not in table.shown.bases:
                yield replace(blank, withheld=table.shown.withheld[group])
                continue
            n, count = table.shown.bases[group], int(table.totals(group)[column])
            if (group, column) in table.suppressed:
                yield replace(blank, withheld=Withheld.PROTECTS)
            elif small := table.small(count, n):
                yield replace(blank, n=n, at_least=small[0], at_most=small[1])
            else:
                yield replace(blank, n=n, count=count)

"""The attacker: tries to work out from a release what it does not say.

He has the release, knows of every respondent to which groups it belongs and whether a question was put to it, and knows
these rules. He knows no answers: this module looks at bases only, never at what was answered. It shares no code with
the modules that choose what to withhold, so that one mistake can't hide in both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from ..measures import Measured, ScoreMeasure, ShareMeasure
from .counting import Target, Unknowns
from .population import Population, population_of, respondents_of
from .released import EVERYBODY, Group, Release, ReleasedScore, ReleasedShare
from .rules import Rules
from .structure import Bools, Ints

#: A sum of up to so many groups and totals is tried in every way; longer ones are for the exact search beforehand.
LONGEST_SUM = 3
#: With more groups than this only sums of two are tried.
MANY_GROUPS = 60
#: Scores that differ less than this do not differ.
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an attacker can work out: of which measure, and what, in words for the log."""

    measure: str
    text: str


def audit(release: Release, measured: Measured, rules: Rules | None = None) -> list[Finding]:
    """All that can be worked out of this release; empty when it keeps what it has to keep."""
    return Attacker(measured, rules or Rules()).everything(release, measured)


class Attacker:
    """Knows the respondents and their groups, and gets what is released of one measure at a time."""

    def __init__(self, measured: Measured, rules: Rules) -> None:
        self._rules = rules
        self._breakdowns = measured.breakdowns
        self._respondents = respondents_of(measured)
        self._population = population_of(measured.breakdowns, self._respondents)
        self._sums: dict[tuple[bytes, frozenset[Group]], list[str]] = {}
        self._done: dict[tuple[str, tuple[ReleasedShare, ...]], list[Finding]] = {}

    def everything(self, release: Release, measured: Measured) -> list[Finding]:
        """What can be worked out of a release; what was attacked before, exactly as it is now, is not done again."""
        findings = []
        for measure in measured.shares:
            findings += self.shares(measure, release.shares)
        for score in measured.scores:
            findings += self.scores(score, release.scores)
        return findings

    def shares(self, measure: ShareMeasure, released: Iterable[ReleasedShare]) -> list[Finding]:
        """What can be worked out of the shares that belong to this measure; others are passed by."""
        places = {
            (category.indicator, category.statistic): place
            for place, category in enumerate(measure.categories)
            if category.indicator
        }
        own = tuple(row for row in released if (row.indicator, row.statistic) in places)
        if (measure.key, own) not in self._done:
            rows: dict[int, dict[Group, ReleasedShare]] = {place: {} for place in places.values()}
            for row in own:
                rows[places[row.indicator, row.statistic]][row.group] = row
            self._done[measure.key, own] = self._attack(measure, rows)
        return self._done[measure.key, own]

    def _attack(self, measure: ShareMeasure, rows: dict[int, dict[Group, ReleasedShare]]) -> list[Finding]:
        population = self._known_for(measure.key)
        sizes = population.sizes(measure.answers >= 0)
        shown = {group for cells in rows.values() for group, cell in cells.items() if cell.withheld is None}
        found = self._isolating(shown, sizes, population)
        found += attack_shares(measure, rows, sizes, population, self._rules)
        return [Finding(measure.key, text) for text in found]

    def scores(self, measure: ScoreMeasure, released: Iterable[ReleasedScore]) -> list[Finding]:
        """What can be worked out of the scores that belong to this measure; others are passed by."""
        rows = [row for row in released if row.indicator == measure.indicator]
        sizes = self._population.sizes(~np.isnan(measure.scores))
        found = self._isolating({row.group for row in rows if row.withheld is None}, sizes, self._population)
        found += _attack_scores(rows, sizes, self._population, self._rules)
        return [Finding(measure.key, text) for text in found]

    def _known_for(self, key: str) -> Population:
        """A question that is a breakdown too is not broken down by itself: there everybody gives one answer."""
        others = tuple(one for one in self._breakdowns if one.scheme != key)
        if len(others) == len(self._breakdowns):
            return self._population
        return population_of(others, self._respondents)

    def _isolating(self, shown: set[Group], sizes: Ints, population: Population) -> list[str]:
        key = (sizes.tobytes(), frozenset(shown))
        if key not in self._sums:
            self._sums[key] = list(_few(shown, sizes, population, self._rules))
        return list(self._sums[key])


def _few(seen: set[Group], sizes: Ints, population: Population, rules: Rules) -> Iterable[str]:
    """Sums and differences of shown groups, and of all that is hidden in a breakdown, about fewer than allowed."""
    if not seen:
        return
    least = rules.least_answers
    known: dict[str, Ints] = {}
    for group in seen:
        inside = population.groups[group]
        if sizes[inside].sum() < least:
            yield f"{_name(group)} heeft minder dan {least} antwoorden en is toch te zien"
        known[_name(group)] = inside.astype(np.int64)
    private = set()
    for one in population.breakdowns:
        shown = [population.groups[Group(one.scheme, slug)] for slug in one.groups if Group(one.scheme, slug) in seen]
        if not shown:
            continue
        hidden = population.divided[one.scheme] & ~np.logical_or.reduce(shown)
        if 0 < sizes[hidden].sum() < least:
            yield f"wat niet te zien is van {one.scheme}, telt samen minder dan {least} antwoorden"
        known[f"rest van {one.scheme}"] = hidden.astype(np.int64)
        if not one.is_public:
            private |= {f"rest van {one.scheme}", *(_name(Group(one.scheme, slug)) for slug in one.groups)}
    names = [name for name in known if name not in private]
    table = np.array([known[name] for name in names])
    for length in range(2, LONGEST_SUM + (len(names) <= MANY_GROUPS)):
        chosen = np.array(list(combinations(range(len(names)), length)), dtype=np.int64).reshape(-1, length)
        for signs in product((1, -1), repeat=length - 1):
            total = table[chosen[:, 0]]
            for column, sign in enumerate(signs, 1):
                total = total + sign * table[chosen[:, column]]
            told = (total != 0) @ sizes
            for at in np.flatnonzero((told > 0) & (told < least)):
                sums = ", ".join(
                    f"{'+-'[sign < 0]}{names[one]}" for one, sign in zip(chosen[at], (1, *signs), strict=True)
                )
                yield f"{sums} gaat over {told[at]} organisaties"


def attack_shares(
    measure: ShareMeasure,
    rows: dict[int, dict[Group, ReleasedShare]],
    sizes: Ints,
    population: Population,
    rules: Rules,
) -> Iterable[str]:
    """Try to narrow each count that is not given, by linear programming over all counts that are possible.

    `rows`: for each place in the categories of the measure what was released of it.
    """
    base = int(sizes.sum())
    told = {group for cells in rows.values() for group, cell in cells.items() if cell.withheld is None}
    if not told:
        return
    limit = rules.small_count
    # Categories of which nothing is ever told can't be told apart: one unknown for all of them.
    places = {category: column for column, category in enumerate(rows)}
    width = len(places) + (len(places) < len(measure.categories))
    unknowns = Unknowns(sizes, width)
    for category, cells in rows.items():
        for group, cell in cells.items():
            inside = population.groups[group]
            n = int(sizes[inside].sum())
            if cell.withheld is not None:
                if cell.count is not None or cell.n is not None or cell.at_least is not None:
                    yield f"{_name(group)} is niet te zien en heeft toch een getal"
                continue
            if cell.n != n:
                yield f"{_name(group)} heeft een andere n dan de vraag"
            if cell.count is not None:
                if cell.count < limit or cell.count > n - limit:
                    yield f"{_name(group)} heeft een klein aantal dat precies is gegeven"
                unknowns.tell(inside, places[category], cell.count, cell.count)
            elif (cell.at_least, cell.at_most) in ((0, limit - 1), (n - limit + 1, n)):
                unknowns.tell(inside, places[category], cell.at_least or 0, cell.at_most or 0)
            else:
                yield f"{_name(group)} heeft een ander bereik dan {limit} onder of boven"
    if base < rules.least_answers:
        yield f"er zijn {base} antwoorden en toch is er iets te zien"
    for other in population.divided.values():
        if not (other & population.groups[EVERYBODY]).any():
            unknowns.same(population.groups[EVERYBODY], other)
    yield from unknowns.attack(_targets(rows, measure, told, population), limit)


def _targets(
    rows: dict[int, dict[Group, ReleasedShare]], measure: ShareMeasure, told: set[Group], population: Population
) -> list[Target]:
    """All counts that the release does not give: of shown groups, of hidden ones, and of what is hidden together."""
    places = {category: column for column, category in enumerate(rows)}
    shown_columns = list(places.items())
    has_rest = len(places) < len(measure.categories)
    found = []
    sizes = population.sizes(measure.answers >= 0)

    def aim(name: str, inside: Bools, column: int, width: int) -> None:
        n = int(sizes[inside].sum())
        if n:
            found.append(Target(f"{name}, antwoord {column}", inside, column, n, width))

    def aim_all(name: str, inside: Bools, width: int) -> None:
        for column in range(len(places) + has_rest):
            aim(name, inside, column, width)

    for group in told:
        for category, column in shown_columns:
            cell = rows[category].get(group)
            if cell is None or cell.count is None:
                aim(_name(group), population.groups[group], column, 2 if cell is None or cell.withheld else 0)
        if has_rest and len(places) > 1:
            aim(_name(group), population.groups[group], len(places), 0)
    for one in population.breakdowns:
        together = population.divided[one.scheme].copy()
        for slug in one.groups:
            group = Group(one.scheme, slug)
            inside = population.groups[group]
            if group in told:
                together &= ~inside
            else:
                aim_all(_name(group), inside, 2)
        aim_all(f"rest van {one.scheme}", together, 0)
    return found


def _attack_scores(rows: list[ReleasedScore], sizes: Ints, population: Population, rules: Rules) -> Iterable[str]:
    shown = {row.group: row for row in rows if row.withheld is None}
    for row in rows:
        name = _name(row.group)
        quartiles = (row.lower_quartile, row.median, row.upper_quartile)
        tenths = (row.lower_tenth, row.upper_tenth)
        values = [value for value in (row.mean, row.deviation, *quartiles, *tenths) if value is not None]
        if row.withheld is not None and (values or row.n is not None):
            yield f"{name} is niet te zien en heeft toch een getal"
        if row.withheld is not None:
            continue
        n = int(sizes[population.groups[row.group]].sum())
        if row.n != n:
            yield f"{name} heeft een andere n dan de vraag"
        if n < rules.quartiles_from and any(value is not None for value in quartiles):
            yield f"{name} heeft te weinig antwoorden voor kwartielen"
        if n < rules.tenths_from and any(value is not None for value in tenths):
            yield f"{name} heeft te weinig antwoorden voor de uiterste 10 procent"
        if any(value is not None and round(value, 1) != value for value in (*quartiles, *tenths)):
            yield f"{name} heeft een kwartiel dat precies de score van een organisatie kan zijn"
        if row.deviation is not None and row.deviation < _SAME:
            yield f"van {name} gaf iedereen hetzelfde antwoord"
    yield from _few(set(shown), sizes, population, rules)
    yield from _same_scores(shown, sizes, population)


def _same_scores(shown: dict[Group, ReleasedScore], sizes: Ints, population: Population) -> Iterable[str]:
    """What is left of everybody after subtracting the shown groups of a breakdown: did all of it score the same?"""
    whole = shown.get(EVERYBODY)
    for one in population.breakdowns:
        groups = [Group(one.scheme, slug) for slug in one.groups]
        parts = [shown[group] for group in groups if group in shown]
        if whole is None or whole.n is None or not parts:
            continue
        n = whole.n - sum(part.n or 0 for part in parts)
        if n < 1:
            continue
        total, squares = (_power(whole, power) - sum(_power(part, power) for part in parts) for power in (1, 2))
        if squares / n - (total / n) ** 2 < _SAME:
            yield f"van de rest van {one.scheme} gaf iedereen hetzelfde antwoord"


def _power(row: ReleasedScore, power: int) -> float:
    """The sum of the scores, or of their squares, from mean and sample deviation."""
    n, mean, deviation = row.n or 0, row.mean or 0.0, row.deviation or 0.0
    return n * mean if power == 1 else (n - 1) * deviation**2 + n * mean**2


def _name(group: Group) -> str:
    return f"{group.scheme}/{group.slug}" if group.scheme else "iedereen"

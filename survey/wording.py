"""How a number is said in Dutch: with its unit, as exactly as its source gives it and no more."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from .models import Indicator, Provenance, Qualifier, Statistic, Withheld

PERCENT = Indicator.Unit.PERCENT.value
COUNT = Indicator.Unit.COUNT.value
SCORE = Indicator.Unit.SCORE.value
#: The difference between two percentages; no indicator has this unit, the statistic `GAP` gives it.
POINTS = "procentpunt"

UNREADABLE = "niet leesbaar in de bron"

_ENDINGS = {PERCENT: "%", COUNT: "", SCORE: "", POINTS: " procentpunten"}
_DECIMALS = {PERCENT: 0, COUNT: 0, SCORE: 1, POINTS: 0}
#: A source that says "bijna twee derde" has counted no decimals.
_THIRDS = {"33,3": "een derde", "66,7": "twee derde"}
#: Words of a source that say more than the qualifier they were read as.
_OWN_WORDS = re.compile(r"(iets meer dan|iets minder dan|ruim|krap)\b", re.IGNORECASE)

#: Parts of ten that people say: percentage -> words.
_PARTS = {
    5.0: "1 op de 20",
    10.0: "1 op de 10",
    20.0: "1 op de 5",
    25.0: "een kwart",
    30.0: "3 op de 10",
    100 / 3: "een derde",
    40.0: "4 op de 10",
    50.0: "de helft",
    60.0: "6 op de 10",
    200 / 3: "twee derde",
    70.0: "7 op de 10",
    75.0: "driekwart",
    80.0: "8 op de 10",
    90.0: "9 op de 10",
}


class _Named(Protocol):
    @property
    def unit(self) -> str: ...


class _Sayable(Protocol):
    """A number with its unit and its reason not to be shown: a `Result`, or what a page keeps of it."""

    @property
    def value(self) -> float | None: ...
    @property
    def value_to(self) -> float | None: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def wording(self) -> str: ...
    @property
    def statistic(self) -> str: ...
    @property
    def provenance(self) -> str: ...
    @property
    def withheld(self) -> str: ...
    @property
    def indicator(self) -> _Named: ...


def number_text(
    value: float | None,
    unit: str,
    qualifier: str = Qualifier.EXACT,
    value_to: float | None = None,
    wording: str = "",
    *,
    decimals: int | None = None,
) -> str:
    """A number as a reader sees it: "bijna 60%", "77 tot 81%", "3,7", "1.374", "niet leesbaar in de bron".

    Percentages are whole, scores have one decimal; a number that its source writes with decimals (`wording`) keeps
    them, and so does a score of at most two decimals when nothing is said about rounding (`decimals`).
    """
    if value is None or qualifier == Qualifier.UNKNOWN:
        return UNREADABLE
    places = _places(value, unit, wording) if decimals is None else decimals
    ending = _ending(value, unit)
    if value_to is not None and value_to != value:
        low, high = decimal_text(value, places), decimal_text(value_to, places)
        if low != high:
            return f"{low} tot {high}{_ending(value_to, unit)}"
    if qualifier == Qualifier.EXACT:
        return _exact(value, unit, places)
    third = _THIRDS.get(decimal_text(value, 1)) if unit == PERCENT else None
    return f"{_before(qualifier, wording)} {third or decimal_text(value, places) + ending}".strip()


def result_text(result: _Sayable) -> str:
    """A result as a reader sees it; why it is not shown when it is withheld."""
    if result.withheld:
        return Withheld(result.withheld).label
    unit = unit_of(result.statistic, result.indicator.unit)
    decimals = None if result.provenance == Provenance.PUBLISHED else _DECIMALS[unit]
    if result.statistic == Statistic.RELIABILITY:
        decimals = 2
    return number_text(result.value, unit, result.qualifier, result.value_to, wording=result.wording, decimals=decimals)


def unit_of(statistic: str, indicator_unit: str) -> str:
    """What a statistic of an indicator counts: a share is in percent whatever its indicator is measured in."""
    if Statistic(statistic).is_share:
        return PERCENT
    if statistic == Statistic.COUNT:
        return COUNT
    if statistic == Statistic.RELIABILITY:
        return SCORE
    if statistic == Statistic.GAP and indicator_unit == PERCENT:
        return POINTS
    return indicator_unit


def interval_text(low: float, high: float, unit: str) -> str:
    """Between which two numbers: "tussen 35 en 45%"; one number when rounding leaves no difference."""
    places = _DECIMALS[unit]
    first, last = decimal_text(low, places), decimal_text(high, places)
    if first == last:
        return f"ongeveer {last}{_ending(high, unit)}"
    return f"tussen {first} en {last}{_ending(high, unit)}"


def in_ten(value: float, qualifier: str = Qualifier.EXACT) -> str:
    """A percentage in words that people use: "bijna 6 op de 10", "ruim de helft", "ongeveer een kwart".

    Where a source is not exact and no such part lies near its number, the number itself is said.
    """
    part, words = min(_PARTS.items(), key=lambda entry: (abs(entry[0] - value), entry[0]))
    distance = value - part
    if qualifier in (Qualifier.EXACT, Qualifier.BETWEEN):
        if value >= 97 or value <= 3:
            return _everybody_or_nobody(value)
        if 10.5 < value < 19 and abs(distance) > 1:
            return f"ongeveer 1 op de {decimal_text(100 / value, 0)}"
        if abs(distance) < 0.5:
            return words
        return f"{'bijna' if distance < 0 else 'ruim'} {words}"
    if abs(distance) > 0.5 or qualifier == Qualifier.UNKNOWN:
        return number_text(value, PERCENT, qualifier)
    return f"{_before(qualifier, '')} {words}"


def decimal_text(value: float, places: int) -> str:
    """Dutch digits: a comma before the decimals, a point between thousands, a half goes up, a minus that is no hyphen."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".translate(str.maketrans(",.", ".,"))
    return f"\N{MINUS SIGN}{text}" if rounded < 0 else text


def _everybody_or_nobody(value: float) -> str:
    if value in (0, 100):
        return "iedereen" if value else "niemand"
    return "bijna iedereen" if value >= 97 else "bijna niemand"


def _exact(value: float, unit: str, places: int) -> str:
    """Rounding never makes "nobody" or "everybody" of some."""
    digits = decimal_text(value, places)
    if unit == PERCENT and digits == "0" and value > 0:
        return "minder dan 1%"
    if unit == PERCENT and digits == "100" and value < 100:
        return "meer dan 99%"
    return digits + _ending(value, unit)


def _before(qualifier: str, wording: str) -> str:
    own = _OWN_WORDS.match(wording.strip())
    if own:
        return own[1].lower()
    # Without an upper bound "tussen" would miss its other half.
    return "ongeveer" if qualifier == Qualifier.BETWEEN else Qualifier(qualifier).label


def _ending(value: float, unit: str) -> str:
    return " procentpunt" if unit == POINTS and abs(value) == 1 else _ENDINGS[unit]


def _places(value: float, unit: str, wording: str) -> int:
    """As many decimals as the source writes this number with; else those of its unit."""
    for whole, part in re.findall(r"(\d+),(\d+)", wording):
        if abs(float(f"{whole}.{part}") - value) < 1e-9:
            return len(part)
    usual = _DECIMALS[unit]
    if unit == SCORE and value == round(value):
        return 0 if wording and "," not in wording else usual
    if unit == SCORE and not wording and value == round(value, 2) != round(value, 1):
        return 2
    return usual

"""What a chart shows, as plain data: nothing here knows how it is drawn.

Equal charts have equal keys, whoever made them and in whatever order; a chart that shows something else has another one.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Protocol, Self

from ..models import Indicator, Provenance, Qualifier, Withheld
from ..wording import UNREADABLE, number_text

#: Raise it when the same data must be drawn anew.
RENDERER = 1

#: The scale of the climate score.
LOWEST_SCORE, HIGHEST_SCORE = 1.0, 5.0


class _Number(Protocol):
    @property
    def value(self) -> float | None: ...
    @property
    def value_to(self) -> float | None: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def wording(self) -> str: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def n(self) -> int | None: ...
    @property
    def withheld(self) -> str: ...
    @property
    def provenance(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One number, or the reason why there is none. `low` and `high` are the ends of its interval.

    `decimals`: how it is rounded when it is said; None: as its source writes it.
    """

    value: float | None = None
    value_to: float | None = None
    qualifier: str = Qualifier.EXACT
    wording: str = ""
    low: float | None = None
    high: float | None = None
    n: int | None = None
    withheld: str = ""
    decimals: int | None = None

    def __post_init__(self) -> None:
        """A withheld number that still carries something could be read from a picture or its key."""
        if self.withheld and any(part is not None for part in (self.value, self.value_to, self.low, self.high, self.n)):
            raise ValueError("A withheld number tells nothing.")

    @classmethod
    def of(cls, number: _Number | None, unit: str = Indicator.Unit.PERCENT) -> Self:
        """The number of a result; without a result: not asked."""
        if number is None:
            return cls(withheld=Withheld.NOT_ASKED)
        if number.withheld:
            return cls(withheld=str(number.withheld))
        rounded = 1 if unit == Indicator.Unit.SCORE else 0
        return cls(
            value=number.value,
            value_to=number.value_to,
            qualifier=str(number.qualifier),
            wording=number.wording,
            low=number.low,
            high=number.high,
            n=number.n,
            decimals=None if number.provenance == Provenance.PUBLISHED else rounded,
        )

    @property
    def is_shown(self) -> bool:
        """Whether there is a number to draw."""
        return self.value is not None and not self.withheld and self.qualifier != Qualifier.UNKNOWN

    @property
    def end(self) -> float:
        """The last value it may stand for, whiskers not included; only when shown."""
        return max(self.value or 0.0, self.value_to or 0.0)

    def text(self, unit: str) -> str:
        """How it is said, or why there is none."""
        if self.withheld:
            return str(Withheld(self.withheld).label)
        if not self.is_shown:
            return UNREADABLE
        return number_text(
            self.value, unit, self.qualifier, self.value_to, wording=self.wording, decimals=self.decimals
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartData:
    """What every chart has. `title` is the finding, a sentence; `base` says who answered, n and edition."""

    title: str
    question: str = ""
    base: str = ""
    source: str = ""
    note: str = ""
    unit: str = Indicator.Unit.PERCENT
    row_head: str = "Groep"
    is_example: bool = False

    @property
    def key(self) -> str:
        """The name of its drawing: a hash of everything it shows."""
        return _key_of(self)


@lru_cache(maxsize=512)
def _key_of(chart: ChartData) -> str:
    """A page asks for it many times."""
    shown = {"kind": type(chart).__name__, "renderer": RENDERER, **_plain(asdict(chart))}
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reference:
    """A line to hold all rows against: the average of all organisations."""

    label: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row with a value for each series (bars) or class (distribution). `url`: where its name leads in the table."""

    label: str
    values: tuple[Value, ...]
    highlighted: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(ChartData):
    """Bars for one series, or side by side for several (countries, editions). Values are not below zero."""

    rows: tuple[Row, ...]
    series: tuple[str, ...] = ("",)
    reference: Reference | None = None

    def __post_init__(self) -> None:
        """Each row has a value for each series."""
        _check(self.rows, len(self.series))


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(ChartData):
    """How the organisations are spread over classes that exclude each other, in the order of the classes; in percent."""

    rows: tuple[Row, ...]
    classes: tuple[str, ...]

    def __post_init__(self) -> None:
        """Each row has a value for each class."""
        _check(self.rows, len(self.classes))


@dataclass(frozen=True, slots=True, kw_only=True)
class DivergingRow:
    """How many say that something hindered, did not matter, or helped; the averages are those of all organisations."""

    label: str
    hindered: Value
    neutral: Value
    helped: Value
    average_hindered: float | None = None
    average_helped: float | None = None
    highlighted: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diverging(ChartData):
    """Hindered to the left, helped to the right; who was neutral stands in the table."""

    rows: tuple[DivergingRow, ...]
    hindered_label: str = "hinderde"
    neutral_label: str = "maakte niet uit"
    helped_label: str = "hielp"
    average_label: str = "alle organisaties"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRow:
    """The scores of a group. What may not be shown is None; with a reason in `withheld` nothing is shown."""

    label: str
    q1: float | None = None
    median: float | None = None
    q3: float | None = None
    p10: float | None = None
    p90: float | None = None
    mean: float | None = None
    n: int | None = None
    withheld: str = ""
    highlighted: bool = False
    url: str = ""

    def __post_init__(self) -> None:
        """A withheld group that still carries something could be read from a picture or its key."""
        parts = (self.q1, self.median, self.q3, self.p10, self.p90, self.mean, self.n)
        if self.withheld and any(part is not None for part in parts):
            raise ValueError("A withheld group tells nothing.")

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to draw."""
        return self.mean is not None or self.median is not None

    @property
    def has_box(self) -> bool:
        """Whether both quartiles may be shown."""
        return self.q1 is not None and self.q3 is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(ChartData):
    """The spread of a score per group. Whiskers end at the lowest and highest tenth: extremes are single organisations."""

    rows: tuple[BoxRow, ...]
    unit: str = Indicator.Unit.SCORE
    low: float = LOWEST_SCORE
    high: float = HIGHEST_SCORE


@dataclass(frozen=True, slots=True, kw_only=True)
class Development(ChartData):
    """The same number in a few editions: each row is a series with a value for each edition."""

    rows: tuple[Row, ...]
    editions: tuple[str, ...]

    def __post_init__(self) -> None:
        """Each series has a value for each edition."""
        _check(self.rows, len(self.editions))


AnyChart = Bars | Distribution | Diverging | Box | Development


def _check(rows: tuple[Row, ...], expected: int) -> None:
    for row in rows:
        if len(row.values) != expected:
            raise ValueError(f"{row.label}: {len(row.values)} values, {expected} expected.")


def _plain(part: Any) -> Any:
    """3 and 3.0 are the same number, a choice is its code."""
    if isinstance(part, dict):
        return {key: _plain(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_plain(value) for value in part]
    if isinstance(part, int) and not isinstance(part, bool):
        return float(part)
    return str(part) if isinstance(part, str) else part

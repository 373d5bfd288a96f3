"""What passed disclosure control: the only numbers about answers that the rest of the site may know."""

from dataclasses import dataclass

from ..models import Statistic, Withheld


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a breakdown by its slugs; both empty: everybody."""

    scheme: str = ""
    slug: str = ""


EVERYBODY = Group()


@dataclass(frozen=True, slots=True)
class ReleasedShare:
    """How many of a group gave this answer.

    Either `withheld` says why there is nothing, or `n` is the base and `count` the number of answers; where the count
    would tell too much it is None and stands somewhere from `at_least` to `at_most` (both included).
    """

    indicator: str
    statistic: Statistic
    group: Group
    n: int | None
    count: int | None
    at_least: int | None = None
    at_most: int | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class ReleasedScore:
    """Mean, spread and quartiles of a group; each None where the group is too small for it."""

    indicator: str
    group: Group
    n: int | None
    mean: float | None = None
    deviation: float | None = None
    lower_quartile: float | None = None
    median: float | None = None
    upper_quartile: float | None = None
    lower_tenth: float | None = None
    upper_tenth: float | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """All that may be known of one file of answers."""

    shares: tuple[ReleasedShare, ...]
    scores: tuple[ReleasedScore, ...]

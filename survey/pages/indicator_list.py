"""All indicators by subject, each with the newest number for all organisations. Everything is in memory: no query."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.text import slugify

from ..barometer import MAIN_STATISTIC, Barometer, EditionEntry, IndicatorEntry, Number, barometer
from ..models import Indicator, Qualifier, Statistic
from ..wording import UNREADABLE, result_text

EXAMPLE_ONLY = "alleen in de voorbeeldeditie"
#: Beside the number that belongs to the unit; a factor has no other.
FACTOR = (Statistic.HELPED, Statistic.NEUTRAL, Statistic.HINDERED)
FACTOR_WORDS = {Statistic.HELPED: "hielp", Statistic.NEUTRAL: "maakte niet uit", Statistic.HINDERED: "hinderde"}


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator in the list. `value` is empty when no source gives a number; `note` then says why."""

    indicator: IndicatorEntry
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Indicators about one subject."""

    name: str
    anchor: str
    lines: list[IndicatorLine]


def indicator_themes() -> list[Theme]:
    """Every indicator, in the order of the barometer."""
    found = barometer()
    return [
        Theme(name, f"over-{slugify(name)}", [_line(found, indicator) for indicator in members])
        for name, members in groupby(found.indicators.values(), key=lambda indicator: indicator.theme)
    ]


def real_editions(found: Barometer) -> list[EditionEntry]:
    """Rounds of the Dutch barometer, newest first, then what it is held against. No examples."""
    main = found.main_editions()
    return main + [edition for edition in found.editions.values() if not edition.is_example and not edition.is_main]


def main_numbers(found: Barometer, edition: EditionEntry, indicator: IndicatorEntry) -> list[Number]:
    """What an edition says about all organisations: the number that belongs to the unit, or three for a factor."""
    numbers = found.for_everybody.get(edition.slug, {}).get(indicator.slug, {})
    wanted = (MAIN_STATISTIC[Indicator.Unit(indicator.unit)], *FACTOR)
    return [numbers[statistic] for statistic in wanted if statistic in numbers]


def newest_numbers(found: Barometer, indicator: IndicatorEntry) -> list[Number]:
    """The numbers for all organisations in the first real edition that gives one; else those that can't be read."""
    unreadable: list[Number] = []
    for edition in real_editions(found):
        numbers = main_numbers(found, edition, indicator)
        if any(number.is_known for number in numbers):
            return numbers
        unreadable = unreadable or numbers
    return unreadable


def _line(found: Barometer, indicator: IndicatorEntry) -> IndicatorLine:
    numbers = newest_numbers(found, indicator)
    if any(number.is_known for number in numbers):
        return IndicatorLine(indicator, value_text(numbers), numbers[0].edition.short_name)
    if numbers:
        words = numbers[0].wording
        return IndicatorLine(indicator, "", f"{UNREADABLE}; in woorden: “{words}”" if words else UNREADABLE)
    if any(main_numbers(found, edition, indicator) for edition in found.examples()):
        return IndicatorLine(indicator, "", EXAMPLE_ONLY)
    return IndicatorLine(indicator, "", UNREADABLE)


def value_text(numbers: list[Number]) -> str:
    """One number as it is said; the three of a factor with what each stands for."""
    known = [number for number in numbers if number.is_known and number.qualifier != Qualifier.UNKNOWN]
    known.sort(key=lambda number: FACTOR.index(number.statistic) if number.statistic in FACTOR else -1)
    return ", ".join(
        f"{FACTOR_WORDS[number.statistic]} {result_text(number)}"
        if number.statistic in FACTOR_WORDS
        else result_text(number)
        for number in known
    )

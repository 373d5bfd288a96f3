"""Numbers of the barometer from the database, as pages, charts and downloads ask for them: one query each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from .barometer import Barometer, EditionEntry, Number, barometer, numbers_of
from .models import Result, Statistic
from .vocabulary import ConceptEntry, SchemeEntry

#: Schemes whose concepts are groups of organisations: a breakdown of the results.
BREAKDOWNS = ("sector", "cluster", "omvang", "klimaatgroep", "organisatiegroep")

#: What the climate score is called in every edition.
CLIMATE_SCORE = "klimaatscore"


@dataclass(frozen=True, slots=True)
class NumberTable:
    """Numbers of one edition, found by indicator, group and statistic."""

    edition: EditionEntry
    found: dict[tuple[str, int, str], Number] = field(repr=False)

    def get(self, indicator: str, group: ConceptEntry | None = None, statistic: str = Statistic.SHARE) -> Number | None:
        """The number, also when it is withheld (the reason stands in it); nothing when this was not measured."""
        return self.found.get((indicator, group.pk if group else 0, statistic))

    def of_group(self, group: ConceptEntry | None) -> list[Number]:
        """All numbers of a group, in the order of the indicators."""
        key = group.pk if group else 0
        return [number for (_, pk, _), number in self.found.items() if pk == key]

    def __bool__(self) -> bool:
        return bool(self.found)


def table_of(edition: EditionEntry, numbers: Iterable[Number]) -> NumberTable:
    """Numbers of one edition, ready to be looked up."""
    order = {slug: place for place, slug in enumerate(barometer().indicators)}
    ordered = sorted(numbers, key=lambda number: order[number.indicator.slug])
    return NumberTable(
        edition,
        {
            (number.indicator.slug, number.group.pk if number.group else 0, str(number.statistic)): number
            for number in ordered
        },
    )


def numbers_of_group(edition: EditionEntry, group: ConceptEntry, scheme: SchemeEntry) -> NumberTable:
    """Everything about one group and about everybody, and the climate scores of all groups of its scheme."""
    beside = [entry.pk for entry in scheme.concepts.values()]
    wanted = Q(group=group.pk) | Q(group=None) | Q(indicator__slug=CLIMATE_SCORE, group__in=beside)
    return table_of(edition, numbers_of(Result.objects.filter(wanted, edition=edition.pk)))


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """One entry of the switch between editions."""

    edition: EditionEntry
    url: str
    is_current: bool


def edition_choices(editions: Iterable[EditionEntry], current: EditionEntry, address: str = "") -> list[EditionChoice]:
    """The switch: each edition as a link to the same page, or to its own page when no address is given."""
    return [
        EditionChoice(
            edition, f"{address}?editie={edition.slug}" if address else edition.url, edition.slug == current.slug
        )
        for edition in editions
    ]


def dutch_editions(found: Barometer) -> list[EditionEntry]:
    """The real rounds, newest first, and then the examples."""
    return [*found.main_editions(), *found.examples()]

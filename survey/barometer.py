"""The barometer in memory: editions, indicators, and for each indicator the number for everybody.

About a hundred small rows that nearly every page needs, read when something changed and kept per process, as the
vocabulary is. Numbers per group are read from the database by the page that shows them (`survey.numbers`).
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from .entries import EditionEntry, IndicatorEntry, Number
from .models import Edition, Indicator, Publication, Result, Statistic
from .versions import kept
from .vocabulary import ConceptEntry, Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Barometer:
    """Editions and indicators in their order, and the ways in.

    `groups_of`: keys of the groups that an edition has numbers about. `publications`: title and address by key.
    """

    editions: dict[str, EditionEntry]
    indicators: dict[str, IndicatorEntry]
    editions_by_pk: dict[int, EditionEntry]
    indicators_by_pk: dict[int, IndicatorEntry]
    by_concept: dict[int, tuple[IndicatorEntry, ...]]
    for_everybody: dict[str, dict[str, dict[Statistic, Number]]]
    groups_of: dict[int, frozenset[int]]
    publications: dict[int, tuple[str, str]]

    def main_editions(self) -> list[EditionEntry]:
        """The real rounds of the Dutch barometer, newest first."""
        found = [edition for edition in self.editions.values() if edition.is_main]
        return sorted(found, key=lambda edition: edition.year or 0, reverse=True)

    def examples(self) -> list[EditionEntry]:
        """Editions with made-up answers."""
        return [edition for edition in self.editions.values() if edition.is_example]

    def number(self, edition: str, indicator: str, statistic: Statistic | None = None) -> Number | None:
        """The number for all organisations together; by default the one that belongs to the unit."""
        entry = self.indicators.get(indicator)
        found = self.for_everybody.get(edition, {}).get(indicator, {})
        if entry is None or not found:
            return None
        return found.get(statistic or MAIN_STATISTIC[entry.unit])

    def newest_number(self, indicator: str) -> Number | None:
        """The number for all organisations in the newest real Dutch edition that has one."""
        for edition in self.main_editions():
            number = self.number(edition.slug, indicator)
            if number and number.is_known:
                return number
        return None

    def headline(self, concept_pk: int) -> Number | None:
        """The number that a case or a concept page shows first: the first indicator of the concept that has one."""
        for indicator in self.by_concept.get(concept_pk, ()):
            if number := self.newest_number(indicator.slug):
                return number
        return None


#: The statistic that says it all for a unit.
MAIN_STATISTIC: dict[str, Statistic] = {
    Indicator.Unit.PERCENT: Statistic.SHARE,
    Indicator.Unit.COUNT: Statistic.COUNT,
    Indicator.Unit.SCORE: Statistic.MEAN,
}

_STATISTICS = {statistic.value: statistic for statistic in Statistic}


@kept
def barometer() -> Barometer:
    """The barometer as it is now; no query when nothing changed since this process read it last."""
    return _read()


#: What is read of a result, in the order of the arguments of `_number`.
_COLUMNS = (
    *("edition_id", "indicator_id", "group_id", "publication_id", "statistic", "value", "value_to", "qualifier"),
    *("wording", "n", "low", "high", "difference", "verdict", "provenance", "withheld", "locator", "text_line"),
    *("key", "remark"),
)


def numbers_of(results: QuerySet[Result]) -> list[Number]:
    """Rows as pages show them; what is newer than the barometer in memory is left out."""
    return _numbers(results, barometer(), vocabulary())


def _numbers(results: QuerySet[Result], found: Barometer, words: Vocabulary) -> list[Number]:
    return [
        _number(found, words, *row)
        for row in results.values_list(*_COLUMNS)
        # A group that is newer than the vocabulary must not pass for everybody.
        if row[0] in found.editions_by_pk and row[1] in found.indicators_by_pk and (not row[2] or row[2] in words.by_pk)
    ]


def _number(
    found: Barometer, words: Vocabulary, edition_pk: int, indicator_pk: int, group_pk: int | None, *rest: Any
) -> Number:
    publication_pk, statistic, value, value_to, qualifier, wording, n, low, high, *told = rest
    difference, verdict, provenance, withheld, locator, text_line, key, remark = told
    edition = found.editions_by_pk[edition_pk]
    source, source_url = found.publications.get(publication_pk or 0, (edition.source, edition.source_url))
    return Number(
        edition=edition,
        indicator=found.indicators_by_pk[indicator_pk],
        group=words.by_pk.get(group_pk or 0),
        statistic=_STATISTICS[statistic],
        value=value,
        value_to=value_to,
        qualifier=qualifier,
        wording=wording,
        n=n,
        low=low,
        high=high,
        difference=difference,
        verdict=verdict,
        provenance=provenance,
        withheld=withheld,
        source=source,
        source_url=source_url,
        locator=locator,
        text_line=text_line,
        key=key,
        remark=remark,
    )


def _read() -> Barometer:
    words = vocabulary()
    editions = {
        edition.pk: EditionEntry(
            pk=edition.pk,
            slug=edition.slug,
            name=edition.name,
            short_name=edition.short_name,
            survey=edition.survey,
            country=words.by_pk.get(edition.country_id or 0),
            year=edition.year,
            period=edition.period,
            fieldwork=edition.fieldwork,
            unit=edition.unit,
            caution=edition.caution,
            is_example=edition.is_example,
            source=edition.publication.title if edition.publication else edition.name,
            source_url=edition.publication.get_absolute_url() if edition.publication else "",
        )
        for edition in Edition.objects.select_related("publication")
    }
    concepts: dict[int, list[ConceptEntry]] = defaultdict(list)
    for indicator_pk, concept_pk in Indicator.concepts.through.objects.values_list("indicator", "concept"):
        if concept_pk in words.by_pk:
            concepts[indicator_pk].append(words.by_pk[concept_pk])
    indicators = {
        indicator.pk: IndicatorEntry(
            pk=indicator.pk,
            slug=indicator.slug,
            name=indicator.name,
            short_name=indicator.short_name,
            phrase=indicator.phrase,
            theme=indicator.theme,
            question=indicator.question,
            base=indicator.base,
            unit=indicator.unit,
            caution=indicator.caution,
            concepts=tuple(concepts[indicator.pk]),
        )
        for indicator in Indicator.objects.all()
    }
    by_concept: dict[int, list[IndicatorEntry]] = defaultdict(list)
    for entry in indicators.values():
        for concept in entry.concepts:
            by_concept[concept.pk].append(entry)
    groups: dict[int, set[int]] = defaultdict(set)
    for edition_pk, group_pk in (
        Result.objects.exclude(group=None).values_list("edition", "group").order_by().distinct()
    ):
        groups[edition_pk].add(group_pk)
    found = Barometer(
        editions={entry.slug: entry for entry in editions.values()},
        indicators={entry.slug: entry for entry in indicators.values()},
        editions_by_pk=editions,
        indicators_by_pk=indicators,
        by_concept={pk: tuple(entries) for pk, entries in by_concept.items()},
        for_everybody=defaultdict(lambda: defaultdict(dict)),
        publications={
            publication.pk: (publication.title, publication.get_absolute_url())
            for publication in Publication.objects.all()
        },
        groups_of={pk: frozenset(groups[pk]) for pk in editions},
    )
    for number in _numbers(Result.objects.filter(group=None), found, words):
        found.for_everybody[number.edition.slug][number.indicator.slug][number.statistic] = number
    return found


def site_address(path: str) -> str:
    """The whole address of a page, for in a file or on another site."""
    return settings.SITE_URL + path

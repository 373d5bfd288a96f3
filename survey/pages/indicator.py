"""One indicator: the answer first, then from round to round, beside other countries, and by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from ..barometer import Barometer, EditionEntry, IndicatorEntry, Number, barometer
from ..charts.block import FigureBlock, with_drawings
from ..models import Finding, Indicator, Provenance, Qualifier, Statistic
from ..numbers import BREAKDOWNS, EditionChoice, dutch_editions, edition_choices
from ..telling import base_text, sentence, sources_text
from ..vocabulary import vocabulary
from ..wording import UNREADABLE, interval_text, result_text, unit_of
from .comparing import Differences, differences, is_foreign
from .explorer_question import BY_COUNTRY, BY_EDITION, Question
from .indicator_figures import charted, figure_by_country, figure_by_edition, figure_by_group
from .indicator_list import EXAMPLE_ONLY, FACTOR, value_text
from .indicator_numbers import read_numbers


@dataclass(frozen=True, slots=True)
class Answer:
    """The newest real number, or why there is none. `certainty`: how exact it is, in a sentence."""

    sentence: str
    base: str = ""
    source: str = ""
    source_url: str = ""
    certainty: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure that holds editions against each other, and what differs between them."""

    figure: FigureBlock
    differs: Differences | None


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """What `templates/survey/indicator.html` may rely on. Everything in `groups` is of one edition."""

    indicator: IndicatorEntry
    description: str
    answer: Answer
    development: Comparison | None
    countries: Comparison | None
    edition: EditionEntry | None
    choices: list[EditionChoice]
    groups: list[FigureBlock]
    findings: list[Finding]
    sources: dict[str, Any] | None
    explorer_url: str


def indicator_page(entry: IndicatorEntry, asked: str) -> IndicatorPage:
    """Everything about one indicator; `asked`: slug of the edition whose groups are shown, or nothing.

    Four queries: numbers, explanation, findings, drawings.
    """
    found = barometer()
    numbers = read_numbers(Q(indicator=entry.pk))
    grouped = editions_by_group(found, numbers)
    edition = found.editions.get(asked) or next(iter(grouped), None)
    development = figure_by_edition(numbers, _asked(entry, BY_EDITION))
    countries = figure_by_country(beside_countries(found, numbers), _asked(entry, BY_COUNTRY))
    groups = _group_figures(entry, [number for number in numbers if edition and number.edition.pk == edition.pk])
    drawn = iter(with_drawings([figure for figure in (development, countries, *groups) if figure]))
    return IndicatorPage(
        indicator=entry,
        description=Indicator.objects.values_list("description", flat=True).get(pk=entry.pk),
        answer=answer(found, entry, numbers),
        development=Comparison(next(drawn), differences(_of_rounds(numbers))) if development else None,
        countries=Comparison(next(drawn), differences(_of_countries(found, numbers))) if countries else None,
        edition=edition,
        choices=edition_choices(grouped, edition, entry.url) if edition else [],
        groups=list(drawn),
        findings=list(
            Finding.objects.filter(indicators=entry.pk, edition__is_example=False).select_related(
                "edition", "publication"
            )
        ),
        sources=sources_table(numbers),
        explorer_url=f"{reverse('explorer')}?indicator={entry.slug}",
    )


def answer(found: Barometer, entry: IndicatorEntry, numbers: Sequence[Number]) -> Answer:
    """The newest real Dutch number for all organisations, with all that belongs to it."""
    main = [number for number in charted(numbers) if number.group is None and not number.edition.is_example]
    of_edition = [
        own
        for edition in [*found.main_editions(), *_other_dutch(found)]
        if (own := [number for number in main if number.edition.pk == edition.pk])
    ]
    newest = next((own for own in of_edition if any(number.is_known for number in own)), None)
    if newest is None:
        return Answer(_why_none(numbers, of_edition))
    first = next(number for number in newest if number.is_known)
    said = f"{entry.short_name}: {value_text(newest)}" if first.statistic in FACTOR else sentence(first)
    said = f"{said}."
    return Answer(
        sentence=said,
        base=base_text(first),
        source=sources_text([first]),
        source_url=first.source_url,
        certainty=certainty(first),
        remark=first.remark,
    )


def _why_none(numbers: Sequence[Number], of_edition: list[list[Number]]) -> str:
    if of_edition:
        words = of_edition[0][0].wording
        return f"Het getal is {UNREADABLE}. Wel staat er: “{words}”." if words else f"Het getal is {UNREADABLE}."
    if any(not number.edition.is_example for number in numbers):
        return "Voor alle Nederlandse organisaties samen geeft geen bron een getal. Wat er wel is, staat hieronder."
    if numbers:
        return f"Dit cijfer staat {EXAMPLE_ONLY}. Van een echte editie konden we het niet lezen."
    return f"Het getal is {UNREADABLE}."


def certainty(number: Number) -> str:
    """How exact the number is: its interval when it was computed, the words of its source when those are not exact."""
    unit = unit_of(number.statistic, number.indicator.unit)
    if number.low is not None and number.high is not None:
        return f"Het echte getal ligt zo goed als zeker {interval_text(number.low, number.high, unit)}."
    if number.qualifier != Qualifier.EXACT and number.wording:
        return f"De bron zegt “{number.wording}”; een preciezer getal geeft zij niet."
    if number.provenance == Provenance.PUBLISHED and unit != Indicator.Unit.COUNT:
        return "De bron geeft geen marge. Het getal gaat over wie meedeed, niet over alle organisaties."
    return ""


def editions_by_group(found: Barometer, numbers: Sequence[Number]) -> list[EditionEntry]:
    """Dutch editions with a number about a group that a chart can show: real ones first, newest first."""
    known = {number.edition.pk for number in charted(numbers) if number.group and number.is_known}
    return [edition for edition in dutch_editions(found) if edition.pk in known]


def beside_countries(found: Barometer, numbers: Sequence[Number]) -> list[Number]:
    """The newest known Dutch numbers for everybody, and then those of other countries; no examples."""
    everybody = [number for number in charted(numbers) if number.group is None and number.is_known]
    dutch = [number for number in everybody if number.edition.is_main]
    newest = next(
        (edition.pk for edition in found.main_editions() for number in dutch if number.edition.pk == edition.pk), 0
    )
    own = [number for number in dutch if number.edition.pk == newest]
    return own + [number for number in everybody if is_foreign(number.edition)] if own else []


def _other_dutch(found: Barometer) -> list[EditionEntry]:
    return [
        edition
        for edition in found.editions.values()
        if not edition.is_example and not edition.is_main and not is_foreign(edition)
    ]


def _group_figures(entry: IndicatorEntry, numbers: list[Number]) -> list[FigureBlock]:
    schemes = vocabulary().schemes
    figures = (
        figure_by_group(numbers, schemes[slug], _asked(entry, slug, numbers[0].edition))
        for slug in BREAKDOWNS
        if slug in schemes and numbers
    )
    return [figure for figure in figures if figure]


def _asked(entry: IndicatorEntry, breakdown: str, edition: EditionEntry | None = None) -> str:
    return Question(entry, breakdown, edition).query


def _of_rounds(numbers: Sequence[Number]) -> list[EditionEntry]:
    """The rounds in the figure, oldest first."""
    known = {n.edition.pk: n.edition for n in charted(numbers) if n.group is None and n.is_known and n.edition.is_main}
    return sorted(known.values(), key=lambda edition: edition.year or 0)


def _of_countries(found: Barometer, numbers: Sequence[Number]) -> list[EditionEntry]:
    return list({number.edition.pk: number.edition for number in beside_countries(found, numbers)}.values())


def sources_table(numbers: Sequence[Number]) -> dict[str, Any] | None:
    """Each published number with the line of its source, ready for `components/table.html`."""
    published = [number for number in numbers if number.provenance == Provenance.PUBLISHED]
    if not published:
        return None
    columns = [("Over wie", False), ("Maat", False), ("Cijfer", True), ("n", True), ("Waar het staat", False)]
    return {
        "caption": "Elk overgenomen cijfer met zijn plaats in de bron",
        "columns": columns,
        "rows": [_source_row(number) for number in published],
    }


def _source_row(number: Number) -> list[dict[str, Any]]:
    who = f"{number.group.name}, {number.edition.short_name}" if number.group else number.edition.name
    said = result_text(number)
    if not number.is_known and number.wording:
        said = f"{said}: “{number.wording}”"
    place = f"{sources_text([number])}. {number.remark}".strip()
    return [
        {"text": who, "url": number.edition.url},
        {"text": Statistic(number.statistic).label},
        {"text": said, "numeric": True, "withheld": bool(number.withheld)},
        {"text": str(number.n) if number.n else "niet vermeld", "numeric": True},
        {"text": place},
    ]

"""One edition: its key results, everything else it found, how it was done and who took part."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Prefetch

from ..barometer import Barometer, EditionEntry, Number, barometer, numbers_of
from ..charts.block import FigureBlock, with_drawings
from ..models import Association, Concept, Edition, Figure, Finding, FrequentWord, Result
from ..numbers import EditionChoice, dutch_editions, edition_choices
from ..telling import UNKNOWN, key_numbers
from ..vocabulary import SchemeEntry, vocabulary
from ..wording import decimal_text, result_text
from .figures import theme_figure

#: What says most about a round, in the order of the page.
KEY_INDICATORS = (
    "innoveert",
    "innoveert-niet",
    "klimaatscore",
    "aanleiding-eigen-medewerkers",
    "partner-private-partijen",
    "strategie-samen-proces",
    "waarde-efficiency",
    "deelnemers",
)
MOST_KEY_NUMBERS = 6
#: How many took part: told in a table of its own.
RESPONSE = ("verstuurd", "ingevuld", "respons")


@dataclass(frozen=True, slots=True)
class EditionPage:
    """What `templates/survey/edition.html` may rely on."""

    edition: EditionEntry
    row: Edition
    choices: list[EditionChoice]
    key_numbers: list[dict[str, Any]]
    themes: list[tuple[str, list[FigureBlock]]]
    findings: list[Finding]
    responses: list[dict[str, Any]]
    associations: list[dict[str, Any]]
    association_caution: str
    word_clusters: list[list[FrequentWord]]
    pairs: list[FrequentWord]
    source_figures: list[Figure]

    @property
    def meta(self) -> list[str]:
        """When, and who answered."""
        edition = self.edition
        told = (("Over", edition.period), ("Gevraagd in", edition.fieldwork), ("Antwoord van", edition.unit))
        return [f"{label} {text}" for label, text in told if text and not text.startswith((UNKNOWN, "nooit"))]

    @property
    def method(self) -> list[tuple[str, str]]:
        """How it was done; what to mind stands on top of the page."""
        row = self.row
        told = (
            ("Voor wie de cijfers gelden", row.population),
            ("Wie antwoordde", row.unit),
            ("Wanneer gevraagd", row.fieldwork),
            ("Waarover", row.period),
            ("Hoe het ging", row.method),
        )
        return [(label, text) for label, text in told if text]

    @property
    def figure_table(self) -> dict[str, Any]:
        """The figures of the publication, ready for `components/table.html`."""
        return {
            "caption": "Figuren, tabellen en kaders",
            "columns": [("Nummer", False), ("Bijschrift", False), ("n", True), ("Getallen", False)],
            "rows": [
                [
                    {"text": figure.code},
                    {"text": f"{figure.caption} {figure.remark}".strip()},
                    {"text": figure.n or "niet vermeld", "numeric": True},
                    {
                        "text": "leesbaar" if figure.is_readable else "niet leesbaar in de bron",
                        "withheld": not figure.is_readable,
                    },
                ]
                for figure in self.source_figures
            ],
        }


def edition_page(entry: EditionEntry) -> EditionPage:
    """Everything of one edition, in a fixed number of queries."""
    found = barometer()
    dutch = dutch_editions(found)
    row = Edition.objects.select_related("publication").get(pk=entry.pk)
    words = list(row.words.all())
    source_figures = list(row.publication.figures.all()) if row.publication and entry.is_main else []
    return EditionPage(
        edition=entry,
        row=row,
        choices=edition_choices(dutch, entry) if entry in dutch else [],
        key_numbers=key_numbers(found.number(entry.slug, slug) for slug in KEY_INDICATORS)[:MOST_KEY_NUMBERS],
        themes=_by_theme(theme_blocks(found, entry)),
        findings=list(
            row.findings.select_related("publication", "figure").prefetch_related(
                Prefetch("concepts", Concept.objects.select_related("scheme"))
            )
        ),
        responses=_responses(entry),
        associations=_associations(row),
        association_caution=next((figure.remark for figure in source_figures if figure.code == "Tekstvak 2"), ""),
        word_clusters=_clusters([word for word in words if not word.other_word]),
        pairs=[word for word in words if word.other_word],
        source_figures=source_figures,
    )


def theme_figures(found: Barometer, edition: EditionEntry) -> list[FigureBlock]:
    """A figure for each question of which the edition gives numbers for everybody."""
    return [figure for _, figure in theme_blocks(found, edition)]


def theme_blocks(found: Barometer, edition: EditionEntry) -> list[tuple[str, FigureBlock]]:
    """The same figures, each with its subject."""
    by_question: dict[tuple[str, str], list[Number]] = defaultdict(list)
    for slug, entry in found.indicators.items():
        if slug not in RESPONSE:
            numbers = found.for_everybody.get(edition.slug, {}).get(slug, {}).values()
            by_question[entry.theme, entry.question].extend(numbers)
    figures = ((theme, theme_figure(theme, numbers, edition)) for (theme, _), numbers in by_question.items() if numbers)
    return [(theme, figure) for theme, figure in figures if figure]


def _by_theme(blocks: list[tuple[str, FigureBlock]]) -> list[tuple[str, list[FigureBlock]]]:
    """Figures with their drawings, below the subject that they are about."""
    drawn = with_drawings(figure for _, figure in blocks)
    themed = zip((theme for theme, _ in blocks), drawn, strict=True)
    return [(theme, [figure for _, figure in members]) for theme, members in groupby(themed, key=lambda pair: pair[0])]


def _responses(edition: EditionEntry) -> list[dict[str, Any]]:
    """For each breakdown how many were asked and how many answered, ready for `components/table.html`."""
    results = Result.objects.filter(edition=edition.pk, indicator__slug__in=RESPONSE)
    by_group: dict[int, dict[str, Number]] = defaultdict(dict)
    for number in numbers_of(results):
        by_group[number.group.pk if number.group else 0][number.indicator.slug] = number
    tables = []
    for scheme in vocabulary().schemes.values():
        groups = [entry for entry in scheme.concepts.values() if entry.pk in by_group]
        columns = [slug for slug in RESPONSE if any(slug in by_group[entry.pk] for entry in groups)]
        if groups:
            tables.append(_response_table(scheme, columns, [(entry, by_group[entry.pk]) for entry in groups], by_group))
    return tables


def _response_table(
    scheme: SchemeEntry, columns: list[str], groups: list[Any], by_group: dict[int, dict[str, Number]]
) -> dict[str, Any]:
    indicators = barometer().indicators
    rows = [
        [{"text": entry.name, "url": entry.url}, *(_cell(numbers.get(slug)) for slug in columns)]
        for entry, numbers in groups
    ]
    if by_group.get(0):
        rows.append([{"text": "Alle organisaties"}, *(_cell(by_group[0].get(slug)) for slug in columns)])
    return {
        "caption": f"Wie meedeed, per {scheme.name.lower()}",
        "columns": [(scheme.name, False), *((indicators[slug].short_name, True) for slug in columns)],
        "rows": rows,
    }


def _cell(number: Number | None) -> dict[str, Any]:
    if number is None:
        return {"text": "niet vermeld", "withheld": True}
    return {"text": result_text(number), "numeric": True, "withheld": bool(number.withheld)}


def _clusters(words: list[FrequentWord]) -> list[list[FrequentWord]]:
    """Words that go together, the largest group first; words on their own come last."""
    numbers = sorted({word.cluster for word in words if word.cluster})
    clusters = [[word for word in words if word.cluster == number] for number in numbers]
    alone = [word for word in words if word.cluster is None]
    return [*clusters, alone] if alone else clusters


def _associations(edition: Edition) -> list[dict[str, Any]]:
    """What went together with each outcome, a table each, ready for `components/table.html`."""
    by_outcome: dict[Concept, list[Association]] = defaultdict(list)
    for association in edition.associations.select_related("outcome__scheme", "concept__scheme"):
        by_outcome[association.outcome].append(association)
    tables = []
    for outcome, associations in by_outcome.items():
        has_ratios = any(association.odds_ratio for association in associations)
        columns = [("Kenmerk", False), (f"{outcome.name} komt dan", False)]
        rows = []
        for found in associations:
            url = found.concept.get_absolute_url() if found.concept else ""
            cells: list[dict[str, Any]] = [{"text": found.feature, "url": url}, {"text": found.get_direction_display()}]
            if has_ratios:
                cells.append({"text": _ratio(found), "numeric": True})
            rows.append(cells)
        if has_ratios:
            columns.append(("Kansverhouding", True))
        tables.append({"caption": f"Wat samengaat met: {outcome.name.lower()}", "columns": columns, "rows": rows})
    return tables


def _ratio(found: Association) -> str:
    """The odds ratio with its interval."""
    if found.odds_ratio is None or found.low is None or found.high is None:
        return "niet vermeld"
    return f"{decimal_text(found.odds_ratio, 1)} ({decimal_text(found.low, 1)} tot {decimal_text(found.high, 1)})"

"""The numbers of one group of organisations: a sector, a cluster, a size, a climate group.

The page says first what stands out, then how sure that is, then what one can do with it.
"""

from dataclasses import dataclass
from typing import Any

from ..barometer import Barometer, EditionEntry, IndicatorEntry, Number, barometer, numbers_of
from ..charts.block import FigureBlock, with_drawings
from ..disclosure.rules import Rules
from ..models import Finding, Result, Statistic, Verdict
from ..numbers import (
    CLIMATE_SCORE,
    EditionChoice,
    NumberTable,
    dutch_editions,
    edition_choices,
    numbers_of_group,
)
from ..telling import base_text, key_numbers, verdict_text
from ..vocabulary import ConceptEntry, SchemeEntry
from ..wording import decimal_text, result_text
from .figures import (
    beside_everybody_figure,
    development_figure,
    factors_figure,
)
from .score_figures import climate_figure

#: Subjects on a group's page, in their order: slugs of indicators start with these words.
SUBJECTS = {
    "klimaatgroep-": "Hoeveel organisaties hebben een krachtig innovatieklimaat?",
    "type-": "Wat werd er vernieuwd?",
    "spectrum-": "Hoe breed werd er vernieuwd?",
    "strategie-": "Welke strategie werd gekozen?",
    "aanleiding-": "Wat was de aanleiding?",
    "partner-": "Met wie werd samengewerkt?",
    "waarde-": "Wat leverde het op?",
}
FACTORS = "factor-"
CLIMATE = "Hoe is het innovatieklimaat?"
HELP_OR_HINDER = "Wat helpt en wat hindert?"
DEVELOPMENT = "Hoe ging het van editie tot editie?"
#: What a director reads first; all other subjects are folded, with their question on top.
FIRST = (CLIMATE, HELP_OR_HINDER, DEVELOPMENT)
#: What is known of everybody, for a group about which nothing is known.
OF_EVERYBODY = ("innoveert", CLIMATE_SCORE, "aanleiding-eigen-medewerkers", "partner-private-partijen")
MOST_OF_EVERYBODY = 2
RESPONSE = ("verstuurd", "ingevuld", "respons")
#: A difference below this number of percentage points is not news, however sure it is.
WORTH_TELLING = 5


@dataclass(frozen=True, slots=True)
class WeakestLink:
    """The factor that most organisations of this group call a hindrance."""

    indicator: IndicatorEntry
    concept: ConceptEntry
    text: str
    base: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What `templates/survey/group_numbers.html` may rely on."""

    entry: ConceptEntry
    edition: EditionEntry
    choices: list[EditionChoice]
    headline: str
    response: str
    why_nothing: str
    key_numbers: list[dict[str, Any]]
    of_everybody: list[dict[str, Any]]
    example_url: str
    figures: list[FigureBlock]
    more: list[tuple[str, FigureBlock]]
    weakest: WeakestLink | None
    findings: list[Finding]
    withheld: list[str]

    @property
    def has_numbers(self) -> bool:
        """Whether anything but the response is shown."""
        return bool(self.key_numbers or self.figures or self.more)


def group_page(entry: ConceptEntry, scheme: SchemeEntry, asked: str) -> GroupPage | None:
    """The numbers of this group in the edition that was asked for, or in the newest that has any.

    None when there is no such edition; three queries (numbers, findings, drawings).
    """
    found = barometer()
    editions = [edition for edition in dutch_editions(found) if entry.pk in found.groups_of[edition.pk]]
    editions = editions or dutch_editions(found)[:1]
    edition = next((edition for edition in editions if asked in ("", edition.slug)), None)
    if edition is None:
        return None
    table = numbers_of_group(edition, entry, scheme)
    known = [number for number in table.of_group(entry) if number.is_known and number.indicator.slug not in RESPONSE]
    blocks = group_blocks(found, table, entry, scheme)
    drawn = list(zip((subject for subject, _ in blocks), with_drawings(figure for _, figure in blocks), strict=True))
    everybody = (found.number(edition.slug, slug) for slug in OF_EVERYBODY)
    return GroupPage(
        entry=entry,
        edition=edition,
        choices=edition_choices(editions, edition, entry.url),
        headline=headline(entry, known),
        response=response_text(table, entry),
        why_nothing=why_nothing(table, entry, bool(known)),
        key_numbers=key_numbers(
            [
                found.headline(entry.pk),
                table.get("innoveert", entry),
                table.get(CLIMATE_SCORE, entry, Statistic.MEAN),
            ]
        ),
        of_everybody=[] if known else key_numbers(everybody)[:MOST_OF_EVERYBODY],
        example_url=_example_url(editions, edition, entry),
        figures=[figure for subject, figure in drawn if subject in FIRST],
        more=[(subject, figure) for subject, figure in drawn if subject not in FIRST],
        weakest=weakest_link(table, entry),
        findings=list(Finding.objects.filter(concepts=entry.pk, edition__is_example=False).select_related("edition")),
        withheld=withheld_names(table, entry),
    )


def headline(entry: ConceptEntry, known: list[Number]) -> str:
    """The main finding: the largest difference with the rest that is more than chance; nothing without numbers.

    A share says more than the score, and a difference that is sure but small is called small.
    """
    judged = [number for number in known if number.verdict]
    if not judged:
        return ""
    sure = [number for number in judged if number.verdict in (Verdict.MORE, Verdict.LESS)]
    telling = [number for number in sure if number.statistic.is_share and abs(number.difference or 0) >= WORTH_TELLING]
    scores = [number for number in sure if number.statistic == Statistic.MEAN]
    if not telling and scores:
        than = "hoger" if scores[0].verdict == Verdict.MORE else "lager"
        return (
            f"{entry.name}: de score voor het innovatieklimaat is {than} dan bij de rest, en dat is meer dan toeval. "
            f"Het gaat om gemiddeld {result_text(scores[0])}."
        )
    if not telling and sure:
        return f"{entry.name}: de cijfers verschillen maar weinig van die van de rest."
    if not telling:
        return f"{entry.name}: geen enkel cijfer verschilt duidelijk van de rest. De verschillen kunnen toeval zijn."
    most = max(telling, key=lambda number: abs(number.difference or 0))
    more = "vaker" if most.verdict == Verdict.MORE else "minder vaak"
    points = decimal_text(abs(most.difference or 0), 0)
    said = {
        Statistic.HELPED: f"is dit {more} een hulp",
        Statistic.HINDERED: f"is dit {more} een rem",
        Statistic.NEUTRAL: f"maakt dit {more} niet uit",
    }.get(most.statistic, f"komt dit {more} voor")
    return (
        f"{most.indicator.short_name}: bij {entry.name} {said} dan bij de rest. Het gaat om {result_text(most)}, "
        f"een verschil van {points} procentpunten."
    )


def response_text(table: NumberTable, entry: ConceptEntry) -> str:
    """How many were asked and how many answered, in a sentence."""
    sent, filled, rate = (
        table.get(slug, entry, statistic)
        for slug, statistic in zip(RESPONSE, (Statistic.COUNT, Statistic.COUNT, Statistic.SHARE), strict=True)
    )
    if not filled or not filled.is_known:
        return ""
    if sent and sent.is_known and rate and rate.is_known:
        return (
            f"{result_text(filled)} van de {result_text(sent)} aangeschreven organisaties en onderdelen vulden de "
            f"vragenlijst in ({result_text(rate)})."
        )
    return f"{result_text(filled)} organisaties en onderdelen vulden de vragenlijst in."


def why_nothing(table: NumberTable, entry: ConceptEntry, has_numbers: bool) -> str:
    """Why there are no numbers of this group, kindly; nothing when there are."""
    if has_numbers:
        return ""
    filled = table.get("ingevuld", entry, Statistic.COUNT)
    if filled and filled.value is not None and filled.value < Rules.from_settings().least_answers:
        return (
            f"{table.edition.name} geeft voor deze groep geen uitkomsten apart. Er zijn maar {result_text(filled)} "
            "antwoorden. Je zou dan kunnen zien wat één organisatie antwoordde."
        )
    if any(number.withheld for number in table.of_group(entry)):
        return (
            "Van deze groep zijn er te weinig antwoorden. Uitkomsten tonen we pas als er minstens tien organisaties "
            "achter zitten. Zo is nooit te zien wat één organisatie antwoordde."
        )
    return f"{table.edition.name} geeft voor deze groep geen uitkomsten apart die wij konden lezen."


def withheld_names(table: NumberTable, entry: ConceptEntry) -> list[str]:
    """What was measured and is not shown for this group."""
    names = {number.indicator.short_name: None for number in table.of_group(entry) if number.withheld}
    return list(names)


def weakest_link(table: NumberTable, entry: ConceptEntry) -> WeakestLink | None:
    """The factor that is named as a hindrance most often, when it hinders more than it helps."""
    hindrances = [
        number
        for number in table.of_group(entry)
        if number.statistic == Statistic.HINDERED and number.value is not None and number.indicator.concepts
    ]
    if not hindrances:
        return None
    worst = max(hindrances, key=lambda number: number.value or 0)
    helped = table.get(worst.indicator.slug, entry, Statistic.HELPED)
    if helped and (helped.value or 0) >= (worst.value or 0):
        return None
    text = f"{result_text(worst)} noemt dit een rem."
    everybody = table.get(worst.indicator.slug, None, Statistic.HINDERED)
    if everybody and everybody.is_known:
        text = f"{result_text(worst)} noemt dit een rem. Van alle organisaties is dat {result_text(everybody)}."
    return WeakestLink(
        worst.indicator, worst.indicator.concepts[0], f"{text} {verdict_text(worst)}".strip(), base_text(worst)
    )


def group_figures(found: Barometer, table: NumberTable, entry: ConceptEntry, scheme: SchemeEntry) -> list[FigureBlock]:
    """All figures of the page, in their order."""
    return [figure for _, figure in group_blocks(found, table, entry, scheme)]


def group_blocks(
    found: Barometer, table: NumberTable, entry: ConceptEntry, scheme: SchemeEntry
) -> list[tuple[str, FigureBlock]]:
    """The figures with the question that each answers; what is read first comes first."""

    def of(start: str) -> list[str]:
        return [slug for slug in found.indicators if slug.startswith(start)]

    blocks = [
        (CLIMATE, climate_figure(table, list(scheme.concepts.values()), entry)),
        (HELP_OR_HINDER, factors_figure(table, of(FACTORS), entry)),
        *((DEVELOPMENT, figure) for figure in _development(found, entry)),
        *((asked, beside_everybody_figure(asked, table, of(start), entry)) for start, asked in SUBJECTS.items()),
    ]
    return [(subject, figure) for subject, figure in blocks if figure]


def _example_url(editions: list[EditionEntry], edition: EditionEntry, entry: ConceptEntry) -> str:
    """Where this page can be seen with made-up answers; nothing when that is what is shown, or there are none."""
    example = next((other for other in editions if other.is_example), None)
    return f"{entry.url}?editie={example.slug}" if example and not edition.is_example else ""


def _development(found: Barometer, entry: ConceptEntry) -> list[FigureBlock | None]:
    """From round to round, when at least two rounds say something about this group."""
    rounds = [edition.pk for edition in found.main_editions() if entry.pk in found.groups_of[edition.pk]]
    if len(rounds) < 2:
        return []
    wanted = {"innoveert": "Hoeveel organisaties vernieuwen", CLIMATE_SCORE: "Hoe het innovatieklimaat scoort"}
    statistics = (Statistic.SHARE, Statistic.MEAN)
    results = Result.objects.filter(edition__in=rounds, group=entry.pk, statistic__in=statistics)
    numbers = numbers_of(results.filter(indicator__slug__in=wanted))
    return [
        development_figure(
            found, [number for number in numbers if number.indicator.slug == slug], f"{title} per editie"
        )
        for slug, title in wanted.items()
    ]

"""How far a draft is: what a reader may expect of a case, and what is still missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import strip_tags

from survey.vocabulary import vocabulary

from ..choices import CONDITIONS, Outcome
from ..models import CasePage
from ..schemes import PATTERN
from .texts import anchor_of


@dataclass(frozen=True, slots=True)
class Completeness:
    """`done` of `total` points; `missing` names the others, each with its place in the form."""

    done: int
    total: int
    missing: list[tuple[str, str]]

    @property
    def is_complete(self) -> bool:
        """Nothing is missing."""
        return not self.missing

    @property
    def percentage(self) -> int:
        """Whole percents, rounded down: 100 only when nothing is missing."""
        return 100 * self.done // self.total


def completeness(case: CasePage) -> Completeness:
    """Of a draft, also one that is not saved. Asks no more than the rows of its links and sources."""
    points = list(_points(case))
    missing = [(label, anchor_of(field)) for is_there, label, field in points if not is_there]
    return Completeness(len(points) - len(missing), len(points), missing)


def _points(case: CasePage) -> Iterator[tuple[bool, str, str]]:
    """Whether it is there, what to do when not, and in which field."""
    links = list(case.links.all())
    schemes = {entry.scheme for entry in vocabulary().entries(link.concept_id for link in links)}
    yield bool(case.title), "Geef een titel", "title"
    yield bool(case.introduction.strip()), "Schrijf een samenvatting", "introduction"
    yield bool(case.organisation_id or case.own_sector_id), "Kies een organisatie, of een sector", "organisation"
    yield bool(case.outcome), "Kies een uitkomst", "outcome"
    yield bool(case.start_year or case.period_note), "Zeg wanneer het begon", "start_year"
    if case.outcome == Outcome.BRILLIANT_FAILURE:
        met = all(getattr(case, name) for name in CONDITIONS)
        yield met, "Kruis de vier voorwaarden aan", "conditions"
    yield _has(case.intention), "Beantwoord: wat was de bedoeling?", "intention"
    yield _has(case.approach), "Beantwoord: hoe is het aangepakt?", "approach"
    yield _has(case.result), "Beantwoord: wat kwam ervan?", "result"
    yield _has(case.lessons), "Beantwoord: wat kunnen anderen leren?", "lessons"
    if case.outcome == Outcome.BRILLIANT_FAILURE:
        yield PATTERN in schemes, "Leg een koppeling met een faalpatroon", "links"
    yield "factor" in schemes, "Leg een koppeling met een klimaatfactor", "links"
    if links:
        has_evidence = all(link.evidence.strip() for link in links)
        yield has_evidence, "Schrijf bij elke koppeling een toelichting", "links"
    yield bool(list(case.sources.all())), "Noem een bron", "sources"


def _has(rich_text: str) -> bool:
    return bool(strip_tags(rich_text).strip())

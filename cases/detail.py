"""What one case page shows besides its own text: its links by scheme, patterns, relatives, sources and history.

Works on a saved case and on a draft in preview: it reads relations through the page, never by key.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.models import Guidance
from survey.vocabulary import ConceptEntry, SchemeEntry, vocabulary

from .likeness import Relative, relatives
from .schemes import PATTERN
from .submissions.yearly import is_overdue

if TYPE_CHECKING:
    from .models import CaseLink, CasePage, CasePublicChange, CaseSource


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link, with the label and address of its concept."""

    concept: ConceptEntry
    link: "CaseLink"


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The links of a case to one scheme."""

    scheme: SchemeEntry
    lines: list[LinkLine]


@dataclass(frozen=True, slots=True)
class PatternAdvice:
    """A failure pattern in this case, and what one can do about it."""

    line: LinkLine
    actions: list[Guidance]


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """What `templates/cases/case_page.html` may rely on: `{% detail_of page as detail %}`."""

    groups: list[LinkGroup]
    patterns: list[PatternAdvice]
    relatives: list[Relative]
    sources: list["CaseSource"]
    history: list["CasePublicChange"]
    sector: ConceptEntry | None
    cluster: ConceptEntry | None
    country: ConceptEntry | None
    phase: ConceptEntry | None
    is_overdue: bool


def case_detail(case: "CasePage") -> CaseDetail:
    """Everything around the story of this case, in a fixed number of queries."""
    words = vocabulary()
    by_scheme: dict[str, list[LinkLine]] = defaultdict(list)
    links = list(case.links.all())
    for link in links:
        concept = words.by_pk.get(link.concept_id)
        if concept is None:  # a row an editor has not filled in yet
            continue
        by_scheme[concept.scheme].append(LinkLine(concept, link))

    pattern_lines = by_scheme.get(PATTERN, [])
    actions: dict[int, list[Guidance]] = defaultdict(list)
    if pattern_lines:
        wanted = [line.concept.pk for line in pattern_lines]
        for item in Guidance.objects.filter(concept__in=wanted, kind=Guidance.Kind.ACT).select_related("publication"):
            actions[item.concept_id].append(item)

    def entry(name: str) -> ConceptEntry | None:
        return words.by_pk.get(case.grouping_pk(name) or 0)

    return CaseDetail(
        groups=[
            LinkGroup(scheme, by_scheme[scheme.slug])
            for scheme in words.schemes.values()
            if scheme.slug in by_scheme and scheme.slug != PATTERN
        ],
        patterns=[PatternAdvice(line, actions[line.concept.pk]) for line in pattern_lines],
        relatives=relatives(case, links),
        sources=list(case.sources.select_related("publication") if case.pk else case.sources.all()),
        history=list(case.public_changes.all()) if case.pk else [],
        sector=entry("sector"),
        cluster=entry("cluster"),
        country=entry("country"),
        phase=words.by_pk.get(case.phase_id or 0),
        is_overdue=is_overdue(case),
    )

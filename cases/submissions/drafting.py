"""From what somebody sent in to a case page: for the sender's preview, and for the editors who take it over.

What was typed is plain text: all of it is escaped here, and nothing else of it reaches the page. Contact data and a
name that readers may not see are never in the draft, so there is nothing in its versions to remove later.
"""

import re
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.text import slugify

from ..choices import CONDITIONS, Basis, Certainty, Outcome
from ..models import CaseLink, CasePage, CaseSource, Organisation, Submission
from .steps import PATTERNS, asked
from .texts import LABELS

STORY = ("intention", "approach", "result", "lessons")
#: What readers see of what was typed.
READ = ("title", *STORY, "introduction", "sources")
ADDRESS = re.compile(r"https?://\S+")
MOST_SOURCES = 20
_is_address = URLValidator(schemes=["http", "https"])


def draft_case(submission: Submission) -> CasePage:
    """An unsaved case page. It has no slug: Wagtail gives it a free one when it is put under the catalogue."""
    case = CasePage(
        title=submission.title,
        outcome=submission.outcome,
        start_year=submission.start_year,
        end_year=submission.end_year,
        certainty=Certainty.OWNER if submission.from_organisation else Certainty.SECONDARY,
        introduction=" ".join(submission.introduction.split()),
        live=False,
    )
    case.search_description = case.introduction
    for name in STORY:
        setattr(case, name, linebreaks(getattr(submission, name), autoescape=True) if getattr(submission, name) else "")
    if submission.outcome == Outcome.BRILLIANT_FAILURE:
        for name in CONDITIONS:
            setattr(case, name, getattr(submission, name))
    case.organisation = known_organisation(submission)
    if case.organisation is None:
        case.own_sector, case.own_cluster = submission.sector, submission.cluster
    case.go_live_at = _start_of(submission)
    case.links = _links(submission)
    case.sources = [_source(line, number) for number, line in enumerate(_lines(submission.sources)[:MOST_SOURCES])]
    return case


def preview_case(submission: Submission) -> CasePage:
    """As `draft_case`, with an organisation that we do not have yet shown by the name that was typed."""
    case = draft_case(submission)
    case.slug = "voorbeeld"
    case.outcome = Outcome.STOPPED if misses_a_condition(submission) else case.outcome or Outcome.RUNNING
    case.title = case.title or "Nog zonder titel"
    name = submission.organisation_name.strip()
    if case.organisation is None and name and not submission.is_anonymous:
        case.organisation = Organisation(
            name=name,
            slug=slugify(name)[:120] or "organisatie",
            sector=submission.sector,
            cluster=submission.cluster,
        )
    return case


def misses_a_condition(submission: Submission) -> bool:
    """Whether the sender calls it a brilliant failure while not all conditions hold."""
    return submission.outcome == Outcome.BRILLIANT_FAILURE and not all(getattr(submission, c) for c in CONDITIONS)


def known_organisation(submission: Submission) -> Organisation | None:
    """The organisation with this name or abbreviation, when there is one and readers may see it."""
    name = submission.organisation_name.strip()
    if submission.is_anonymous or not name:
        return None
    return Organisation.objects.filter(Q(name__iexact=name) | Q(abbreviation__iexact=name)).order_by("pk").first()


def places_that_name_it(submission: Submission) -> list[str]:
    """The questions whose answer holds the name of an organisation that readers may not see."""
    name = submission.organisation_name.strip().casefold()
    if not submission.is_anonymous or not name:
        return []
    texts = {LABELS[field]: getattr(submission, field) for field in READ}
    texts[LABELS[PATTERNS]] = " ".join(link.evidence for link in submission.links.all())
    return [label for label, text in texts.items() if name in text.casefold()]


def _start_of(submission: Submission) -> datetime | None:
    """The first moment of the day that the sender asked for, as long as it is still to come."""
    day = submission.embargo_until
    if day is None or day <= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time()))


def _links(submission: Submission) -> list[CaseLink]:
    if not submission.pk or not any(PATTERNS in step.fields for step in asked(submission)):
        return []
    chosen = submission.links.select_related("concept").order_by("concept__position", "pk")
    return [
        CaseLink(concept=link.concept, evidence=link.evidence, basis=Basis.STATED, sort_order=number)
        for number, link in enumerate(chosen)
    ]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _source(line: str, number: int) -> CaseSource:
    """A line with a web address becomes a link with the rest as its title; any other line is a title."""
    found = ADDRESS.search(line)
    address = found[0].rstrip(".,;)>\"'") if found else ""
    try:
        _is_address(address)
    except ValidationError:
        address = ""
    if len(address) > CaseSource._meta.get_field("url").max_length:
        address = ""
    rest = line.replace(found[0], "").strip(" -–:,;()<>") if found and address else line
    title = rest or address.partition("//")[2]
    return CaseSource(title=title[:255], url=address, sort_order=number)

"""The front page of the barometer: the newest real numbers, the editions, and what stands out in words."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ..barometer import Barometer, barometer
from ..entries import MAIN_SURVEY, EditionEntry
from ..models import Finding
from ..numbers import dutch_editions
from ..telling import key_numbers

#: The numbers to begin with, newest edition first.
KEY_INDICATORS = (
    "innoveert-niet",
    "innoveert",
    "klimaatscore",
    "aanleiding-eigen-medewerkers",
    "partner-private-partijen",
    "waarde-efficiency",
)
MOST_FINDINGS = 6


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """What `templates/survey/barometer.html` may rely on. Editions go with how many numbers they have."""

    key_numbers: list[dict[str, Any]]
    findings: list[Finding]
    editions: list[tuple[EditionEntry, int]]
    abroad: list[tuple[EditionEntry, int]]
    downloads: list[tuple[str, str]]


def overview_page() -> OverviewPage:
    """One query: the findings of the newest edition."""
    found = barometer()
    newest = found.main_editions()[:1]
    return OverviewPage(
        key_numbers=key_numbers(found.newest_number(slug) for slug in KEY_INDICATORS),
        findings=list(
            Finding.objects.filter(edition__in=[edition.pk for edition in newest]).select_related("edition")[
                :MOST_FINDINGS
            ]
        ),
        editions=[(edition, _size(found, edition)) for edition in dutch_editions(found)],
        abroad=[
            (edition, _size(found, edition)) for edition in found.editions.values() if edition.survey != MAIN_SURVEY
        ],
        downloads=[("Alle cijfers (CSV)", reverse("results_csv"))],
    )


def _size(found: Barometer, edition: EditionEntry) -> int:
    """How many indicators have a number for everybody."""
    return sum(
        any(number.is_known for number in numbers.values())
        for numbers in found.for_everybody.get(edition.slug, {}).values()
    )

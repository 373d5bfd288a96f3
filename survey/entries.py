"""What pages keep of an edition, an indicator and a result: small, unchanging, and with everything at hand."""

from dataclasses import dataclass

from django.urls import reverse

from .models import Statistic
from .vocabulary import ConceptEntry

#: The series of which the site tells how it goes from round to round.
MAIN_SURVEY = "Innovatie Barometer Overheid"


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """What pages need of an edition."""

    pk: int
    slug: str
    name: str
    short_name: str
    survey: str
    country: ConceptEntry | None
    year: int | None
    period: str
    fieldwork: str
    unit: str
    caution: str
    is_example: bool
    source: str
    source_url: str

    @property
    def url(self) -> str:
        """The page of this edition."""
        return reverse("edition", args=[self.slug])

    @property
    def is_main(self) -> bool:
        """A real round of the Dutch barometer."""
        return self.survey == MAIN_SURVEY and not self.is_example


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """What pages need of an indicator."""

    pk: int
    slug: str
    name: str
    short_name: str
    phrase: str
    theme: str
    question: str
    base: str
    unit: str
    caution: str
    concepts: tuple[ConceptEntry, ...]

    @property
    def url(self) -> str:
        """The page of this indicator."""
        return reverse("indicator", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Number:
    """One result, with its edition, indicator and group at hand.

    `source`: the publication in which it was read, which need not be that of its edition: a Danish number may stand in
    a Dutch report.
    """

    edition: EditionEntry
    indicator: IndicatorEntry
    group: ConceptEntry | None
    statistic: Statistic
    value: float | None
    value_to: float | None
    qualifier: str
    wording: str
    n: int | None
    low: float | None
    high: float | None
    difference: float | None
    verdict: str
    provenance: str
    withheld: str
    source: str
    source_url: str
    locator: str
    text_line: int | None
    key: str
    remark: str

    @property
    def is_known(self) -> bool:
        """Whether there is a value to show."""
        return self.value is not None

"""The explorer: an indicator, how to split it, an edition. A wrong value is refused, never widened."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from ..barometer import Barometer, EditionEntry, IndicatorEntry, Number, barometer
from ..models import Result
from ..numbers import BREAKDOWNS, dutch_editions
from ..vocabulary import vocabulary
from .comparing import is_foreign

EVERYBODY, BY_EDITION, BY_COUNTRY = "geen", "editie", "land"
PARAMETERS = {"indicator": "Cijfer", "uitsplitsing": "Uitsplitsing", "editie": "Editie"}
#: What a page shows that nobody asked anything yet.
FIRST_INDICATOR = "innoveert"
MOST_NAMED = 20
MOST_OFFERED = 6
#: Of those, about the same indicator.
MOST_OWN = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `edition` is None where editions stand side by side."""

    indicator: IndicatorEntry
    breakdown: str
    edition: EditionEntry | None

    @property
    def query(self) -> str:
        """The parameters that ask exactly this."""
        asked = {"indicator": self.indicator.slug, "uitsplitsing": self.breakdown}
        return urlencode(asked | ({"editie": self.edition.slug} if self.edition else {}))

    @property
    def url(self) -> str:
        """The page that answers this."""
        return f"{reverse('explorer')}?{self.query}"

    @property
    def label(self) -> str:
        """The question in a few words."""
        how = breakdown_choices()[self.breakdown].lower()
        if self.edition is None:
            return f"{self.indicator.short_name}, {how}"
        made_up = " (verzonnen antwoorden)" if self.edition.is_example else ""
        return f"{self.indicator.short_name}, {how}, {self.edition.name}{made_up}"

    @property
    def where(self) -> Q:
        """The results that answer this: what the page shows and what its downloads hold."""
        about = Q(indicator=self.indicator.pk)
        if self.breakdown in BREAKDOWNS:
            groups = Q(group=None) | Q(group__scheme__slug=self.breakdown)
        else:
            groups = Q(group=None)
        return about & groups & Q(edition__in=[edition.pk for edition in self.editions])

    @property
    def editions(self) -> list[EditionEntry]:
        """Whose numbers are asked. Examples never stand beside real ones."""
        found = barometer()
        if self.edition:
            return [self.edition]
        main = [edition for edition in found.main_editions() if _has_number(found, edition, self.indicator)]
        if self.breakdown == BY_EDITION:
            return main
        abroad = [edition for edition in found.editions.values() if is_foreign(edition)]
        return main[:1] + [edition for edition in abroad if _has_number(found, edition, self.indicator)]

    @property
    def file_name(self) -> str:
        """What a download is called."""
        parts = ["verkenner", self.indicator.slug, self.breakdown, self.edition.slug if self.edition else ""]
        return "-".join(part for part in parts if part)


class ExplorerForm(forms.Form):
    """The three choices. Ask `mistakes` before `question`."""

    indicator = forms.ChoiceField(required=False)
    uitsplitsing = forms.ChoiceField(required=False)
    editie = forms.ChoiceField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.asked = data
        self.barometer = barometer()
        for name, slugs in self._slugs().items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker: declared above
            field.choices = [(slug, slug) for slug in slugs]

    def _slugs(self) -> dict[str, list[str]]:
        return {
            "indicator": list(self.barometer.indicators),
            "uitsplitsing": list(breakdown_choices()),
            "editie": list(self.barometer.editions),
        }

    def mistakes(self) -> list[tuple[str, list[str]]]:
        """Label and messages of each parameter that is wrong, unknown ones included."""
        found = []
        for name, slugs in self._slugs().items():
            if len(self.asked.getlist(name)) > 1:
                found.append((PARAMETERS[name], ["Dit mag maar één keer in het adres staan."]))
            elif name in self.errors:
                found.append((PARAMETERS[name], [_unknown(self.asked.get(name, ""), slugs)]))
        known = ", ".join(PARAMETERS)
        found += [
            (name[:40], [f"Deze keuze bestaat niet. Deze bestaan wel: {known}."])
            for name in self.asked
            if name not in PARAMETERS
        ]
        return found

    def question(self) -> Question | None:
        """What is asked, completed with what gives an answer; None when there is no indicator at all."""
        indicators = self.barometer.indicators
        first = FIRST_INDICATOR if FIRST_INDICATOR in indicators else next(iter(indicators), "")
        indicator = indicators.get(self.cleaned_data["indicator"] or first)
        if indicator is None:
            return None
        breakdown = self.cleaned_data["uitsplitsing"] or EVERYBODY
        if breakdown in (BY_EDITION, BY_COUNTRY):
            return Question(indicator, breakdown, None)
        edition = self.barometer.editions.get(self.cleaned_data["editie"]) or self._best(indicator, breakdown)
        return Question(indicator, breakdown, edition) if edition else None

    def _best(self, indicator: IndicatorEntry, breakdown: str) -> EditionEntry | None:
        """The newest real edition with numbers for this; else an example; else the newest."""
        known = combinations(indicator)
        for edition in [*dutch_editions(self.barometer), *self.barometer.editions.values()]:
            if (edition.pk, breakdown) in known:
                return edition
        return next(iter(dutch_editions(self.barometer)), None)

    @property
    def ignored_edition(self) -> bool:
        """Whether an edition was chosen that can't matter, because editions stand side by side."""
        return bool(self.cleaned_data["editie"]) and self.cleaned_data["uitsplitsing"] in (BY_EDITION, BY_COUNTRY)


def breakdown_choices() -> dict[str, str]:
    """Value of the parameter -> what a reader sees."""
    schemes = vocabulary().schemes
    by_group = {slug: f"Per {schemes[slug].name.lower()}" for slug in BREAKDOWNS if slug in schemes}
    return {EVERYBODY: "Alle organisaties samen"} | by_group | {BY_EDITION: "Per editie", BY_COUNTRY: "Per land"}


def combinations(indicator: IndicatorEntry) -> set[tuple[int, str]]:
    """Pairs of edition and breakdown with at least one number to show (one query)."""
    known = Result.objects.filter(indicator=indicator.pk).exclude(value=None).order_by()
    pairs = known.values_list("edition_id", "group__scheme__slug").distinct()
    return {(edition, scheme or EVERYBODY) for edition, scheme in pairs}


def offers(question: Question) -> list[Question]:
    """Questions near this one that have an answer: the same indicator first, then others on its subject."""
    found = barometer()
    known = combinations(question.indicator)
    own = [
        Question(question.indicator, breakdown, edition)
        for edition in [*dutch_editions(found), *found.editions.values()]
        for breakdown in (EVERYBODY, *BREAKDOWNS)
        if (edition.pk, breakdown) in known
    ]
    editions = [edition for edition in found.editions.values() if not edition.is_example]
    others = [
        Question(indicator, EVERYBODY, edition)
        for indicator in sorted(found.indicators.values(), key=lambda entry: entry.theme != question.indicator.theme)
        if indicator.pk != question.indicator.pk
        for edition in editions
        if _has_number(found, edition, indicator)
    ]
    return _unique([*own[:MOST_OWN], *others])[:MOST_OFFERED]


def why_nothing(question: Question, numbers: Iterable[Number]) -> str:
    """Why there is no chart, kindly."""
    if question.breakdown == BY_EDITION:
        return "Er zijn geen twee edities die dit allebei meten."
    if question.breakdown == BY_COUNTRY:
        return "Van andere landen kennen we dit cijfer niet, of we kennen het van Nederland niet."
    shown = list(numbers)
    asked = [number for number in shown if number.group or question.breakdown == EVERYBODY]
    if any(number.withheld for number in asked):
        return (
            "Er zijn te weinig antwoorden. We tonen een uitkomst pas als er minstens tien organisaties achter zitten. Zo is "
            "nooit te zien wat één organisatie antwoordde."
        )
    if any(number.is_known for number in asked):
        return "Er is te weinig voor een grafiek. Wat er wel is, staat in de tabel."
    if asked:
        words = next((number.wording for number in asked if number.wording), "")
        said = f" Wel staat er: “{words}”." if words else ""
        return f"Het getal is niet leesbaar in de bron.{said}"
    name = question.edition.name if question.edition else "De barometer"
    if question.breakdown == EVERYBODY:
        return f"{name} geeft dit cijfer niet voor alle organisaties samen, of het is niet leesbaar in de bron."
    how = breakdown_choices()[question.breakdown].lower()
    return f"{name} geeft dit cijfer niet {how}, of het is niet leesbaar in de bron."


def _has_number(found: Barometer, edition: EditionEntry, indicator: IndicatorEntry) -> bool:
    numbers = found.for_everybody.get(edition.slug, {}).get(indicator.slug, {})
    return any(number.is_known for number in numbers.values())


def _unknown(value: str, slugs: list[str]) -> str:
    """That a value does not exist, and what does: all of a short list, else what looks like it, else the first few."""
    near = get_close_matches(value[:120], slugs, n=3) if len(slugs) > MOST_NAMED else []
    known = f"Bedoelde je {' of '.join(near)}?" if near else f"Kies uit: {', '.join(slugs[:MOST_NAMED])}."
    return f"“{value[:80]}” kennen we niet. {known}"


def _unique(questions: Iterable[Question]) -> list[Question]:
    return list({question.query: question for question in questions}.values())

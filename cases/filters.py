"""The only place where a query string becomes a question. A wrong value is refused, never widened."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import django_filters as df
from django import forms
from django.http import QueryDict

from survey.vocabulary import vocabulary

from .choices import Outcome
from .models import CasePage
from .search.questions import Question

SORTS = {"relevantie": "Beste treffer eerst", "nieuwste": "Nieuwste eerst", "titel": "Titel (A-Z)"}
FIXED = ("q", "sorteer", "pagina")
#: Facets that are not schemes of the vocabulary.
OUTCOME, YEAR = "uitkomst", "jaar"
PAGE_SIZE = 20
MOST_YEARS = 60
MOST_TEXT = 400


class _PageField(forms.IntegerField):
    """A number from 1 on, in ordinary digits."""

    default_error_messages = {"max_value": "Zo veel pagina's zijn er niet."}

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if text and not (text.isascii() and text.isdigit() and text.strip("0")):
            raise forms.ValidationError("Vul een paginanummer in: 1 of hoger.")
        return super().to_python(text[:20])


class _YearsField(forms.Field):
    """Years as four digits; a year without cases is a fair question with the answer none."""

    widget = forms.SelectMultiple

    def to_python(self, value: list[str] | None) -> list[str]:
        if len(value or []) > MOST_YEARS:
            raise forms.ValidationError(f"Kies hoogstens {MOST_YEARS} jaren.")
        for year in value or []:
            if not (year.isascii() and year.isdigit() and len(year) == 4):
                raise forms.ValidationError(f"“{year[:40]}” is geen jaar. Vul vier cijfers in, zoals 2021.")
        return value or []


class _PageFilter(df.Filter):
    field_class = _PageField


class _YearsFilter(df.Filter):
    field_class = _YearsField


class CatalogueFilter(df.FilterSet):
    """Search text, sort, page, and one repeatable parameter per facet.

    Within a facet *any of* the values, between facets *all of* them. Ask `is_valid()` before `question()`.
    """

    class Meta:
        model = CasePage
        fields: list[str] = []

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data=data, queryset=CasePage.objects.none())
        choices_of = facet_choices()
        retired = retired_choices()
        #: What the page offers: a concept that is retired only to who chose it already.
        self.facets = {
            name: (label, [pair for pair in pairs if (name, pair[0]) not in retired or pair[0] in data.getlist(name)])
            for name, (label, pairs) in choices_of.items()
        }
        self.filters["q"] = df.CharFilter(label="Zoekwoorden", max_length=MOST_TEXT, strip=True)
        self.filters["sorteer"] = df.ChoiceFilter(label="Sorteren", choices=list(SORTS.items()))
        self.filters["pagina"] = _PageFilter(label="Pagina", max_value=100_000)
        for name, (label, choices) in choices_of.items():
            if name not in data:
                continue  # a field costs more than all the rest of the form: only for what was asked
            if name == YEAR:
                self.filters[name] = _YearsFilter(label=label)
            else:
                self.filters[name] = df.MultipleChoiceFilter(label=label, choices=choices)

    @property
    def errors(self) -> dict[str, list[str]]:
        """Messages per parameter, unknown parameters included."""
        found = {name: [str(message) for message in messages] for name, messages in self.form.errors.items()}
        known = [*FIXED, *self.facets]
        for name in self.data:
            if name not in known:
                found[name] = [f"Dit filter bestaat niet. Deze bestaan wel: {', '.join(known)}."]
        for name in FIXED:
            if len(self.data.getlist(name)) > 1:
                found[name] = ["Dit mag maar één keer in het adres staan."]
        return {
            name: [_readable(name, message, self.facets) for message in messages] for name, messages in found.items()
        }

    def is_valid(self) -> bool:
        """Whether every parameter is known and right."""
        return not self.errors

    def question(self, *, page_size: int = PAGE_SIZE) -> Question:
        """What the visitor asks, in the terms of the search engine."""
        cleaned: Mapping[str, Any] = self.form.cleaned_data
        choices = {name: tuple(dict.fromkeys(cleaned[name])) for name in self.facets if cleaned.get(name)}
        return Question(
            text=cleaned.get("q") or "",
            choices=choices,
            sort=cleaned.get("sorteer") or "relevantie",
            page=int(cleaned.get("pagina") or 1),
            page_size=page_size,
        )


def facet_choices() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Parameter -> label and choices, in the order of the page. The years are whatever the cases have."""
    schemes = vocabulary().schemes.values()
    of_schemes = {
        scheme.slug: (scheme.name, [(entry.slug, entry.name) for entry in scheme.concepts.values()])
        for scheme in schemes
        if scheme.is_facet
    }
    return {OUTCOME: ("Uitkomst", list(Outcome.choices))} | of_schemes | {YEAR: ("Begonnen in", [])}


def retired_choices() -> set[tuple[str, str]]:
    """Parameter and value of the concepts that are no longer for new links."""
    return {(entry.scheme, entry.slug) for entry in vocabulary().by_pk.values() if entry.is_retired}


def forwarded_query(data: QueryDict) -> str | None:
    """The same question with the codes of today, when it holds a code that a concept had before; else None."""
    schemes = vocabulary().schemes
    asked = [
        (name, value, schemes[name].former.get(value) if name in schemes and schemes[name].is_facet else None)
        for name, values in data.lists()
        for value in values
    ]
    if not any(entry for _, _, entry in asked):
        return None
    now = [(entry.scheme, entry.slug) if entry else (name, value) for name, value, entry in asked]
    return urlencode(list(dict.fromkeys(now)))


def _readable(name: str, message: str, facets: Mapping[str, tuple[str, list[tuple[str, str]]]]) -> str:
    """Django's words for a wrong choice, followed by what can be chosen."""
    choices = list(SORTS.items()) if name == "sorteer" else facets.get(name, ("", []))[1]
    if choices and "geen" not in message[:6]:
        known = ", ".join(slug for slug, _ in choices[:40])
        return f"{message} Kies uit: {known}."
    return message

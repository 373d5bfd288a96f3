"""Small barometers for tests: editions, indicators and numbers, made the way the content and an import leave them."""

from itertools import count
from typing import Any

from factories import make_concept

from survey.entries import MAIN_SURVEY
from survey.models import Edition, Finding, Indicator, Result
from survey.signals import barometer_changed

NUMBERS = count(1)


def make_edition(slug: str = "", **fields: Any) -> Edition:
    """A real round of the Dutch barometer; other countries and examples by their fields."""
    slug = slug or f"editie-{next(NUMBERS)}"
    country = make_concept(f"land/{fields.pop('country', 'nederland')}")
    defaults = {"name": slug.replace("-", " ").capitalize(), "short_name": slug, "survey": MAIN_SURVEY, "year": 2021}
    edition = Edition.objects.create(slug=slug, country=country, **(defaults | fields))
    barometer_changed()  # rows send no signal of their own
    return edition


def make_example(slug: str = "voorbeeld", **fields: Any) -> Edition:
    """An edition with made-up answers."""
    return make_edition(slug, **({"is_example": True, "short_name": "Voorbeeld", "name": "Voorbeeldeditie"} | fields))


def make_indicator(slug: str = "", *, concepts: list[str] | None = None, **fields: Any) -> Indicator:
    """Something that is measured, in percent; with the concepts `scheme/slug` that it is about."""
    slug = slug or f"indicator-{next(NUMBERS)}"
    name = slug.replace("-", " ").capitalize()
    defaults = {"name": name, "short_name": name, "theme": "Innovatie", "base": "deelnemende organisaties"}
    indicator = Indicator.objects.create(slug=slug, **(defaults | fields))
    indicator.concepts.set([make_concept(key) for key in concepts or []])
    barometer_changed()
    return indicator


def make_result(
    edition: Edition, indicator: Indicator, value: float | None = None, *, group: str = "", **fields: Any
) -> Result:
    """One number: for everybody, or for the group `scheme/slug`."""
    provenance = "voorbeeld" if edition.is_example else "gepubliceerd"
    result = Result.objects.create(
        edition=edition,
        indicator=indicator,
        group=make_concept(group) if group else None,
        value=value,
        **({"provenance": provenance} | fields),
    )
    barometer_changed()
    return result


def make_withheld(edition: Edition, indicator: Indicator, group: str, **fields: Any) -> Result:
    """A number that is not shown: too few answers, unless another reason is given."""
    return make_result(edition, indicator, group=group, **({"withheld": "te-weinig"} | fields))


def make_finding(edition: Edition, text: str, *indicators: Indicator, **fields: Any) -> Finding:
    """Something that a publication says in words about these indicators."""
    finding = Finding.objects.create(edition=edition, text=text, **fields)
    finding.indicators.set(indicators)
    barometer_changed()
    return finding

"""Everything the form says about a draft while somebody writes: one computation, shown in two places."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from survey.models import Publication
from survey.vocabulary import vocabulary

from ..choices import Outcome
from ..models import CasePage, Organisation
from ..schemes import EFFECT_SCHEMES
from .completeness import Completeness, completeness
from .doubles import Similar, similar_cases
from .forms import CaseForm, NewerVersion
from .persons import Mention, mentions
from .readability import Ease, Hint, ease, hints
from .suggestions import Suggestion, suggestions
from .texts import FieldText, texts_of

#: Name of a part -> its template. The script replaces each part as a whole.
PARTS = {"overview": "cases/editing/advice_overview.html", "suggestions": "cases/editing/advice_suggestions.html"}


@dataclass(frozen=True, slots=True)
class Advice:
    """What `templates/cases/editing/advice_*.html` may rely on."""

    case: CasePage
    completeness: Completeness
    ease: Ease | None
    hints: list[Hint] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    newer: NewerVersion | None = None

    @property
    def doubles(self) -> list[Similar]:
        """What is nearly surely the same story."""
        return [found for found in self.similar if found.is_strong]


def advice(case: CasePage, newer: NewerVersion | None = None) -> Advice:
    """About a draft, also one that is not saved."""
    fields = texts_of(case)
    linked = [link.concept_id for link in case.links.all() if link.concept_id]
    evidence = [FieldText("links", "Koppelingen", link.evidence) for link in case.links.all() if link.evidence]
    return Advice(
        case=case,
        completeness=completeness(case),
        ease=ease(fields),
        hints=hints([*fields, *evidence]),
        mentions=mentions([*fields, *evidence], _known_names()) if fields or evidence else [],
        similar=[] if case.first_published_at else similar_cases(case),
        suggestions=suggestions(fields, linked) if fields else [],
        newer=newer,
    )


def _known_names() -> list[str]:
    """What has a capital and is no private person."""
    organisations = Organisation.objects.values_list("name", "synonyms")
    people = Publication.objects.exclude(people="").values_list("people", flat=True)
    concepts = (entry.name for entry in vocabulary().by_pk.values())
    return [*(name for row in organisations for name in row), *people, *concepts]


def advice_for_form(form: CaseForm) -> Advice:
    """About what stands in the form now, right or wrong; worked out once for all parts."""
    if form.advice is None:
        form.advice = advice(draft_of(form), form.newer)
    return form.advice


def draft_of(form: CaseForm) -> CasePage:
    """The case as the form has it, never saved; a list with a mistake in it stays as it was."""
    if form.is_bound:
        form.is_valid()
        for name in ("links", "sources"):
            if form.formsets[name].is_valid():
                form.formsets[name].save(commit=False)
    return form.instance


def render_part(part: str, found: Advice, request: HttpRequest | None) -> SafeString:
    """One part as HTML, the same with and without script."""
    return render_to_string(PARTS[part], context_of(part, found), request)


def context_of(part: str, found: Advice) -> dict[str, Any]:
    """What the script needs besides the advice: where to ask, and which rows can help or hinder."""
    return {
        "part": part,
        "advice": found,
        "url": reverse("case_advice"),
        "brilliant": Outcome.BRILLIANT_FAILURE.value,
        "effect_concepts": ",".join(map(str, effect_concepts())),
    }


def effect_concepts() -> Iterable[int]:
    """Keys of the concepts that can help or hinder."""
    schemes = vocabulary().schemes
    return (entry.pk for slug in EFFECT_SCHEMES if slug in schemes for entry in schemes[slug].concepts.values())

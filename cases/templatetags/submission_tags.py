"""How the fields of a sender's form are shown."""

from typing import Any

from django import forms, template

from survey.vocabulary import ConceptEntry

from ..submissions.forms import AnswersForm
from ..submissions.links_field import LinksField, LinksWidget
from ..submissions.steps import Step
from ..submissions.texts import OUTCOMES

register = template.Library()


@register.inclusion_tag("cases/submissions/field.html")
def form_field(field: forms.BoundField, beside: int = 1) -> dict[str, Any]:
    """One field by its kind. `beside`: how many fields answer this question; a single one has the question as its label."""
    widget = field.field.widget
    kinds = ((LinksWidget, "links"), (forms.RadioSelect, "radios"), (forms.CheckboxInput, "check"))
    kind = next((name for of, name in kinds if isinstance(widget, of)), "field")
    return {
        "kind": kind,
        "field": field,
        "hide_label": (beside == 1 and kind == "field") or kind == "radios",
        "explained": OUTCOMES,
        "rows": link_rows(field, field.field.concepts) if isinstance(field.field, LinksField) else [],
    }


def link_rows(field: forms.BoundField, concepts: list[ConceptEntry]) -> list[dict[str, Any]]:
    """The concepts with what was ticked and typed."""
    chosen = field.value() or {}
    return [
        {
            "id": f"{field.auto_id}_{number}",
            "concept": concept,
            "checked": concept.pk in chosen,
            "evidence": chosen.get(concept.pk, ""),
        }
        for number, concept in enumerate(concepts)
    ]


@register.filter
def line_for(explained: dict[str, str], code: str) -> str:
    """The line that explains a choice."""
    return explained.get(code, "")


@register.filter
def mistakes(form: forms.Form | AnswersForm) -> list[tuple[str, str]]:
    """The mistakes of a form for `components/error_summary.html`: the id of the field, and what to do."""
    found = []
    for name, field in form.fields.items():
        first = isinstance(field.widget, forms.RadioSelect | LinksWidget)
        anchor = f"id_{name}_0" if first else f"id_{name}"
        found += [(anchor, str(message)) for message in form.errors.get(name, [])]
    return found


@register.filter
def is_in(step: Step, missing: list[tuple[Step, str, str]]) -> bool:
    """Whether something is still needed at this question."""
    return any(step is other for other, _, _ in missing)

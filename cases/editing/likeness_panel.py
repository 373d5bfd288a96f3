"""The part of the form that shows which cases stand beside this one by themselves, and lets an editor leave them out."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.forms import ModelForm
from django.utils.module_loading import import_string
from wagtail.admin.panels import InlinePanel, Panel

LONGEST_KEY = 18
"""Digits; a database knows no longer numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case that is left out, or that can be: a row of the form with what stands beside it."""

    form: ModelForm
    case: Any
    reason: str
    """Why the machine named it; empty for one that is left out."""
    is_ticked: bool


class LikenessPanel(InlinePanel):
    """One row for each case that is left out, and an empty one for each that the page names now: ticking it fills it.

    Works without script: the rows are there from the beginning.
    """

    class BoundPanel(InlinePanel.BoundPanel):
        """The panel with the draft at hand."""

        template_name = "cases/editing/likeness_panel.html"
        telepath_adapter_name = Panel.BoundPanel.telepath_adapter_name
        telepath_pack = Panel.BoundPanel.telepath_pack
        js_opts = Panel.BoundPanel.js_opts

        def __init__(self, **kwargs: Any) -> None:
            form = kwargs["form"]
            self.offered: list[tuple[Any, str]] = []
            if form is not None and not form.is_bound:
                self.offered = _named_by_itself(form.instance)
                form.formsets[kwargs["panel"].relation_name].extra = len(self.offered)
            super().__init__(**kwargs)

        @property
        def left_out(self) -> list[Row]:
            """What is refused; ticked is what comes back."""
            forms = self.formset.initial_forms
            cases = _cases(form["other"].value() for form in forms)
            return [
                Row(form, cases[pk], "", bool(form["DELETE"].value()))
                for form in forms
                if (pk := _number(form["other"].value())) in cases
            ]

        @property
        def named(self) -> list[Row]:
            """What the page names by itself; ticked is what goes. After a mistake elsewhere in the form: what it named."""
            forms = self.formset.extra_forms
            if not self.form.is_bound:
                return [
                    Row(form, case, reason, False) for form, (case, reason) in zip(forms, self.offered, strict=True)
                ]
            asked = [_number(form.data.get(f"{form.prefix}-offered")) for form in forms]
            cases = _cases(asked)
            return [
                Row(form, cases[pk], "", bool(form["other"].value()))
                for form, pk in zip(forms, asked, strict=True)
                if pk in cases
            ]


def _named_by_itself(case: Any) -> list[tuple[Any, str]]:
    if not case.pk:
        return []
    relatives = import_string("cases.likeness.relatives")  # which itself needs the models, whose form this is part of
    return [(found.case, found.reason) for found in relatives(case, list(case.links.all())) if not found.chosen]


def _cases(pks: Any) -> dict[int | None, Any]:
    wanted = [pk for value in pks if (pk := _number(value))]
    return dict(apps.get_model("cases", "CasePage").objects.in_bulk(wanted))


def _number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None

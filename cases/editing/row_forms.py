"""The rows of links and sources in the form of a case."""

from typing import Any

from django import forms
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from ..choices import Effect
from ..schemes import EFFECT_SCHEMES

TWICE = "‘{name}’ staat hierboven al. Zet alles wat je erover weet in één rij."
RETIRED = "‘{name}’ is vervallen en kan niet meer worden gekozen. Kies een ander begrip."
NO_EFFECT = "‘{name}’ helpt of hindert niet. Kies hier ‘niet gezegd’."


class DraftRowForm(WagtailAdminModelForm):
    """A row that may be half done while the case is a draft."""

    def _post_clean(self) -> None:
        self.instance.is_draft = self.is_deferred_validation
        super()._post_clean()


class LinkForm(DraftRowForm):
    """One link: a concept that may be linked, and only once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "effect" in self.fields:
            self.fields["effect"].choices = [*Effect.choices, ("", "Niet gezegd")]

    def clean_concept(self) -> Any:
        """A retired concept stays where it is and comes nowhere new."""
        concept = self.cleaned_data["concept"]
        if concept and concept.retired_on and concept.pk != self.instance.concept_id:
            raise forms.ValidationError(RETIRED.format(name=concept.name))
        return concept

    def clean(self) -> dict[str, Any]:
        """Helped or hindered has a meaning for some lists only."""
        cleaned: dict[str, Any] = super().clean()
        concept = cleaned.get("concept")
        if concept and cleaned.get("effect") and concept.scheme.slug not in EFFECT_SCHEMES:
            self.add_error("effect", NO_EFFECT.format(name=concept.name))
        return cleaned


class LinkFormSet(BaseChildFormSet):
    """All links of one case."""

    def validate_unique(self) -> None:
        """The second of two equal ones is told so, in its own row."""
        seen: set[int] = set()
        for form in self.forms:
            if self._should_delete_form(form) or not hasattr(form, "cleaned_data"):
                continue
            concept = form.cleaned_data.get("concept")
            if concept is None:
                continue
            if concept.pk in seen:
                form.add_error("concept", TWICE.format(name=concept.name))
            seen.add(concept.pk)

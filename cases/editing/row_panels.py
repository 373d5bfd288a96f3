"""The lists of rows in the form of a case: links and sources."""

from typing import Any

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel, MultipleChooserPanel
from wagtail.admin.panels.base import get_form_for_model

from .row_forms import DraftRowForm, LinkForm, LinkFormSet


class CheckedRows:
    """Rows of a list with forms of our own."""

    form_class: type[WagtailAdminModelForm]
    formset_class: type[BaseChildFormSet] = BaseChildFormSet

    def get_form_options(self) -> dict[str, Any]:
        """As Wagtail makes them, on another base."""
        options: dict[str, Any] = super().get_form_options()  # type: ignore[misc]  # a panel stands behind it
        rows = options["formsets"][self.relation_name]  # type: ignore[attr-defined]
        child = self.child_edit_handler.get_form_options()  # type: ignore[attr-defined]
        rows["form"] = get_form_for_model(
            self.db_field.related_model,  # type: ignore[attr-defined]
            form_class=self.form_class,
            defer_required_on_fields=child.get("defer_required_on_fields", []),
        )
        rows["formset"] = self.formset_class
        return options


class LinksPanel(CheckedRows, MultipleChooserPanel):
    """One row a link; several concepts at once from one window."""

    form_class = LinkForm
    formset_class = LinkFormSet


class SourcesPanel(CheckedRows, InlinePanel):
    """One row a source."""

    form_class = DraftRowForm

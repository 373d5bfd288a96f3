"""The window in which an editor looks up concepts: all lists at once, or one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from survey.models import Concept

from ..schemes import FIELD_SCHEMES, TELLING_SCHEMES
from .choosers import SearchForm

MOST_EXPLAINED = 160
"""Characters of a definition in the list."""


def _schemes() -> list[tuple[str, str]]:
    """Only of lists that have something to choose; asked when the window opens."""
    rows = linkable_concepts().values_list("scheme__slug", "scheme__plural").distinct()
    return [("", "Alle lijsten"), *sorted(set(rows), key=lambda row: (_weight(row[0]), row[1]))]


class ConceptSearchForm(SearchForm):
    """By name, synonym or definition, in all lists or in one."""

    lijst = forms.ChoiceField(
        label="In",
        required=False,
        choices=_schemes,
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def texts(self, item: Concept) -> Iterable[str]:
        """The name weighs most."""
        return [item.name, " ".join(item.synonym_list), item.definition]

    def filter(self, objects: Any) -> Any:
        """First the list, then the words."""
        if wanted := self.cleaned_data.get("lijst"):
            objects = [concept for concept in objects if concept.scheme.slug == wanted]
        return super().filter(objects)


def linkable_concepts() -> QuerySet[Concept]:
    """What a new link may point to: not retired, and not what is a field of a case already."""
    return Concept.objects.filter(retired_on=None).exclude(scheme__slug__in=FIELD_SCHEMES).select_related("scheme")


def _weight(scheme: str) -> int:
    return TELLING_SCHEMES.index(scheme) if scheme in TELLING_SCHEMES else len(TELLING_SCHEMES)


class _ConceptList(BaseChooseView):
    filter_form_class = ConceptSearchForm

    def get_object_list(self) -> list[Concept]:
        concepts = linkable_concepts().order_by("scheme__position", "position", "name")
        return sorted(concepts, key=lambda concept: _weight(concept.scheme.slug))

    def apply_object_list_ordering(self, objects: list[Concept]) -> list[Concept]:
        return objects

    @property
    def title_column(self) -> TitleColumn:
        column = super().title_column
        column.label = "Begrip"
        column.accessor = _explained
        return column


def _explained(concept: Concept) -> SafeString:
    """Name, list and definition together, so that they stay together on a phone."""
    words = concept.definition
    shown = words if len(words) <= MOST_EXPLAINED else f"{words[:MOST_EXPLAINED].rsplit(' ', 1)[0]} …"
    return format_html(
        '{} <span class="concept-scheme">{}</span><span class="concept-definition">{}</span>',
        concept.name,
        concept.scheme.name,
        shown,
    )


class ConceptChooseView(_ConceptList, ChooseView):
    """The window with its search form."""


class ConceptResultsView(_ConceptList, ChooseResultsView):
    """The list within it, after each change of the search."""


def concept_title(concept: Concept) -> str:
    """A name with its list: some names stand in two."""
    return f"{concept.name} ({concept.scheme.name.lower()})"


class ConceptChooser(BaseChooser):
    """The chosen concept in a row."""

    show_edit_link = False

    def get_display_title(self, instance: Concept) -> str:
        """As in the window."""
        return concept_title(instance)


class ConceptChosenView(ChosenView):
    """One was chosen."""

    def get_display_title(self, instance: Concept) -> str:
        """As in the row."""
        return concept_title(instance)


class ConceptChosenMultipleView(ChosenMultipleView):
    """Several were chosen."""

    def get_display_title(self, instance: Concept) -> str:
        """As in the row."""
        return concept_title(instance)


class ConceptChooserViewSet(ChooserViewSet):
    """All lists at once; the name of the list and the definition stand beside each concept."""

    model = "survey.Concept"
    icon = "tag"
    choose_one_text = "Kies een begrip"
    choose_another_text = "Kies een ander begrip"
    page_title = "Kies een of meer begrippen"
    edit_item_text = "Bekijk dit begrip"
    search_tab_label = "Zoeken"
    per_page = 40
    register_widget = False
    choose_view_class = ConceptChooseView
    choose_results_view_class = ConceptResultsView
    chosen_view_class = ConceptChosenView
    chosen_multiple_view_class = ConceptChosenMultipleView
    base_widget_class = ConceptChooser


concept_chooser = ConceptChooserViewSet("case_concept_chooser", url_prefix="casussen/kies-begrip")

"""The ways from the list and the form of concepts to taking care of them, and what is offered for new links."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import EditView

from ..models import Concept
from .admin_views import PERMISSION


def care_buttons(concept: Concept) -> list[Button]:
    """Rename, merge or retire, split."""
    revise = reverse("vocabulary_revise", args=[concept.scheme.slug])
    return [
        Button("Hernoemen", reverse("concept_rename", args=[concept.pk]), icon_name="edit", priority=40),
        Button("Samenvoegen of laten vervallen", f"{revise}?begrip={concept.pk}", icon_name="collapse-up", priority=41),
        Button("Splitsen", reverse("concept_split", args=[concept.pk]), icon_name="cut", priority=42),
    ]


def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In the list of concepts."""
    if isinstance(snippet, Concept) and user.has_perm(PERMISSION):
        yield from care_buttons(snippet)


class ConceptEditView(EditView):
    """With the ways to what a form can't do by itself."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Below Wagtail's own."""
        own = list(super().header_more_buttons)
        return [*own, *care_buttons(self.object)] if self.request.user.has_perm(PERMISSION) else own


class _InUse:
    def get_object_list(self) -> "QuerySet[Concept]":
        """Only what is not retired."""
        return Concept.objects.filter(retired_on=None).select_related("scheme")


class _InUseChooseView(_InUse, ChooseView):
    pass


class _InUseResultsView(_InUse, ChooseResultsView):
    pass


class ConceptChooserViewSet(SnippetChooserViewSet):
    """What an editor chooses from."""

    choose_view_class = _InUseChooseView
    choose_results_view_class = _InUseResultsView

"""The pages in the editing environment that take care of the vocabulary."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..models import Concept, ConceptScheme
from . import concepts
from .forms import RESTORE, RETIRE, RenameForm, ReviseForm, SplitForm
from .public_log import told_changes
from .steps import StepsView
from .telling import CareError, Operation

#: Whoever only may change a concept does that in its form; here concepts go, and what hangs on them moves.
PERMISSION = "survey.delete_concept"
TITLE = "Begrippen verzorgen"
LATEST = 10


class CareMenuItem(MenuItem):
    """Only for those who may."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return request.user.has_perm(PERMISSION)


def menu_item() -> CareMenuItem:
    """In the menu of the vocabulary."""
    return CareMenuItem(TITLE, reverse("vocabulary_care"), name="vocabulary-care", icon_name="edit", order=100)


class OverviewView(WagtailAdminTemplateMixin, View):
    """The lists, and what changed last."""

    template_name = "survey/care/overview.html"
    page_title = TITLE
    header_icon = "tag"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """For those who may."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        schemes = ConceptScheme.objects.annotate(
            size=Count("concepts", filter=Q(concepts__retired_on=None)),
            retired=Count("concepts", filter=Q(concepts__retired_on__isnull=False)),
        )
        latest = told_changes(concepts.VocabularyChange.objects.all()[:LATEST])
        return self.render_to_response(self.get_context_data(schemes=schemes, latest=latest))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home and this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]


class VocabularyView(StepsView):
    """A change to the vocabulary."""

    permission = PERMISSION
    header_icon = "tag"
    scheme: ConceptScheme

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, all lists, this one, and what is done."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("vocabulary_care"), "label": TITLE},
            {"url": reverse("vocabulary_revise", args=[self.scheme.slug]), "label": self.scheme.plural},
            {"url": "", "label": self.get_header_title()},
        ]

    def done_url(self) -> str:
        """The list it belongs to."""
        return reverse("vocabulary_revise", args=[self.scheme.slug])


class ReviseView(VocabularyView):
    """Merge, retire and restore, as many as wanted in one go; `?begrip=` shows one row only."""

    template_name = "survey/care/revise.html"
    page_title = "Samenvoegen of laten vervallen"

    def find(self, *args: Any, **kwargs: Any) -> None:
        """The list, and the concept when it is about one."""
        self.scheme = get_object_or_404(ConceptScheme, slug=kwargs["slug"])
        self.page_subtitle = self.scheme.plural
        asked = self.request.GET.get("begrip", "")
        self.only = int(asked) if asked.isascii() and asked.isdigit() else None

    def get_form(self, data: Any = None) -> ReviseForm:
        """A row for each concept."""
        return ReviseForm(self.scheme, self.only, data)

    def operation(self, form: ReviseForm) -> Operation:
        """First what is taken up, then what retires."""

        def work() -> list[str]:
            fresh = ReviseForm(self.scheme, self.only, form.data)
            if not fresh.is_valid():
                raise CareError("Een van deze begrippen bestaat niet meer. Kies opnieuw.")
            retired, restored, pairs = fresh.asked(RETIRE), fresh.asked(RESTORE), fresh.pairs
            for concept in retired:
                if concept in pairs.values():
                    raise CareError(f"‘{concept.name}’ kan niet vervallen: er gaat een ander begrip in op.")
            told = concepts.merge(pairs)
            for concept in retired:
                told += concepts.retire(concept)
            for concept in restored:
                told += concepts.restore(concept)
            return told

        return work

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the list."""
        return super().get_context_data(**kwargs) | {"scheme": self.scheme, "only": self.only}


class ConceptView(VocabularyView):
    """A change to one concept."""

    def find(self, *args: Any, **kwargs: Any) -> None:
        """The concept in the address."""
        self.concept = self._read(kwargs["pk"])
        self.scheme = self.concept.scheme
        self.page_subtitle = self.concept.name

    def _read(self, pk: int) -> Concept:
        return get_object_or_404(Concept.objects.select_related("scheme"), pk=pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the concept."""
        return super().get_context_data(**kwargs) | {"concept": self.concept, "scheme": self.scheme}


class RenameView(ConceptView):
    """Another name, another code."""

    template_name = "survey/care/rename.html"
    page_title = "Hernoemen"

    def get_form(self, data: Any = None) -> RenameForm:
        """As it is now."""
        return RenameForm(data, initial={"name": self.concept.name, "slug": self.concept.slug})

    def operation(self, form: RenameForm) -> Operation:
        """Read again, because a rehearsal changes what it works on."""
        asked = {name: form.cleaned_data[name] for name in ("name", "slug", "keep_old_name")}
        return lambda: concepts.rename(self._read(self.concept.pk), **asked)


class SplitView(ConceptView):
    """One concept becomes two; every link is given its place."""

    template_name = "survey/care/split.html"
    page_title = "Splitsen"

    def get_form(self, data: Any = None) -> SplitForm:
        """With all that is linked."""
        return SplitForm(self._read(self.concept.pk), data)

    def operation(self, form: SplitForm) -> Operation:
        """New concepts are made within the same transaction."""

        def work() -> list[str]:
            concept = self._read(self.concept.pk)
            concepts.refuse_with_numbers(concept, "gesplitst")
            parts = [form.part(1), form.part(2)]
            for part in parts:
                if part.pk is None:
                    part.save()
            return concepts.split(concept, parts, form.choices, retire_it=form.cleaned_data["retire_it"])

        return work


def urls() -> list[URLPattern]:
    """Below the address of the editing environment."""
    return [
        path("begrippen-verzorgen/", OverviewView.as_view(), name="vocabulary_care"),
        path("begrippen-verzorgen/begrip/<int:pk>/naam/", RenameView.as_view(), name="concept_rename"),
        path("begrippen-verzorgen/begrip/<int:pk>/splitsen/", SplitView.as_view(), name="concept_split"),
        path("begrippen-verzorgen/<slug:slug>/", ReviseView.as_view(), name="vocabulary_revise"),
    ]

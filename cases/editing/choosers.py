"""Windows in which an editor looks something up by typing: what they share, an organisation, a publication."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Model
from django.utils.text import slugify
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from ..search.analysis import words_of
from ..search.inflection import stem


def ranked(objects: Iterable[Any], typed: str, texts: Callable[[Any], Iterable[str]]) -> list[Any]:
    """Those that hold every typed word, or a word that begins like it; a hit in an earlier text comes first."""
    wanted = words_of(typed)
    found: list[tuple[int, int, Any]] = []
    for place, item in enumerate(objects):
        scores = [_first_text_with(word, [words_of(text) for text in texts(item)]) for word in wanted]
        if all(score is not None for score in scores):
            found.append((sum(score or 0 for score in scores), place, item))
    return [item for _, _, item in sorted(found, key=lambda row: row[:2])]


def _first_text_with(word: str, texts: list[list[str]]) -> int | None:
    root = stem(word)
    for number, words in enumerate(texts):
        if any(other.startswith(word) or stem(other) == root for other in words):
            return number
    return None


class SearchForm(BaseFilterForm):
    """One box to type in; nothing typed shows everything."""

    q = forms.CharField(label="Zoek", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def texts(self, item: Any) -> Iterable[str]:
        """Where to look, the most telling first."""
        return [str(item)]

    def filter(self, objects: Any) -> Any:
        """As the chooser asks."""
        self.search_query = self.cleaned_data.get("q", "").strip()
        self.is_searching = bool(self.search_query)
        return ranked(objects, self.search_query, self.texts) if self.is_searching else objects


class OrganisationSearchForm(SearchForm):
    """By name, abbreviation or another name."""

    def texts(self, item: Any) -> Iterable[str]:
        """The name weighs most."""
        return [item.name, item.abbreviation, item.synonyms]


class PublicationSearchForm(SearchForm):
    """By title, publisher or author."""

    def texts(self, item: Any) -> Iterable[str]:
        """The title weighs most."""
        return [item.title, item.publisher, item.people]


class NewOrganisationForm(forms.ModelForm):
    """The little that a case needs; the rest can be filled in later under *Organisaties*."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Voluit, zoals ‘Gemeente Utrecht’."

    def clean_name(self) -> str:
        """One organisation isn't made twice."""
        name: str = self.cleaned_data["name"]
        found = self._meta.model.objects.filter(name__iexact=name).first()
        if found:
            raise forms.ValidationError(f"‘{found.name}’ staat al in de lijst. Kies die onder ‘Zoeken’.")
        return name

    def save(self, commit: bool = True) -> Any:
        """Its address comes from its name."""
        objects = self._meta.model.objects
        base = slugify(self.instance.name)[:110] or "organisatie"
        slugs = (base if number == 1 else f"{base}-{number}" for number in range(1, 1000))
        self.instance.slug = next(slug for slug in slugs if not objects.filter(slug=slug).exists())
        made: Model = super().save(commit)
        made.save_revision()  # type: ignore[attr-defined]  # a version to tell an editor's work from loaded content
        return made


def _new_organisation_form() -> type[forms.ModelForm]:
    organisation = apps.get_model("cases", "Organisation")  # that module itself needs these windows
    return forms.modelform_factory(
        organisation, form=NewOrganisationForm, fields=["name", "abbreviation", "sector", "cluster", "country"]
    )


class OrganisationChooseView(ChooseView):
    """With a box to type in."""

    filter_form_class = OrganisationSearchForm


class OrganisationResultsView(ChooseResultsView):
    """With a box to type in."""

    filter_form_class = OrganisationSearchForm


class OrganisationChooserViewSet(ChooserViewSet):
    """An organisation that is there, or a new one made on the spot."""

    model = "cases.Organisation"
    icon = "group"
    choose_one_text = "Kies een organisatie"
    choose_another_text = "Kies een andere organisatie"
    edit_item_text = "Bekijk deze organisatie"
    search_tab_label = "Zoeken"
    creation_tab_label = "Nieuwe organisatie"
    create_action_label = "Voeg toe en kies"
    per_page = 20
    register_widget = False
    choose_view_class = OrganisationChooseView
    choose_results_view_class = OrganisationResultsView

    @property
    def _creation_form_class(self) -> type[forms.ModelForm]:
        return _new_organisation_form()


class PublicationChooseView(ChooseView):
    """With a box to type in."""

    filter_form_class = PublicationSearchForm


class PublicationResultsView(ChooseResultsView):
    """With a box to type in."""

    filter_form_class = PublicationSearchForm


class PublicationChooserViewSet(ChooserViewSet):
    """One of our publications."""

    model = "survey.Publication"
    icon = "doc-full"
    choose_one_text = "Kies een publicatie"
    choose_another_text = "Kies een andere publicatie"
    edit_item_text = "Bekijk deze publicatie"
    search_tab_label = "Zoeken"
    per_page = 20
    register_widget = False
    choose_view_class = PublicationChooseView
    choose_results_view_class = PublicationResultsView


organisation_chooser = OrganisationChooserViewSet("case_organisation_chooser", url_prefix="casussen/kies-organisatie")
publication_chooser = PublicationChooserViewSet("case_publication_chooser", url_prefix="casussen/kies-publicatie")

"""The pages in the editing environment that take care of organisations: rename and merge."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView

from survey.care.forms import RenameForm
from survey.care.steps import ReasonForm, StepsView
from survey.care.telling import CareError, Operation

from .care import differences, merge_organisations, rename_organisation
from .models import Organisation

PERMISSION = "cases.change_organisation"
#: What is merged is gone: that takes the right to remove.
MERGE_PERMISSION = "cases.delete_organisation"
REASON_HELP = "Staat in het logboek van de redactie, ook bij elke casus die verhuist."


class RenameOrganisationForm(RenameForm):
    """Another name, another address."""

    name = forms.CharField(label="Naam", max_length=200)
    slug = forms.SlugField(label="Adres", max_length=120, help_text="Het laatste deel van het adres op de site.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep_old_name"].label = "Bewaar de oude naam als andere naam, zodat zoeken hem nog vindt"
        self.fields["reason"].help_text = REASON_HELP


class MergeForm(ReasonForm):
    """In which organisation this one is taken up; what they disagree about is asked when that is known."""

    target = forms.CharField(
        label="Gaat op in",
        help_text="Typ de naam precies zoals hij in de lijst staat, of kies hem.",
        widget=forms.TextInput(attrs={"list": "organisaties", "autocomplete": "off"}),
    )
    field_order = ("target", "reason")

    def __init__(self, organisation: Organisation, data: Any = None) -> None:
        super().__init__(data)
        self.organisation = organisation
        self.fields["reason"].help_text = REASON_HELP
        self.names = Organisation.objects.exclude(pk=organisation.pk).values_list("name", flat=True)
        found = self._found((data or {}).get("target", ""))
        self.asked = differences(organisation, found[0]) if len(found) == 1 else []
        for name in self.asked:
            pair = {"new": found[0], "old": organisation}
            self.fields[name] = forms.ChoiceField(
                label=f"Welke klopt: {Organisation._meta.get_field(name).verbose_name}?",  # type: ignore[union-attr]
                choices=[(code, f"{getattr(one, name)} (van {one.name})") for code, one in pair.items()],
                widget=forms.RadioSelect,
                error_messages={"required": "De twee organisaties verschillen hierin. Kies welke klopt."},
            )
        self.order_fields(["target", *self.asked, "reason"])

    def _found(self, name: str) -> list[Organisation]:
        others = Organisation.objects.exclude(pk=self.organisation.pk)
        return list(others.filter(name__iexact=name.strip()) or others.filter(slug=name.strip()))

    def clean_target(self) -> Organisation:
        """One organisation."""
        found = self._found(self.cleaned_data["target"])
        if len(found) > 1:
            codes = ", ".join(one.slug for one in found)
            raise ValidationError(f"Zo heten er {len(found)}. Vul in plaats van de naam het adres in: {codes}.")
        if not found:
            raise ValidationError("Deze organisatie kennen we niet. Kies er een uit de lijst.")
        return found[0]


class OrganisationView(StepsView):
    """A change to one organisation."""

    permission = PERMISSION
    header_icon = "group"

    def find(self, *args: Any, **kwargs: Any) -> None:
        """The one in the address."""
        self.organisation = get_object_or_404(Organisation, pk=kwargs["pk"])
        self.page_subtitle = self.organisation.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the organisation, and what is done."""
        viewset = Organisation.snippet_viewset
        return [
            *self.breadcrumbs_items,
            {"url": self.done_url(), "label": "Organisaties"},
            {
                "url": reverse(viewset.get_url_name("edit"), args=[self.organisation.pk]),
                "label": self.organisation.name,
            },
            {"url": "", "label": self.get_header_title()},
        ]

    def done_url(self) -> str:
        """The list."""
        return reverse(Organisation.snippet_viewset.get_url_name("list"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the organisation."""
        return super().get_context_data(**kwargs) | {"organisation": self.organisation}


class RenameView(OrganisationView):
    """Another name, another address."""

    template_name = "survey/care/rename.html"
    page_title = "Hernoemen"

    def get_form(self, data: Any = None) -> RenameOrganisationForm:
        """As it is now."""
        initial = {"name": self.organisation.name, "slug": self.organisation.slug}
        return RenameOrganisationForm(data, initial=initial)

    def operation(self, form: RenameOrganisationForm) -> Operation:
        """Read again, because a rehearsal changes what it works on."""
        asked = {name: form.cleaned_data[name] for name in ("name", "slug", "keep_old_name")}
        return lambda: rename_organisation(Organisation.objects.get(pk=self.organisation.pk), **asked)


class MergeView(OrganisationView):
    """Taken up in another one."""

    permission = MERGE_PERMISSION
    template_name = "cases/care/merge.html"
    page_title = "Samenvoegen"

    def get_form(self, data: Any = None) -> MergeForm:
        """Empty, or with what they disagree about."""
        return MergeForm(self.organisation, data)

    def operation(self, form: MergeForm) -> Operation:
        """Both read again."""

        def work() -> list[str]:
            pks = (self.organisation.pk, form.cleaned_data["target"].pk)
            found = Organisation.objects.in_bulk(pks)
            if len(found) < 2:
                raise CareError("Een van de twee organisaties bestaat niet meer.")
            old, new = (found[pk] for pk in pks)
            if set(differences(old, new)) - set(form.asked):
                raise CareError("De organisaties zijn intussen veranderd. Kies opnieuw.")
            return merge_organisations(old, new, {name: form.cleaned_data[name] == "old" for name in form.asked})

        return work


def care_buttons(organisation: Organisation, user: Any) -> Iterator[Button]:
    """Rename and merge, as far as this person may."""
    for text, name, icon, permission in (
        ("Hernoemen", "organisation_rename", "edit", PERMISSION),
        ("Samenvoegen", "organisation_merge", "collapse-up", MERGE_PERMISSION),
    ):
        if user.has_perm(permission):
            yield Button(text, reverse(name, args=[organisation.pk]), icon_name=icon, priority=40)


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """In the list of organisations."""
    return list(care_buttons(snippet, user)) if isinstance(snippet, Organisation) else []


class OrganisationEditView(EditView):
    """With the ways to what a form can't do by itself."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Below Wagtail's own."""
        return [*super().header_more_buttons, *care_buttons(self.object, self.request.user)]


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Below the address of the editing environment."""
    return [
        path("organisaties-verzorgen/<int:pk>/naam/", RenameView.as_view(), name="organisation_rename"),
        path("organisaties-verzorgen/<int:pk>/samenvoegen/", MergeView.as_view(), name="organisation_merge"),
    ]

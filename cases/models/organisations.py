"""Organisations, with the concepts that group them."""

from django import forms
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin

from survey.models import Concept

from ..choices import Basis


def concept_field(scheme: str, label: str) -> "models.ForeignKey[Concept | None, Concept | None]":
    """A choice from one scheme of the vocabulary; the form offers only the concepts of that scheme."""
    return models.ForeignKey(
        Concept,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=label,
        limit_choices_to={"scheme__slug": scheme},
    )


def concept_panel(name: str) -> FieldPanel:
    """A list to choose from: the concepts of one scheme are few."""
    return FieldPanel(name, widget=forms.Select)


class Organisation(RevisionMixin, models.Model):  # type: ignore[django-manager-missing]  # see CaseManager
    """One organisation, from home or abroad."""

    name = models.CharField("naam", max_length=200)
    slug = models.SlugField("adres", max_length=120, unique=True)
    abbreviation = models.CharField("afkorting", max_length=40, blank=True)
    synonyms = models.TextField("andere namen", blank=True, help_text="Eén per regel; zoeken vindt ze ook.")
    sector = concept_field("sector", "sector")
    sector_basis = models.CharField("grond van de sector", max_length=8, choices=Basis, default=Basis.STATED)
    cluster = concept_field("cluster", "cluster")
    size = concept_field("omvang", "omvang")
    country = concept_field("land", "land")
    website = models.URLField("website", blank=True, max_length=500)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("abbreviation"),
        FieldPanel("synonyms"),
        concept_panel("sector"),
        FieldPanel("sector_basis"),
        concept_panel("cluster"),
        concept_panel("size"),
        concept_panel("country"),
        FieldPanel("website"),
    ]

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of this organisation."""
        return reverse("organisation", args=[self.slug])

    @property
    def names(self) -> tuple[str, ...]:
        """Every name people may search for."""
        others = [line.strip() for line in self.synonyms.splitlines() if line.strip()]
        return tuple(filter(None, [self.name, self.abbreviation, *others]))


class FormerOrganisation(models.Model):
    """An address that an organisation had, or that was taken up in it: its old page leads here."""

    slug = models.SlugField("oud adres", max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former")

    class Meta:
        verbose_name = "vroeger adres van een organisatie"
        verbose_name_plural = "vroegere adressen van organisaties"

    def __str__(self) -> str:
        return self.slug

"""The pages of the catalogue: one page a case, under one index."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from survey.models import Concept

from ..blocks import RICH_TEXT, case_body
from ..choices import Certainty, Outcome
from ..querysets import CaseManager
from .organisations import Organisation, concept_field, concept_panel

YEAR = [MinValueValidator(1850), MaxValueValidator(2100)]


class CaseIndexPage(Page):
    """The parent of all cases, at `/casussen/`; the list itself is the view `case_list`."""

    parent_page_types = ["barometer_site.HomePage"]
    subpage_types = ["cases.CasePage"]
    max_count = 1

    class Meta:
        verbose_name = "catalogus"


class CasePage(Page):
    """One innovation of one organisation: what was meant, done and learned."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", verbose_name="organisatie"
    )
    own_sector = concept_field("sector", "sector (zonder organisatie)")
    own_cluster = concept_field("cluster", "cluster (zonder organisatie)")
    own_country = concept_field("land", "land (zonder organisatie)")
    outcome = models.CharField("uitkomst", max_length=24, choices=Outcome)
    phase = concept_field("fase", "bereikte fase")
    start_year = models.PositiveSmallIntegerField("begonnen in", null=True, blank=True, validators=YEAR)
    end_year = models.PositiveSmallIntegerField("geëindigd in", null=True, blank=True, validators=YEAR)
    period_note = models.CharField("periode in woorden", max_length=120, blank=True)
    certainty = models.CharField("zekerheid", max_length=1, choices=Certainty, default=Certainty.OWNER)
    introduction = models.TextField("samenvatting", max_length=300)
    in_brief = models.TextField("in het kort", blank=True, help_text="Drie regels: wat het is, wat ervan kwam, de les.")
    intention = RichTextField("wat was de bedoeling?", blank=True, features=RICH_TEXT)
    approach = RichTextField("hoe is het aangepakt?", blank=True, features=RICH_TEXT)
    result = RichTextField("wat kwam ervan?", blank=True, features=RICH_TEXT)
    lessons = RichTextField("wat kunnen anderen leren?", blank=True, features=RICH_TEXT)
    transfer = RichTextField("kan dit bij ons?", blank=True, features=RICH_TEXT)
    early_signals = RichTextField("vroege signalen", blank=True, features=RICH_TEXT)
    do_differently = RichTextField("wat je anders kunt doen", blank=True, features=RICH_TEXT)
    body = StreamField(case_body(), blank=True, verbose_name="meer van dit verhaal")
    contact = models.TextField("contact", blank=True, help_text="Alleen met toestemming van wie erin genoemd wordt.")

    change_note = models.CharField(
        "wat is er veranderd?",
        max_length=255,
        blank=True,
        help_text="Eén zin voor lezers, bij deze publicatie. Leeg: de kennisbank noemt zelf de gewijzigde onderdelen.",
    )

    objects = CaseManager()
    parent_page_types = ["cases.CaseIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                concept_panel("own_sector"),
                concept_panel("own_cluster"),
                concept_panel("own_country"),
            ],
            heading="Wie",
        ),
        MultiFieldPanel(
            [
                FieldPanel("outcome"),
                concept_panel("phase"),
                FieldPanel("start_year"),
                FieldPanel("end_year"),
                FieldPanel("period_note"),
                FieldPanel("certainty"),
            ],
            heading="Uitkomst en periode",
        ),
        FieldPanel("in_brief"),
        *map(FieldPanel, ["intention", "approach", "result", "lessons", "transfer", "early_signals", "do_differently"]),
        FieldPanel("body"),
        InlinePanel("links", heading="Koppelingen", label="Koppeling"),
        InlinePanel("relations", heading="Verwante casussen", label="Verwante casus"),
        InlinePanel("sources", heading="Bronnen", label="Bron"),
        FieldPanel("contact"),
        FieldPanel("change_note"),
    ]

    class Meta:
        verbose_name = "casus"
        verbose_name_plural = "casussen"

    def clean(self) -> None:
        """Years in order, and sector and country said once: with the organisation, or instead of it."""
        super().clean()
        if self.start_year and self.end_year and self.end_year < self.start_year:
            raise ValidationError({"end_year": "Het eindjaar ligt voor het beginjaar. Controleer beide jaren."})
        if self.organisation_id:
            for name in ("own_sector", "own_cluster", "own_country"):
                if getattr(self, f"{name}_id"):
                    raise ValidationError({name: "Laat dit leeg: het staat al bij de organisatie."})

    def get_absolute_url(self) -> str:
        """The public address; cases live directly under the catalogue."""
        return reverse("case_list") + f"{self.slug}/"

    def grouping(self, name: str) -> Concept | None:
        """The `sector`, `cluster` or `country` of the organisation, or the case's own when none is named."""
        return getattr(self.organisation, name) if self.organisation else getattr(self, f"own_{name}")

    @property
    def in_brief_list(self) -> list[str]:
        """One point a line in the editor, a list on the page."""
        return [line.strip() for line in self.in_brief.splitlines() if line.strip()]


class CasePublicChange(models.Model):
    """One line of the public history of a case, written when it is published."""

    case = models.ForeignKey(CasePage, on_delete=models.CASCADE, related_name="public_changes")
    date = models.DateField("datum")
    text = models.CharField("wat er veranderde", max_length=255)

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"
        ordering = ("-date", "-pk")

    def __str__(self) -> str:
        return self.text

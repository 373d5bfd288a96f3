"""The pages of the catalogue: one page a case, under one index."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from wagtail.admin.panels import Panel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from survey.models import ContentChange
from survey.models.changes import record_change

from ..blocks import RICH_TEXT, case_body
from ..card_rows import OnCard
from ..choices import Certainty, Outcome
from ..editing.forms import CaseForm
from ..editing.panels import case_panels
from ..querysets import CaseManager
from .organisations import Organisation, concept_field

MOST_INTRODUCTION = 300
#: Addresses under `/casussen/` that are not cases.
RESERVED_SLUGS = {"feed"}
YEAR = [MinValueValidator(1850), MaxValueValidator(2100)]


class CaseIndexPage(Page):
    """The parent of all cases, at `/casussen/`; the list itself is the view `case_list`."""

    parent_page_types = ["barometer_site.HomePage"]
    subpage_types = ["cases.CasePage"]
    max_count = 1
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = "catalogus"


class CasePage(OnCard, Page):
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
    meant_well = models.BooleanField("goed bedoeld", default=False)
    prepared_well = models.BooleanField("goed voorbereid", default=False)
    ended_otherwise = models.BooleanField("anders gelopen dan bedoeld", default=False)
    shared_lessons = models.BooleanField("van geleerd en gedeeld", default=False)
    checked_on = models.DateField("laatst nagekeken op", null=True, blank=True)
    introduction = models.TextField("samenvatting", max_length=MOST_INTRODUCTION)
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

    is_draft = False
    """The form says so: what can be mended later is then no mistake."""
    objects = CaseManager()
    parent_page_types = ["cases.CaseIndexPage"]
    subpage_types: list[str] = []

    base_form_class = CaseForm
    content_panels = case_panels()
    promote_panels: list[Panel] = []

    class Meta:
        verbose_name = "casus"
        verbose_name_plural = "casussen"

    def clean(self) -> None:
        """A summary that fits (the database does not check), years in order, and sector and country said once: with the organisation, or instead of it."""
        super().clean()
        if len(self.introduction) > MOST_INTRODUCTION:
            raise ValidationError({"introduction": f"Houd de samenvatting onder {MOST_INTRODUCTION} tekens."})
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Dit adres is al bezet. Kies een ander."})
        if self.is_draft:
            return
        if self.start_year and self.end_year and self.end_year < self.start_year:
            raise ValidationError({"end_year": "Het eindjaar ligt voor het beginjaar. Controleer beide jaren."})
        if self.organisation_id:
            for name in ("own_sector", "own_cluster", "own_country"):
                if getattr(self, f"{name}_id"):
                    raise ValidationError({name: "Laat dit leeg: het staat al bij de organisatie."})

    @property
    def concept_pks(self) -> list[int]:
        """The concepts of this case in the editor's order. Needs `with_card_data()`."""
        return [link.concept_id for link in self.card_links]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A change of what readers see and the version that tells of it stand or fall together.

        Saving a draft names the fields it saves and changes nothing for readers.
        """
        with transaction.atomic():
            super().save(*args, **kwargs)
            if kwargs.get("update_fields") is None:
                record_change(ContentChange.Kind.CASE, self.pk)

    def with_content_json(self, content: dict[str, Any]) -> "CasePage":
        """When a case was checked is not part of its text: publishing an older draft doesn't undo it."""
        case: CasePage = super().with_content_json(content)
        case.checked_on = self.checked_on
        return case

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

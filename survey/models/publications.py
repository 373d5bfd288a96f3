"""Publications: the research behind cases, concepts and numbers."""

from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, RevisionMixin


class Publication(RevisionMixin, ClusterableModel):
    """A report, book, article or meeting that cases, concepts and numbers point to."""

    title = models.CharField("titel", max_length=255)
    slug = models.SlugField("adres", max_length=120, unique=True)
    kind = models.CharField("soort", max_length=40, help_text="Bijvoorbeeld: rapport, boek, artikel, bijeenkomst.")
    date_text = models.CharField("datum", max_length=80, blank=True, help_text="Zoals de publicatie zelf zegt.")
    publisher = models.CharField("uitgever", max_length=255, blank=True)
    people = models.TextField("mensen", blank=True, help_text="Eén naam per regel.")
    url = models.URLField("webadres", max_length=500, blank=True)
    summary = models.TextField("samenvatting", blank=True)
    method = models.TextField("werkwijze", blank=True)
    remark = models.TextField("opmerking", blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("date_text"),
        FieldPanel("publisher"),
        FieldPanel("people"),
        FieldPanel("url"),
        FieldPanel("summary"),
        FieldPanel("method"),
        FieldPanel("remark"),
        InlinePanel("points", heading="Bevindingen en aanbevelingen", label="Punt"),
    ]

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page of this publication."""
        return reverse("publication", args=[self.slug])

    @property
    def people_list(self) -> list[str]:
        """One name a line in the editor, a list on the page."""
        return [line.strip() for line in self.people.splitlines() if line.strip()]


class PublicationPoint(Orderable):
    """One finding or recommendation of a publication, in our own words."""

    class Kind(models.TextChoices):
        """Codes are stored."""

        FINDING = "finding", "bevinding"
        RECOMMENDATION = "recommendation", "aanbeveling"

    publication = ParentalKey(Publication, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField("soort", max_length=16, choices=Kind, default=Kind.FINDING)
    text = models.TextField("tekst")
    locator = models.CharField("plaats", max_length=200, blank=True)

    panels = [FieldPanel("kind"), FieldPanel("text"), FieldPanel("locator")]

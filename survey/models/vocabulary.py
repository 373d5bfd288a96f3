"""The one vocabulary (in the terms of SKOS): schemes are questions, concepts their answers."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, RevisionMixin

from .publications import Publication


class ConceptScheme(RevisionMixin, ClusterableModel):
    """A question of the barometer, or a classification. Adding one is data, not code."""

    class Origin(models.TextChoices):
        """Whose list this is. Codes are stored."""

        BAROMETER = "barometer", "antwoorden uit de Innovatie Barometer Overheid"
        INSTITUTE = "instituut", "Instituut voor Briljante Mislukkingen"
        OWN = "eigen", "indeling van deze kennisbank"

    slug = models.SlugField("code", max_length=40, unique=True, help_text="Ook de naam van het filter in de catalogus.")
    name = models.CharField("naam", max_length=80)
    plural = models.CharField("meervoud", max_length=80)
    path = models.CharField(
        "adres", max_length=80, unique=True, help_text="Zonder schuine streep vooraan en achteraan."
    )
    question = models.CharField("vraag", max_length=255, blank=True)
    description = models.TextField("omschrijving", blank=True)
    origin = models.CharField("herkomst", max_length=12, choices=Origin, default=Origin.OWN)
    position = models.PositiveSmallIntegerField("volgorde", default=100)
    is_facet = models.BooleanField("filter in de catalogus", default=True)

    class Meta:
        verbose_name = "begrippenlijst"
        verbose_name_plural = "begrippenlijsten"
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.plural

    def get_absolute_url(self) -> str:
        """The overview of this scheme."""
        return f"/{self.path}/"


class Concept(RevisionMixin, ClusterableModel):
    """One answer option or class: a factor, a strategy, a failure archetype, a sector."""

    scheme = models.ForeignKey(ConceptScheme, on_delete=models.PROTECT, related_name="concepts", verbose_name="lijst")
    slug = models.SlugField("code", max_length=80)
    name = models.CharField("naam", max_length=120)
    position = models.PositiveSmallIntegerField("volgorde", default=100)
    group = models.CharField("groep", max_length=80, blank=True, help_text="Kopje waaronder dit in de lijst staat.")
    definition = models.TextField("omschrijving", blank=True)
    metaphor = models.TextField("het beeld", blank=True, help_text="Waar de naam vandaan komt.")
    confirmed = models.BooleanField("bevestigd in een bron", default=True)
    remark = models.TextField("opmerking", blank=True)
    statement = models.CharField("stelling voor de zelfscan", max_length=255, blank=True)
    synonyms = models.TextField("andere woorden", blank=True, help_text="Eén per regel; zoeken vindt ze ook.")
    retired_on = models.DateField("vervallen op", null=True, blank=True, editable=False)

    panels = [
        MultiFieldPanel(
            [FieldPanel("scheme"), FieldPanel("name"), FieldPanel("slug"), FieldPanel("group"), FieldPanel("position")],
            heading="Begrip",
        ),
        FieldPanel("definition"),
        FieldPanel("metaphor"),
        FieldPanel("synonyms"),
        FieldPanel("statement"),
        FieldPanel("confirmed"),
        FieldPanel("remark"),
        InlinePanel("guidance", heading="Uitleg, herkennen, doen en vragen", label="Regel"),
        InlinePanel("relations", heading="Verwante begrippen", label="Verwant begrip"),
        InlinePanel("sources", heading="Bronnen", label="Bron"),
    ]

    class Meta:
        verbose_name = "begrip"
        verbose_name_plural = "begrippen"
        ordering = ("scheme", "position", "name")
        constraints = [models.UniqueConstraint(fields=["scheme", "slug"], name="concept_slug_within_scheme")]

    def __str__(self) -> str:
        return f"{self.name} (vervallen)" if self.retired_on else self.name

    def get_absolute_url(self) -> str:
        """The public page of this concept."""
        return f"/{self.scheme.path}/{self.slug}/"

    @property
    def synonym_list(self) -> list[str]:
        """One word a line in the editor, a list for search."""
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]


class SourcedText(Orderable):
    """A sentence with where it comes from: a publication, a web page, or our own advice."""

    text = models.TextField("tekst")
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="publicatie"
    )
    source_title = models.CharField("bron", max_length=255, blank=True)
    source_url = models.URLField("adres van de bron", max_length=500, blank=True)
    is_own = models.BooleanField("eigen advies", default=False)

    panels = [
        FieldPanel("text"),
        FieldPanel("publication"),
        FieldPanel("source_title"),
        FieldPanel("source_url"),
        FieldPanel("is_own"),
    ]

    class Meta(Orderable.Meta):
        abstract = True


class Guidance(SourcedText):
    """One sentence of help with a concept."""

    class Kind(models.TextChoices):
        """What the sentence is for. Codes are stored."""

        EXPLAIN = "explain", "uitleg"
        FITS = "fits", "wanneer wel"
        FITS_NOT = "fits_not", "wanneer niet"
        RECOGNISE = "recognise", "herkennen"
        ACT = "act", "doen"
        ASK = "ask", "vraag vooraf"

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="guidance")
    kind = models.CharField("soort", max_length=12, choices=Kind)

    panels = [FieldPanel("kind"), *SourcedText.panels]

    class Meta(SourcedText.Meta):
        abstract = False
        verbose_name = "uitleg"
        verbose_name_plural = "regels uitleg"

    def __str__(self) -> str:
        return self.text


class ConceptRelation(SourcedText):
    """Another concept that belongs with this one; `text` says why."""

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="related_from", verbose_name="begrip")

    panels = [FieldPanel("other"), *SourcedText.panels]

    class Meta(SourcedText.Meta):
        abstract = False
        verbose_name = "verwant begrip"
        verbose_name_plural = "verwante begrippen"

    def __str__(self) -> str:
        return str(self.other)


class ConceptSource(Orderable):
    """Where a concept was found."""

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="sources")
    publication = models.ForeignKey(
        Publication,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="concept_sources",
        verbose_name="publicatie",
    )
    locator = models.CharField("plaats", max_length=200, blank=True)
    title = models.CharField("titel", max_length=255, blank=True)
    url = models.URLField("webadres", max_length=500, blank=True)

    panels = [FieldPanel("publication"), FieldPanel("locator"), FieldPanel("title"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = "bron"
        verbose_name_plural = "bronnen"

    def __str__(self) -> str:
        return self.title or str(self.publication or self.url)

"""What the barometer found: editions, indicators, results, findings in words, and how things go together."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import RevisionMixin

from .choices import Provenance, Qualifier, Statistic, Verdict, Withheld
from .publications import Publication
from .vocabulary import Concept


class Edition(RevisionMixin, models.Model):
    """One round of a survey in one country."""

    slug = models.SlugField("code", max_length=80, unique=True)
    name = models.CharField("naam", max_length=160)
    short_name = models.CharField("korte naam", max_length=60, help_text="Voor in een grafiek, bijvoorbeeld: 2021.")
    survey = models.CharField("onderzoek", max_length=160, help_text="Rondes van hetzelfde onderzoek vormen een reeks.")
    country = models.ForeignKey(
        Concept, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="land"
    )
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    period = models.CharField("waarover", max_length=120, blank=True, help_text="De jaren waar de vragen over gaan.")
    fieldwork = models.CharField("wanneer gevraagd", max_length=160, blank=True)
    unit = models.CharField("wie antwoordt", max_length=160, blank=True)
    population = models.TextField("voor wie het geldt", blank=True)
    method = models.TextField("werkwijze", blank=True)
    caution = models.TextField("let op", blank=True)
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="editions", verbose_name="publicatie"
    )
    is_example = models.BooleanField("verzonnen antwoorden", default=False)
    position = models.PositiveSmallIntegerField("volgorde", default=100)

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("name", "short_name", "slug", "survey", "country", "year", "position")],
            heading="Editie",
        ),
        *(FieldPanel(name) for name in ("period", "fieldwork", "unit", "population", "method", "caution")),
        FieldPanel("publication"),
        FieldPanel("is_example"),
    ]

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ("position", "-year", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page with the key results and the method of this edition."""
        return reverse("edition", args=[self.slug])


class Indicator(RevisionMixin, models.Model):
    """Something a survey measures; where it is an answer option, with the concept of that option."""

    class Unit(models.TextChoices):
        """What the value counts. Codes are stored."""

        PERCENT = "procent", "procent"
        COUNT = "aantal", "aantal"
        SCORE = "score", "score van 1 tot 5"

    slug = models.SlugField("code", max_length=120, unique=True)
    name = models.CharField("naam", max_length=200, help_text="Een zin die zegt wat het getal is.")
    short_name = models.CharField("korte naam", max_length=80, help_text="Voor in een grafiek of tabel.")
    phrase = models.CharField(
        "zin",
        max_length=200,
        blank=True,
        help_text="Wat na het getal komt, bijvoorbeeld: van de organisaties werkte onder de radar.",
    )
    theme = models.CharField("onderwerp", max_length=80)
    theme_position = models.PositiveSmallIntegerField("volgorde van het onderwerp", default=100)
    position = models.PositiveSmallIntegerField("volgorde", default=100)
    question = models.CharField("vraag", max_length=255, blank=True)
    base = models.CharField("over wie", max_length=200, blank=True)
    unit = models.CharField("eenheid", max_length=12, choices=Unit, default=Unit.PERCENT)
    concepts = models.ManyToManyField(Concept, blank=True, related_name="indicators", verbose_name="begrippen")
    description = models.TextField("uitleg", blank=True)
    caution = models.TextField("let op", blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("name", "short_name", "phrase", "slug", "theme", "theme_position", "position")
            ],
            heading="Indicator",
        ),
        *(FieldPanel(name) for name in ("question", "base", "unit", "concepts", "description", "caution")),
    ]

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ("theme_position", "theme", "position", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this indicator."""
        return reverse("indicator", args=[self.slug])


class Figure(models.Model):
    """A figure, table or box of a publication, with its own caption; many can't be read in the source any more."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="figures")
    code = models.CharField("nummer", max_length=40)
    caption = models.CharField("bijschrift", max_length=255)
    n = models.PositiveIntegerField("n in het bijschrift", null=True, blank=True)
    source_line = models.CharField("bronvermelding in de publicatie", max_length=200, blank=True)
    is_readable = models.BooleanField("leesbaar in de bron", default=False)
    text_line = models.PositiveIntegerField("regel in de brontekst", null=True, blank=True)
    remark = models.TextField("opmerking", blank=True)
    position = models.PositiveSmallIntegerField("volgorde", default=100)

    class Meta:
        verbose_name = "figuur"
        verbose_name_plural = "figuren"
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["publication", "code"], name="figure_code_within_publication")]

    def __str__(self) -> str:
        return self.code


class SourcedNumber(models.Model):
    """Where a number or a sentence stands: publication, place in it, line of the text that was read."""

    key = models.CharField("nummer van de regel", max_length=20, blank=True)
    publication = models.ForeignKey(Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    figure = models.ForeignKey(Figure, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss")
    locator = models.CharField("plaats", max_length=200, blank=True)
    text_line = models.PositiveIntegerField("regel in de brontekst", null=True, blank=True)

    class Meta:
        abstract = True


class Result(SourcedNumber):
    """One number: an edition, an indicator, a group (nobody: all organisations), a statistic.

    Shares are percentages (0-100), scores run from 1 to 5. A withheld number has no value, and `withheld` says why.
    Computed results come out of `survey.disclosure` only.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="results")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="results")
    group = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.PROTECT, related_name="results")
    statistic = models.CharField("maat", max_length=24, choices=Statistic, default=Statistic.SHARE)
    value = models.FloatField("waarde", null=True, blank=True)
    value_to = models.FloatField("waarde tot", null=True, blank=True)
    qualifier = models.CharField("nauwkeurigheid", max_length=12, choices=Qualifier, default=Qualifier.EXACT)
    wording = models.CharField("in de woorden van de bron", max_length=200, blank=True)
    n = models.PositiveIntegerField("n", null=True, blank=True)
    low = models.FloatField("ondergrens", null=True, blank=True)
    high = models.FloatField("bovengrens", null=True, blank=True)
    difference = models.FloatField("verschil met de rest", null=True, blank=True)
    verdict = models.CharField("oordeel", max_length=16, choices=Verdict, blank=True)
    provenance = models.CharField("herkomst", max_length=12, choices=Provenance)
    withheld = models.CharField("niet getoond", max_length=20, choices=Withheld, blank=True)
    remark = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "indicator", "group", "statistic"],
                condition=Q(group__isnull=False),
                name="one_result_per_group",
            ),
            models.UniqueConstraint(
                fields=["edition", "indicator", "statistic"],
                condition=Q(group__isnull=True),
                name="one_result_for_everybody",
            ),
            models.CheckConstraint(
                condition=Q(withheld="") | Q(value=None, value_to=None, low=None, high=None, difference=None, n=None),
                name="withheld_result_tells_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.indicator_id} {self.group_id or 'allen'} {self.statistic}"


class Finding(SourcedNumber):
    """Something a publication says in words, without a number."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="findings")
    text = models.TextField("tekst")
    concepts = models.ManyToManyField(Concept, blank=True, related_name="findings")
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="findings")

    class Meta:
        verbose_name = "bevinding"
        verbose_name_plural = "bevindingen"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class Association(SourcedNumber):
    """Whether organisations with a feature reached an outcome more often, all features looked at together.

    `odds_ratio` with its interval only where it was computed: the report of 2021 gives directions alone.
    """

    class Direction(models.TextChoices):
        """Codes are stored."""

        POSITIVE = "positief", "vaker"
        NEGATIVE = "negatief", "minder vaak"
        NONE = "geen", "geen verband"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="associations")
    outcome = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="+")
    feature = models.CharField("kenmerk", max_length=200)
    concept = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.PROTECT, related_name="associations")
    direction = models.CharField("richting", max_length=10, choices=Direction)
    odds_ratio = models.FloatField("kansverhouding", null=True, blank=True)
    low = models.FloatField("ondergrens", null=True, blank=True)
    high = models.FloatField("bovengrens", null=True, blank=True)
    n = models.PositiveIntegerField("n", null=True, blank=True)
    provenance = models.CharField("herkomst", max_length=12, choices=Provenance)
    remark = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "samenhang"
        verbose_name_plural = "samenhangen"
        ordering = ("outcome", "pk")

    def __str__(self) -> str:
        return f"{self.feature}: {self.direction}"


class FrequentWord(models.Model):
    """A word in the open answers of an edition, or two words in one answer, with how many organisations used it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="words")
    word = models.CharField("woord", max_length=80)
    other_word = models.CharField("tweede woord", max_length=80, blank=True)
    organisations = models.PositiveIntegerField("organisaties")
    cluster = models.PositiveSmallIntegerField("groep woorden", null=True, help_text="Woorden die samen voorkomen.")

    class Meta:
        verbose_name = "woord in open antwoorden"
        verbose_name_plural = "woorden in open antwoorden"
        ordering = ("-organisations", "word")

    def __str__(self) -> str:
        return f"{self.word} {self.other_word}".strip()

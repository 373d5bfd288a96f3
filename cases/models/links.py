"""What ties a case to the vocabulary, to other cases and to its sources."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from survey.models import Concept, Publication

from ..choices import Basis, Effect
from ..editing.panels import LINK_PANELS, REFUSED_PANELS, RELATION_PANELS, SOURCE_PANELS


class CaseLink(Orderable):
    """A case shows a concept, and why we say so."""

    case = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="links")
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="case_links", verbose_name="begrip")
    evidence = models.TextField("toelichting", help_text="Eén zin: waaraan zie je dit in deze casus?")
    basis = models.CharField("grond", max_length=8, choices=Basis, default=Basis.STATED)
    effect = models.CharField("werking", max_length=8, choices=Effect, blank=True)

    panels = LINK_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "koppeling"
        verbose_name_plural = "koppelingen"
        constraints = [models.UniqueConstraint(fields=["case", "concept"], name="one_link_per_concept")]

    def __str__(self) -> str:
        return self.evidence


class CaseRelation(Orderable):
    """Another case worth reading next; the reason is shown with it."""

    case = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(
        "cases.CasePage", on_delete=models.CASCADE, related_name="related_from", verbose_name="andere casus"
    )
    reason = models.CharField("reden", max_length=255)

    panels = RELATION_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "verwante casus"
        verbose_name_plural = "verwante casussen"

    def clean(self) -> None:
        """A case isn't its own relative."""
        super().clean()
        if self.case_id and self.case_id == self.other_id:
            raise ValidationError({"other": "Kies een andere casus: een casus is niet verwant aan zichzelf."})


class RefusedLikeness(models.Model):
    """Two cases that look alike to the machine, and that neither page names at the other: an editor refused it."""

    case = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="refused_likenesses")
    other = models.ForeignKey(
        "cases.CasePage", on_delete=models.CASCADE, related_name="refused_at", verbose_name="andere casus"
    )
    reason = models.CharField("waarom niet?", max_length=255, blank=True)

    panels = REFUSED_PANELS

    class Meta:
        verbose_name = "weggelaten casus"
        verbose_name_plural = "weggelaten casussen"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["case", "other"], name="one_refusal_per_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.other_id}"


class CaseSource(Orderable):
    """Where the story was found: one of our publications, or a page elsewhere."""

    case = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="sources")
    publication = models.ForeignKey(
        Publication,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case_sources",
        verbose_name="publicatie",
    )
    locator = models.CharField("plaats", max_length=200, blank=True)
    title = models.CharField("titel", max_length=255, blank=True)
    publisher = models.CharField("uitgever", max_length=255, blank=True)
    url = models.URLField("webadres", max_length=500, blank=True)
    date_text = models.CharField("datum", max_length=40, blank=True, help_text="JJJJ, JJJJ-MM of JJJJ-MM-DD.")
    remark = models.CharField("opmerking", max_length=255, blank=True)

    is_draft = False
    """The form says so: what isn't finished is then no mistake."""
    panels = SOURCE_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "bron"
        verbose_name_plural = "bronnen"

    def clean(self) -> None:
        """A source names something."""
        super().clean()
        if not self.is_draft and not self.publication_id and not self.title:
            raise ValidationError({"title": "Kies een publicatie of vul een titel in."})

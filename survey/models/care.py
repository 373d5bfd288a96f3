"""Care for the vocabulary over the years: what changed in it, and where an old address leads."""

from django.conf import settings
from django.db import models

from .vocabulary import Concept, ConceptScheme


class VocabularyChange(models.Model):
    """One line of the public log: what changed in the meaning of our words, when and why."""

    class Kind(models.TextChoices):
        """Codes are stored."""

        ADDED = "toegevoegd", "toegevoegd"
        RENAMED = "hernoemd", "hernoemd"
        REDEFINED = "omschrijving", "omschrijving veranderd"
        MERGED = "samengevoegd", "samengevoegd"
        SPLIT = "gesplitst", "gesplitst"
        RETIRED = "vervallen", "vervallen"

    scheme = models.ForeignKey(ConceptScheme, on_delete=models.CASCADE, related_name="changes", verbose_name="lijst")
    concept = models.ForeignKey(
        Concept, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes", verbose_name="begrip"
    )
    kind = models.CharField("soort", max_length=16, choices=Kind)
    name = models.CharField("naam toen", max_length=120)
    before = models.TextField("was", blank=True)
    after = models.TextField("werd", blank=True)
    reason = models.CharField("waarom", max_length=300, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField("veranderd", auto_now_add=True)

    class Meta:
        verbose_name = "wijziging van een begrip"
        verbose_name_plural = "wijzigingen van begrippen"
        ordering = ("-changed_at", "-pk")

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}"


class FormerConcept(models.Model):
    """A code that a concept had, or that was taken up in it: its old page and its old filter lead here."""

    scheme = models.ForeignKey(ConceptScheme, on_delete=models.CASCADE, related_name="former_concepts")
    slug = models.SlugField("oude code", max_length=80)
    concept = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.CASCADE, related_name="former")

    class Meta:
        verbose_name = "vroegere code"
        verbose_name_plural = "vroegere codes"
        constraints = [models.UniqueConstraint(fields=["scheme", "slug"], name="one_former_concept")]

    def __str__(self) -> str:
        return self.slug

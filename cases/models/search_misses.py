"""What people searched without finding anything: counted together, never per person."""

from django.db import models

#: A question is readable from this many times on; before that only its digest is kept.
READABLE_FROM = 10


class SearchMiss(models.Model):
    """One question without an answer, and how often it was asked."""

    digest = models.CharField(max_length=64, unique=True)  # keyed: a rare question can't be read back
    words = models.CharField("gezocht op", max_length=100, blank=True)
    count = models.PositiveIntegerField("keer", default=0)
    first_on = models.DateField("eerste keer", auto_now_add=True)
    last_on = models.DateField("laatste keer", auto_now=True)

    class Meta:
        verbose_name = "zoekvraag zonder resultaat"
        verbose_name_plural = "zoekvragen zonder resultaat"
        ordering = ("-count",)

    def __str__(self) -> str:
        return self.words

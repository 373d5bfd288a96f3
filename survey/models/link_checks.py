"""Whether the addresses that we point to still answer."""

from typing import Any

from django.db import models


class CheckedLink(models.Model):
    """One address elsewhere and how it answered last time. Filled by the command `check_links`, never by a visit."""

    class State(models.TextChoices):
        """Codes are stored."""

        GOOD = "goed", "antwoordt"
        MOVED = "verhuisd", "verhuisd"
        FAILING = "hapert", "antwoordde de laatste keer niet"
        DEAD = "dood", "antwoordt niet meer"
        REFUSED = "niet-bekeken", "niet bekeken"

    url = models.URLField("adres", max_length=500, unique=True)
    state = models.CharField("stand", max_length=12, choices=State, blank=True)
    status = models.PositiveSmallIntegerField("antwoord", null=True, blank=True)
    problem = models.CharField("wat er misgaat", max_length=255, blank=True)
    moved_to = models.CharField("nieuw adres", max_length=500, blank=True)
    checked_at = models.DateTimeField(
        "bekeken", null=True, blank=True, help_text="Leeg: de eerstvolgende keer het eerst."
    )
    failing_since = models.DateTimeField("sinds", null=True, blank=True)
    failures = models.PositiveSmallIntegerField("keer achter elkaar", default=0)
    #: Where it stood at the last check: rows of `{"model": "cases.casesource", "pk": 12, "field": "url"}`.
    used_in: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField("staat in", default=list)

    class Meta:
        verbose_name = "bekeken link"
        verbose_name_plural = "bekeken links"
        ordering = ("url",)

    def __str__(self) -> str:
        return self.url

"""What goes with a case but is not part of its text: who keeps it, who may look at a draft, where it went."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .cases import CasePage

#: A case is looked at once a year.
CHECK_EVERY = timedelta(days=365)


class CaseKeeper(models.Model):
    """Who tells us each year how the case is doing. Never public, and not in the history of the case: it can be forgotten."""

    case = models.OneToOneField(CasePage, on_delete=models.CASCADE, related_name="keeper", verbose_name="casus")
    name = models.CharField("naam", max_length=120, blank=True)
    email = models.EmailField("e-mailadres")
    consent_on = models.DateField("toestemming gegeven op", default=timezone.localdate)

    class Meta:
        verbose_name = "contactpersoon van een casus"
        verbose_name_plural = "contactpersonen van casussen"

    def __str__(self) -> str:
        return self.name or self.email


class PreviewLink(models.Model):
    """A private address at which somebody without an account reads a draft, until it expires."""

    case = models.ForeignKey(CasePage, on_delete=models.CASCADE, related_name="preview_links", verbose_name="casus")
    token_digest = models.CharField(max_length=64, unique=True)  # SHA-256: who reads the database can't open the draft
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField("gemaakt", auto_now_add=True)
    expires_at = models.DateTimeField("geldig tot")
    revoked_at = models.DateTimeField("ingetrokken", null=True, blank=True)

    class Meta:
        verbose_name = "voorbeeldlink"
        verbose_name_plural = "voorbeeldlinks"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.case} tot {self.expires_at:%d-%m-%Y}"

    @property
    def is_valid(self) -> bool:
        """Neither expired nor withdrawn."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class CaseWithdrawal(models.Model):
    """Why a case is no longer there, and where its readers go. Gone as soon as the case is published again."""

    case = models.OneToOneField(CasePage, on_delete=models.CASCADE, related_name="withdrawal", verbose_name="casus")
    reason = models.CharField("reden", max_length=300, help_text="Lezers die het oude adres openen, lezen dit.")
    forward_to = models.CharField(
        "doorsturen naar", max_length=255, blank=True, help_text="Een adres op deze site, zoals /casussen/een-andere/."
    )
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField("ingetrokken", auto_now_add=True)

    class Meta:
        verbose_name = "intrekking"
        verbose_name_plural = "intrekkingen"

    def __str__(self) -> str:
        return self.reason

"""What people without an account send us: a case, a correction, an answer to "hoe is het nu?".

All of it waits in one queue for the editors. Who sends in a case gets a private address; we keep only its digest.
"""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from survey.models import Concept

from ..choices import Outcome
from .cases import MOST_INTRODUCTION, YEAR, CasePage
from .organisations import concept_field


def new_token() -> str:
    """A private address nobody can guess: 192 bits."""
    return secrets.token_urlsafe(24)


def token_digest(token: str) -> str:
    """What we keep of a private address."""
    return hashlib.sha256(token.encode()).hexdigest()


class Submission(models.Model):
    """A case as somebody sends it in, from the first word typed to the decision of the editors."""

    class State(models.TextChoices):
        """Codes are stored."""

        DRAFT = "concept", "nog niet verstuurd"
        SENT = "verstuurd", "verstuurd"
        ACCEPTED = "bewerkt", "in bewerking bij de redactie"
        REFUSED = "afgewezen", "niet opgenomen"
        WITHDRAWN = "ingetrokken", "door de inzender ingetrokken"

    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField("stand", max_length=12, choices=State, default=State.DRAFT)

    title = models.CharField("waar gaat het over?", max_length=160, blank=True)
    organisation_name = models.CharField("organisatie", max_length=200, blank=True)
    is_anonymous = models.BooleanField("zonder naam van de organisatie", default=False)
    from_organisation = models.BooleanField("verteld door de organisatie zelf", default=False)
    sector = concept_field("sector", "sector")
    cluster = concept_field("cluster", "cluster")
    outcome = models.CharField("uitkomst", max_length=24, choices=Outcome, blank=True)
    start_year = models.PositiveSmallIntegerField("begonnen in", null=True, blank=True, validators=YEAR)
    end_year = models.PositiveSmallIntegerField("geëindigd in", null=True, blank=True, validators=YEAR)
    introduction = models.TextField("samenvatting", max_length=MOST_INTRODUCTION, blank=True)
    intention = models.TextField("wat was de bedoeling?", blank=True)
    approach = models.TextField("hoe is het aangepakt?", blank=True)
    result = models.TextField("wat kwam ervan?", blank=True)
    lessons = models.TextField("wat kunnen anderen leren?", blank=True)
    meant_well = models.BooleanField("goed bedoeld", default=False)
    prepared_well = models.BooleanField("goed voorbereid", default=False)
    ended_otherwise = models.BooleanField("anders gelopen", default=False)
    shared_lessons = models.BooleanField("van geleerd en gedeeld", default=False)
    sources = models.TextField("bronnen", blank=True)
    embargo_until = models.DateField("niet openbaar vóór", null=True, blank=True)
    addition = models.TextField("aanvulling na het versturen", blank=True)
    suspicion = models.CharField("waarschijnlijk spam, want", max_length=200, blank=True)

    contact_name = models.CharField("naam", max_length=120, blank=True)
    contact_email = models.EmailField("e-mailadres", blank=True)
    contact_consent = models.BooleanField("toestemming om contact op te nemen", default=False)
    contact_removed_at = models.DateTimeField("contactgegevens gewist", null=True, blank=True)

    case = models.OneToOneField(
        CasePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="submission", verbose_name="casus"
    )
    decision = models.TextField("bericht aan de inzender", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField("besloten", null=True, blank=True)
    created_at = models.DateTimeField("begonnen", auto_now_add=True)
    changed_at = models.DateTimeField("gewijzigd", auto_now=True)
    sent_at = models.DateTimeField("verstuurd", null=True, blank=True)

    class Meta:
        verbose_name = "inzending"
        verbose_name_plural = "inzendingen"
        ordering = ("-sent_at", "-created_at")

    def __str__(self) -> str:
        return self.title or "Inzending zonder titel"


class SubmissionLink(models.Model):
    """A pattern or factor that the sender recognises, and why."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="links")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+", verbose_name="begrip")
    evidence = models.TextField("waaraan zie je dit?", blank=True)

    class Meta:
        verbose_name = "koppeling van een inzending"
        verbose_name_plural = "koppelingen van een inzending"
        constraints = [models.UniqueConstraint(fields=["submission", "concept"], name="one_submission_link")]

    def __str__(self) -> str:
        return self.evidence


class SenderAction(models.Model):
    """What somebody without an account did, counted for a day at most to limit how often; no address is kept."""

    kind = models.CharField(max_length=20)
    sender = models.CharField("versleutelde herkomst", max_length=64)
    at = models.DateTimeField("moment", auto_now_add=True)

    class Meta:
        verbose_name = "handeling van een inzender"
        verbose_name_plural = "handelingen van inzenders"
        indexes = [models.Index(fields=["kind", "at"], name="sender_action_lately")]

    def __str__(self) -> str:
        return self.kind


class Report(models.Model):
    """ "Klopt dit niet?": a reader says that something on a page is not right."""

    class State(models.TextChoices):
        """Codes are stored."""

        OPEN = "open", "nog niet bekeken"
        MENDED = "verbeterd", "verbeterd"
        KEPT = "gelaten", "niet veranderd"
        SPAM = "spam", "spam"

    address = models.CharField("pagina", max_length=500)
    page_title = models.CharField("titel van de pagina", max_length=255, blank=True)
    case = models.ForeignKey(CasePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    message = models.TextField("wat klopt er niet?", max_length=2000)
    email = models.EmailField("e-mailadres", blank=True)
    email_removed_at = models.DateTimeField("e-mailadres gewist", null=True, blank=True)
    suspicion = models.CharField("waarschijnlijk spam, want", max_length=200, blank=True)
    state = models.CharField("stand", max_length=12, choices=State, default=State.OPEN)
    answer = models.TextField("wat we ermee deden", blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    handled_at = models.DateTimeField("afgehandeld", null=True, blank=True)
    created_at = models.DateTimeField("gemeld", auto_now_add=True)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.page_title or self.address}: {self.message[:60]}"


class YearlyCheck(models.Model):
    """ "Hoe is het nu?": the question to the keeper of a case, once a year, and the answer."""

    class State(models.TextChoices):
        """Codes are stored."""

        ASKED = "gevraagd", "gevraagd"
        ANSWERED = "beantwoord", "beantwoord"
        HANDLED = "verwerkt", "verwerkt"

    case = models.ForeignKey(CasePage, on_delete=models.CASCADE, related_name="yearly_checks", verbose_name="casus")
    state = models.CharField("stand", max_length=12, choices=State, default=State.ASKED)
    still_right = models.BooleanField("het verhaal klopt nog", null=True)
    outcome = models.CharField("uitkomst nu", max_length=24, choices=Outcome, blank=True)
    message = models.TextField("wat is er veranderd?", max_length=2000, blank=True)
    asked_at = models.DateTimeField("gevraagd", default=timezone.now)
    reminded_at = models.DateTimeField("herinnerd", null=True, blank=True)
    answered_at = models.DateTimeField("beantwoord", null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    handled_at = models.DateTimeField("verwerkt", null=True, blank=True)

    class Meta:
        verbose_name = "jaarlijkse vraag"
        verbose_name_plural = "jaarlijkse vragen"
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"{self.case} ({self.asked_at:%Y})"

"""What happened to the files that people brought in; what they held is not kept here."""

from typing import Any, ClassVar

from django.db import models


class FileImport(models.Model):
    """One file, from its first check to the outcome. The file itself is kept outside the database, a day at most."""

    #: Name of the setting that says in which folder the files wait.
    upload_setting: ClassVar[str]
    #: Command that does the work for the number of one import.
    job_command: ClassVar[str]
    #: What is imported, at the beginning of a sentence.
    subject: ClassVar[str]
    #: Files that stay for a day after the end.
    kept_files: ClassVar[tuple[str, ...]] = ()

    class State(models.TextChoices):
        """Codes are stored."""

        WAITING = "wacht", "wacht op controle"
        CHECKING = "controle", "wordt gecontroleerd"
        PREVIEW = "voorbeeld", "wacht op bevestiging"
        IMPORTING = "bezig", "wordt overgenomen"
        DONE = "klaar", "overgenomen"
        REFUSED = "geweigerd", "geweigerd"
        STOPPED = "afgebroken", "afgebroken"

    file_name = models.CharField("bestand", max_length=255)
    file_digest = models.CharField("vingerafdruk", max_length=64, blank=True)
    user = models.ForeignKey("auth.User", null=True, blank=True, on_delete=models.SET_NULL, verbose_name="door")
    state = models.CharField("stand", max_length=12, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField("voortgang in procenten", default=0)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("verslag", default=dict)
    started_at = models.DateTimeField("begonnen", auto_now_add=True)
    finished_at = models.DateTimeField("klaar", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return self.file_name


class SurveyImport(FileImport):
    """One file of answers. The answers themselves are never kept here."""

    upload_setting = "SURVEY_UPLOAD_DIR"
    job_command = "run_survey_job"
    subject = "Deze cijfers"

    edition_slug = models.SlugField("editie", max_length=80)
    is_example = models.BooleanField("verzonnen antwoorden", default=False)
    file_digest = models.CharField("vingerafdruk van bestand en codeboek", max_length=64, blank=True)

    class Meta(FileImport.Meta):
        verbose_name = "invoer van antwoorden"
        verbose_name_plural = "ingevoerde antwoorden"

    def __str__(self) -> str:
        return f"{self.file_name} → {self.edition_slug}"

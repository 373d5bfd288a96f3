"""When work that repeats is due again: one row a command, shared by all machines that serve the site."""

from django.db import models


class PlannedRun(models.Model):
    """The next moment of one command. Whoever moves the moment on does the work, so no two machines do."""

    command = models.CharField("opdracht", max_length=80, unique=True)
    due_at = models.DateTimeField("weer aan de beurt")
    started_at = models.DateTimeField("laatst begonnen", null=True, blank=True)
    finished_at = models.DateTimeField("laatst klaar", null=True, blank=True)
    problem = models.CharField("wat er misging", max_length=255, blank=True)

    class Meta:
        verbose_name = "gepland werk"
        verbose_name_plural = "gepland werk"
        ordering = ("command",)

    def __str__(self) -> str:
        return self.command

"""What happened to the files with cases that editors brought in."""

from django.db import models

from survey.models.imports import FileImport


class CaseImport(FileImport):
    """One file of cases, from the preview to the outcome."""

    only_good_rows = models.BooleanField("alleen de goede rijen", default=False)

    class Meta(FileImport.Meta):
        verbose_name = "invoer van casussen"
        verbose_name_plural = "ingevoerde casussen"

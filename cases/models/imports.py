"""What happened to the files with cases that editors brought in."""

from django.db import models

from survey.models.imports import FileImport


class CaseImport(FileImport):
    """One file of cases, from the preview to the outcome."""

    upload_setting = "CASE_UPLOAD_DIR"
    job_command = "run_case_job"
    subject = "Deze casussen"
    kept_files = ("fouten.csv",)

    only_good_rows = models.BooleanField("alleen de goede rijen", default=False)
    publish = models.BooleanField("meteen publiceren", default=False)

    class Meta(FileImport.Meta):
        verbose_name = "invoer van casussen"
        verbose_name_plural = "ingevoerde casussen"

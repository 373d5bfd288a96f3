"""Files with answers that wait for their confirmation. `survey.importing.jobs` reads them, in a process of its own."""

import shutil
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from ..file_jobs import FileJobs, write_upload
from ..models import SurveyImport
from .codebook import ready_codebook_path

JOBS = FileJobs(SurveyImport, ("antwoorden", "codeboek"))


def answers_path(pk: int) -> Path:
    """The file with answers; its content tells what kind it is."""
    return JOBS.folder_of(pk) / "antwoorden"


def codebook_path(pk: int) -> Path:
    """The codebook: the one that was sent, or a copy of the ready one."""
    return JOBS.folder_of(pk) / "codeboek"


def keep_files(pk: int, answers: UploadedFile, codebook: UploadedFile | None) -> None:
    """Put the files where only this program can read them. Raises OSError, for example when the disk is full."""
    JOBS.make_folder(pk)
    write_upload(answers, answers_path(pk))
    if codebook is not None:
        write_upload(codebook, codebook_path(pk))
    else:
        # A copy: what was looked at is what will be taken over, also when a new version of the site comes in between.
        shutil.copyfile(ready_codebook_path(), codebook_path(pk))

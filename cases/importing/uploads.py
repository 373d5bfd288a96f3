"""Files with cases that wait for their confirmation. `cases.importing.jobs` reads them, in a process of its own."""

from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from survey.file_jobs import FileJobs, write_upload

from ..models import CaseImport
from .preview import MISTAKES_FILE

JOBS = FileJobs(CaseImport, ("casussen",))


def cases_path(pk: int) -> Path:
    """The file that was sent; its content tells what kind it is."""
    return JOBS.folder_of(pk) / "casussen"


def mistakes_path(pk: int) -> Path:
    """The list of mistakes; it stays for a day."""
    return JOBS.folder_of(pk) / MISTAKES_FILE


def keep_file(pk: int, upload: UploadedFile) -> None:
    """Put the file where only this program can read it. Raises OSError, for example when the disk is full."""
    JOBS.make_folder(pk)
    write_upload(upload, cases_path(pk))

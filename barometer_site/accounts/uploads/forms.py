"""Forms for what editors upload: the content must be what the name says."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .documents import check_document
from .images import clean_image


class SafeImageForm(BaseImageForm):
    """Pictures are drawn anew: what is not picture (place and camera, hidden text, a second file) is gone."""

    def clean_file(self) -> Any:
        """The picture, without the rest."""
        file = self.cleaned_data.get("file")
        return clean_image(file) if file and "file" in self.changed_data else file


class SafeDocumentForm(BaseDocumentForm):
    """Documents are refused when they hold something that runs."""

    def clean_file(self) -> Any:
        """The document as it is, or a message that says what is wrong with it."""
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            check_document(file)
        return file

"""What somebody fills in to import a file with answers."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from ..models import Edition, Provenance
from .editions import EDITION_CODE, EDITION_CODE_HELP, LONGEST_EDITION_CODE, EditionRefusedError, edition_for

#: Bytes that the page takes; the command `import_survey` takes more.
LARGEST_ANSWERS = 200 * 1024**2
LARGEST_CODEBOOK = 8 * 1024**2
#: Bytes of a whole request; more is refused before any of it is read.
LARGEST_REQUEST = LARGEST_ANSWERS + LARGEST_CODEBOOK + 1024**2
EXTENSIONS = (".csv", ".txt", ".tsv", ".xlsx")

EMPTY = "Dit bestand is leeg. Maak de export opnieuw."


class UploadForm(forms.Form):
    """The files, and the edition that their numbers are for."""

    answers = forms.FileField(
        label="Bestand met antwoorden",
        help_text="De export van het vragenlijstprogramma: CSV of XLSX, hoogstens 200 MB.",
        error_messages={"required": "Kies het bestand met antwoorden.", "empty": EMPTY},
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )
    codebook = forms.FileField(
        label="Codeboek",
        required=False,
        help_text="Wat elke kolom betekent. Kies je niets, dan geldt het codeboek van de vragenlijst van 2021.",
        error_messages={"empty": "Dit codeboek is leeg."},
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )
    edition = forms.CharField(
        label="Code van de editie",
        max_length=LONGEST_EDITION_CODE,
        help_text="Zo staat de editie in het adres, bijvoorbeeld 2027. Een nieuwe code maakt een nieuwe editie; bij een "
        "bestaande code worden alle cijfers van die editie vervangen.",
        error_messages={
            "required": "Vul de code van de editie in, bijvoorbeeld 2027.",
            "max_length": f"Maak de code korter: hoogstens {LONGEST_EDITION_CODE} tekens.",
        },
        widget=forms.TextInput(attrs={"list": "edities", "autocomplete": "off"}),
    )
    is_example = forms.BooleanField(
        label="De antwoorden zijn verzonnen",
        required=False,
        help_text="Elke pagina, grafiek en download van de editie zegt dat dan.",
    )

    def clean_answers(self) -> UploadedFile:
        """A table by its name, and not too large."""
        return _checked(self.cleaned_data["answers"], LARGEST_ANSWERS)

    def clean_codebook(self) -> UploadedFile | None:
        """The same, where one was chosen."""
        found = self.cleaned_data["codebook"]
        return _checked(found, LARGEST_CODEBOOK) if found else None

    def clean_edition(self) -> str:
        """A code that can stand in an address."""
        code = str(self.cleaned_data["edition"])
        if not EDITION_CODE.fullmatch(code):
            raise ValidationError(EDITION_CODE_HELP)
        return code

    def clean(self) -> dict[str, Any]:
        """Say at once what the import would refuse later because of the edition."""
        data = super().clean() or {}
        try:
            edition_for(data.get("edition", ""), bool(data.get("is_example")))
        except EditionRefusedError as error:
            self.add_error(error.field, str(error))
        return data


def _checked(upload: UploadedFile, largest: int) -> UploadedFile:
    if PurePath(upload.name or "").suffix.lower() not in EXTENSIONS:
        raise ValidationError("Dit is geen CSV of XLSX. Bewaar de tabel als CSV of XLSX en kies dat bestand.")
    if (upload.size or 0) > largest:
        raise ValidationError(
            f"Dit bestand is te groot. Het mag hier hoogstens {largest // 1024**2} MB zijn. Vraag de beheerder om het in "
            "te voeren met de opdracht import_survey."
        )
    return upload


def known_editions() -> list[Edition]:
    """Editions whose numbers an import may replace."""
    return list(
        Edition.objects.exclude(results__provenance=Provenance.PUBLISHED).filter(results__isnull=False).distinct()
    )

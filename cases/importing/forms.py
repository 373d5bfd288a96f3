"""What somebody fills in to import a file with cases, and after the preview."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

#: Bytes that the page takes; the command `import_cases` takes more.
LARGEST_UPLOAD = 200 * 1024**2
#: Bytes of a whole request; more is refused before any of it is read.
LARGEST_REQUEST = LARGEST_UPLOAD + 1024**2
EXTENSIONS = (".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl", ".ndjson")
ALL, GOOD = "alles", "goede"
DRAFT, PUBLISHED = "concept", "publiceren"


class CaseUploadForm(forms.Form):
    """The file."""

    cases = forms.FileField(
        label="Bestand met casussen",
        help_text="CSV, XLSX, JSON of JSON Lines, hoogstens 200 MB. De eerste rij heeft de namen van de kolommen, zoals in de "
        "export van de catalogus.",
        error_messages={
            "required": "Kies het bestand met casussen.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )

    def clean_cases(self) -> UploadedFile:
        """A file of the right kind by its name, and not too large."""
        upload: UploadedFile = self.cleaned_data["cases"]
        if PurePath(upload.name or "").suffix.lower() not in EXTENSIONS:
            raise ValidationError("Dit is geen CSV, XLSX of JSON. Bewaar de tabel als CSV of XLSX en kies dat bestand.")
        if (upload.size or 0) > LARGEST_UPLOAD:
            raise ValidationError(
                f"Dit bestand is te groot. Het mag hier hoogstens {LARGEST_UPLOAD // 1024**2} MB zijn. Vraag de beheerder om "
                "het in te voeren met de opdracht import_cases."
            )
        return upload


class DecideForm(forms.Form):
    """Which rows, and whether readers see them at once. Only what this person may choose is a choice."""

    rows = forms.ChoiceField(label="Welke rijen?", widget=forms.RadioSelect)
    state = forms.ChoiceField(label="Hoe komen ze in de kennisbank?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, has_bad_rows: bool, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(GOOD, "Alleen de goede rijen; de andere sla je over")]
        if not has_bad_rows:
            rows = [(ALL, "Alles of niets: verandert iemand intussen één casus, dan wordt er niets overgenomen"), *rows]
        states = [(DRAFT, "Als concept: lezers zien nog niets")]
        if may_publish:
            states = [*states, (PUBLISHED, "Meteen gepubliceerd: lezers zien ze zodra de invoer klaar is")]
        for name, choices in (("rows", rows), ("state", states)):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]
            field.initial = choices[0][0]
            field.error_messages = {"required": "Maak een keuze.", "invalid_choice": "Deze keuze kan hier niet."}

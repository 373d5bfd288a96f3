"""Fill the example edition with made-up answers, through the same door as a real file."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from survey.example import write_example
from survey.importing.editions import last_taken_over
from survey.models import Edition, LoadedContent

SLUG = "voorbeeld"
#: In these answers every sector of ten or more has some organisations that did not innovate. Where hardly any lack,
#: the questions about the innovation are withheld, and an example should show what a page can hold.
SEED = 2058


class Command(BaseCommand):
    """Does nothing when the edition is filled already, or when an editor threw it away."""

    help = (
        "Vult de voorbeeldeditie met verzonnen antwoorden. Doet niets als dat al gebeurd is of als zij is verwijderd."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        was_there = last_taken_over(SLUG) or LoadedContent.objects.filter(kind="edition", key=SLUG).exists()
        if was_there and not Edition.objects.filter(slug=SLUG).exists():
            self.stdout.write("De voorbeeldeditie is verwijderd en blijft weg.")
            return
        with tempfile.TemporaryDirectory(prefix="kennisbank-voorbeeld-") as folder:
            path = Path(folder) / "verzonnen-antwoorden.csv"
            write_example(path, seed=SEED)
            codebook = settings.CONTENT_DIR / "barometer" / "vragenlijst-2021.csv"
            call_command(
                "import_survey",
                *(str(path), "--codebook", str(codebook), "--edition", SLUG, "--example"),
                verbosity=options["verbosity"],
                stdout=self.stdout,
            )

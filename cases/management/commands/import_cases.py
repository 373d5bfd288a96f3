"""Take over cases from a file."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.importing.checking import Checked, check
from cases.importing.jobs import outcome_report
from cases.importing.plan import Kind
from cases.importing.preview import LISTED, WARNED, page_of
from cases.importing.writing import Choices, Outcome, take_over
from cases.models import CaseImport
from survey.importing.mistakes import TableError
from survey.management.commands.import_survey import existing_file

COUNTED = {
    Kind.NEW: "nieuw",
    Kind.CHANGED: "gewijzigd",
    Kind.SAME: "ongewijzigd",
    Kind.WRONG: "met een fout",
    Kind.CONFLICT: "waaraan iemand werkt",
}


class Command(BaseCommand):
    """Every row is taken over, or none; with --only-good-rows those without a mistake."""

    help = (
        "Neemt casussen over uit een bestand: CSV, XLSX, JSON of JSON Lines, met de kolommen van de export van de "
        "catalogus. Ze zijn meteen gepubliceerd, tenzij je --draft geeft. Met --dry-run verandert er niets."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=existing_file, help="het bestand met casussen")
        parser.add_argument("--dry-run", action="store_true", help="alleen laten zien wat er zou gebeuren")
        parser.add_argument("--only-good-rows", action="store_true", help="rijen met een fout overslaan")
        parser.add_argument("--draft", action="store_true", help="als concept, voor redacteuren")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        only_good_rows = options["only_good_rows"]
        with tempfile.TemporaryDirectory(prefix="casussen-") as name:
            folder = Path(name)
            bar = tqdm(total=100, unit="%", disable=not options["verbosity"])

            def show(share: float, text: str) -> None:
                bar.set_description(text, refresh=False)
                bar.update(round(100 * share) - bar.n)

            try:
                with bar:
                    checked = check(file, folder, show)
            except TableError as error:
                raise CommandError(f"Niet overgenomen. {error}") from error
            self.tell(checked, folder)
            if checked.bad and not only_good_rows:
                more = checked.mistakes.total - len(checked.mistakes.told)
                raise CommandError(f"Niets overgenomen.\n{TableError(checked.mistakes.told, more)}")
            for mistake in checked.mistakes.told:
                self.stderr.write(str(mistake))
            if options["dry_run"]:
                self.stdout.write("Dit was een proef: er is niets veranderd.")
                return
            if checked.good:
                self.write(file, folder, Choices(only_good_rows, not options["draft"]), bool(options["verbosity"]))

    def write(self, file: Path, folder: Path, choices: Choices, is_shown: bool) -> None:
        """Take over, and leave a line in the list of imports."""
        record = CaseImport(
            file_name=file.name[:255],
            only_good_rows=choices.only_good_rows,
            publish=choices.publish,
            state=CaseImport.State.DONE,
            progress=100,
        )

        def done(outcome: Outcome) -> None:
            record.report, record.finished_at = outcome_report(outcome), timezone.now()
            record.save()

        with tqdm(total=100, unit="%", disable=not is_shown) as bar:

            def show(share: float, text: str) -> None:
                bar.set_description(text, refresh=False)
                bar.update(round(100 * share) - bar.n)

            try:
                outcome = take_over(folder, choices, show, done)
            except TableError as error:
                raise CommandError(f"Niets overgenomen. {error}") from error
        state = "gepubliceerd" if choices.publish else "als concept bewaard"
        self.stdout.write(f"{outcome.counts[Kind.NEW]} nieuw en {outcome.counts[Kind.CHANGED]} gewijzigd, {state}.")

    def tell(self, checked: Checked, folder: Path) -> None:
        """How many of each kind, and an example of what changes and what to mind."""
        for kind, words in COUNTED.items():
            self.stdout.write(f"{checked.counts[kind]} {words}")
        for name in LISTED:
            for row in page_of(folder, name, 1)[:5]:
                if name == Kind.CHANGED:
                    for change in row.changes:
                        self.stdout.write(
                            f"  rij {row.number}, {row.slug}, {change.column}: ‘{change.before}’ -> ‘{change.after}’"
                        )
                if name == WARNED:
                    self.stdout.write(f"  rij {row.number}: {' '.join(row.warnings)}")

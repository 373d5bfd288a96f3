"""Turn a file with answers into the numbers of an edition."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from survey.importing.editions import EDITION_CODE, EDITION_CODE_HELP, LONGEST_EDITION_CODE, is_in_place
from survey.importing.run import REFUSALS, Prepared, fingerprint, prepare, publish
from survey.importing.saving import remember
from survey.models import SurveyImport


def existing_file(text: str) -> Path:
    """A file that is there."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"het bestand {text} bestaat niet")
    return path


def edition_code(text: str) -> str:
    """The same codes as the page in the editing environment takes."""
    if not EDITION_CODE.fullmatch(text):
        raise argparse.ArgumentTypeError(EDITION_CODE_HELP)
    if len(text) > LONGEST_EDITION_CODE:
        raise argparse.ArgumentTypeError(f"Maak de code korter: hoogstens {LONGEST_EDITION_CODE} tekens.")
    return text


class Command(BaseCommand):
    """Everything of the file is taken over, or nothing."""

    help = "Maakt van een bestand met antwoorden de cijfers van een editie. Met --preview verandert er niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=existing_file, help="het bestand met antwoorden (CSV of XLSX)")
        parser.add_argument(
            "--codebook", type=existing_file, required=True, help="wat elke kolom betekent (CSV of XLSX)"
        )
        parser.add_argument("--edition", type=edition_code, required=True, help="code van de editie, bijvoorbeeld 2027")
        parser.add_argument("--preview", action="store_true", help="alleen laten zien wat er zou gebeuren")
        parser.add_argument("--example", action="store_true", help="de antwoorden zijn verzonnen")

    def handle(self, *args: Any, file: Path, codebook: Path, edition: str, **options: Any) -> None:
        is_example, is_preview = options["example"], options["preview"]
        digest = fingerprint(file, codebook, is_example)
        if is_in_place(edition, digest) and not is_preview:
            self.stdout.write(f"De editie ‘{edition}’ heeft deze cijfers al. Er is niets veranderd.")
            return
        record = SurveyImport(
            edition_slug=edition, file_name=file.name[:255], file_digest=digest, is_example=is_example
        )
        try:
            with tqdm(total=100, unit="%", disable=not options["verbosity"]) as bar:

                def show(share: float, text: str) -> None:
                    bar.set_description(text)
                    bar.update(round(100 * share) - bar.n)

                prepared = prepare(file, codebook, edition, is_example=is_example, progress=show)
        except REFUSALS as error:
            if not is_preview:
                remember(record, SurveyImport.State.REFUSED, fouten=str(error))
            raise CommandError(f"Niet overgenomen. {error}") from error
        self.tell(prepared)
        if is_preview:
            self.stdout.write("Dit was een voorbeeld: er is niets veranderd.")
            return
        publish(prepared, record)
        self.stdout.write(f"De editie ‘{edition}’ is vervangen door de cijfers uit {file.name}.")

    def tell(self, prepared: Prepared) -> None:
        """What was understood and what would be withheld."""
        report = prepared.report
        self.stdout.write(
            f"{report['respondenten']} volledige antwoorden; {report['niet_afgemaakt']} niet afgemaakt en weggelaten."
        )
        self.stdout.write(f"{report['cijfers']} cijfers.")
        for reason, number in report["niet_getoond"].items():
            self.stdout.write(f"{number} cijfers niet getoond: {reason}.")
        for group in report["groepen"]:
            if group["stand"] != "overal getoond":
                self.stdout.write(f"  {group['lijst']} ‘{group['groep']}’: {group['stand']}.")
        if report["nieuwe_indicatoren"]:
            self.stdout.write(f"Nieuwe indicatoren: {'; '.join(report['nieuwe_indicatoren'])}.")

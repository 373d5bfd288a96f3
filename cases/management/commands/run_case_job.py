"""Do the work for one import of cases that was asked for in the editing environment."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.importing.jobs import run_job
from cases.importing.uploads import JOBS


class Command(BaseCommand):
    """The editing environment starts this by itself."""

    help = (
        "Controleert een bestand met casussen uit de redactieomgeving, of neemt de bevestigde casussen over. "
        "Zonder nummer ruimt het alleen op: bestanden die langer dan een dag wachten gaan weg."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, nargs="?", help="nummer van de invoer")

    def handle(self, *args: Any, number: int | None = None, **options: Any) -> None:
        if number is None:
            JOBS.clean_up()
        else:
            run_job(number)

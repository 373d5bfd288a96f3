"""Ask who keeps a case how it is doing, once a year; remind once."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.submissions import yearly


class Command(BaseCommand):
    """Meant to run every day; a second run on the same day asks nobody twice."""

    help = (
        "Vraagt contactpersonen van casussen die een jaar niet zijn nagekeken hoe het nu is, en herinnert na een maand."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=50, help="stuur er hoogstens zoveel (standaard 50)")

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        questions = [yearly.ask(keeper) for keeper in yearly.keepers_to_ask()[:most]]
        left = max(0, most - len(questions))
        reminders = [
            yearly.repeat(check) for check in yearly.questions_to_repeat().select_related("case__keeper")[:left]
        ]
        failed = (questions + reminders).count(False)
        if questions or reminders or options["verbosity"]:
            self.stdout.write(
                f"Hoe is het nu: {sum(questions)} gevraagd, {sum(reminders)} herinnerd, {failed} niet gelukt."
            )
        if failed:
            self.stderr.write(
                "Niet elke mail kon weg. De volgende keer probeert dit het opnieuw. Kijk naar EMAIL_HOST."
            )
            sys.exit(1)

"""Do the work that repeats by itself, as far as it is due."""

import os
import signal
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from barometer_site.planned_work import Worker

#: How often the follower looks whether something is due, in seconds.
PAUSE = 15.0


class Command(BaseCommand):
    """Runs beside the server with --follow; without it, as a step of cron or a timer."""

    help = "Doet het werk dat aan de beurt is, zoals publiceren op een gepland moment. Met --follow blijft het kijken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--follow", action="store_true", help="blijf kijken wat er aan de beurt is")

    def handle(self, *args: Any, follow: bool, **options: Any) -> None:
        worker = Worker()
        if follow:
            self.follow(worker)
        else:
            worker.look()
            worker.finish()

    def follow(self, worker: Worker) -> None:
        """Look again and again, until whoever started this is gone."""
        os.nice(5)  # readers come first
        for told_to_stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told_to_stop, lambda *_: sys.exit(0))
        parent = os.getppid()
        try:
            while os.getppid() == parent:
                try:
                    worker.look()
                except (DatabaseError, OSError) as error:  # OSError: no memory for another process
                    self.stderr.write(f"Gepland werk kon niet beginnen: {error}")
                connection.close()
                time.sleep(PAUSE)
        finally:
            worker.stop()

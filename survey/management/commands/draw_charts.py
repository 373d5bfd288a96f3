"""Draw every chart that a page can show and that is not drawn yet."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from tqdm import tqdm

from survey.charts.missing import draw_missing
from survey.charts.store import clear_unused
from survey.pages.all_charts import all_charts
from survey.versions import one_version_per_request, read_versions

#: How often the follower looks whether anything changed, in seconds.
PAUSE = 5.0
#: What goes wrong now will go wrong again in five seconds.
PAUSE_AFTER_FAILURE = 60.0


class Command(BaseCommand):
    """Pages show a table until their chart is there, so this may run at any moment."""

    help = "Tekent de grafieken die er nog niet zijn. Met --follow blijft het kijken of er iets verandert."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--follow", action="store_true", help="blijf kijken en teken wat er bij komt")
        parser.add_argument("--most", type=int, help="teken er hoogstens zoveel, die van de sectoren eerst")

    def handle(self, *args: Any, follow: bool, most: int | None, **options: Any) -> None:
        if follow:
            self.follow()
            return
        with one_version_per_request():  # asked once, not for each chart
            charts = {chart.key: chart for chart in all_charts()}
        with tqdm(desc="Grafieken tekenen", unit=" grafieken", disable=not options["verbosity"], mininterval=1) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            drawn = draw_missing(list(charts.values())[:most], show)
        cleared = clear_unused(charts)
        if drawn or cleared or options["verbosity"]:
            self.stdout.write(f"Grafieken: {drawn} getekend, {cleared} oude weggegooid, {len(charts)} in gebruik.")

    def follow(self) -> None:
        """Look at the version of the barometer, until whoever started this is gone."""
        os.nice(10)  # readers come first
        for told_to_stop in (signal.SIGTERM, signal.SIGINT):
            # Leaving by an exception also ends the drawing that is going on.
            signal.signal(told_to_stop, lambda *_: sys.exit(0))
        parent = os.getppid()
        drawn_at = -1
        while os.getppid() == parent:
            newest = drawn_at
            try:
                newest = read_versions().beside_cases
            except DatabaseError as error:
                self.stderr.write(f"De database is er even niet: {error}")
            connection.close()
            if newest != drawn_at and not self.draw_apart():
                time.sleep(PAUSE_AFTER_FAILURE)
                continue
            drawn_at = newest
            time.sleep(PAUSE)

    def draw_apart(self) -> bool:
        """Whether everything could be drawn, in a process of its own: so the engine's memory is given back."""
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "draw_charts", "-v0"]
        try:
            # A session of its own: Ctrl-C is for the follower, which ends this too and tells no traceback.
            return subprocess.run(command, check=False, start_new_session=True).returncode == 0  # noqa: S603  our own program
        except OSError as error:  # for example: no memory for another process
            self.stderr.write(f"Grafieken tekenen kon niet beginnen: {error}")
            return False

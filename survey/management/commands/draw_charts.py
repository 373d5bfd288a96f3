"""Draw every chart that a page can show and that is not drawn yet."""

import os
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
        """Look at the version of the content, until whoever started this is gone.

        The drawing itself is a process of its own each time, so that the engine's memory is given back.
        """
        os.nice(10)  # readers come first
        parent = os.getppid()
        seen = -1
        while os.getppid() == parent:
            try:
                newest = read_versions().content
                if newest != seen:
                    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "draw_charts", "-v0"]
                    if subprocess.run(command, check=False).returncode == 0:  # noqa: S603  our own program
                        seen = newest
            except DatabaseError as error:
                self.stderr.write(f"De database is er even niet: {error}")
            connection.close()
            time.sleep(PAUSE)

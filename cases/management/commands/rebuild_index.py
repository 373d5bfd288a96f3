"""Build the search index anew, or keep it up to date."""

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from tqdm import tqdm

from cases.search.index import CaseIndex, IndexUnavailableError
from cases.search_source import DatabaseCases

#: How often the follower looks whether anything changed, in seconds.
PAUSE = 0.2
PAUSE_AFTER_FAILURE = 2.0


def bar_follower(bar: "tqdm[NoReturn]") -> Callable[[int], None]:
    """The bar as the index reports: how many are done in all."""

    def follow(done: int) -> None:
        bar.update(done - bar.n)

    return follow


class Command(BaseCommand):
    """The index is derived from the database; readers keep the old one until the new one is ready."""

    help = "Bouwt de zoekindex opnieuw op uit de database."

    def add_arguments(self, parser: CommandParser) -> None:
        """For the start of the site, for a process that met very many changes, and beside the server."""
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--if-needed", action="store_true", help="alleen als de index ontbreekt of achterloopt")
        how.add_argument("--catch-up", action="store_true", help="hetzelfde, als niemand anders er al mee bezig is")
        how.add_argument("--follow", action="store_true", help="blijf de index bijhouden")

    def handle(self, *args: Any, if_needed: bool, catch_up: bool, follow: bool, **options: Any) -> None:
        """Build, with a bar that shows how far we are; or keep up."""
        index = CaseIndex(settings.SEARCH_INDEX_DIR, DatabaseCases())
        if follow:
            self.follow(index)
        elif catch_up:
            with index.following() as nobody_else_does:
                if nobody_else_does:
                    index.catch_up()
        else:
            total = DatabaseCases().count()
            if if_needed:
                index.catch_up()
            else:
                with tqdm(total=total, desc="Zoekindex", unit=" casussen", disable=not options["verbosity"]) as bar:
                    index.rebuild(bar_follower(bar))
            self.stdout.write(f"De zoekindex is bij: {total} casussen.")

    def follow(self, index: CaseIndex) -> None:
        """Take in what changes, until whoever started this is gone. As urgent as serving: readers may wait for our lock."""
        for told_to_stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told_to_stop, lambda *_: sys.exit(0))
        parent = os.getppid()
        while os.getppid() == parent:
            with index.following() as nobody_else_does:
                while nobody_else_does and os.getppid() == parent:
                    self.look(index)
            time.sleep(PAUSE_AFTER_FAILURE)  # another server on this folder has a follower

    def look(self, index: CaseIndex) -> None:
        """Once. What goes wrong now is tried again soon."""
        try:
            index.catch_up()
        except (DatabaseError, IndexUnavailableError, OSError, ValueError) as error:
            self.stderr.write(f"De zoekindex kan nu niet worden bijgewerkt: {error}")
            connection.close()
            time.sleep(PAUSE_AFTER_FAILURE)
        time.sleep(PAUSE)

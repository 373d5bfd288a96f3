"""Build the search index anew, or keep it up to date."""

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterator
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from tqdm import tqdm

from cases.search.documents import CaseDocument
from cases.search.guarded import is_index_error
from cases.search.index import CaseIndex, IndexUnavailableError
from cases.search_source import DatabaseCases

#: How often the follower looks whether anything changed, in seconds.
PAUSE = 0.2
PAUSE_AFTER_FAILURE = 2.0
#: A follower that gave no sign of life for so many seconds hangs: it waits a minute for a lock at most.
HANGS = 90.0

fork = multiprocessing.get_context("fork")


def bar_follower(bar: "tqdm[NoReturn]") -> Callable[[int], None]:
    """The bar as the index reports: how many are done in all."""

    def follow(done: int) -> None:
        bar.update(done - bar.n)

    return follow


class WatchedCases(DatabaseCases):
    """Whoever reads them gives a sign of life, that another process sees: the moment of the last one."""

    def __init__(self) -> None:
        self.alive_at = fork.RawValue("d", 0.0)

    def is_alive(self) -> None:
        """The sign."""
        self.alive_at.value = time.monotonic()

    def newest_version(self) -> int:
        """Asked at each look and before each piece."""
        self.is_alive()
        return super().newest_version()

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        """Very many, in a rebuild."""
        for case in super().documents(pks):
            self.is_alive()
            yield case


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
        if follow:
            self.watch(WatchedCases())
            return
        index = CaseIndex(settings.SEARCH_INDEX_DIR, DatabaseCases())
        if catch_up:
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

    def watch(self, source: WatchedCases) -> None:
        """Have a process follow, until whoever started this is gone; another one when it dies or hangs.

        One that hangs is killed: with that the system lets go of its locks, that others wait for.
        """
        for told_to_stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told_to_stop, lambda *_: sys.exit(0))
        connection.close()
        gc.freeze()  # what both processes have in memory is there once
        parent = os.getppid()
        while os.getppid() == parent:
            source.is_alive()
            index = CaseIndex(settings.SEARCH_INDEX_DIR, source)
            follower = fork.Process(target=self.follow, args=(index, source.is_alive, os.getpid()))
            follower.start()
            try:
                while (
                    follower.is_alive() and os.getppid() == parent and time.monotonic() < source.alive_at.value + HANGS
                ):
                    follower.join(1.0)
            finally:
                follower.kill()
                follower.join()
            time.sleep(PAUSE_AFTER_FAILURE)

    def follow(self, index: CaseIndex, is_alive: Callable[[], None], parent: int) -> None:
        """Take in what changes, until whoever watches this is gone. As urgent as serving: readers may wait for our lock."""
        while os.getppid() == parent:
            try:
                with index.following() as nobody_else_does:
                    while nobody_else_does and os.getppid() == parent:
                        is_alive()
                        self.look(index)
            except OSError as error:
                self.stderr.write(f"De zoekindex kan nu niet worden bijgewerkt: {error}")
            is_alive()
            time.sleep(PAUSE_AFTER_FAILURE)  # another server on this folder has a follower

    def look(self, index: CaseIndex) -> None:
        """Once. What goes wrong now is tried again soon."""
        try:
            index.keep_a_spare()
            index.catch_up()
        except BaseException as error:
            if not isinstance(error, DatabaseError | IndexUnavailableError) and not is_index_error(error):
                raise
            self.stderr.write(f"De zoekindex kan nu niet worden bijgewerkt: {error}")
            connection.close()
            time.sleep(PAUSE_AFTER_FAILURE)
        time.sleep(PAUSE)

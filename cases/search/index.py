"""The index of cases: derived from the database, kept up to date, healed by itself.

Few changes are taken in at once by whoever asks first, so that what was just published is found in the very next request.
Many changes are taken in piece by piece by a helper, while readers are served what there is, with what is published
meanwhile. Files that are removed or damaged are put back; only the very first index makes readers wait.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from tantivy import Searcher

from cases.search import schema
from cases.search.building import AT_ONCE, LAST_FEW, PIECE, REBUILD_WAIT, build, take_in
from cases.search.documents import CaseSource
from cases.search.files import verify
from cases.search.generations import BrokenIndexError, Generations, State, locked
from cases.search.guarded import GuardedSource, is_index_error, source_errors_as_they_are
from cases.search.live import Live, Opened

logger = logging.getLogger(__name__)
T = TypeVar("T")

BREATH = 0.03
"""Seconds between two pieces; who waits for the lock looks every hundredth of a second."""
LOCK_WAIT = 2.0
"""How long a reader waits for another process that writes, before it is served what there is; shorter when it was in vain."""
HELP_WAIT = 10.0
"""How long a reader that has nothing waits for whoever builds. The next ones do not wait: they would keep the site waiting."""
PAUSE_AFTER_FAILURE = 0.5
PAUSE_BETWEEN_CALLS = 5.0
"""A helper that was called gets this long to begin."""


class IndexUnavailableError(Exception):
    """There is no index, and it could not be made now."""


class CaseIndex:
    """Safe to share between threads; every process has its own. `when_behind` is told of each reader of an older index.

    `call_helper` starts a process that calls `catch_up`, when no other process `follows`; without it whoever asks does the work.
    """

    def __init__(
        self,
        root: Path,
        source: CaseSource,
        call_helper: Callable[[], None] | None = None,
        when_behind: Callable[[], None] = lambda: None,
    ) -> None:
        self.generations = Generations(Path(root), schema.label())
        self.source = GuardedSource(source)
        self.live = Live(self.generations)
        self._call_helper = call_helper
        self._when_behind = when_behind
        self._mutex = threading.RLock()
        self._patient_until = self._called_until = self._in_vain_until = 0.0
        self._counted_at, self._lock_came = -1, True

    @source_errors_as_they_are
    def searcher(self) -> Searcher:
        """A searcher at least as new as the database is now.

        Older only while the helper is busy with very many changes, when another process has been writing for over two seconds,
        or when the index cannot be written. Raises what the source raises, and `IndexUnavailableError` without an index.
        """
        wanted = self.source.version()
        with self._mutex:
            try:
                opened = self._followed(wanted)
            except BaseException as error:
                if not is_index_error(error):
                    raise
                opened = self._healed(error)
            if opened.state.newest < wanted or opened.state.beyond:
                self._when_behind()
            return opened.index.searcher()

    def read(self, work: Callable[[Searcher], T]) -> T:
        """Does some work with a searcher; once more with a new index when this one turns out to be damaged."""
        searcher = self.searcher()
        try:
            return work(searcher)
        except BaseException as error:
            if not is_index_error(error):
                raise
            opened = self.live.in_memory()
            try:
                verify(self.generations.index_path(opened.name if opened else ""))
            except BrokenIndexError:
                return work(self.repair(error))
            raise

    @source_errors_as_they_are
    def repair(self, reason: BaseException) -> Searcher:
        """Another index instead of one that cannot be read."""
        with self._mutex:
            self.live.close()
            return self._healed(reason).index.searcher()

    @source_errors_as_they_are
    def catch_up(self, wait: float = REBUILD_WAIT) -> bool:
        """Takes in everything that changed, however long it takes. False when another process kept a lock."""
        with self._mutex:
            try:
                self.live.check()
                return self._catch_up(wait)
            except BaseException as error:
                if not is_index_error(error) or self.live.is_whole():  # a full disk takes no index away
                    raise
                if not self.live.stand_in(self.generations.current()):
                    self._repaired(error)
                return self._catch_up(wait)

    @source_errors_as_they_are
    def rebuild(self, progress: Callable[[int], None] | None = None, wait: float = 600.0) -> int:
        """Builds the index anew beside the live one and then switches. Gives the number of cases in it."""
        with locked(self.generations.rebuild_lock, wait) as got:
            if not got:
                raise IndexUnavailableError("another process is rebuilding the index")
            return build(self.generations, self.source, progress)

    def keep_a_spare(self) -> None:
        """For who follows: with it a damaged index is there again at once, and need not be built anew."""
        with self._mutex:
            try:
                self.live.keep_a_spare()
            except BaseException as error:
                if not is_index_error(error):
                    raise
                logger.warning("There is no spare of the search index: %s", error)

    @contextmanager
    def following(self) -> Iterator[bool]:
        """Whoever is within keeps the index up to date, and no helper is called. False when another process does already."""
        with locked(self.generations.follow_lock, 0) as got:
            yield got

    def _followed(self, wanted: int) -> Opened:
        checks = False
        if (opened := self.live.opened()).state.newest < wanted:
            checks = self._attempted(self._take_in_the_newest) and self._call_helper is None
            opened = self.live.opened()
        if checks or opened.state.beyond or self._is_of_another_database(opened, wanted):
            self._attempted(self._have_it_caught_up)
            opened = self.live.opened()
        return opened

    def _attempted(self, work: Callable[[], bool]) -> bool:
        """A failure to write must not keep readers from what can be read. It is tried again soon."""
        if time.monotonic() < self._patient_until:
            return False
        try:
            done = work()
        except BrokenIndexError:
            raise
        except BaseException as error:
            if not is_index_error(error):
                raise
            logger.error("The search index could not be caught up: %s", error)
            if not self.live.is_whole():
                raise BrokenIndexError(str(error)) from error
            done = False
        if not done:
            self._patient_until = time.monotonic() + PAUSE_AFTER_FAILURE
        return done

    def _take_in_the_newest(self) -> bool:
        """Of very many changes it is only noted that they are still to come. False when another process kept the lock."""
        with locked(self.generations.write_lock, LOCK_WAIT if self._lock_came else LOCK_WAIT / 10) as got:
            self._lock_came = got
            if not got:
                return False
            opened = self.live.opened()
            newest = self.source.newest_version()
            if opened.state.newest >= newest:
                return True
            state = opened.state
            changes = self.source.changes(state.newest, AT_ONCE)
            if changes is None or changes.left:
                state = self._with_gap(state, newest)
                self.generations.set_state(opened.name, state)
                changes = self.source.changes(state.newest, AT_ONCE)
            if changes is not None and not changes.left:
                newer = state.with_newest(changes.upto)
                take_in(self.generations, self.source, opened.index, opened.name, changes.pks, newer)
            return True

    def _with_gap(self, state: State, newest: int) -> State:
        """Very many changes are still to come, but for the last few: what was just published is found at once."""
        return state.with_gap(min(newest, max(state.newest, self.source.before_last(LAST_FEW))))

    def _is_of_another_database(self, opened: Opened, wanted: int) -> bool:
        """Newer than the database is now: another one was put in its place."""
        return 0 < wanted < opened.state.newest and opened.state.newest > self.source.newest_version()

    def _have_it_caught_up(self) -> bool:
        if self._call_helper is None:
            return self._catch_up(LOCK_WAIT)
        if time.monotonic() >= self._called_until:
            with self.following() as nobody_does:
                pass
            if nobody_does:
                self._called_until = time.monotonic() + PAUSE_BETWEEN_CALLS
                self._call_helper()
        return True

    def _healed(self, reason: BaseException) -> Opened:
        """Another generation; or what this process still has in memory, while the helper makes one; or a new one."""
        in_memory = self.live.in_memory() if self._call_helper else None
        try:
            if not self.live.usable() and not self.live.stand_in(self.generations.current()):
                with suppress(BrokenIndexError):
                    self._attempted(lambda: self._call_helper is None or self._have_it_caught_up())
                if in_memory:
                    self._when_behind()
                    return in_memory
                self._repaired(reason)
            # It may have been built by another process, of an older version than is wanted here.
            return self._followed(self.source.version())
        except BaseException as error:
            if not is_index_error(error):
                raise
            raise IndexUnavailableError(f"{reason}; {error}") from error

    def _catch_up(self, wait: float) -> bool:
        """Piece by piece, in the order of the changes."""
        while (opened := self.live.opened()).state != State(self.source.newest_version(), opened.state.surplus):
            with locked(self.generations.write_lock, wait) as got:
                if not got:
                    return False
                opened = self.live.opened()
                by_pieces = self._took_in_a_piece(opened)
            if not by_pieces:
                return self._rebuild_instead_of(opened.name, wait)
            time.sleep(BREATH)
        return self._is_complete(opened) or self._rebuild_instead_of(opened.name, wait)

    def _took_in_a_piece(self, opened: Opened) -> bool:
        """Only with the write lock. False when building anew is quicker, or the only way."""
        state, newest = opened.state, self.source.newest_version()
        if state.newest > newest:
            logger.warning("The database is older than the search index, which is rebuilt")
            return False
        changes = self.source.changes(state.version, PIECE, state.beyond[0] if state.beyond else None)
        if (changes is None or changes.left) and not state.beyond:
            state = self._with_gap(state, newest)
        if changes is None or changes.left > max(PIECE, int(opened.index.searcher().num_docs) // 2):
            self.generations.set_state(opened.name, state)
            return False
        take_in(self.generations, self.source, opened.index, opened.name, changes.pks, state.filled(changes.upto))
        return True

    def _is_complete(self, opened: Opened) -> bool:
        """Compares the number of cases with the database once for each version, for changes that nobody told of."""
        version = opened.state.version
        if version == self._counted_at:
            return True
        missing = self.source.count() + opened.state.surplus - int(opened.index.searcher().num_docs)
        if missing and self.source.newest_version() == version:
            logger.warning("The search index lacks %s cases and is rebuilt", missing)
            return False
        self._counted_at = version
        return True

    def _repaired(self, reason: BaseException) -> None:
        patience = HELP_WAIT if self._call_helper else 0.0
        wait = 0.0 if patience and time.monotonic() < self._in_vain_until else patience or REBUILD_WAIT
        if wait:
            logger.warning("The search index is rebuilt: %s", reason)
        self.live.close()
        try:
            if not self._rebuild_instead_of(self.generations.current(), wait, patience / 2):
                self._in_vain_until = time.monotonic() + HELP_WAIT
        except BaseException as error:
            if not is_index_error(error):
                raise
            raise IndexUnavailableError(f"{reason}; {error}") from error

    def _rebuild_instead_of(self, name: str | None, wait: float, leave_it: float = 0.0) -> bool:
        """Another process may have done it already; for some time it is left to others. False when one is still busy with it."""
        begun = time.monotonic()
        while True:
            with locked(self.generations.rebuild_lock, min(wait, 0.1)) as got:
                if self.generations.current() not in (None, name) and self.live.usable():
                    return True
                if got and time.monotonic() >= begun + leave_it:
                    build(self.generations, self.source)
                    return True
            if time.monotonic() >= begun + wait:
                return False
            time.sleep(BREATH)

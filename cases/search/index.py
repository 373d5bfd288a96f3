"""The index of cases: derived from the database, caught up when asked, healed by itself."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tantivy import Index, Searcher

from cases.search import schema
from cases.search.documents import CaseSource
from cases.search.generations import BrokenIndexError, Generations, State, verify
from cases.search.guarded import GuardedSource, is_index_error, source_errors_as_they_are
from cases.search.writing import index_at, writing

logger = logging.getLogger(__name__)
T = TypeVar("T")

REBUILD_HEAP = 128_000_000
CATCH_UP_HEAP = 32_000_000
LOCK_WAIT = 2.0
"""How long a reader waits for another process that is writing, before it is served what there is."""
REBUILD_WAIT = 60.0
"""How long a reader waits for another process that builds the very first index."""
PAUSE_AFTER_FAILURE = 1.0
PAUSE_DURING_REBUILD = 15.0
"""How long readers are served what there is, without asking again, when another process turns out to be building."""
RACE_SECONDS = 10.0
"""An index newer than the database is a race when it was written this recently, a replaced database otherwise."""


class IndexUnavailableError(Exception):
    """There is no index, and it could not be made now."""


@dataclass(slots=True)
class _Open:
    name: str
    index: Index
    version: int
    process: int


class CaseIndex:
    """Safe to share between threads; every process has its own."""

    def __init__(self, root: Path, source: CaseSource) -> None:
        self.generations = Generations(Path(root), schema.label())
        self.source = GuardedSource(source)
        self._open: _Open | None = None
        self._mutex = threading.RLock()
        self._patient_after = 0.0

    @source_errors_as_they_are
    def searcher(self) -> Searcher:
        """A searcher at least as new as the database is now.

        Older only when another process has been writing for over two seconds, or when the index cannot be written. Raises
        what the source raises; raises `IndexUnavailableError` when there is nothing to search in.
        """
        wanted = self.source.version()
        with self._mutex:
            try:
                return self._newest(wanted)
            except BaseException as error:
                if not is_index_error(error):
                    raise
                self._repaired(error)
                return self._newest_or_none_at_all(wanted, error)

    def read(self, work: Callable[[Searcher], T]) -> T:
        """Does some work with a searcher; once more with a new index when this one turns out to be damaged."""
        searcher = self.searcher()
        try:
            return work(searcher)
        except BaseException as error:
            if not is_index_error(error):
                raise
            try:
                verify(self.generations.index_path(self._open.name if self._open else ""))
            except BrokenIndexError:
                return work(self.repair(error))
            raise

    @source_errors_as_they_are
    def repair(self, reason: BaseException) -> Searcher:
        """A new index instead of one that cannot be read."""
        with self._mutex:
            self._repaired(reason)
            return self._newest_or_none_at_all(self.source.version(), reason)

    @source_errors_as_they_are
    def catch_up(self, wait: float = LOCK_WAIT) -> bool:
        """Applies what changed in the database since the last time. False when another process kept the lock."""
        with self._mutex:
            try:
                return self._catch_up(self.source.version(), wait)
            except BaseException as error:
                if not is_index_error(error):
                    raise
                self._repaired(error)
                return True

    @source_errors_as_they_are
    def rebuild(self, progress: Callable[[int], None] | None = None, wait: float = 600.0) -> int:
        """Builds the index anew beside the live one and then switches. Gives the number of cases in it."""
        with self.generations.locked(self.generations.rebuild_lock, wait) as got:
            if not got:
                raise IndexUnavailableError("another process is rebuilding the index")
            return self._build(progress)

    @contextmanager
    def building(self, wait: float) -> Iterator[Callable[[], int] | None]:
        """Gives what builds the index anew, and keeps readers from doing it meanwhile: for a change of very many cases.

        None when another process kept the lock.
        """
        with self.generations.locked(self.generations.rebuild_lock, wait) as got:
            yield (lambda: self._build(None)) if got else None

    def version(self) -> int | None:
        """The version of the content that the index holds; None without a readable index. Costs two small reads."""
        try:
            name = self.generations.current()
            return self.generations.state(name).version if name else None
        except BrokenIndexError:
            return None

    def _newest(self, wanted: int) -> Searcher:
        for _attempt in range(3):
            opened = self._opened()
            if opened.version >= wanted or time.monotonic() < self._patient_after:
                break
            if not self._tried_to_catch_up(wanted):
                pause = PAUSE_DURING_REBUILD if self._is_being_rebuilt() else PAUSE_AFTER_FAILURE
                self._patient_after = time.monotonic() + pause
        if opened.version > wanted and self._database_went_back(opened):
            logger.warning("The database is older than the search index, which is rebuilt")
            self._rebuild_instead_of(opened.name, LOCK_WAIT)
            opened = self._opened()
        return opened.index.searcher()

    def _tried_to_catch_up(self, wanted: int) -> bool:
        """A failure to write must not keep readers from what can be read."""
        try:
            return self._catch_up(wanted, LOCK_WAIT)
        except BrokenIndexError:
            raise
        except BaseException as error:
            if not is_index_error(error):
                raise
            logger.exception("The search index could not be caught up")
            verify(self.generations.index_path(self._opened().name))
            return False

    def _catch_up(self, wanted: int, wait: float) -> bool:
        with self.generations.locked(self.generations.write_lock, wait) as got:
            if not got:
                return False
            opened = self._opened()
            if opened.version >= wanted:
                return True
            state = self.generations.state(opened.name)
            newer = self._apply_changes(opened.index, opened.name, state)
        if newer is None:
            return self._rebuild_instead_of(opened.name, wait)
        if not self._complete(newer):
            self._rebuild_instead_of(opened.name, wait)
        return True

    def _apply_changes(self, index: Index, name: str, state: State) -> State | None:
        """Only with the write lock. None when nobody knows any more what changed."""
        version = self.source.version()
        changed = self.source.changed_since(state.version)
        if changed is None:
            return None
        newer = State(version, state.surplus)
        if changed:
            with writing(index, CATCH_UP_HEAP) as writer:
                for pk in changed:
                    writer.delete_documents_by_term("pk", pk)
                for case in self.source.documents(changed):
                    writer.add_document(schema.to_index(case))
                writer.commit()
                self.generations.set_state(name, newer)
        else:
            self.generations.set_state(name, newer)
        return newer

    def _complete(self, state: State) -> bool:
        """Compares the number of cases with the database, for changes that nobody told of."""
        missing = self.source.count() + state.surplus - int(self._opened().index.searcher().num_docs)
        if missing == 0 or self.source.changed_since(state.version) != set():
            return True
        logger.warning("The search index lacks %s cases and is rebuilt", missing)
        return False

    def _newest_or_none_at_all(self, wanted: int, reason: BaseException) -> Searcher:
        """The index may have been built anew by another process, of an older version than is wanted here."""
        try:
            return self._newest(wanted)
        except BaseException as error:
            if not is_index_error(error):
                raise
            raise IndexUnavailableError(f"{reason}; {error}") from error

    def _repaired(self, reason: BaseException) -> None:
        logger.warning("The search index is rebuilt: %s", reason)
        broken = self._open.name if self._open else self.generations.current()
        self._open = None
        try:
            self._rebuild_instead_of(broken, REBUILD_WAIT)
        except BaseException as error:
            if not is_index_error(error):
                raise
            raise IndexUnavailableError(f"{reason}; {error}") from error

    def _rebuild_instead_of(self, name: str | None, wait: float) -> bool:
        """Another process may have done it already. False when another process is still busy with it."""
        until = time.monotonic() + wait
        while True:
            with self.generations.locked(self.generations.rebuild_lock, min(wait, 0.1)) as got:
                if self.generations.current() not in (None, name) and self._usable():
                    return True
                if got:
                    self._build(None)
                    return True
            if time.monotonic() >= until:
                return False

    def _build(self, progress: Callable[[int], None] | None) -> int:
        """Only with the rebuild lock. Reading and catching up of the live generation go on meanwhile."""
        before = self.generations.current()
        self.generations.clean(before)
        name = self.generations.begin()
        index = index_at(self.generations.index_path(name))
        version, counted, added = self.source.version(), self.source.count(), 0
        with writing(index, REBUILD_HEAP) as writer:
            for added, case in enumerate(self.source.documents(None), start=1):
                writer.add_document(schema.to_index(case))
                if progress is not None:
                    progress(added)
            writer.commit()
        unchanged = self.source.changed_since(version) == set()
        state = State(version, added - counted if unchanged else 0)
        self.generations.set_state(name, state)
        with self.generations.locked(self.generations.write_lock, REBUILD_WAIT):
            # What changed while it was built comes along, so that the switch never takes readers back in time.
            self._apply_changes(index, name, state)
            self.generations.switch(name)
        self.generations.clean(before, name)
        return added

    def _opened(self) -> _Open:
        """The live generation, at the state it has now."""
        for last_time in (False, False, True):
            name = self.generations.current()
            if name is None:
                break
            version = self.generations.state(name).version
            opened = self._open
            if opened is None or opened.name != name or opened.process != os.getpid():
                try:
                    verify(self.generations.index_path(name))
                except BrokenIndexError:
                    # Another process may just have tidied up; then the next look is a clean one.
                    if last_time:
                        raise
                    time.sleep(0.02)
                    continue
                opened = _Open(name, index_at(self.generations.index_path(name)), version, os.getpid())
                opened.index.reload()
            elif opened.version != version:
                opened.index.reload()
                opened.version = version
            self._open = opened
            return opened
        raise BrokenIndexError("there is no index")

    def _is_being_rebuilt(self) -> bool:
        with self.generations.locked(self.generations.rebuild_lock, 0) as got:
            return not got

    def _usable(self) -> bool:
        try:
            self._opened()
        except BaseException as error:
            if not is_index_error(error):
                raise
            return False
        return True

    def _database_went_back(self, opened: _Open) -> bool:
        return self.generations.state_age(opened.name) > RACE_SECONDS and self.source.version() < opened.version

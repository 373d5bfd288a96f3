"""The index of cases: derived from the database, caught up when asked, healed by itself."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tantivy import Index, IndexWriter, Searcher

from cases.search import schema
from cases.search.analysis import ANALYZER, analyzer
from cases.search.documents import CaseSource
from cases.search.generations import BrokenIndexError, Generations, State, verify
from cases.search.guarded import GuardedSource, is_index_error, source_errors_as_they_are

logger = logging.getLogger(__name__)
T = TypeVar("T")

REBUILD_HEAP = 128_000_000
CATCH_UP_HEAP = 32_000_000
LOCK_WAIT = 2.0
"""How long a reader waits for another process that is writing, before it is served what there is."""
REBUILD_WAIT = 60.0
"""How long a reader waits for another process that builds the very first index."""
PAUSE_AFTER_FAILURE = 1.0
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
                return self._repaired(error)

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
        """Builds a new index instead of one that cannot be read."""
        with self._mutex:
            return self._repaired(reason)

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

    def version(self) -> int | None:
        """The version of the content that the index holds; None without a readable index. Costs two small reads."""
        try:
            name = self.generations.current()
            return self.generations.state(name).version if name else None
        except BrokenIndexError:
            return None

    def _newest(self, wanted: int) -> Searcher:
        opened = self._opened()
        state = self.generations.state(opened.name)
        if state.version < wanted and time.monotonic() >= self._patient_after:
            if not self._tried_to_catch_up(wanted):
                self._patient_after = time.monotonic() + PAUSE_AFTER_FAILURE
        elif state.version > wanted and self._database_went_back(opened.name, state):
            logger.warning("The database is older than the search index, which is rebuilt")
            self._rebuild_instead_of(opened.name, LOCK_WAIT)
        return self._opened().index.searcher()

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
            state = self.generations.state(opened.name)
            if state.version >= wanted:
                return True
            version = self.source.version()
            changed = self.source.changed_since(state.version)
            if changed is not None:
                new_state = State(version, state.surplus)
                if changed:
                    with _writing(opened.index, CATCH_UP_HEAP) as writer:
                        for pk in changed:
                            writer.delete_documents_by_term("pk", pk)
                        for case in self.source.documents(changed):
                            writer.add_document(schema.to_index(case))
                        writer.commit()
                        self.generations.set_state(opened.name, new_state)
                else:
                    self.generations.set_state(opened.name, new_state)
        if changed is None or not self._complete(version, state.surplus):
            return self._rebuild_instead_of(opened.name, wait)
        return True

    def _complete(self, version: int, surplus: int) -> bool:
        """Compares the number of cases with the database, for changes that nobody told of."""
        missing = self.source.count() + surplus - int(self._opened().index.searcher().num_docs)
        if missing == 0 or self.source.version() != version:
            return True
        logger.warning("The search index holds %s cases too few and is rebuilt", missing)
        return False

    def _repaired(self, reason: BaseException) -> Searcher:
        logger.warning("The search index is rebuilt: %s", reason)
        broken = self._open.name if self._open else self.generations.current()
        self._open = None
        try:
            self._rebuild_instead_of(broken, REBUILD_WAIT)
            return self._opened().index.searcher()
        except BaseException as error:
            if not is_index_error(error):
                raise
            raise IndexUnavailableError(f"{reason}; {error}") from error

    def _rebuild_instead_of(self, name: str | None, wait: float) -> bool:
        """Another process may have done it already. False when another process is still busy with it."""
        with self.generations.locked(self.generations.rebuild_lock, wait) as got:
            if self.generations.current() not in (None, name) and self._usable():
                return True
            if got:
                self._build(None)
            return got

    def _build(self, progress: Callable[[int], None] | None) -> int:
        """Only with the rebuild lock. Reading and catching up of the live generation go on meanwhile."""
        before = self.generations.current()
        self.generations.clean(before)
        name = self.generations.begin()
        version, counted, added = self.source.version(), self.source.count(), 0
        with _writing(_index_at(self.generations.index_path(name)), REBUILD_HEAP) as writer:
            for added, case in enumerate(self.source.documents(None), start=1):
                writer.add_document(schema.to_index(case))
                if progress is not None:
                    progress(added)
            writer.commit()
        unchanged = self.source.version() == version
        self.generations.set_state(name, State(version, added - counted if unchanged else 0))
        with self.generations.locked(self.generations.write_lock, REBUILD_WAIT):
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
                opened = _Open(name, _index_at(self.generations.index_path(name)), version, os.getpid())
                opened.index.reload()
            elif opened.version != version:
                opened.index.reload()
                opened.version = version
            self._open = opened
            return opened
        raise BrokenIndexError("there is no index")

    def _usable(self) -> bool:
        try:
            self._opened()
        except BaseException as error:
            if not is_index_error(error):
                raise
            return False
        return True

    def _database_went_back(self, name: str, state: State) -> bool:
        return self.generations.state_age(name) > RACE_SECONDS and self.source.version() < state.version


def _index_at(path: Path) -> Index:
    index = Index(schema.schema(), path=str(path))
    index.register_tokenizer(ANALYZER, analyzer())
    index.config_reader("manual")
    return index


@contextmanager
def _writing(index: Index, heap: int) -> Iterator[IndexWriter]:
    """Leaves the index as it was when something fails, and always lets go of the engine's own lock."""
    writer = index.writer(heap, 1)
    try:
        yield writer
    except BaseException:
        with suppress(Exception):
            writer.rollback()
        raise
    finally:
        with suppress(Exception):
            writer.wait_merging_threads()

"""The generation that is served now, open in this process."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tantivy import Index

from cases.search.files import HeldFiles, verify
from cases.search.generations import BrokenIndexError, Generations, State, locked
from cases.search.guarded import is_index_error
from cases.search.writing import index_at

SPARE_SECONDS = 900.0
"""A spare is made anew after this time, when there were changes."""


@dataclass(slots=True)
class Opened:
    """A generation with what it held at the last look."""

    name: str
    index: Index
    state: State
    process: int
    files: HeldFiles = field(repr=False)
    from_a_copy: bool = False
    """Its folder cannot be written, and the engine reads from no such place."""


class Live:
    """Not safe to share between threads: who uses it takes care of that."""

    def __init__(self, generations: Generations) -> None:
        self.generations = generations
        self._opened: Opened | None = None
        self._spare: list[tuple[HeldFiles, State]] = []
        self._spare_of, self._spare_until = "", 0.0

    def opened(self) -> Opened:
        """The live generation, at the state it has now. Raises `BrokenIndexError` when that cannot be searched."""
        for last_time in (False, False, True):
            name = self.generations.current()
            if name is None:
                break
            state = self.generations.state(name)
            opened = self._opened
            try:
                if (
                    opened is None
                    or opened.name != name
                    or opened.process != os.getpid()
                    or self._outlived(opened, state)
                ):
                    opened = self._open(name, state)
                elif opened.state != state:
                    opened.index.reload()
                    opened.state, opened.files = state, HeldFiles(self.generations.index_path(name))
                elif opened.files.touched():
                    self._opened = None
                    verify(self.generations.index_path(name))
                    continue
            except BrokenIndexError:
                # Another process may just have tidied up; then the next look is a clean one.
                if last_time:
                    raise
                time.sleep(0.02)
                continue
            self._opened = opened
            return opened
        raise BrokenIndexError("there is no index")

    def _open(self, name: str, state: State) -> Opened:
        path = self.generations.index_path(name)
        verify(path)
        files = HeldFiles(path)
        if os.access(path, os.W_OK):
            return Opened(name, _searchable(path), state, os.getpid(), files)
        with TemporaryDirectory() as elsewhere:
            files.copy_to(Path(elsewhere))
            return Opened(name, _searchable(Path(elsewhere)), state, os.getpid(), files, from_a_copy=True)

    def _outlived(self, opened: Opened, state: State) -> bool:
        """A copy holds what it held, and is of no use where the folder itself can be read."""
        path = self.generations.index_path(opened.name)
        return opened.from_a_copy and (opened.state != state or os.access(path, os.W_OK))

    def check(self) -> None:
        """Removed or replaced files hurt nobody who has them open, but who opens them next. Raises `BrokenIndexError`."""
        with locked(self.generations.write_lock, 0) as got:
            if not got:
                return
            opened = self.opened()
            now = HeldFiles(self.generations.index_path(opened.name))
            if opened.files.replaced_by(now):
                raise BrokenIndexError("files were removed or replaced")
            if opened.files.segments != now.segments:  # the engine made one of several
                opened.index.reload()
                opened.files = now

    def in_memory(self) -> Opened | None:
        """What this process has open, whatever became of its files; None when reading on would be dangerous."""
        opened = self._opened
        if opened is None or opened.process != os.getpid() or opened.files.touched():
            return None
        return opened

    def close(self) -> None:
        """It turned out to be damaged."""
        self._opened = None

    def usable(self) -> bool:
        """Whether there is an index to search in."""
        return _succeeds(self.opened)

    def is_whole(self) -> bool:
        """Whether each of its files is as it should be: what failed was writing, then."""
        return _succeeds(self._read_all)

    def _read_all(self) -> None:
        self.check()
        verify(self.generations.index_path(self.opened().name))

    def stand_in(self, broken: str | None) -> bool:
        """Puts back what this process has in memory, or its spare; or else makes an older generation the live one.

        What changed since is taken in after that.
        """
        with suppress(OSError), locked(self.generations.write_lock, 1.0) as got:
            if got and self.generations.current() in (None, broken) and (name := self._whole(broken)):
                self.generations.switch(name)
                self.generations.remove(broken)
        return self.usable()

    def _whole(self, broken: str | None) -> str | None:
        opened = self.in_memory()
        copies = [(opened.files, opened.state)] if opened and broken in (None, opened.name) else []
        for files, state in (*copies, *self._spare):
            with suppress(BrokenIndexError, OSError):
                return self._copied(files, state)
        for name in self.generations.others(broken):
            with suppress(BrokenIndexError):
                self.generations.state(name)
                verify(self.generations.index_path(name))
                return name
        return None

    def keep_a_spare(self) -> None:
        """A copy that has no name, so that nobody can damage it: for when the live files are damaged where they lie."""
        opened = self.opened()
        same = self._spare and self._spare[0][1] == opened.state
        if opened.name == self._spare_of and (same or time.monotonic() < self._spare_until):
            return
        with locked(self.generations.rebuild_lock, 0) as got:
            if got:
                self.generations.clean(opened.name, *self.generations.others(opened.name)[:1])
                self._spare_of, self._spare_until = opened.name, time.monotonic() + SPARE_SECONDS
                name = self._copied(opened.files, opened.state)
                try:
                    self._spare = [(HeldFiles(self.generations.index_path(name)), opened.state)]
                finally:
                    self.generations.remove(name)

    def _copied(self, files: HeldFiles, state: State) -> str:
        name = self.generations.begin()
        try:
            files.copy_to(self.generations.index_path(name))
            self.generations.set_state(name, state)
        except BaseException:
            self.generations.remove(name)
            raise
        return name


def _succeeds(work: Callable[[], object]) -> bool:
    try:
        work()
    except BaseException as error:
        if not is_index_error(error):
            raise
        return False
    return True


def _searchable(path: Path) -> Index:
    index = index_at(path)
    index.reload()
    return index

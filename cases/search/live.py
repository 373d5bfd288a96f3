"""The generation that is served now, open in this process."""

import os
import time
from dataclasses import dataclass, field

from tantivy import Index

from cases.search.files import Stamps, stamps, touched, verify
from cases.search.generations import BrokenIndexError, Generations, State, locked
from cases.search.guarded import is_index_error
from cases.search.writing import index_at


@dataclass(slots=True)
class Opened:
    """A generation with what it held at the last look."""

    name: str
    index: Index
    state: State
    process: int
    stamps: Stamps = field(repr=False)


class Live:
    """Not safe to share between threads: who uses it takes care of that."""

    def __init__(self, generations: Generations) -> None:
        self.generations = generations
        self._opened: Opened | None = None

    def opened(self) -> Opened:
        """The live generation, at the state it has now. Raises `BrokenIndexError` when that cannot be searched."""
        for last_time in (False, False, True):
            name = self.generations.current()
            if name is None:
                break
            state = self.generations.state(name)
            opened = self._opened
            try:
                if opened is None or opened.name != name or opened.process != os.getpid():
                    opened = self._open(name, state)
                elif opened.state != state:
                    opened.index.reload()
                    opened.state, opened.stamps = state, stamps(self.generations.index_path(name))
                elif touched(opened.stamps):
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
        opened = Opened(name, index_at(path), state, os.getpid(), stamps(path))
        opened.index.reload()
        return opened

    def in_memory(self) -> Opened | None:
        """What this process has open, whatever became of its files; None when reading on would be dangerous."""
        opened = self._opened
        if opened is None or opened.process != os.getpid() or touched(opened.stamps):
            return None
        return opened

    def close(self) -> None:
        """It turned out to be damaged."""
        self._opened = None

    def usable(self) -> bool:
        """Whether there is an index to search in."""
        try:
            self.opened()
        except BaseException as error:
            if not is_index_error(error):
                raise
            return False
        return True

    def stand_in(self, broken: str | None) -> bool:
        """Makes another generation that is whole the live one: an older index at once, and what changed since soon after."""
        for name in self.generations.others(broken):
            try:
                self.generations.state(name)
                verify(self.generations.index_path(name))
            except BrokenIndexError:
                continue
            with locked(self.generations.write_lock, 1.0) as got:
                if got and self.generations.current() in (None, broken):
                    self.generations.switch(name)
            return self.usable()
        return False

"""The index on disk: one directory per generation, a file that names the live one, and locks between processes.

    root/<label>/CURRENT            the name of the live generation
    root/<label>/rebuild.lock       held while a generation is built
    root/<label>/write.lock         held while the live generation changes
    root/<label>/follow.lock        held by the process that keeps the index up to date for all others
    root/<label>/<name>/STATE       the version of the content that the generation holds
    root/<label>/<name>/index/      the files of the search engine

The label stands for the format (`schema.label`), so processes of an older and a newer release never fight over one index.
"""

import fcntl
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

STALE_FORMAT_SECONDS = 24 * 3600


class BrokenIndexError(Exception):
    """The files of the index are missing or damaged."""


UNREADABLE = (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
"""What reading a small file of the index may raise, whatever somebody or something wrote in it."""


@dataclass(frozen=True, slots=True)
class State:
    """Which changes a generation holds: all up to `version`; and beyond a gap, that is filled meanwhile, the newest."""

    version: int
    """All changes up to this one."""
    surplus: int = 0
    """Cases in the index minus cases counted by the source when it was built: 0, or else the source's own habit."""
    beyond: tuple[int, int] | None = None
    """All changes after the first number up to the second one too."""

    @property
    def newest(self) -> int:
        """The last change that it holds."""
        return self.beyond[1] if self.beyond else self.version

    def with_gap(self, until: int) -> "State":
        """What changed up to there is filled in later; what changes after it at once."""
        return State(self.version, self.surplus, (until, until))

    def with_newest(self, upto: int) -> "State":
        """What changed after the newest is in."""
        return State(self.version, self.surplus, (self.beyond[0], upto)) if self.beyond else State(upto, self.surplus)

    def filled(self, upto: int) -> "State":
        """What changed first is in; perhaps the gap is closed with it."""
        if self.beyond and upto < self.beyond[0]:
            return State(upto, self.surplus, self.beyond)
        return State(self.newest if self.beyond else upto, self.surplus)


class Generations:
    """The directories of one format."""

    def __init__(self, root: Path, label: str) -> None:
        self.root = root
        self.home = root / label
        self.write_lock = self.home / "write.lock"
        self.rebuild_lock = self.home / "rebuild.lock"
        self.follow_lock = self.home / "follow.lock"

    def current(self) -> str | None:
        """The live generation, None when there is none."""
        try:
            name = (self.home / "CURRENT").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        is_ours = name.startswith("g-") and "/" not in name
        return name if is_ours and self.index_path(name).is_dir() else None

    def index_path(self, name: str) -> Path:
        """Where the search engine keeps its files."""
        return self.home / name / "index"

    def state(self, name: str) -> State:
        """What the generation holds. A state that cannot be read is a broken index."""
        try:
            values = json.loads((self.home / name / "STATE").read_bytes())
            beyond = values.get("beyond")
            if beyond is not None:
                after, upto = beyond
                beyond = int(after), int(upto)
            return State(int(values["version"]), int(values["surplus"]), beyond)
        except UNREADABLE as error:
            raise BrokenIndexError(f"state of {name}: {error}") from error

    def set_state(self, name: str, state: State) -> None:
        """To be called after the commit it tells of: dying in between only means doing the same work again."""
        _write(self.home / name / "STATE", json.dumps(asdict(state)).encode())

    def begin(self) -> str:
        """A new generation beside the live one."""
        name = f"g-{time.strftime('%Y%m%d%H%M%S')}-{uuid.uuid4().hex[:8]}"
        self.index_path(name).mkdir(parents=True)
        return name

    def others(self, name: str | None) -> list[str]:
        """Finished generations beside this one, the newest first; perhaps one can stand in for it."""
        found = (path.parent.name for path in self.home.glob("g-*/STATE"))
        return sorted((other for other in found if other != name), reverse=True)

    def switch(self, name: str) -> None:
        """Makes this generation the live one, at once for everybody."""
        _write(self.home / "CURRENT", name.encode())

    def remove(self, name: str | None) -> None:
        """What is damaged stands in nobody's way."""
        if name:
            shutil.rmtree(self.home / name, ignore_errors=True)

    def clean(self, *keep: str | None) -> None:
        """Removes what a killed rebuild left behind, generations before the previous one, and formats nobody uses."""
        for path in self.home.glob("g-*"):
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.root.glob("v*-*"):
            if path != self.home and path.is_dir() and _untouched_for(path) > STALE_FORMAT_SECONDS:
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def locked(lock: Path, wait: float) -> Iterator[bool]:
    """Gives whether the lock was got within so many seconds. The system lets go of it when the process dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield _acquire(handle, time.monotonic() + wait)
    finally:
        os.close(handle)


def _acquire(handle: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.01)


def _write(path: Path, content: bytes) -> None:
    """All or nothing, also when the power fails."""
    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _untouched_for(directory: Path) -> float:
    touched = [path.stat().st_mtime for path in (directory, *directory.glob("*"), *directory.glob("g-*/STATE"))]
    return time.time() - max(touched)

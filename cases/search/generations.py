"""The index on disk: one directory per generation, a file that names the live one, and locks between processes.

    root/<label>/CURRENT            the name of the live generation
    root/<label>/rebuild.lock       held while a generation is built
    root/<label>/write.lock         held while the live generation changes
    root/<label>/<name>/STATE       the version of the content that the generation holds
    root/<label>/<name>/index/      the files of the search engine

The label stands for the format (`schema.label`), so processes of an older and a newer release never fight over one index.
"""

import fcntl
import json
import os
import shutil
import struct
import time
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

STALE_FORMAT_SECONDS = 24 * 3600
FOOTER_MAGIC = 1337


class BrokenIndexError(Exception):
    """The files of the index are missing or damaged."""


@dataclass(frozen=True, slots=True)
class State:
    """What a generation holds."""

    version: int
    """The version of the content that it is at least as new as."""
    surplus: int = 0
    """Cases in the index minus cases counted by the source when it was built: 0, or else the source's own habit."""


class Generations:
    """The directories of one format."""

    def __init__(self, root: Path, label: str) -> None:
        self.root = root
        self.home = root / label
        self.write_lock = self.home / "write.lock"
        self.rebuild_lock = self.home / "rebuild.lock"

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
            return State(version=int(values["version"]), surplus=int(values["surplus"]))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BrokenIndexError(f"state of {name}: {error}") from error

    def state_age(self, name: str) -> float:
        """Seconds since the state was written."""
        try:
            return time.time() - (self.home / name / "STATE").stat().st_mtime
        except OSError:
            return 0.0

    def set_state(self, name: str, state: State) -> None:
        """To be called after the commit it tells of: dying in between only means doing the same work again."""
        _write(self.home / name / "STATE", json.dumps(asdict(state)).encode())

    def begin(self) -> str:
        """A new generation beside the live one."""
        name = f"g-{time.strftime('%Y%m%d%H%M%S')}-{uuid.uuid4().hex[:8]}"
        self.index_path(name).mkdir(parents=True)
        return name

    def switch(self, name: str) -> None:
        """Makes this generation the live one, at once for everybody."""
        _write(self.home / "CURRENT", name.encode())

    def clean(self, *keep: str | None) -> None:
        """Removes what a killed rebuild left behind, generations before the previous one, and formats nobody uses."""
        for path in self.home.glob("g-*"):
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.root.glob("v*-*"):
            if path != self.home and path.is_dir() and _untouched_for(path) > STALE_FORMAT_SECONDS:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def locked(self, lock: Path, wait: float) -> Iterator[bool]:
        """Gives whether the lock was got within so many seconds. The system lets go of it when the process dies."""
        self.home.mkdir(parents=True, exist_ok=True)
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


def verify(index_path: Path) -> None:
    """Checks every file of the live segments against the checksum at its end; a damaged file could crash the process."""
    try:
        meta = json.loads((index_path / "meta.json").read_bytes())
        segments = [segment["segment_id"].replace("-", "") for segment in meta["segments"]]
        files = [path for path in index_path.iterdir() if path.name.split(".")[0] in segments]
        whole = {path.name.split(".")[0] for path in files if path.suffix == ".store"}
        if whole != set(segments):
            raise BrokenIndexError("files are missing")
        for path in files:
            _verify_file(path)
    except FileNotFoundError as error:
        raise BrokenIndexError(str(error)) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError, struct.error) as error:
        raise BrokenIndexError(f"{index_path}: {error}") from error


def _verify_file(path: Path) -> None:
    content = path.read_bytes()
    length, magic = struct.unpack("<II", content[-8:])
    footer = json.loads(content[-8 - length : -8])
    if magic != FOOTER_MAGIC or zlib.crc32(memoryview(content)[: -8 - length]) != footer["crc"]:
        raise BrokenIndexError(f"{path.name} is damaged")

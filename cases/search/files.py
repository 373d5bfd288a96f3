"""The files of the search engine: whether they are whole, whether somebody touched them since, and how to put them back."""

import json
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from cases.search.generations import UNREADABLE, BrokenIndexError

FOOTER_MAGIC = 1337
MOST_FOOTER = 4096
PIECE = 1 << 20
PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
"""The files of a segment; with a list of what was removed from it, when something was."""

Stamp = tuple[int, int, int]
"""The number of a file on the disk, its size and when it was written."""


class HeldFiles:
    """The files of the live segments, held open: they can still be read when somebody removed them, or put others there.

    The engine writes each of them once and never touches it again.
    """

    def __init__(self, index_path: Path) -> None:
        self._held: dict[str, tuple[int, Stamp]] = {}
        try:
            self._meta = (index_path / "meta.json").read_bytes()
            for path in _files(index_path, self._meta):
                descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                self._held[path.name] = descriptor, _stamp(descriptor)
        except UNREADABLE as error:
            raise BrokenIndexError(f"{index_path}: {error}") from error

    def __del__(self) -> None:
        for descriptor, _ in self._held.values():
            os.close(descriptor)

    def touched(self) -> bool:
        """Whether one was changed where it lies. A process that has such a file in memory dies when it reads on."""
        return any(_stamp(descriptor) != then for descriptor, then in self._held.values())

    def replaced_by(self, others: "HeldFiles") -> bool:
        """Whether these, just opened, are not the same files; but what the engine needs no longer may be gone."""
        return any(
            _segment(name) in others.segments and not name.endswith(".del") and others.stamps.get(name) != stamp
            for name, stamp in self.stamps.items()
        )

    @property
    def segments(self) -> set[str]:
        """Their names."""
        return {_segment(name) for name in self._held}

    @property
    def stamps(self) -> dict[str, Stamp]:
        """Of each file."""
        return {name: stamp for name, (_, stamp) in self._held.items()}

    def copy_to(self, index_path: Path) -> None:
        """The same index in an empty directory."""
        for name, (descriptor, _) in self._held.items():
            with (index_path / name).open("wb") as copy:
                while piece := os.pread(descriptor, PIECE, copy.tell()):
                    copy.write(piece)
        (index_path / "meta.json").write_bytes(self._meta)
        verify(index_path)


def verify(index_path: Path) -> None:
    """Checks every file of the live segments against the checksum at its end; a damaged file could crash the process."""
    try:
        for path in _files(index_path, (index_path / "meta.json").read_bytes()):
            _verify_file(path)
    except FileNotFoundError as error:
        raise BrokenIndexError(str(error)) from error
    except (*UNREADABLE, struct.error) as error:
        raise BrokenIndexError(f"{index_path}: {error}") from error


def clear_what_failed(index_path: Path) -> None:
    """Removes what a write left that failed halfway: the engine would meet it at the next attempt, each time again.

    Only with the write lock.
    """
    try:
        meta = json.loads((index_path / "meta.json").read_bytes())
        segments = {segment["segment_id"].replace("-", ""): segment["deletes"] for segment in meta["segments"]}
        for path in index_path.iterdir():
            segment = _segment(path.name)
            deletes = segments.get(segment)
            old = path.suffix == ".del" and path.name != f"{segment}.{deletes and deletes['opstamp']}.del"
            if path.name.startswith(".tmp") or (len(segment) == 32 and (segment not in segments or old)):
                path.unlink(missing_ok=True)
    except UNREADABLE as error:
        raise BrokenIndexError(f"{index_path}: {error}") from error


def _stamp(descriptor: int) -> Stamp:
    """Thirty times in every request."""
    found = os.fstat(descriptor)
    return found.st_ino, found.st_size, found.st_mtime_ns


def _segment(name: str) -> str:
    return name.split(".")[0]


def _files(index_path: Path, meta: bytes) -> Iterator[Path]:
    """All that must be there."""
    for segment in json.loads(meta)["segments"]:
        name, deletes = segment["segment_id"].replace("-", ""), segment["deletes"]
        for part in (*PARTS, *([f"{deletes['opstamp']}.del"] if deletes else [])):
            yield index_path / f"{name}.{part}"


def _verify_file(path: Path) -> None:
    """Reads piece by piece: the files of very many cases are too large for the memory of a process that serves."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - MOST_FOOTER))
        end = file.read()
        length, magic = struct.unpack("<II", end[-8:])
        footer = json.loads(end[-8 - length : -8])
        file.seek(0)
        checksum, left = 0, size - 8 - length
        while left > 0 and (piece := file.read(min(PIECE, left))):
            checksum = zlib.crc32(piece, checksum)
            left -= len(piece)
    if magic != FOOTER_MAGIC or left or checksum != footer["crc"]:
        raise BrokenIndexError(f"{path.name} is damaged")

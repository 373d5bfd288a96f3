"""The files of the search engine: whether they are whole, and whether somebody touched them since."""

import json
import os
import struct
import zlib
from pathlib import Path

from cases.search.generations import UNREADABLE, BrokenIndexError

FOOTER_MAGIC = 1337
MOST_FOOTER = 4096
PIECE = 1 << 20

Stamps = dict[str, tuple[int, int, int]]
"""File -> its number on the disk, its size and when it was written."""


def verify(index_path: Path) -> None:
    """Checks every file of the live segments against the checksum at its end; a damaged file could crash the process."""
    try:
        files = _files(index_path)
        for path in files:
            _verify_file(path)
    except FileNotFoundError as error:
        raise BrokenIndexError(str(error)) from error
    except (*UNREADABLE, struct.error) as error:
        raise BrokenIndexError(f"{index_path}: {error}") from error


def stamps(index_path: Path) -> Stamps:
    """How the files of the live segments are now. The engine writes each of them once and never touches it again."""
    try:
        found = {str(path): _stamp(str(path)) for path in _files(index_path)}
    except UNREADABLE as error:
        raise BrokenIndexError(f"{index_path}: {error}") from error
    return {path: stamp for path, stamp in found.items() if stamp}


def touched(known: Stamps) -> bool:
    """Whether one was changed where it lies. A process that has such a file in memory dies when it reads on.

    A file that is gone, or another one in its place, does no harm: what is in memory stays there.
    """
    return any((now := _stamp(path)) and now != then and now[0] == then[0] for path, then in known.items())


def clear_what_failed(index_path: Path) -> None:
    """Removes what a write left that failed halfway: the engine would meet it at the next attempt, each time again.

    Only with the write lock.
    """
    try:
        meta = json.loads((index_path / "meta.json").read_bytes())
        segments = {segment["segment_id"].replace("-", ""): segment["deletes"] for segment in meta["segments"]}
        for path in index_path.iterdir():
            segment = path.name.split(".")[0]
            deletes = segments.get(segment)
            old = path.suffix == ".del" and path.name != f"{segment}.{deletes and deletes['opstamp']}.del"
            if path.name.startswith(".tmp") or (len(segment) == 32 and (segment not in segments or old)):
                path.unlink(missing_ok=True)
    except UNREADABLE as error:
        raise BrokenIndexError(f"{index_path}: {error}") from error


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116  thirty times in every request
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _files(index_path: Path) -> list[Path]:
    meta = json.loads((index_path / "meta.json").read_bytes())
    segments = {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
    files = [path for path in index_path.iterdir() if path.name.split(".")[0] in segments]
    if {path.name.split(".")[0] for path in files if path.suffix == ".store"} != segments:
        raise BrokenIndexError("files are missing")
    return files


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

"""A file as a response: sent in pieces while it is written, and not too many large ones at the same time."""

import threading
import weakref
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PIECE = 64 * 1024
"""Bytes sent at once: one line of a table each would cost more time than writing it."""
LARGE = 2_000
"""Rows from which on a file takes seconds, and keeps one of the threads of its process busy as long."""
LARGE_AT_ONCE = 2
"""Half of the threads of a process (`script/gunicorn_config.py`): pages are always served meanwhile."""

_places = threading.BoundedSemaphore(LARGE_AT_ONCE)


class TooBusyError(Exception):
    """This process is sending as many large files as it may."""


def file_response(
    name: str, extension: str, content: Iterable[str] | Iterable[bytes], *, rows: int = 0
) -> StreamingHttpResponse:
    """A download, written while it is sent. `rows`: how many there are about, when that may be LARGE.

    Raises TooBusyError. Nothing of the content is made when the response is not read, so one to HEAD costs nothing.
    """
    return StreamingHttpResponse(
        _Large(_pieces(content)) if rows >= LARGE else _pieces(content),
        content_type=CONTENT_TYPES[extension],
        headers={"Content-Disposition": f'attachment; filename="{name}.{extension}"'},
    )


def _pieces(content: Iterable[str] | Iterable[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    try:
        for part in content:
            data = part.encode() if isinstance(part, str) else part
            waiting.append(data)
            size += len(data)
            if size >= PIECE:
                yield b"".join(waiting)
                waiting, size = [], 0
    except Exception:
        yield b"".join(waiting)  # what was said about the mistake
        raise
    yield b"".join(waiting)


class _Large(Iterator[bytes]):
    """Keeps one of the places for large files until the response is closed, or forgotten."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        if not _places.acquire(blocking=False):
            raise TooBusyError
        self.close = weakref.finalize(self, _places.release)
        self._pieces = pieces

    def __next__(self) -> bytes:
        return next(self._pieces)

"""The content version during one request: read once, then the same for everything that asks.

Outside a request (a command, a test) each call reads the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from .models import ContentVersion


class Versions(NamedTuple):
    """Numbers of the last change: to anything, and to the vocabulary."""

    content: int
    vocabulary: int


_in_this_request: ContextVar[Versions | None] = ContextVar("content_versions", default=None)


def read_versions() -> Versions:
    """Ask the database (one query)."""
    row = ContentVersion.objects.filter(pk=1).values_list("number", "vocabulary_number").first()
    return Versions(*row) if row else Versions(0, 0)


def versions() -> Versions:
    """The versions this request works with, or the newest outside a request."""
    return _in_this_request.get() or read_versions()


@contextmanager
def one_version_per_request() -> Iterator[Versions]:
    """Everything within sees the same versions, read once."""
    found = read_versions()
    token = _in_this_request.set(found)
    try:
        yield found
    finally:
        _in_this_request.reset(token)


def forget_versions() -> None:
    """Something was just changed within this request: read again at the next question."""
    _in_this_request.set(None)

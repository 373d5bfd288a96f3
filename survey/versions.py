"""The content version during one request: read once, then the same for everything that asks.

Outside a request (a command, a test) each call reads the database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import RLock
from typing import Any, Generic, NamedTuple, TypeVar

from .models import ContentVersion

T = TypeVar("T")


class Versions(NamedTuple):
    """Numbers of the last change: to anything, and to anything but a case (the vocabulary, organisations, other pages)."""

    content: int
    beside_cases: int


_behind: ContextVar[bool] = ContextVar("answers_are_behind", default=False)
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
    token, behind = _in_this_request.set(found), _behind.set(False)
    try:
        yield found
    finally:
        _in_this_request.reset(token)
        _behind.reset(behind)


def forget_versions() -> None:
    """Something was just changed within this request: read again at the next question."""
    _in_this_request.set(None)


class kept(Generic[T]):  # noqa: N801  a decorator
    """For what is made of everything but cases: made once by each process, and again when any of that changed."""

    _all: "list[kept[Any]]" = []

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._making = RLock()
        self._made: tuple[int, T] | None = None
        kept._all.append(self)
        self.__doc__ = make.__doc__

    def __call__(self) -> T:
        """As it is now; no query when it did not change since it was made."""
        number = versions().beside_cases
        with self._making:
            if self._made is None or self._made[0] != number or number == 0:
                self._made = (number, self._make())
            return self._made[1]

    @classmethod
    def forget(cls) -> None:
        """Make everything anew at the next question: another database, or one that went back in time."""
        for one in cls._all:
            one._made = None


def tell_answers_are_behind() -> None:
    """What this request answers is made of older content than its version says: nobody may keep it."""
    _behind.set(True)


def answers_are_behind() -> bool:
    """Whether something in this request said so."""
    return _behind.get()

"""Tells errors of the index, which heal by building it anew, from errors of the source, which do not."""

from collections.abc import Callable, Collection, Iterator
from functools import wraps
from typing import ParamSpec, TypeVar

from cases.search.documents import CaseDocument, CaseSource, Changes
from cases.search.generations import BrokenIndexError

P = ParamSpec("P")
T = TypeVar("T")


class _SourceError(Exception):
    """Carries an error of the source past everything that handles errors of the index."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class GuardedSource:
    """A source whose errors cannot be taken for errors of the index."""

    def __init__(self, source: CaseSource) -> None:
        self._source = source

    def version(self) -> int:
        """See `CaseSource`."""
        return _guard(self._source.version)

    def newest_version(self) -> int:
        """See `CaseSource`."""
        return _guard(self._source.newest_version)

    def changes(self, after: int, most: int, until: int | None = None) -> Changes | None:
        """See `CaseSource`."""
        return _guard(lambda: self._source.changes(after, most, until))

    def before_last(self, most: int) -> int:
        """See `CaseSource`."""
        return _guard(lambda: self._source.before_last(most))

    def count(self) -> int:
        """See `CaseSource`."""
        return _guard(self._source.count)

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        """See `CaseSource`."""
        given = _guard(lambda: iter(self._source.documents(pks)))
        while (case := _guard(lambda: next(given, None))) is not None:
            yield case


def _guard(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except Exception as error:
        raise _SourceError(error) from error


def source_errors_as_they_are(function: Callable[P, T]) -> Callable[P, T]:
    """For the outer side: callers see the errors of their own source."""

    @wraps(function)
    def unwrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except _SourceError as carried:
            raise carried.error from carried.__cause__

    return unwrapped


def is_index_error(error: BaseException) -> bool:
    """The engine raises ValueError and OSError, and on files it did not expect it panics, outside of `Exception`."""
    return isinstance(error, BrokenIndexError | OSError | ValueError) or type(error).__name__ == "PanicException"

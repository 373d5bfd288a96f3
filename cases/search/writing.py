"""Opens the files of the search engine, and writes to them with care."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tantivy import Index, IndexWriter

from cases.search import schema
from cases.search.analysis import ANALYZER, PARTS_ANALYZER, analyzer, parts_analyzer


def index_at(path: Path) -> Index:
    """The index in this directory, made when there is none. It reloads only when told."""
    index = Index(schema.schema(), path=str(path))
    index.register_tokenizer(ANALYZER, analyzer())
    index.register_tokenizer(PARTS_ANALYZER, parts_analyzer())
    index.config_reader("manual")
    return index


@contextmanager
def writing(index: Index, heap: int) -> Iterator[IndexWriter]:
    """Leaves the index as it was when something fails, and always lets go of the engine's own lock."""
    writer = index.writer(heap, 1)
    try:
        yield writer
    except BaseException:
        with suppress(Exception):
            writer.rollback()
        raise
    finally:
        with suppress(Exception):
            writer.wait_merging_threads()

"""Makes a generation from the source, and takes changes in."""

from collections.abc import Callable, Collection

from tantivy import Index

from cases.search import schema
from cases.search.files import clear_what_failed
from cases.search.generations import Generations, State, locked
from cases.search.guarded import GuardedSource
from cases.search.writing import index_at, writing

AT_ONCE = 200
"""Changes that a reader takes in; more than that is for the helper."""
LAST_FEW = 50
"""Of more than that, a reader takes in only these."""
PIECE = 400
"""Changes that the helper takes in before readers see them and others may write."""
BATCH = 2000
"""Cases that a rebuild writes before it waits for the engine: else these are kept in memory by the ten thousand."""
HEAP = 32_000_000
REBUILD_WAIT = 60.0
"""How long a reader waits for another process that builds the very first index."""


def take_in(
    generations: Generations, source: GuardedSource, index: Index, name: str, pks: Collection[int], newer: State
) -> None:
    """Reads these cases again. Only with the write lock, or in a generation that is not live yet."""
    if pks:
        clear_what_failed(generations.index_path(name))
        with writing(index, HEAP) as writer:
            for pk in pks:
                writer.delete_documents_by_term("pk", pk)
            for case in source.documents(pks):
                writer.add_document(schema.to_index(case))
            writer.commit()
            generations.set_state(name, newer)
    else:
        generations.set_state(name, newer)


def build(generations: Generations, source: GuardedSource, progress: Callable[[int], None] | None = None) -> int:
    """Only with the rebuild lock. Reading and catching up of the live generation go on meanwhile.

    Gives the number of cases; `progress` is told how many are done.
    """
    before = generations.current()
    generations.clean(before, *generations.others(before)[:1])
    name = generations.begin()
    index = index_at(generations.index_path(name))
    version, counted, added = source.newest_version(), source.count(), 0
    with writing(index, HEAP) as writer:
        for added, case in enumerate(source.documents(None), start=1):
            writer.add_document(schema.to_index(case))
            if added % BATCH == 0:
                writer.commit()
            if progress is not None:
                progress(added)
        writer.commit()
    changes = source.changes(version, 1)
    unchanged = changes is not None and not changes.pks
    state = State(version, added - counted if unchanged else 0)
    generations.set_state(name, state)
    state = _follow_up(generations, source, index, name, state, AT_ONCE)
    with locked(generations.write_lock, REBUILD_WAIT):
        # What changed while it was built comes along, so that the switch never takes readers back in time.
        _follow_up(generations, source, index, name, state, 0)
        generations.switch(name)
    generations.clean(before, name)
    return added


def _follow_up(
    generations: Generations, source: GuardedSource, index: Index, name: str, state: State, leave: int
) -> State:
    """Takes in what changed meanwhile, but for the last few changes."""
    while (changes := source.changes(state.version, PIECE)) and (changes.left or len(changes.pks) > leave):
        state = state.filled(changes.upto)
        take_in(generations, source, index, name, changes.pks, state)
    if changes is None:  # everything may have changed meanwhile: as many cases are read again as there are
        state = state.with_gap(source.newest_version())
        generations.set_state(name, state)
    elif not leave:
        state = state.filled(changes.upto)
        generations.set_state(name, state)
    return state

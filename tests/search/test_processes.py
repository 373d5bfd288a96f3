"""Real processes on one index: publishing, reading, rebuilding and dying at the same time."""

import multiprocessing
import os
import signal
import time
from multiprocessing.synchronize import Event
from pathlib import Path

from cases.search.engine import search
from cases.search.index import CaseIndex
from cases.search.questions import Question

from .sources import FileSource, case

spawn = multiprocessing.get_context("spawn")


def _all(index: CaseIndex, text: str = "") -> list[int]:
    return search(index, Question(text), ["sector"]).all_pks()


def _fresh(folder: Path) -> CaseIndex:
    return CaseIndex(folder / "index", FileSource(folder / "content.sqlite"))


def publish_and_look(folder: Path, first: int, number: int, go: Event) -> None:
    """Publishes case after case and finds each of them at once."""
    index = _fresh(folder)
    source = FileSource(folder / "content.sqlite")
    go.wait(20)
    for pk in range(first, first + number):
        source.publish(case(pk, f"Eigenwoord{pk}"))
        assert _all(index, f"eigenwoord{pk}") == [pk], pk


def look_around(folder: Path, stop: Event, go: Event) -> None:
    """Reads all the time; what was once there never goes away."""
    index = _fresh(folder)
    go.wait(20)
    before: set[int] = set()
    while not stop.is_set():
        now = set(_all(index))
        assert before <= now
        before = now


def rebuild_for_ever(folder: Path, begun: Event) -> None:
    index = _fresh(folder)

    def progress(number: int) -> None:
        if number > 50:
            begun.set()
            time.sleep(0.01)

    while True:
        index.rebuild(progress)


def test_two_processes_publish_while_others_read_and_rebuild(tmp_path: Path) -> None:
    FileSource(tmp_path / "content.sqlite").publish(*(case(pk) for pk in range(1, 60)))
    go, stop, begun = spawn.Event(), spawn.Event(), spawn.Event()
    writers = [spawn.Process(target=publish_and_look, args=(tmp_path, first, 12, go)) for first in (1000, 2000)]
    reader = spawn.Process(target=look_around, args=(tmp_path, stop, go))
    builder = spawn.Process(target=rebuild_for_ever, args=(tmp_path, begun), daemon=True)
    for process in (*writers, reader, builder):
        process.start()
    try:
        assert begun.wait(30)
        go.set()
        for process in writers:
            process.join(60)
        stop.set()
        reader.join(30)
        assert [process.exitcode for process in (*writers, reader)] == [0, 0, 0]
    finally:
        stop.set()
        builder.kill()
        builder.join(10)
    assert len(_all(_fresh(tmp_path))) == 59 + 24


def die_in_catch_up(folder: Path) -> None:
    """Takes the lock, writes half and is killed."""
    index = _fresh(folder)
    index.searcher()
    source = FileSource(folder / "content.sqlite")
    source.publish(*(case(pk, "Half") for pk in range(500, 520)))
    index.generations.set_state = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    index.searcher()


def test_kill_9_in_the_middle_of_a_rebuild_loses_nothing(tmp_path: Path) -> None:
    FileSource(tmp_path / "content.sqlite").publish(*(case(pk) for pk in range(1, 80)))
    index = _fresh(tmp_path)
    assert len(_all(index)) == 79
    begun = spawn.Event()
    builder = spawn.Process(target=rebuild_for_ever, args=(tmp_path, begun), daemon=True)
    builder.start()
    assert begun.wait(30)
    builder.kill()
    builder.join(10)
    assert len(_all(index)) == len(_all(_fresh(tmp_path))) == 79
    assert index.rebuild() == 79
    assert len(list(index.generations.home.glob("g-*"))) == 2


def test_kill_9_in_the_middle_of_catching_up_loses_nothing(tmp_path: Path) -> None:
    FileSource(tmp_path / "content.sqlite").publish(case(1))
    index = _fresh(tmp_path)
    assert _all(index) == [1]
    process = spawn.Process(target=die_in_catch_up, args=(tmp_path,))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert len(_all(index)) == len(_all(_fresh(tmp_path))) == 21


def test_all_processes_that_start_without_an_index_get_one(tmp_path: Path) -> None:
    FileSource(tmp_path / "content.sqlite").publish(*(case(pk) for pk in range(1, 40)))
    go = spawn.Event()
    starters = [spawn.Process(target=publish_and_look, args=(tmp_path, first, 1, go)) for first in (100, 200, 300)]
    for process in starters:
        process.start()
    go.set()
    for process in starters:
        process.join(60)
    assert [process.exitcode for process in starters] == [0, 0, 0]
    assert len(_all(_fresh(tmp_path))) == 42

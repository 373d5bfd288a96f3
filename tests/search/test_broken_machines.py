"""What a machine does to an index in use: files cut where they lie, a full disk, death at any moment."""

import errno
import logging
import multiprocessing
import os
import random
import resource
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from cases.search import building, schema
from cases.search import index as index_module
from cases.search.engine import search
from cases.search.guarded import is_index_error
from cases.search.index import CaseIndex, IndexUnavailableError
from cases.search.questions import Question

from .sources import FileSource, MemorySource, case

fork = multiprocessing.get_context("fork")


def index_of(folder: Path, **helper: Any) -> CaseIndex:
    return CaseIndex(folder / "index", FileSource(folder / "content.sqlite"), **helper)


def found(index: CaseIndex, text: str = "") -> list[int]:
    return sorted(search(index, Question(text), ["sector"]).all_pks())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    FileSource(tmp_path / "content.sqlite").publish(
        *(case(pk, f"Dijk {pk}", body="water " * 400) for pk in range(1, 41))
    )
    index_of(tmp_path).catch_up()
    return tmp_path


def answering(folder: Path, pipe: "Connection[Any, Any]") -> None:
    """A process that serves, and leaves what is damaged to a helper that never comes."""
    index = index_of(folder, call_helper=lambda: None)
    while (text := pipe.recv()) is not None:
        pipe.send(found(index, text))


def test_files_that_are_cut_where_they_lie_kill_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process dies of reading on where its file ended (SIGBUS); so it looks first."""
    monkeypatch.setattr(index_module, "HELP_WAIT", 0.1)
    ours, theirs = fork.Pipe()
    process = fork.Process(target=answering, args=(folder, theirs))
    process.start()
    ours.send("dijk")
    assert len(ours.recv()) == 40
    generation = folder.glob("index/*/g-*/index/*")
    for path in generation:
        if path.suffix in (".store", ".idx", ".fast", ".term"):
            os.truncate(path, 10)
    ours.send("dijk")
    try:
        assert len(ours.recv()) == 40
        ours.send(None)
    finally:
        process.join(20)
    assert process.exitcode == 0


def on_a_full_disk(folder: Path, room: int) -> None:
    """No file may grow beyond so many bytes: writing fails at another point each time. Then there is room again."""
    source = MemorySource(*(case(pk, f"Dijk {pk}", body="water " * 400) for pk in range(1, 41)))
    index = CaseIndex(folder / "index", source)
    assert len(found(index)) == 40
    source.publish(case(1, "Sluis"), case(41, "Sluis", body="haven " * 400))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    assert len(found(index)) in (40, 41)
    for attempt in (index.catch_up, index.rebuild):
        try:
            attempt()
        except Exception as error:  # noqa: BLE001  whatever it is, readers must not notice
            assert is_index_error(error) or isinstance(error, IndexUnavailableError)
        assert len(found(index)) in (40, 41)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    index._patient_until = 0.0
    assert found(index, "sluis") == [1, 41]
    assert index.rebuild() == 41
    assert len(list(index.generations.home.glob("g-*"))) <= 2
    assert not list(index.generations.home.rglob("*.new"))


@pytest.mark.parametrize("room", [0, 3000])
def test_a_full_disk_keeps_nobody_from_reading_and_leaves_nothing_behind(tmp_path: Path, room: int) -> None:
    process = fork.Process(target=on_a_full_disk, args=(tmp_path, room))
    process.start()
    process.join(60)
    assert process.exitcode == 0


def work_for_ever(folder: Path) -> None:
    """Everything that writes, one after the other."""
    index, source, pk = index_of(folder), FileSource(folder / "content.sqlite"), 1000
    while True:
        pk += 1
        source.publish(case(pk, "Sluis"))
        index.catch_up()
        source.publish(*(case(number, "Haven") for number in range(1, 11)))
        found(index)
        index.rebuild()


def test_death_at_any_moment_loses_nothing(folder: Path) -> None:
    chance, source = random.Random(5), FileSource(folder / "content.sqlite")
    reader = index_of(folder)
    for _round in range(4):
        process = fork.Process(target=work_for_ever, args=(folder,))
        process.start()
        time.sleep(chance.uniform(0.05, 0.4))
        process.kill()
        process.join(20)
        assert process.exitcode == -signal.SIGKILL
        everything = sorted(document.pk for document in source.documents(None))
        assert found(reader) == found(index_of(folder)) == everything
    reader.rebuild()
    assert len(list(reader.generations.home.glob("g-*"))) == 2


@pytest.fixture
def indexed(tmp_path: Path) -> tuple[CaseIndex, MemorySource]:
    source = MemorySource(*(case(pk, "Dijk") for pk in range(1, 31)))
    index = CaseIndex(tmp_path / "index", source)
    index.rebuild()
    return index, source


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_an_index_that_cannot_be_written_still_serves(
    indexed: tuple[CaseIndex, MemorySource], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    index, source = indexed
    source.publish(case(1, "Nieuw"))
    with monkeypatch.context() as disk, caplog.at_level(logging.ERROR):
        disk.setattr(building, "writing", no_space)
        assert len(found(index, "dijk")) == 30
    assert "could not be caught up" in caplog.text
    index._patient_until = 0.0
    assert found(index, "nieuw") == [1]


def test_a_failure_to_write_takes_no_index_away(
    indexed: tuple[CaseIndex, MemorySource], monkeypatch: pytest.MonkeyPatch
) -> None:
    index, source = indexed
    source.publish(case(31, "Haven"))
    index.rebuild()
    before = index.generations.current()
    source.publish(case(32, "Sluis"))
    with monkeypatch.context() as disk:
        disk.setattr(building, "writing", no_space)
        with pytest.raises(OSError, match="No space"):
            index.catch_up()
    assert index.generations.current() == before
    assert (found(index, "haven"), found(index, "sluis")) == ([31], [32])


def test_ten_rebuilds_leave_two_generations_and_no_open_files(indexed: tuple[CaseIndex, MemorySource]) -> None:
    helper, source = indexed
    reader = CaseIndex(helper.generations.root, source)

    def open_files() -> int:
        maps = Path("/proc/self/maps").read_text().splitlines()
        return len(list(Path("/proc/self/fd").iterdir())) + len({line.split()[-1] for line in maps if "g-2" in line})

    found(reader)
    before = open_files()
    for number in range(10):
        source.publish(case(31, f"Haven{number}"))
        helper.rebuild()
        assert found(reader, f"haven{number}") == [31]
    assert open_files() <= before + 8
    home = reader.generations.home
    assert len(list(home.glob("g-*"))) == 2
    assert {path.name for path in home.iterdir() if path.is_file()} == {"CURRENT", "rebuild.lock", "write.lock"}
    assert home.name == schema.label()

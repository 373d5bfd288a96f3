"""The index can be thrown away, damaged or left behind: it comes back by itself."""

import fcntl
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from cases.search import generations, schema
from cases.search import index as index_module
from cases.search.documents import CaseDocument
from cases.search.engine import search
from cases.search.index import CaseIndex, IndexUnavailableError
from cases.search.questions import Question

from .sources import MemorySource, case


@pytest.fixture
def source() -> MemorySource:
    return MemorySource(*(case(pk, f"Dijk {pk}", body="Een lang verhaal over water. " * 20) for pk in range(1, 31)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def found(index: CaseIndex, text: str = "dijk") -> list[int]:
    return search(index, Question(text, sort="titel"), ["sector"]).all_pks()


def live(root: Path) -> Path:
    home = root / schema.label()
    return home / (home / "CURRENT").read_text()


def segment_files(root: Path, suffix: str) -> list[Path]:
    return sorted((live(root) / "index").glob(f"*{suffix}"))


def remove_everything(root: Path) -> None:
    shutil.rmtree(root)


def remove_current(root: Path) -> None:
    (root / schema.label() / "CURRENT").unlink()


def nonsense_in_current(root: Path) -> None:
    (root / schema.label() / "CURRENT").write_bytes(b"\xff\x00../../etc")


def remove_state(root: Path) -> None:
    (live(root) / "STATE").unlink()


def empty_state(root: Path) -> None:
    (live(root) / "STATE").write_text("")


def nonsense_in_state(root: Path) -> None:
    (live(root) / "STATE").write_text('{"version": null, "surplus": []}')


def a_number_without_end_in_state(root: Path) -> None:
    (live(root) / "STATE").write_text('{"version": 1e999, "surplus": 0}')


def brackets_only_in_meta(root: Path) -> None:
    (live(root) / "index" / "meta.json").write_text("[" * 100_000)


def empty_meta(root: Path) -> None:
    (live(root) / "index" / "meta.json").write_text("")


def other_meta(root: Path) -> None:
    (live(root) / "index" / "meta.json").write_text('{"segments": [1]}')


def remove_a_file(root: Path) -> None:
    segment_files(root, ".store")[0].unlink()


def remove_all_files(root: Path) -> None:
    for path in (live(root) / "index").iterdir():
        path.unlink()


def flip_a_bit(root: Path) -> None:
    for suffix in (".idx", ".store", ".term", ".fast"):
        path = segment_files(root, suffix)[0]
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 0x10
        path.unlink()
        path.write_bytes(content)


def cut_a_file(root: Path) -> None:
    path = segment_files(root, ".idx")[0]
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])


DAMAGE = [
    remove_everything,
    remove_current,
    nonsense_in_current,
    remove_state,
    empty_state,
    nonsense_in_state,
    a_number_without_end_in_state,
    brackets_only_in_meta,
    empty_meta,
    other_meta,
    remove_a_file,
    remove_all_files,
    flip_a_bit,
    cut_a_file,
]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("publish", [False, True], ids=["quiet", "publishing"])
def test_any_damage_heals(root: Path, source: MemorySource, damage: Callable[[Path], None], publish: bool) -> None:
    running = CaseIndex(root, source)
    assert len(found(running)) == 30
    damage(root)
    if publish:
        source.publish(case(31, "Dijk 31"))
    assert len(found(CaseIndex(root, source))) == 30 + publish
    assert len(found(running)) == 30 + publish


def test_a_change_shows_at_once_in_every_index_on_the_folder(root: Path, source: MemorySource) -> None:
    one, other = CaseIndex(root, source), CaseIndex(root, source)
    found(one), found(other)
    source.publish(case(1, "Heel nieuw"))
    assert found(one, "nieuw") == [1]
    assert found(other, "nieuw") == [1]
    source.unpublish(1, 2)
    assert 1 not in found(other)
    assert found(one, "nieuw") == []
    assert len(found(one)) == 28


def test_only_what_changed_is_read(root: Path, source: MemorySource) -> None:
    index = CaseIndex(root, source)
    found(index)
    source.publish(case(7, "Nieuw"), case(8, "Nieuw"))
    source.read.clear()
    assert len(found(index, "nieuw")) == 2
    found(index)
    assert source.read == [{7, 8}]


def test_a_change_log_that_does_not_reach_back_means_building_anew(root: Path, source: MemorySource) -> None:
    index = CaseIndex(root, source)
    before = found(index) and live(root)
    source.publish(case(1, "Nieuw"))
    source.forgot_before = source.number
    assert found(index, "nieuw") == [1]
    assert live(root) != before


def test_a_crash_between_commit_and_state_only_repeats_work(
    root: Path, source: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = CaseIndex(root, source)
    found(index)
    source.publish(case(1, "Nieuw"))
    with monkeypatch.context() as crash:
        crash.setattr(index.generations, "set_state", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            found(index)
    assert found(CaseIndex(root, source), "nieuw") == [1]
    assert len(found(index)) == 29


def test_changes_nobody_told_of_are_noticed_at_the_next_change(root: Path, source: MemorySource) -> None:
    index = CaseIndex(root, source)
    found(index)
    del source.cases[5]
    source.publish(case(1, "Nieuw"))
    assert 5 not in found(index)


def test_a_replaced_database_gets_a_new_index(root: Path, source: MemorySource) -> None:
    index = CaseIndex(root, source)
    source.number = 50
    found(index)
    state = live(root) / "STATE"
    os.utime(state, (state.stat().st_atime, state.stat().st_mtime - 60))
    restored = MemorySource(case(1, "Dijk van vroeger"))
    assert found(CaseIndex(root, restored)) == [1]


def test_an_older_format_is_left_alone_and_cleaned_up_later(
    root: Path, source: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = CaseIndex(root, source)
    found(old)
    old_home = root / schema.label()
    monkeypatch.setattr(schema, "FORMAT", schema.FORMAT + 1)
    new = CaseIndex(root, source)
    assert len(found(new)) == len(found(old)) == 30
    assert old_home.is_dir()
    monkeypatch.setattr(generations, "STALE_FORMAT_SECONDS", -1)
    new.rebuild()
    assert not old_home.exists()


def test_a_rebuild_keeps_the_previous_generation_for_its_readers(root: Path, source: MemorySource) -> None:
    index = CaseIndex(root, source)
    searcher = index.searcher()
    first = live(root)
    seen: list[int] = []
    assert CaseIndex(root, source).rebuild(seen.append) == 30
    assert seen == list(range(1, 31))
    assert first.is_dir()
    assert searcher.num_docs == 30
    CaseIndex(root, source).rebuild()
    assert not first.exists()
    assert searcher.num_docs == 30
    assert len(found(index)) == 30
    assert len(list((root / schema.label()).glob("g-*"))) == 2


def test_readers_are_served_while_another_process_writes(
    root: Path, source: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "LOCK_WAIT", 0.05)
    index = CaseIndex(root, source)
    found(index)
    source.publish(case(1, "Nieuw"))
    with index.generations.write_lock.open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert found(index, "nieuw") == []
        assert len(found(index)) == 30
    assert index.catch_up()
    assert found(index, "nieuw") == [1]


def test_no_index_and_no_way_to_make_one_is_said(tmp_path: Path, source: MemorySource) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    with pytest.raises(IndexUnavailableError):
        CaseIndex(tmp_path / "index", source).searcher()


class BrokenSource(MemorySource):
    """Fails halfway."""

    def documents(self, pks: Collection[int] | None) -> Iterator[CaseDocument]:
        yield case(1)
        raise ValueError("the database went away")


def test_errors_of_the_source_are_its_own_and_leave_the_index_as_it_was(root: Path, source: MemorySource) -> None:
    found(CaseIndex(root, source))
    before = live(root)
    broken = BrokenSource(*source.cases.values())
    broken.publish(case(1, "Nieuw"))
    index = CaseIndex(root, broken)
    for read in (index.searcher, index.catch_up, index.rebuild):
        with pytest.raises(ValueError, match="went away"):
            read()
    assert live(root) == before
    source.number = broken.number
    source.log[1] = source.number
    assert len(found(CaseIndex(root, source))) == 30

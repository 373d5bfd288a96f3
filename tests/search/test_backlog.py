"""Very many changes, or a damaged index: readers are served meanwhile, and what is published then is found at once."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from cases.search import building
from cases.search import index as index_module
from cases.search.engine import search
from cases.search.generations import locked
from cases.search.index import CaseIndex, IndexUnavailableError
from cases.search.questions import Question

from .sources import MemorySource, case


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few is many."""
    for module in (building, index_module):
        monkeypatch.setattr(module, "AT_ONCE", 3)
        monkeypatch.setattr(module, "LAST_FEW", 1)
        monkeypatch.setattr(module, "PIECE", 4)
    monkeypatch.setattr(index_module, "BREATH", 0.0)


@pytest.fixture
def source() -> MemorySource:
    return MemorySource(*(case(pk, f"Dijk {pk}") for pk in range(1, 31)))


class Reader(CaseIndex):
    """As in a process that serves: there is a helper to call. Remembers what it was told."""

    def __init__(self, root: Path, source: MemorySource) -> None:
        self.told: list[str] = []
        super().__init__(root, source, lambda: self.told.append("help"), lambda: self.told.append("behind"))

    def found(self, text: str = "dijk") -> list[int]:
        self.told.clear()
        return sorted(search(self, Question(text), ["sector"]).all_pks())


@pytest.fixture
def reader(tmp_path: Path, source: MemorySource) -> Reader:
    CaseIndex(tmp_path / "index", source).rebuild()
    return Reader(tmp_path / "index", source)


@pytest.fixture
def helper(reader: Reader, source: MemorySource) -> CaseIndex:
    """The process that takes in everything."""
    return CaseIndex(reader.generations.root, source)


def publish(source: MemorySource, number: int, word: str) -> None:
    source.publish(*(case(pk, word) for pk in range(1, number + 1)))


def live(index: CaseIndex) -> Path:
    return index.generations.home / str(index.generations.current())


def test_few_changes_are_found_at_once_and_nobody_is_called(reader: Reader, source: MemorySource) -> None:
    publish(source, 3, "Sluis")
    assert reader.found("sluis") == [1, 2, 3]
    assert reader.told == []


def test_very_many_changes_keep_no_reader_waiting(reader: Reader, helper: CaseIndex, source: MemorySource) -> None:
    publish(source, 12, "Sluis")
    source.read.clear()
    assert reader.found("sluis") == [12]
    assert reader.told == ["help", "behind"]
    assert source.read == [{12}], "only the last one, that may just have been published"
    assert helper.catch_up()
    assert len(reader.found("sluis")) == 12
    assert reader.told == []


def test_what_is_published_meanwhile_is_found_at_once(reader: Reader, helper: CaseIndex, source: MemorySource) -> None:
    publish(source, 12, "Sluis")
    reader.found()
    source.publish(case(31, "Haven"))
    assert reader.found("haven") == [31]
    assert reader.told == ["behind"], "help was called a moment ago"
    source.unpublish(31)
    assert reader.found("haven") == []
    source.publish(case(12, "Haven"))
    assert reader.found("haven") == [12]
    assert helper.catch_up()
    assert (len(reader.found("sluis")), reader.found("haven"), reader.told) == (11, [12], [])


def test_very_many_changes_on_top_of_very_many(reader: Reader, helper: CaseIndex, source: MemorySource) -> None:
    publish(source, 12, "Sluis")
    reader.found()
    source.publish(case(31, "Haven"))
    reader.found()
    publish(source, 9, "Kade")
    assert reader.found("haven") == [31]
    assert helper.catch_up()
    assert (len(reader.found("sluis")), len(reader.found("kade")), reader.found("haven")) == (3, 9, [31])


def test_pieces_come_in_the_order_of_the_changes_and_readers_see_them(
    reader: Reader, helper: CaseIndex, source: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = live(reader)
    publish(source, 12, "Sluis")
    seen: list[list[int]] = []
    monkeypatch.setattr("cases.search.index.time.sleep", lambda seconds: seen.append(reader.found("sluis")))
    assert helper.catch_up()
    first, second, *_, last = seen
    assert (first, second, last) == ([1, 2, 3, 4, 12], [*range(1, 9), 12], [*range(1, 13)])
    assert live(reader) == before, "nothing was built anew"


def test_a_helper_that_dies_halfway_goes_on_where_it_was(
    reader: Reader, helper: CaseIndex, source: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(source, 12, "Sluis")

    def die(seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as death:
        death.setattr("cases.search.index.time.sleep", die)
        with pytest.raises(KeyboardInterrupt):
            helper.catch_up()
    source.read.clear()
    assert CaseIndex(helper.generations.root, source).catch_up()
    assert source.read == [{5, 6, 7, 8}, {9, 10, 11}, {12}]


def test_when_most_cases_changed_building_anew_is_quicker(
    reader: Reader, helper: CaseIndex, source: MemorySource
) -> None:
    before = live(reader)
    publish(source, 25, "Sluis")
    assert helper.catch_up()
    assert len(reader.found("sluis")) == 25
    assert live(reader) != before


def test_when_nobody_knows_what_changed_readers_go_on_with_what_there_is(
    reader: Reader, helper: CaseIndex, source: MemorySource
) -> None:
    source.publish(case(1, "Sluis"))
    source.forgot_before = source.number
    assert (len(reader.found()), reader.told) == (30, ["help", "behind"])
    source.publish(case(31, "Haven"))
    assert reader.found("haven") == [31]
    assert helper.catch_up()
    assert (reader.found("sluis"), reader.found("haven"), reader.told) == ([1], [31], [])


def test_no_help_is_called_while_somebody_follows(reader: Reader, helper: CaseIndex, source: MemorySource) -> None:
    publish(source, 12, "Sluis")
    with helper.following() as got:
        assert got
        reader.found()
        assert reader.told == ["behind"]


def forget_which_is_live(home: Path) -> None:
    (home / "CURRENT").unlink()


def break_the_live_one(home: Path) -> None:
    next((home / (home / "CURRENT").read_text() / "index").glob("*.store")).unlink()


def lose_its_state(home: Path) -> None:
    (home / (home / "CURRENT").read_text() / "STATE").write_text("{")


@pytest.mark.parametrize(
    "damage", [forget_which_is_live, break_the_live_one, lose_its_state], ids=lambda damage: damage.__name__
)
def test_an_older_generation_stands_in_at_once(
    reader: Reader, helper: CaseIndex, source: MemorySource, damage: Callable[[Path], None]
) -> None:
    source.publish(case(31, "Haven"))
    helper.rebuild()
    source.publish(case(32, "Haven"))
    helper.catch_up()
    damage(reader.generations.home)
    source.read.clear()
    newcomer = Reader(reader.generations.root, source)
    assert newcomer.found("haven") == [31, 32]
    assert None not in source.read, "nothing was built anew"


def test_what_is_removed_is_put_back_and_what_is_published_then_is_found_at_once(
    reader: Reader, source: MemorySource
) -> None:
    assert len(reader.found()) == 30
    source.read.clear()
    for number in range(3):
        shutil.rmtree(reader.generations.root)
        source.publish(case(31, f"Haven{number}"))
        assert reader.found(f"haven{number}") == [31]
    assert source.read == [{31}] * 3, "nothing was built anew"


def test_a_reader_goes_on_with_what_it_has_in_memory_when_nothing_can_be_put_back(
    reader: Reader, helper: CaseIndex, source: MemorySource
) -> None:
    assert len(reader.found()) == 30
    shutil.rmtree(reader.generations.root)
    reader.generations.root.write_text("a file where the folder should be")
    source.read.clear()
    assert len(reader.found()) == 30
    assert "behind" in reader.told
    assert source.read == []
    reader.generations.root.unlink()
    source.publish(case(31, "Haven"))
    assert helper.catch_up()
    assert (reader.found("haven"), reader.told) == ([31], [])


def damage_everything_in_place(home: Path) -> None:
    for path in home.rglob("*"):
        if path.is_file():
            os.truncate(path, path.stat().st_size // 2)


def replace_a_file(home: Path, pattern: str = "*.idx") -> None:
    path = next((home / (home / "CURRENT").read_text() / "index").glob(pattern))
    path.unlink()
    path.write_text("something else")


@pytest.mark.parametrize(
    "damage", [damage_everything_in_place, replace_a_file, partial(replace_a_file, pattern="meta.json")]
)
def test_who_follows_has_a_spare_that_nobody_can_damage(
    reader: Reader, helper: CaseIndex, source: MemorySource, damage: Callable[[Path], None]
) -> None:
    helper.catch_up()
    helper.keep_a_spare()
    source.publish(case(31, "Haven"))
    helper.catch_up()
    for _ in range(2):
        damage(reader.generations.home)
        source.read.clear()
        assert helper.catch_up()
        helper.keep_a_spare()
        assert None not in source.read, "nothing was built anew"
        assert (reader.found("haven"), len(reader.found())) == ([31], 30)
    assert len(list(reader.generations.home.glob("g-*"))) <= 2, "the spare is not to be seen"


def test_a_reader_without_anything_waits_a_moment_and_says_so(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "HELP_WAIT", 0.1)
    damage_everything_in_place(reader.generations.home)
    with locked(reader.generations.rebuild_lock, 0), pytest.raises(IndexUnavailableError):
        reader.searcher()
    monkeypatch.setattr(reader, "_in_vain_until", 0.0)
    assert len(reader.found()) == 30


def test_a_folder_that_cannot_be_written_is_read_and_followed_again_when_it_can(
    reader: Reader, helper: CaseIndex, source: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as fixed:
        fixed.setattr("cases.search.live.os.access", lambda path, mode: False)
        assert len(reader.found()) == 30
        assert getattr(reader.live.in_memory(), "from_a_copy", False), "the engine reads from no such folder"
    source.publish(case(31, "Haven"))
    helper.catch_up()
    with monkeypatch.context() as fixed:
        fixed.setattr("cases.search.live.os.access", lambda path, mode: False)
        assert reader.found("haven") == [31], "who may write took it in"
    source.publish(case(32, "Sluis"))
    assert reader.found("sluis") == [32]


@pytest.mark.parametrize("pattern", ["*.idx", "*.term", "*.fast"])
def test_who_begins_to_follow_mends_what_is_missing(reader: Reader, helper: CaseIndex, pattern: str) -> None:
    next(live(reader).rglob(pattern)).unlink()
    helper.keep_a_spare()
    assert helper.catch_up()
    assert len(reader.found()) == 30

"""Paging shows every case exactly once, in the same order as the export."""

from collections.abc import Callable

import pytest

from cases.search.questions import Question, Sort

from .conftest import Ask
from .sources import case

CASES = [
    case(pk, f"{'Dijk ' * (pk % 3 + 1)}", body="dijk " * (pk % 4), first_published_ordinal=pk // 7, sort_title="dijk")
    for pk in range(1, 61)
]


@pytest.mark.parametrize("sort", ["relevantie", "nieuwste", "titel"])
@pytest.mark.parametrize("text", ["", "dijk", "dijken bos"])
def test_the_pages_together_are_the_whole_result(ask: Callable[..., Ask], sort: Sort, text: str) -> None:
    question = ask(*CASES)
    whole = question(text, sort=sort).all_pks()
    pages = [question(text, sort=sort, page=page, page_size=7) for page in range(1, 11)]
    assert [hit.pk for page in pages for hit in page.hits] == whole
    assert sorted(whole) == [case.pk for case in CASES]


def test_newest_and_title_order(ask: Callable[..., Ask]) -> None:
    question = ask(
        case(1, "Ávila", first_published_ordinal=3),
        case(2, "“Bos”", first_published_ordinal=-4),
        case(3, "aarde", first_published_ordinal=10**15),
        case(4, "Zee", sort_title="Aa", first_published_ordinal=3),
    )
    assert question(sort="titel").all_pks() == [4, 3, 1, 2]
    assert question(sort="nieuwste").all_pks() == [3, 4, 1, 2]


def test_a_page_after_the_last_is_empty(ask: Callable[..., Ask]) -> None:
    found = ask(*CASES)("dijk", page=100)
    assert (found.hits, found.total) == ((), 60)


def test_without_a_case_there_is_an_empty_answer(ask: Callable[..., Ask]) -> None:
    found = ask()("dijk", params=["sector"])
    assert (found.total, found.all_pks(), found.counts) == (0, [], {"sector": {}})


def test_a_question_is_checked() -> None:
    with pytest.raises(ValueError, match="page"):
        Question(page=0)
    with pytest.raises(ValueError, match="sort"):
        Question(sort="oudste")  # type: ignore[arg-type]

"""Nothing that can be typed is an error."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.search.engine import search
from cases.search.index import CaseIndex
from cases.search.questions import Question

from .sources import MemorySource, case


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseIndex]:
    texts = (
        "Dijk en sensor",
        "AND OR NOT",
        "title:dijk",
        "1 + 1 = 2",
        "C++ en C#",
        "“Aanhaling”",
        "日本語",
        "naïef ß İ",
    )
    yield CaseIndex(tmp_path_factory.mktemp("index"), MemorySource(*(case(pk, text) for pk, text in enumerate(texts))))


typed = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["AND", "OR", "NOT", '"', "“", "(", ")", "*", "~2", "^3", "title:", "dijk", "[a TO b]", "\0", "\\"]
        )
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=typed, slug=st.text(max_size=20))
@example(text="\0", slug="\0")
@example(text='"', slug=":")
@example(text='"a" "b" "c d" "', slug="a:b")
@example(text="\ud800", slug="\ud800".encode("utf-8", "replace").decode())
@example(text="🙂👩‍👩‍👧", slug="")
@example(text="dijk " * 2000, slug="x" * 5000)
@example(text="x" * 10_000, slug="x")
@example(text=" ".join(f"woord{n}" for n in range(900)), slug="x")
def test_any_text_has_an_answer(index: CaseIndex, text: str, slug: str) -> None:
    for choices in ({}, {"sector": (slug,)}):
        found = search(index, Question(text, choices), ["sector"])
        assert found.total == len(found.all_pks())
        assert len(found.hits) == min(found.total, 20)


def test_a_long_text_takes_no_long_time(index: CaseIndex) -> None:
    search(index, Question("dijk"), ())
    begin = time.perf_counter()
    search(index, Question(" ".join(f"dijk{n}" for n in range(3000))), ())
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize("text", ["AND", "title:dijk", "C++", "日本語", "NAIEF"])
def test_signs_of_a_query_language_are_just_text(index: CaseIndex, text: str) -> None:
    assert search(index, Question(text), ()).total

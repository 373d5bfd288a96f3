"""Counts, checked against counting by hand."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.search.engine import search
from cases.search.index import CaseIndex
from cases.search.questions import Question

from .conftest import Ask
from .sources import MemorySource, case

WORDS = ("dijk", "sensor", "burger", "wet")
SLUGS = ("een", "twee", "drie")
PARAMS = ("sector", "factor", "land")
texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
facets = st.fixed_dictionaries({param: st.lists(st.sampled_from(SLUGS), unique=True).map(tuple) for param in PARAMS})


@settings(max_examples=25, deadline=None)
@given(
    contents=st.lists(st.tuples(texts, facets), min_size=1, max_size=12),
    questions=st.lists(st.tuples(st.sampled_from(("", *WORDS)), facets), min_size=6, max_size=6),
)
def test_a_count_tells_what_a_click_gives(
    contents: list[tuple[str, dict[str, tuple[str, ...]]]], questions: list[tuple[str, dict[str, tuple[str, ...]]]]
) -> None:
    cases = [case(pk, "Titel", body=text, facets=chosen) for pk, (text, chosen) in enumerate(contents, start=1)]

    def by_hand(text: str, choices: dict[str, tuple[str, ...]]) -> set[int]:
        return {
            one.pk
            for one in cases
            if (not text or text in one.body.split())
            and all(set(slugs) & set(one.facets[param]) for param, slugs in choices.items() if slugs)
        }

    with TemporaryDirectory() as folder:
        index = CaseIndex(Path(folder), MemorySource(*cases))
        for text, choices in questions:
            found = search(index, Question(text, choices), PARAMS)
            assert set(found.all_pks()) == by_hand(text, choices)
            assert found.total == len(by_hand(text, choices))
            for param in PARAMS:
                clicks = {slug: len(by_hand(text, {**choices, param: (slug,)})) for slug in SLUGS}
                assert found.counts[param] == {slug: number for slug, number in clicks.items() if number}


def test_counts_hold_when_part_of_the_words_is_enough(ask: Callable[..., Ask]) -> None:
    question = ask(
        case(1, "Sensor in de dijk", facets={"sector": ("een",)}),
        case(2, "Sensor", facets={"sector": ("een",)}),
        case(3, "Sensor", facets={"sector": ("twee",)}),
        *(case(pk, "Dijk", facets={"sector": ("drie",)}) for pk in range(10, 16)),
    )
    found = question("sensor dijk", params=["sector"])
    assert found.loosened
    for slug, number in found.counts["sector"].items():
        assert question("sensor dijk", params=["sector"], choices={"sector": (slug,)}).total == number


def test_without_a_hit_it_tells_which_choice_hides_how_many(ask: Callable[..., Ask]) -> None:
    question = ask(
        case(1, "Dijk", facets={"sector": ("een",), "land": ("twee",)}),
        case(2, "Dijk", facets={"sector": ("een",)}),
        case(3, "Bos", facets={"sector": ("twee",), "land": ("een",)}),
    )
    found = question("dijk", choices={"sector": ("een",), "land": ("een",)})
    assert found.total == 0
    assert found.without_each_choice == {("land", "een"): 2}
    found = question("dijk", choices={"sector": ("twee",), "land": ("een", "drie")})
    assert found.without_each_choice == {"q": 1}
    found = question("dijk", choices={"sector": ("een",), "land": ("een", "drie")})
    assert found.without_each_choice == {("land", ""): 2}


def test_thousands_of_values_are_all_counted(ask: Callable[..., Ask]) -> None:
    cases = [case(pk, facets={"factor": tuple(f"waarde-{pk}-{n}" for n in range(30))}) for pk in range(100)]
    assert len(ask(*cases)(params=["factor"]).counts["factor"]) == 3000

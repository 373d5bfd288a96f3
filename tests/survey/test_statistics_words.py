"""Frequent words and pairs of words: counted by organisation, and never from a few."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.statistics.words import FLOOR, frequent_words, words_of


def answers(*texts: str | None) -> "pd.Series[str]":
    return pd.Series(list(texts), dtype="object").astype("category")


def test_words_lose_what_only_holds_a_sentence_together() -> None:
    assert words_of("De gemeente heeft 3 NIEUWE drone's en een e-loket; ideeën, ide\u0301e!") == {
        "gemeente", "drone's", "e-loket", "ideeën", "idée",
    }  # fmt: skip


def test_a_word_counts_organisations_and_not_how_often_they_use_it() -> None:
    found = frequent_words([answers(*["drone drone Drone"] * 10, *["robot robot"] * 9, None, "")])
    assert found.words == (("drone", 10),)


def test_an_organisation_counts_once_over_all_open_questions() -> None:
    first = answers(*["drone"] * 6, *[None] * 6)
    second = answers(*["drone"] * 6, *["robot"] * 6)
    assert frequent_words([first, second]).words == ()
    assert frequent_words([first, answers(*["robot"] * 6, *["drone"] * 6)]).words == (("drone", 12),)


@pytest.mark.parametrize("least", [0, 1, 9, 10])
def test_the_floor_can_not_be_lowered(least: int) -> None:
    assert frequent_words([answers(*["drone"] * 9)], least=least).words == ()


def test_the_threshold_can_be_raised() -> None:
    assert frequent_words([answers(*["drone"] * 19)], least=20).words == ()


def test_a_pair_needs_enough_that_use_both_and_enough_that_use_one_of_them() -> None:
    apart = [*["drone"] * 10, *["toezicht"] * 10]
    assert frequent_words([answers(*apart, *["drone toezicht"] * 10)]).pairs == (("drone", "toezicht", 10),)
    assert frequent_words([answers(*apart, *["drone toezicht"] * 9)]).pairs == ()
    assert frequent_words([answers(*apart[:-1], *["drone toezicht"] * 10)]).pairs == ()
    assert frequent_words([answers(*["drone toezicht"] * 30)]).pairs == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.sampled_from(["drone", "robot", "keten", "loket", "zorg"])), max_size=120))
def test_nothing_rests_on_less_than_ten(used: list[set[str]]) -> None:
    found = frequent_words([answers(*(" ".join(sorted(words)) for words in used))])
    counts = {word: sum(word in words for words in used) for word in set().union(*used)}
    assert dict(found.words) == {word: count for word, count in counts.items() if count >= FLOOR}
    expected = set()
    for pair in combinations(sorted(counts), 2):
        both = sum(set(pair) <= words for words in used)
        if min(both, *(counts[word] - both for word in pair)) >= FLOOR:
            expected.add((*pair, both))
    assert set(found.pairs) == expected


def test_words_that_hang_together_form_groups() -> None:
    texts = ["drone toezicht"] * 12 + ["drone"] * 12 + ["toezicht"] * 12
    texts += ["zorg robot"] * 12 + ["zorg loket"] * 12 + ["robot"] * 12 + ["loket"] * 12
    assert frequent_words([answers(*texts)]).clusters() == [["loket", "robot", "zorg"], ["drone", "toezicht"]]


def test_no_answers_give_no_words() -> None:
    for texts in ([], [answers()], [answers(None, "")], [answers("de het een")]):
        found = frequent_words(texts)
        assert (found.words, found.pairs, found.clusters()) == ((), (), [])

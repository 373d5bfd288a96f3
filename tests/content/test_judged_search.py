"""How good search is on real cases: the judged questions, and how far down each kind may go."""

from pathlib import Path

import pytest

from cases.models import CasePage
from cases.search_compared import our_search
from cases.search_judging import HALVES, KINDS, NO_ANSWER, RELEVANT, Judgement, ask, read_judgements, scores

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parents[1] / "judged" / "queries.yaml"
LEAST_OF_A_KIND, LEAST = 20, 500

#: Kind -> the lowest nDCG@10, the lowest share with a relevant case in the first three, the highest share without any case.
FLOORS = {
    "plain": (0.91, 0.97, 0.03),
    "typo": (0.88, 0.91, 0.05),
    "compound": (0.89, 0.94, 0.03),
    "inflection": (0.86, 0.95, 0.03),
    "synonym": (0.84, 0.89, 0.07),
    "phrase": (0.96, 0.97, 0.03),
    "minus": (0.95, 0.97, 0.03),
    "part": (0.95, 0.97, 0.03),
    "number": (0.96, 0.97, 0.03),
    "organisation": (0.94, 0.97, 0.03),
    "everyday": (0.68, 0.80, 0.03),
    "": (0.86, 0.92, 0.02),
}
#: The lowest share of the questions without an answer that rightly gives nothing.
RIGHTLY_NOTHING = 0.77


@pytest.fixture(scope="module")
def judgements() -> list[Judgement]:
    return read_judgements(FILE)


def test_every_judged_case_exists(judgements: list[Judgement]) -> None:
    published = set(CasePage.objects.published().values_list("slug", flat=True))
    unknown = {judgement.query: sorted(judgement.slugs - published) for judgement in judgements}
    assert not {query: slugs for query, slugs in unknown.items() if slugs}


def test_there_are_enough_questions_of_each_kind_in_both_halves(judgements: list[Judgement]) -> None:
    assert len(judgements) >= LEAST
    for kind in KINDS:
        halves = [judgement.half for judgement in judgements if judgement.kind == kind]
        assert len(halves) >= LEAST_OF_A_KIND, kind
        assert abs(halves.count(HALVES[0]) - halves.count(HALVES[1])) <= 1, kind


def test_a_third_of_the_cases_is_the_answer_to_some_question(judgements: list[Judgement]) -> None:
    right = {slug for judgement in judgements for slug, grade in judgement.grades.items() if grade >= RELEVANT}
    assert 3 * len(right) >= CasePage.objects.published().count()


def test_search_is_as_good_as_it_was(judgements: list[Judgement]) -> None:
    found = scores(ask(judgements, our_search()))
    measured = {kind: (score.ndcg, score.success, score.empty) for kind, score in found.items() if kind != NO_ANSWER}
    too_low = {
        KINDS.get(kind, "alle"): [f"{share:.3f}" for share in measured[kind]]
        for kind, (ndcg, success, empty) in FLOORS.items()
        if measured[kind][0] < ndcg or measured[kind][1] < success or measured[kind][2] > empty
    }
    assert not too_low
    assert found[NO_ANSWER].empty >= RIGHTLY_NOTHING

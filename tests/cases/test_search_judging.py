"""The measures of search against values worked out by hand, the file of judged questions, and the command."""

from math import log2
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from factories import make_case, make_organisation

from cases.models import CasePage
from cases.search_judging import Answer, Judgement, JudgementError, ask, ndcg, read_judgements, scores

GRADES = {"zand": 3, "klei": 2, "veen": 1}


def judged(query: str = "dijk", kind: str = "plain", half: str = "tune", **fields: object) -> Judgement:
    return Judgement(kind, query, half, **({"grades": GRADES} | fields))  # type: ignore[arg-type]


def written(folder: Path, text: str) -> Path:
    path = folder / "vragen.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# --- measures ------------------------------------------------------------------------------------
def test_the_best_order_is_worth_one() -> None:
    assert ndcg(["zand", "klei", "veen"], GRADES) == 1


def test_a_wrong_case_in_between_costs_as_much_as_worked_out_by_hand() -> None:
    best = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)
    assert ndcg(["zand", "rots", "veen"], GRADES) == pytest.approx((7 + 0 + 0.5) / best)


def test_the_best_case_lower_down_is_worth_less() -> None:
    assert ndcg(["rots", "zand"], {"zand": 3}) == pytest.approx(1 / log2(3))


def test_what_stands_below_the_tenth_place_is_worth_nothing() -> None:
    assert ndcg([*(f"rots-{number}" for number in range(10)), "zand"], GRADES) == 0


def test_more_than_ten_good_cases_can_still_be_found_perfectly() -> None:
    many = {f"zand-{number}": 2 for number in range(15)}
    assert ndcg(list(many)[:10], many) == 1


def test_a_case_that_only_touches_the_question_is_no_success() -> None:
    assert not Answer(judged(), ("veen", "rots")).success
    assert Answer(judged(), ("veen", "rots", "klei")).success
    assert not Answer(judged(), ("rots", "rots-2", "rots-3", "zand")).success


def test_a_case_that_was_shut_out_makes_the_answer_worth_nothing() -> None:
    answer = Answer(judged("dijk -rots", "minus", never=frozenset({"rots"})), ("zand", "klei", "veen", "rots"))
    assert (answer.ndcg, answer.success) == (0, False)


def test_an_error_is_worth_nothing_and_is_not_counted_as_finding_nothing() -> None:
    (answer,) = ask([judged()], lambda text: None)
    assert (answer.ndcg, answer.success, answer.empty, answer.failed) == (0, False, False, True)


def test_means_are_per_kind_and_per_half() -> None:
    answers = [
        Answer(judged("dijk"), ("zand", "klei", "veen")),
        Answer(judged("sloot", half="hold"), ()),
        Answer(judged("lasagne", "no-answer", grades={}), ()),
        Answer(judged("sushi", "no-answer", grades={}), ("rots",)),
    ]
    found = scores(answers)
    assert (found["plain"].queries, found["plain"].ndcg, found["plain"].success, found["plain"].empty) == (
        2,
        0.5,
        0.5,
        0.5,
    )
    assert found["plain"].ndcg_of_half == {"tune": 1, "hold": 0}
    assert (found["no-answer"].ndcg, found["no-answer"].empty) == (None, 0.5)
    assert (found[""].queries, found[""].ndcg) == (2, 0.5)


# --- the file ------------------------------------------------------------------------------------
def test_a_question_is_read_with_its_grades(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "minus:\n- {query: dijk -rots, half: hold, 3: [zand], 1: [klei, veen], never: [rots]}\n"
        "no-answer:\n- {query: lasagne, half: tune}\n",
    )
    assert read_judgements(path) == [
        Judgement("minus", "dijk -rots", "hold", {"zand": 3, "klei": 1, "veen": 1}, frozenset({"rots"})),
        Judgement("no-answer", "lasagne", "tune", {}),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- dijk", "begin met een soort vraag"),
        ("anders: []", "onbekende soort anders"),
        ("plain: [dijk", "geen leesbare YAML"),
        ("plain:\n- {query: 2010, half: tune, 3: [zand]}", "geen tekst is"),
        ("plain:\n- {query: dijk, half: heel, 3: [zand]}", "“dijk”: zet bij half: tune of hold"),
        ("plain:\n- {query: dijk, half: tune, 4: [zand]}", "“dijk”: 4 kan hier niet"),
        ("plain:\n- {query: dijk, half: tune, 3: [zand], never: [zand]}", "“dijk”: een casus staat er twee keer"),
        ("plain:\n- {query: dijk, half: tune}", "noem minstens één casus"),
        ("no-answer:\n- {query: dijk, half: tune, 3: [zand]}", "hier hoort geen casus bij"),
        (
            "plain:\n- {query: dijk, half: tune, 3: [zand]}\n- {query: Dijk, half: hold, 3: [klei]}",
            "“Dijk” staat er twee keer",
        ),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(JudgementError, match=r"vragen\.yaml") as caught:
        read_judgements(written(tmp_path, text))
    assert message in str(caught.value)


# --- the command ---------------------------------------------------------------------------------
QUESTIONS = """
plain:
- {query: dijk van zand, half: tune, 3: [dijk-van-zand]}
- {query: kwantumsloot, half: hold, 3: [weg, dijk-van-zand]}
organisation:
- {query: waterschap, half: tune, 3: [dijk-van-zand]}
"""


@pytest.mark.django_db
def test_the_table_has_a_line_for_each_kind_and_failures_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_case("Dijk van zand", slug="dijk-van-zand")
    call_command("judge_search", file=written(tmp_path, QUESTIONS), failures=True)
    output, warning = capsys.readouterr()
    lines = [line.split() for line in output.splitlines()]
    assert ["gewone", "woorden", "2", "0.500", "1.000", "0.000", "0.500", "0.500"] in lines
    assert "0.00  kwantumsloot" in output
    assert "kwam: niets" in output
    assert "Deze casussen uit vragen.yaml staan niet op deze site: weg." in warning


@pytest.mark.django_db
def test_wagtail_is_measured_on_the_same_texts_and_left_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_case("Dijk van zand", slug="dijk-van-zand", organisation=make_organisation("Waterschap Oost"))
    entries = apps.get_model("wagtailsearch", "IndexEntry").objects.values_list("object_id", "title", "body")
    before = list(entries.all()), CasePage.search_fields
    call_command("judge_search", file=written(tmp_path, QUESTIONS), compare=True)
    wagtail = capsys.readouterr().out.split("Zoeken van Wagtail")[1]
    assert ["organisaties", "1", "1.000", "1.000", "1.000", "0.000"] in [line.split() for line in wagtail.splitlines()]
    assert (list(entries.all()), CasePage.search_fields) == before


@pytest.mark.django_db
def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"niet te lezen: .*niets\.yaml"):
        call_command("judge_search", file=tmp_path / "niets.yaml")
    with pytest.raises(CommandError, match="Laad eerst de inhoud"):
        call_command("judge_search", file=written(tmp_path, QUESTIONS))

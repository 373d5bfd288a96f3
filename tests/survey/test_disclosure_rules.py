"""What a reader gets to see of groups, counts and scores: each rule of disclosure control with a small example."""

import re
from pathlib import Path

import numpy as np
import pytest
from django.test import override_settings

from survey.disclosure.release import release
from survey.disclosure.released import EVERYBODY, Group, Release, ReleasedScore, ReleasedShare
from survey.disclosure.rules import Rules
from survey.measures import OUTSIDE, Breakdown, Category, Measured, ScoreMeasure, ShareMeasure
from survey.models import Withheld

YES, NO = 0, 1


def by(scheme: str, sizes: dict[str, int], *, is_public: bool = True) -> Breakdown:
    """Respondents in the order of the groups, so many in each; "?" stands for an unknown group."""
    groups = tuple(name for name in sizes if name != "?")
    places = [groups.index(name) if name != "?" else OUTSIDE for name, size in sizes.items() for _ in range(size)]
    return Breakdown(scheme, groups, np.array(places, dtype=np.int8), is_public)


def asked(*answers: tuple[int, int], key: str = "vraag", shown: tuple[str, ...] = ("ja", "")) -> ShareMeasure:
    """Answers in the order of the respondents: (answer, how many gave it one after another)."""
    flat = [answer for answer, times in answers for _ in range(times)]
    categories = tuple(Category(f"{key}-{name}" if name else "") for name in shown)
    return ShareMeasure(key, categories, np.array(flat, dtype=np.int8))


def shown(released: Release, group: Group, indicator: str = "vraag-ja") -> ReleasedShare:
    return next(row for row in released.shares if (row.indicator, row.group) == (indicator, group))


def let_through(
    *breakdowns: Breakdown, shares: tuple[ShareMeasure, ...] = (), scores: tuple[ScoreMeasure, ...] = ()
) -> Release:
    return release(Measured(shares, scores, breakdowns))


def test_a_group_of_nine_shows_nothing_and_a_group_of_ten_shows_its_base() -> None:
    sectors = by("sector", {"a": 40, "b": 10, "c": 9, "d": 5})
    released = let_through(sectors, shares=(asked((YES, 20), (NO, 25), (YES, 10), (NO, 9)),))
    assert shown(released, Group("sector", "b")).n == 10
    few = shown(released, Group("sector", "c"))
    assert few.withheld == Withheld.FEW
    assert (few.n, few.count, few.at_least, few.at_most) == (None,) * 4
    assert shown(released, EVERYBODY).count == 30


def test_who_was_not_asked_or_does_not_know_does_not_count_for_the_base() -> None:
    sectors = by("sector", {"a": 30, "b": 30, "c": 12})
    question = asked((YES, 10), (NO, 20), (YES, 15), (NO, 15), (YES, 5), (NO, 4), (OUTSIDE, 3))
    released = let_through(sectors, shares=(question,))
    assert shown(released, Group("sector", "c")).withheld == Withheld.FEW


def test_four_and_three_hidden_organisations_cost_the_smallest_sector_too() -> None:
    """Otherwise the seven would be everybody minus all sectors that are shown."""
    sectors = by("sector", {"gemeenten": 40, "hoge-colleges": 4, "provincies": 3, "waterschappen": 12})
    released = let_through(sectors, shares=(asked((YES, 20), (NO, 20), (YES, 3), (NO, 4), (YES, 6), (NO, 6)),))
    assert shown(released, Group("sector", "waterschappen")).withheld == Withheld.PROTECTS
    assert shown(released, Group("sector", "gemeenten")).count == 20


def test_who_has_no_known_sector_is_hidden_too() -> None:
    sectors = by("sector", {"a": 40, "b": 20, "?": 4})
    released = let_through(sectors, shares=(asked((YES, 20), (NO, 20), (YES, 10), (NO, 14)),))
    assert shown(released, Group("sector", "b")).withheld == Withheld.PROTECTS


def test_a_sector_inside_a_cluster_may_not_leave_a_few_others() -> None:
    """Cluster of 18 minus the sector of 12 that lies in it: six organisations of another sector."""
    sectors = by("sector", {"gemeenschappelijk": 60, "waterschappen": 12, "gemeenten": 50})
    clusters = by("cluster", {"zorg": 54, "water": 18, "bestuur": 50})
    question = asked((YES, 30), (NO, 24), (YES, 3), (NO, 3), (YES, 6), (NO, 6), (YES, 25), (NO, 25))
    released = let_through(sectors, clusters, shares=(question,))
    water, sector = shown(released, Group("cluster", "water")), shown(released, Group("sector", "waterschappen"))
    assert Withheld.PROTECTS in (water.withheld, sector.withheld)
    alone = let_through(sectors, shares=(question,))
    assert shown(alone, Group("sector", "waterschappen")).count == 6


@pytest.mark.parametrize(("yes", "at_least", "at_most"), [(0, 0, 2), (2, 0, 2), (18, 18, 20), (20, 18, 20)])
def test_nearly_nobody_and_nearly_everybody_get_a_range(yes: int, at_least: int, at_most: int) -> None:
    sectors = by("sector", {"a": 20, "b": 40, "c": 40})
    released = let_through(sectors, shares=(asked((YES, yes), (NO, 20 - yes), (YES, 40), (NO, 40)),))
    own = shown(released, Group("sector", "a"))
    assert (own.n, own.count, own.at_least, own.at_most) == (20, None, at_least, at_most)


@pytest.mark.parametrize("yes", [3, 17])
def test_three_answers_are_given_as_they_are(yes: int) -> None:
    sectors = by("sector", {"a": 20, "b": 40})
    released = let_through(sectors, shares=(asked((YES, yes), (NO, 20 - yes), (YES, 20), (NO, 20)),))
    assert shown(released, Group("sector", "a")).count == yes


def test_a_range_does_not_follow_from_the_other_sectors() -> None:
    """Only one sector has a small count, so another sector has to keep silent about this answer."""
    sectors = by("sector", {"a": 20, "b": 40, "c": 30})
    question = asked((YES, 1), (NO, 19), (YES, 15), (NO, 25), (YES, 12), (NO, 18))
    rows = [shown(let_through(sectors, shares=(question,)), Group("sector", slug)) for slug in "abc"]
    assert (rows[0].at_least, rows[0].at_most) == (0, 2)
    assert [row.withheld for row in rows[1:]].count(Withheld.PROTECTS) == 1


def test_a_range_does_not_follow_from_the_other_answers() -> None:
    sectors = by("sector", {"a": 30, "b": 60})
    question = asked((0, 1), (1, 12), (2, 17), (0, 20), (1, 20), (2, 20), shown=("hielp", "neutraal", "hinderde"))
    released = let_through(sectors, shares=(question,))
    others = [shown(released, Group("sector", "a"), f"vraag-{name}") for name in ("neutraal", "hinderde")]
    assert Withheld.PROTECTS in {row.withheld for row in others}


def test_a_follow_up_does_not_give_away_the_count_of_the_question_before_it() -> None:
    """Nearly all of sector a innovated; how many were asked for the kind of innovation would tell how many exactly."""
    sectors = by("sector", {"a": 20, "b": 40, "c": 40})
    first = asked((YES, 19), (NO, 1), (YES, 30), (NO, 10), (YES, 38), (NO, 2), key="vernieuwd")
    answers = np.where(first.answers == YES, np.arange(100) % 2, OUTSIDE).astype(np.int8)
    follow_up = ShareMeasure("soort", (Category("soort-ja"), Category("")), answers)
    released = let_through(sectors, shares=(first, follow_up))
    assert shown(released, Group("sector", "a"), "vernieuwd-ja").at_least == 18
    assert shown(released, Group("sector", "a"), "soort-ja").withheld == Withheld.PROTECTS
    assert shown(released, EVERYBODY, "soort-ja").n == 87


@pytest.mark.parametrize("refused", [0, 1, 2])
@pytest.mark.parametrize("is_child_first", [False, True])
def test_a_follow_up_of_a_question_to_which_hardly_anybody_said_no_gives_nothing_away(
    refused: int, is_child_first: bool
) -> None:
    """The codebook tells that it is a follow-up; the answers themselves can't, where (nearly) everybody was asked."""
    sectors = by("sector", {"a": 20, "b": 20})
    first = asked((YES, 40 - refused), (NO, refused), key="vernieuwd")
    answers = np.where(first.answers == YES, np.arange(40) % 2, OUTSIDE).astype(np.int8)
    follow_up = ShareMeasure("soort", (Category("soort-ja"), Category("")), answers, after="vernieuwd")
    shares = (follow_up, first) if is_child_first else (first, follow_up)
    released = let_through(sectors, shares=shares)
    assert shown(released, EVERYBODY, "vernieuwd-ja").count is None
    for group in (EVERYBODY, Group("sector", "a"), Group("sector", "b")):
        assert shown(released, group, "soort-ja").n is None


def test_a_question_by_its_own_answers_is_left_out() -> None:
    climate = by("klimaat", {"beperkt": 30, "krachtig": 30}, is_public=False)
    question = ShareMeasure("klimaat", (Category("vraag-ja"), Category("vraag-nee")), climate.members)
    assert {row.group for row in let_through(climate, shares=(question,)).shares} == {EVERYBODY}


def scored(*scores: tuple[float, int]) -> ScoreMeasure:
    return ScoreMeasure("schaal", "schaal", np.array([score for score, times in scores for _ in range(times)]))


def score_of(released: Release, group: Group) -> ReleasedScore:
    return next(row for row in released.scores if row.group == group)


def test_scores_show_quartiles_from_twenty_and_tenths_from_fifty_organisations() -> None:
    sectors = by("sector", {"a": 50, "b": 49, "c": 20, "d": 19})
    values = np.random.default_rng(3).normal(3.5, 0.5, 138)
    released = let_through(sectors, scores=(ScoreMeasure("schaal", "schaal", values),))
    rows = [score_of(released, Group("sector", slug)) for slug in "abcd"]
    assert [row.median is not None for row in rows] == [True, True, True, False]
    assert [row.lower_tenth is not None for row in rows] == [True, False, False, False]
    assert rows[0].mean == pytest.approx(values[:50].mean())
    assert rows[0].deviation == pytest.approx(values[:50].std(ddof=1))
    quartiles = np.round(np.quantile(values[:50], [0.25, 0.5, 0.75]), 1)
    assert [rows[0].lower_quartile, rows[0].median, rows[0].upper_quartile] == pytest.approx(quartiles.tolist())
    assert [rows[0].lower_tenth, rows[0].upper_tenth] == pytest.approx(
        np.round(np.quantile(values[:50], [0.1, 0.9]), 1).tolist()
    )


def test_a_group_in_which_nearly_everybody_scores_the_same_shows_no_mean() -> None:
    sectors = by("sector", {"a": 20, "b": 20, "c": 30})
    released = let_through(sectors, scores=(scored((4, 18), (1, 2), *[(n / 10, 1) for n in range(10, 60)]),))
    same = score_of(released, Group("sector", "a"))
    assert (same.withheld, same.mean, same.n) == (Withheld.PROTECTS, None, None)


def test_a_mean_never_narrows_the_range_of_a_climate_group() -> None:
    """Fourteen courts between 4.4 and 5: so high a mean with so little spread proves that none has a limited climate."""
    courts = [4.4, 4.5, 4.5, 4.6, 4.6, 4.7, 4.7, 4.7, 4.8, 4.8, 4.8, 4.9, 4.9, 4.9]
    others = [2 + number % 31 / 10 for number in range(60)]
    sectors = by("sector", {"rechtswezen": 14, "gemeenten": 30, "rijk": 30})
    scores = np.array(courts + others)
    for edges, told in (((), True), ((3.6, 4.0), False)):
        released = let_through(sectors, scores=(ScoreMeasure("schaal", "schaal", scores, edges),))
        row = score_of(released, Group("sector", "rechtswezen"))
        assert (row.mean is not None) is told
    assert row.withheld == Withheld.PROTECTS
    # What is withheld can't be found from the mean of all and of the other groups either.
    assert sum(score_of(released, Group("sector", slug)).withheld is not None for slug in sectors.groups) >= 2
    assert score_of(released, EVERYBODY).mean is not None


def test_an_ordinary_spread_keeps_its_mean() -> None:
    scores = np.array([2 + number % 31 / 10 for number in range(60)])
    released = let_through(by("sector", {"a": 30, "b": 30}), scores=(ScoreMeasure("s", "s", scores, (3.6, 4.0)),))
    assert all(row.mean is not None for row in released.scores)


def test_a_score_never_tells_what_is_left_when_it_is_all_the_same() -> None:
    sectors = by("sector", {"a": 20, "b": 20, "c": 6, "d": 6})
    released = let_through(sectors, scores=(scored(*[(n / 10, 1) for n in range(10, 50)], (5, 12)),))
    assert [score_of(released, Group("sector", slug)).withheld is None for slug in "ab"].count(True) <= 1


def test_less_than_ten_respondents_in_all_show_nothing() -> None:
    released = let_through(by("sector", {"a": 9}), shares=(asked((YES, 5), (NO, 4)),), scores=(scored((1, 4), (3, 5)),))
    assert {row.withheld for row in (*released.shares, *released.scores)} == {Withheld.FEW}


def test_an_installation_can_ask_for_more_answers_but_never_for_less() -> None:
    with override_settings(DISCLOSURE_THRESHOLD=25):
        assert Rules.from_settings().least_answers == 25
        assert Rules.from_settings().quartiles_from == 50
    with override_settings(DISCLOSURE_THRESHOLD=2):
        assert Rules.from_settings() == Rules()
    for weaker in ({"least_answers": 9}, {"small_count": 2}, {"quartiles_from": 19}, {"tenths_from": 49}):
        with pytest.raises(ValueError, match=r"\d"):
            Rules(**weaker)


def test_more_answers_can_be_asked_for() -> None:
    sectors = by("sector", {"a": 40, "b": 20})
    with override_settings(DISCLOSURE_THRESHOLD=30):
        released = let_through(sectors, shares=(asked((YES, 20), (NO, 20), (YES, 10), (NO, 10)),))
    assert [shown(released, Group("sector", slug)).withheld for slug in "ab"] == [Withheld.PROTECTS, Withheld.FEW]


def test_there_is_one_door() -> None:
    """Only disclosure control makes released numbers."""
    project = Path(__file__).parents[2]
    for package in ("survey", "cases", "barometer_site"):
        for module in (project / package).rglob("*.py"):
            if "disclosure" not in module.parts:
                assert not re.search(r"\bReleased?(Share|Score)?\(", module.read_text()), module


def test_how_many_types_somebody_ticked_does_not_give_away_who_ticked_one_type() -> None:
    """Sector a has hardly any of type one; with the number of types of everybody that could be worked out."""
    sectors = by("sector", {"a": 20, "b": 60, "c": 60})
    chance = np.random.default_rng(5)
    ticked = [(chance.random(140) < 0.5).astype(np.int8) for _ in range(3)]
    ticked[0][:20] = [1, *[0] * 19]
    types = tuple(ShareMeasure(f"t{n}", (Category(""), Category(f"t{n}")), one) for n, one in enumerate(ticked))
    number = ShareMeasure("aantal", tuple(Category(f"aantal-{n}") for n in range(4)), sum(ticked).astype(np.int8))
    released = let_through(sectors, shares=(number, *types))
    assert shown(released, Group("sector", "a"), "t0").at_most == 2
    assert shown(released, Group("sector", "a"), "aantal-1").withheld == Withheld.PROTECTS
    assert shown(released, EVERYBODY, "aantal-1").count

"""Attackers against disclosure control: by trying every possible set of answers, by linear programming, by tau-Argus."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from survey.disclosure.audit import audit
from survey.disclosure.isolation import _program, isolated
from survey.disclosure.release import DisclosureError, release
from survey.disclosure.released import EVERYBODY, Group, Release
from survey.measures import OUTSIDE, Breakdown, Category, Measured, ScoreMeasure, ShareMeasure

slowly = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck), derandomize=True)


@st.composite
def surveys(draw: st.DrawFn, most: int = 60) -> Measured:
    """Small surveys: clusters nested in sectors but for a few, sizes, a private breakdown, unknown groups, no answers."""
    chance = np.random.default_rng(draw(st.integers(0, 10**6)))
    n = draw(st.integers(8, most))
    sector = chance.choice(4, n, p=chance.dirichlet([1.5] * 4))
    cluster = np.where(chance.random(n) < 0.85, sector, chance.integers(0, 5, n))
    size, climate = chance.integers(0, 3, n), chance.integers(0, 2, n)
    sector = np.where(chance.random(n) < draw(st.sampled_from([0, 0.1])), OUTSIDE, sector)
    breakdowns = tuple(
        Breakdown(scheme, tuple(f"{scheme}{place}" for place in range(groups)), members.astype(np.int8), is_public)
        for scheme, groups, members, is_public in (
            ("sector", 4, sector, True),
            ("cluster", 5, cluster, True),
            ("omvang", 3, size, True),
            ("klimaat", 2, climate, False),
        )[: draw(st.integers(1, 4))]
    )
    shares = []
    for key in range(draw(st.integers(1, 3))):
        width = draw(st.integers(2, 4))
        answers = chance.choice(width, n, p=chance.dirichlet([draw(st.sampled_from([0.3, 2.0]))] * width))
        answers = np.where(chance.random(n) < draw(st.sampled_from([0, 0.1])), OUTSIDE, answers).astype(np.int8)
        rest = draw(st.integers(0, 1))
        categories = tuple(Category(f"v{key}-{place}" if place >= rest else "") for place in range(width))
        shares.append(ShareMeasure(f"v{key}", categories, answers))
    scores = np.where(chance.random(n) < 0.1, np.nan, chance.integers(1, 6, n).astype(float))
    return Measured(tuple(shares), (ScoreMeasure("schaal", "schaal", scores),), breakdowns)


@slowly
@given(surveys())
def test_nothing_can_be_worked_out_of_any_survey(measured: Measured) -> None:
    assert audit(release(measured), measured) == []


@st.composite
def tiny_surveys(draw: st.DrawFn) -> Measured:
    """Few combinations, so that all sets of answers can be written out: two sectors or three, in two clusters."""
    sizes = draw(st.lists(st.integers(2, 14), min_size=3, max_size=5))
    sectors = [draw(st.integers(0, 2)) for _ in sizes]
    clusters = [draw(st.integers(0, 1)) for _ in sizes]
    yes = [draw(st.integers(0, size)) for size in sizes]
    members = [np.repeat(groups, sizes).astype(np.int8) for groups in (sectors, clusters)]
    answers = np.concatenate([np.arange(size) >= given for size, given in zip(sizes, yes, strict=True)]).astype(np.int8)
    return Measured(
        (ShareMeasure("v", (Category("ja"), Category("")), answers),),
        (),
        (Breakdown("sector", ("a", "b", "c"), members[0]), Breakdown("cluster", ("x", "y"), members[1])),
    )


def all_that_fits(released: Release, measured: Measured) -> tuple[NDArray[np.int64], dict[Group, NDArray[np.bool_]]]:
    """Every number of yes-sayers in each combination that agrees with what is released; and who is in each group."""
    codes = measured.breakdowns[0].members * 2 + measured.breakdowns[1].members
    combinations, sizes = np.unique(codes, return_counts=True)
    possible = np.array(list(product(*(range(size + 1) for size in sizes))))
    inside = {EVERYBODY: np.ones(len(sizes), dtype=bool)}
    for place, slug in enumerate("abc"):
        inside[Group("sector", slug)] = combinations // 2 == place
    for place, slug in enumerate("xy"):
        inside[Group("cluster", slug)] = combinations % 2 == place
    for row in released.shares:
        if row.withheld is None:
            sums = possible[:, inside[row.group]].sum(axis=1)
            low, high = (row.count, row.count) if row.count is not None else (row.at_least, row.at_most)
            possible = possible[(sums >= low) & (sums <= high)]
    return possible, inside


@settings(slowly, max_examples=150)
@given(tiny_surveys())
def test_who_tries_every_possible_set_of_answers_is_none_the_wiser(measured: Measured) -> None:
    released = release(measured)
    if all(row.withheld for row in released.shares):
        return
    possible, inside = all_that_fits(released, measured)
    codes = measured.breakdowns[0].members * 2 + measured.breakdowns[1].members
    _, sizes = np.unique(codes, return_counts=True)
    assert len(possible)
    # Of no combination of sector and cluster is it certain that all, or none, gave the answer.
    assert (possible.max(axis=0) > 0).all()
    assert (possible.min(axis=0) < sizes).all()
    for row in released.shares:
        sums = possible[:, inside[row.group]].sum(axis=1)
        n = int(sizes[inside[row.group]].sum())
        if row.withheld:
            assert sums.max() - sums.min() >= min(2, n), row
        elif row.count is None:
            assert (sums.min(), sums.max()) == (row.at_least, row.at_most), row
        else:
            assert n >= 10
            assert 3 <= row.count <= n - 3


def example() -> Measured:
    """Two nested breakdowns with a small count in one sector."""
    sector = np.repeat([0, 1, 2], [20, 40, 30]).astype(np.int8)
    answers = np.ones(90, dtype=np.int8)
    answers[[0, *range(20, 35), *range(60, 72)]] = 0
    question = ShareMeasure("v", (Category("ja"), Category("")), answers)
    scores = ScoreMeasure("schaal", "schaal", np.arange(90) % 5 + 1.0)
    return Measured((question,), (scores,), (Breakdown("sector", ("a", "b", "c"), sector),))


def test_the_audit_finds_a_cell_that_should_have_kept_silent() -> None:
    measured = example()
    released = release(measured)
    assert audit(released, measured) == []
    silent = [row for row in released.shares if row.withheld]
    assert len(silent) == 1
    place = "abc".index(silent[0].group.slug)
    inside = measured.breakdowns[0].members == place
    told = replace(
        silent[0], withheld=None, n=int(inside.sum()), count=int((measured.shares[0].answers[inside] == 0).sum())
    )
    leaky = replace(released, shares=tuple(told if row is silent[0] else row for row in released.shares))
    assert any("sector/a" in finding.text for finding in audit(leaky, measured))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"count": 1, "at_least": None, "at_most": None}, "precies"),
        ({"at_most": 1}, "bereik"),
        ({"n": 19}, "andere n"),
    ],
)
def test_the_audit_finds_a_number_that_tells_too_much(changes: dict[str, int | None], what: str) -> None:
    measured = example()
    released = release(measured)
    rows = tuple(replace(row, **changes) if row.group == Group("sector", "a") else row for row in released.shares)
    assert any(what in finding.text for finding in audit(replace(released, shares=rows), measured))


def test_the_audit_finds_scores_that_tell_too_much() -> None:
    measured = example()
    released = release(measured)
    for changes, what in (
        ({"lower_tenth": 1.0}, "uiterste"),
        ({"median": 3.25}, "precies"),
        ({"deviation": 0.0}, "hetzelfde"),
    ):
        rows = tuple(replace(row, **changes) if row.group.slug == "a" else row for row in released.scores)
        assert any(what in finding.text for finding in audit(replace(released, scores=rows), measured))


def test_the_audit_finds_groups_whose_difference_is_a_few() -> None:
    sector, cluster = np.repeat([0, 1], [12, 48]).astype(np.int8), np.repeat([0, 1], [18, 42]).astype(np.int8)
    answers = (np.arange(60) % 2).astype(np.int8)
    question = ShareMeasure("v", (Category("ja"), Category("")), answers)
    sectors, clusters = Breakdown("sector", ("a", "b"), sector), Breakdown("cluster", ("x", "y"), cluster)
    both = Measured((question,), (), (sectors, clusters))
    apart = [release(replace(both, breakdowns=(one,))) for one in both.breakdowns]
    together = Release(tuple(dict.fromkeys((*apart[0].shares, *apart[1].shares))), ())
    assert any("gaat over 6 organisaties" in finding.text for finding in audit(together, both))


def test_a_finding_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the engine that chooses what to withhold fails to do its work."""
    monkeypatch.setattr("survey.disclosure.release.cells_to_suppress", lambda puzzle: set())
    monkeypatch.setattr("survey.disclosure.release._less_and_less", lambda structure: [frozenset()])
    with pytest.raises(DisclosureError, match="sector/a"):
        release(example())


def by_trying(partitions: list[NDArray[np.int64]], sizes: NDArray[np.int64], fewest: int) -> bool:
    """All sums and differences of the groups, each at most once: is there one about less than `fewest`?"""
    tables = [np.array([labels == label for label in np.unique(labels)]).astype(int) for labels in partitions]
    groups = np.concatenate([np.ones((1, len(sizes)), dtype=int), *tables])
    signs = np.array(list(product((-1, 0, 1), repeat=len(groups))))
    told = (signs @ groups != 0) @ sizes
    return bool(((told > 0) & (told < fewest)).any())


@settings(slowly, max_examples=120)
@given(st.data())
def test_the_search_for_a_few_agrees_with_trying_every_sum(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 3))
    length = data.draw(st.integers(2, 7))
    partitions = [
        np.array(data.draw(st.lists(st.integers(0, 2), min_size=length, max_size=length))) for _ in range(rows)
    ]
    sizes = np.array(data.draw(st.lists(st.integers(1, 14), min_size=length, max_size=length)))
    assert bool(isolated(partitions, sizes, 10)) == by_trying(partitions, sizes, 10)


@slowly
@given(st.data())
def test_the_integer_program_agrees_with_the_lightest_cut(data: st.DataObject) -> None:
    length = data.draw(st.integers(2, 7))
    labels = [np.array(data.draw(st.lists(st.integers(0, 2), min_size=length, max_size=length))) for _ in range(2)]
    sizes = np.array(data.draw(st.lists(st.integers(1, 14), min_size=length, max_size=length)))
    assert bool(_program(list(enumerate(labels)), sizes, 10)) == bool(isolated(labels, sizes, 10))

"""The command that draws: everything that pages can show, once, and nothing that no page shows."""

from io import StringIO
from subprocess import CompletedProcess
from typing import Any

import pytest
from barometer_factories import make_edition, make_indicator, make_result
from django.core.management import call_command
from django.test import Client

from survey.management.commands import draw_charts
from survey.models import Chart, ContentChange, ContentVersion
from survey.models.changes import record_change
from survey.pages.all_charts import all_charts
from survey.signals import barometer_changed

pytestmark = pytest.mark.django_db


def draw(*options: str) -> str:
    out = StringIO()
    call_command("draw_charts", *options, stdout=out, verbosity=1)
    return out.getvalue()


@pytest.fixture
def _two_answers() -> None:
    edition = make_edition("b-2021")
    for slug, value in (("zelf", 30), ("kopie", 20)):
        make_result(edition, make_indicator(slug, question="Zelf bedacht?", theme="Herkomst"), value, n=313)


@pytest.mark.usefixtures("_two_answers")
def test_a_page_shows_its_table_first_and_its_chart_once_that_is_drawn(client: Client) -> None:
    address = "/barometer/edities/b-2021/"
    before = client.get(address).content.decode()
    assert "<svg" not in before.split("<main")[1].split("ib-figure")[1] and "<details" in before
    draw()
    after = client.get(address).content.decode()
    assert 'role="img"' in after
    keys = set(Chart.objects.values_list("key", flat=True))
    assert keys == {chart.key for chart in all_charts()}


@pytest.mark.usefixtures("_two_answers")
def test_drawing_again_draws_nothing_and_makes_no_page_stale() -> None:
    draw()
    version = ContentVersion.objects.get().number
    assert "0 getekend, 0 oude weggegooid" in draw()
    assert ContentVersion.objects.get().number == version


class StoppedError(Exception):
    """The server that started the follower is gone."""


def follow(monkeypatch: pytest.MonkeyPatch, *drawings: int | OSError, between: list[Any]) -> list[float]:
    """Follow while these drawings end so and these things happen between two looks; how long each pause was."""
    ends, events, pauses = iter(drawings), iter(between), list[float]()

    def run(command: list[str], **options: Any) -> CompletedProcess[bytes]:
        end = next(ends)
        if isinstance(end, OSError):
            raise end
        return CompletedProcess(command, end)

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        event = next(events, None)
        if event is None:
            raise StoppedError
        event()

    monkeypatch.setattr(draw_charts.os, "nice", lambda more: 0)
    monkeypatch.setattr(draw_charts.signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(draw_charts.subprocess, "run", run)
    monkeypatch.setattr(draw_charts.time, "sleep", sleep)
    monkeypatch.setattr(type(draw_charts.connection), "close", lambda self: None, raising=False)
    with pytest.raises(StoppedError):
        call_command("draw_charts", "--follow", stderr=StringIO())
    assert next(ends, None) is None, "It drew less often than it should."
    return pauses


@pytest.mark.usefixtures("_two_answers")
def test_the_follower_draws_at_its_start_and_when_numbers_change_and_not_for_a_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def case_changed() -> None:
        record_change(ContentChange.Kind.CASE, 1)

    pauses = follow(monkeypatch, 0, 0, between=[barometer_changed, case_changed, lambda: None])
    assert set(pauses) == {draw_charts.PAUSE}


@pytest.mark.usefixtures("_two_answers")
def test_the_follower_waits_longer_after_what_went_wrong_and_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses = follow(monkeypatch, 1, OSError("no memory"), 0, between=[lambda: None, lambda: None])
    assert pauses == [draw_charts.PAUSE_AFTER_FAILURE, draw_charts.PAUSE_AFTER_FAILURE, draw_charts.PAUSE]


@pytest.mark.usefixtures("_two_answers")
def test_a_drawing_that_no_page_shows_any_more_goes() -> None:
    draw("--most", "1")
    assert Chart.objects.count() == 1
    Chart.objects.create(key="0" * 64, svg="<svg/>", svg_file="<svg/>", png=b"")
    assert "1 oude weggegooid" in draw()
    assert not Chart.objects.filter(key="0" * 64).exists()

"""The command that draws: everything that pages can show, once, and nothing that no page shows."""

from io import StringIO

import pytest
from barometer_factories import make_edition, make_indicator, make_result
from django.core.management import call_command
from django.test import Client

from survey.models import Chart, ContentVersion
from survey.pages.all_charts import all_charts

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


@pytest.mark.usefixtures("_two_answers")
def test_a_drawing_that_no_page_shows_any_more_goes() -> None:
    draw("--most", "1")
    assert Chart.objects.count() == 1
    Chart.objects.create(key="0" * 64, svg="<svg/>", svg_file="<svg/>", png=b"")
    assert "1 oude weggegooid" in draw()
    assert not Chart.objects.filter(key="0" * 64).exists()

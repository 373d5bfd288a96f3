"""Charts as a page, a download and a command meet them."""

import pytest
from chart_samples import EVERY_KIND, SECTORS, bars, row, share
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from survey.charts import missing
from survey.charts.block import FigureBlock, with_drawings
from survey.charts.missing import draw_missing
from survey.charts.store import clear_unused, drawn
from survey.models import Chart
from survey.versions import versions

pytestmark = pytest.mark.django_db

FIRST = bars(row("Gemeenten", share(40)), title="Gemeenten & co: bijna 40%")
SECOND = bars(row("Gemeenten", share(41)), is_example=True)


def html(figure: FigureBlock) -> str:
    return render_to_string("components/figure.html", {"figure": figure})


def test_what_is_not_drawn_yet_shows_its_table_open() -> None:
    page = html(FigureBlock(chart=SECTORS, csv_url="/cijfers.csv"))
    assert "<details" in page
    assert "<details open" in page.replace(' class="ib-fold ib-figure__data"', "")
    assert "<svg" not in page.replace('<svg class="ib-icon', "")
    assert "Figuur (SVG)" not in page
    assert "te weinig antwoorden" in page


def test_a_figure_has_finding_picture_numbers_base_and_downloads(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    draw_missing([SECTORS, FIRST])
    figures = [
        FigureBlock(chart=SECTORS, permalink="/vast/", csv_url="/cijfers.csv", cases_url="/casussen/?sector=x"),
        FigureBlock(chart=FIRST),
        FigureBlock(chart=SECOND),
    ]
    with django_assert_num_queries(1):
        found = with_drawings(figures)
    assert [bool(figure.svg) for figure in found] == [True, True, False]
    page = html(found[0])
    for text in (
        SECTORS.title,
        SECTORS.base,
        SECTORS.source,
        f"Vraag: {SECTORS.question}",
        "Toon de cijfers",
        'href="/cijfers.csv"',
        'href="/vast/"',
        'href="/casussen/?sector=x"',
        reverse("chart_svg", args=[SECTORS.key]),
        reverse("chart_png", args=[SECTORS.key]),
        'role="img"',
    ):
        assert text in page
    assert "<details open" not in page.replace(' class="ib-fold ib-figure__data"', "")
    assert "verzonnen" not in page
    assert "Gemeenten &amp; co: bijna 40%" in html(found[1])
    assert "Voorbeeld: verzonnen antwoorden" in html(found[2])


def test_the_level_of_the_heading_can_be_chosen() -> None:
    assert "<h3" in html(FigureBlock(chart=FIRST))
    assert "<h2" in render_to_string("components/figure.html", {"figure": FigureBlock(chart=FIRST), "heading": 2})


def test_no_figures_cost_no_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        assert with_drawings([]) == []


def test_each_chart_is_drawn_once() -> None:
    told: list[tuple[int, int]] = []
    assert draw_missing([FIRST, SECOND, FIRST], lambda done, total: told.append((done, total))) == 2
    assert told == [(1, 2), (2, 2)]
    before = versions().content
    assert draw_missing([FIRST, SECOND]) == 0
    assert versions().content == before
    assert set(drawn([FIRST, SECOND, SECTORS])) == {FIRST.key, SECOND.key}


def test_new_drawings_make_pages_fresh() -> None:
    before = versions().content
    draw_missing([FIRST])
    assert versions().content > before


def test_what_another_process_drew_meanwhile_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw_after_another(chart):  # type: ignore[no-untyped-def]
        Chart.objects.create(key=chart.key, svg="<svg>van een ander</svg>", svg_file="x", png=b"x")
        return original(chart)

    original = missing.draw
    monkeypatch.setattr(missing, "draw", draw_after_another)
    draw_missing([FIRST])
    assert Chart.objects.get(key=FIRST.key).svg == "<svg>van een ander</svg>"


def test_a_chart_that_cannot_be_drawn_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def draw_but_the_first(chart):  # type: ignore[no-untyped-def]
        if chart.key == FIRST.key:
            raise ValueError("zo'n vorm kennen we niet")
        return original(chart)

    original = missing.draw
    monkeypatch.setattr(missing, "draw", draw_but_the_first)
    assert draw_missing([FIRST, SECOND]) == 1
    assert set(drawn([FIRST, SECOND])) == {SECOND.key}
    assert FIRST.title in caplog.text


def test_a_drawing_is_only_asked_for(client: Client) -> None:
    draw_missing([FIRST])
    assert client.post(f"/barometer/grafieken/{FIRST.key}.svg").status_code == 405
    assert client.delete(f"/barometer/grafieken/{FIRST.key}.png").status_code == 405


def test_drawings_that_nothing_shows_are_cleared() -> None:
    draw_missing([FIRST, SECOND])
    assert clear_unused([FIRST.key]) == 1
    assert list(Chart.objects.values_list("key", flat=True)) == [FIRST.key]
    assert clear_unused([FIRST.key]) == 0


def test_files_have_a_name_that_says_what_they_are(client: Client) -> None:
    draw_missing([FIRST])
    svg = client.get(reverse("chart_svg", args=[FIRST.key]))
    png = client.get(reverse("chart_png", args=[FIRST.key]))
    assert svg["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert svg["Content-Disposition"] == 'attachment; filename="innovatiebarometer-gemeenten-co-bijna-40.svg"'
    assert "Bron: Innovatie Barometer Overheid 2021" in svg.content.decode()
    assert png["Content-Type"] == "image/png"
    assert png["Content-Disposition"].endswith('.png"')
    assert png.content.startswith(b"\x89PNG")


def test_a_drawing_that_is_gone_is_not_found(client: Client) -> None:
    assert client.get(reverse("chart_svg", args=["0" * 64])).status_code == 404
    assert client.get(reverse("chart_png", args=["0" * 64])).status_code == 404


def test_pages_never_load_what_draws(loaded_by_pages: set[str]) -> None:
    """The engine takes much memory and hangs in a process that is forked after its first use."""
    assert not {"altair", "vl_convert", "survey.charts.drawing"} & loaded_by_pages


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_has_a_page(kind: str) -> None:
    chart = EVERY_KIND[kind]
    page = html(FigureBlock(chart=chart))
    assert page.count("<tr>") == 1 + len(chart.rows)

"""The explorer: every state is a link, a wrong one is refused, and what it shows can be taken along or put elsewhere."""

import csv
import html
import io
import re

import pytest
from barometer_factories import make_edition, make_example, make_indicator, make_result, make_withheld
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import make_scheme

from survey.models import Edition, Indicator
from survey.pages.explorer import ExplorerPage
from survey.pages.indicator_charts import indicator_charts

pytestmark = pytest.mark.django_db

EXPLORER = "/barometer/verkenner/"
EMBED = "/barometer/verkenner/insluiten/"


@pytest.fixture
def edition() -> Edition:
    make_scheme("sector", name="Sector")
    make_scheme("cluster", name="Cluster")
    return make_edition("editie-2021", name="Barometer 2021", short_name="2021", year=2021)


@pytest.fixture
def indicator() -> Indicator:
    return make_indicator("innoveert", short_name="Vernieuwt")


def page(client: Client, query: str) -> ExplorerPage:
    response = client.get(f"{EXPLORER}?{query}")
    assert response.status_code == 200
    return response.context["page"]


def words(client: Client, address: str) -> str:
    text = client.get(address).content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def rows(client: Client, query: str, extension: str = "csv") -> list[dict[str, str]]:
    response = client.get(f"{EXPLORER}export.{extension}?{query}")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.usefixtures("edition", "indicator")
def test_of_a_thousand_wrong_names_the_first_few_are_told(client: Client) -> None:
    query = "&".join(f"keuze{number}=1" for number in range(900))
    for address in (EXPLORER, EMBED, "/barometer/indicatoren/innoveert/"):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400
        assert "keuze0" in response.content.decode() or address == EMBED
        assert len(response.content) < 20_000


def test_a_question_is_answered_by_a_figure_with_its_own_address(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, 55, n=366)
    make_result(edition, indicator, 40, group="sector/gemeenten", n=85)
    make_result(edition, indicator, 70, group="cluster/zorg", n=20)
    query = "indicator=innoveert&uitsplitsing=sector&editie=editie-2021"
    shown = page(client, query)
    assert shown.figure is not None
    assert [row.label for row in shown.figure.chart.rows] == ["Gemeenten", "Alle organisaties"]
    assert shown.permalink == f"http://testserver{EXPLORER}?{query}"
    assert [option.value for _, group in shown.choices.indicators for option in group if option.is_current] == [
        "innoveert"
    ]
    assert [option.value for option in shown.choices.breakdowns if option.is_current] == ["sector"]
    assert [option.value for option in shown.choices.editions if option.is_current] == ["editie-2021"]


def test_what_is_not_chosen_is_filled_in_with_what_has_an_answer(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_edition("editie-2025", year=2025)
    make_result(edition, indicator, 86)
    make_result(make_example(), indicator, 20, group="sector/gemeenten")
    assert page(client, "").question.query == "indicator=innoveert&uitsplitsing=geen&editie=editie-2021"
    by_sector = page(client, "indicator=innoveert&uitsplitsing=sector&editie=")
    assert by_sector.question.query.endswith("editie=voorbeeld"), "only the example has sectors"
    assert by_sector.is_example
    assert "Deze cijfers zijn verzonnen" in words(client, f"{EXPLORER}?{by_sector.question.query}")


def test_real_editions_stand_side_by_side_without_examples(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    danish = make_edition("deens", country="denemarken", survey="COI", short_name="Denemarken", unit="werkplekken")
    numbers = ((edition, 86), (make_edition("nieuw", year=2025), 75), (danish, 80), (make_example(year=2030), 11))
    for one, value in numbers:
        make_result(one, indicator, value)
    asked = "indicator=innoveert&uitsplitsing="
    assert [row["editie"] for row in rows(client, f"{asked}editie")] == ["editie-2021", "nieuw"]
    assert [row["editie"] for row in rows(client, f"{asked}land")] == ["deens", "nieuw"]
    by_country = page(client, f"{asked}land")
    assert by_country.figure is not None
    assert [row.values[0].value for row in by_country.figure.chart.rows] == [75, 80]
    assert by_country.differs is not None
    assert "werkplekken" in words(client, f"{EXPLORER}?{asked}land")
    assert page(client, f"{asked}editie&editie=voorbeeld").note, "a choice that can't matter is told, not dropped"


def test_downloads_hold_exactly_the_numbers_of_the_page(client: Client, edition: Edition, indicator: Indicator) -> None:
    make_result(edition, indicator, 55)
    make_result(edition, indicator, 40, group="sector/gemeenten")
    make_withheld(edition, indicator, "sector/provincies")
    make_result(edition, indicator, 70, group="cluster/zorg")
    make_result(edition, make_indicator("iets-anders"), 1)
    make_result(make_edition("ouder", year=2019), indicator, 2)
    query = "indicator=innoveert&uitsplitsing=sector&editie=editie-2021"
    shown = page(client, query)
    assert shown.table is not None
    assert len(shown.table["rows"]) == 3
    assert [(row["groep"], row["waarde"]) for row in rows(client, query)] == [
        ("", "55"),
        ("gemeenten", "40"),
        ("provincies", ""),
    ]
    assert [address for _, address in shown.downloads] == [
        f"{EXPLORER}export.{extension}?{query}" for extension in ("csv", "xlsx", "json")
    ]
    for _, address in shown.downloads:
        name = client.get(address)["Content-Disposition"]
        assert "verkenner-innoveert-sector-editie-2021." in name


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("indicator=inoveert", "“inoveert” kennen we niet. Kies uit: innoveert."),
        ("uitsplitsing=kleur", "“kleur” kennen we niet. Kies uit: geen, sector, cluster, editie, land."),
        ("editie=1999", "“1999” kennen we niet. Kies uit: editie-2021."),
        ("editie=editie-2021&editie=editie-2021", "Dit mag maar één keer in het adres staan."),
        ("kleur=rood", "Deze keuze bestaat niet. Deze bestaan wel: indicator, uitsplitsing, editie."),
    ],
)
def test_a_wrong_value_is_refused_on_every_address(
    client: Client, edition: Edition, indicator: Indicator, query: str, said: str
) -> None:
    for address in (EXPLORER, f"{EXPLORER}export.csv", f"{EXPLORER}export.json", EMBED):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400
        assert said in html.unescape(response.content.decode())


def test_in_a_long_list_a_slip_of_the_pen_is_told_what_was_meant(client: Client, edition: Edition) -> None:
    for number in range(30):
        make_indicator(f"indicator-{number}")
    make_indicator("innoveert")
    response = client.get(f"{EXPLORER}?indicator=inoveert")
    assert "“inoveert” kennen we niet. Bedoelde je innoveert?" in html.unescape(response.content.decode())


def test_without_numbers_the_page_says_kindly_why_and_offers_what_can_be_seen(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, 86)
    make_result(make_example(), indicator, 20, group="cluster/zorg")
    shown = page(client, "indicator=innoveert&uitsplitsing=sector&editie=editie-2021")
    assert shown.figure is None
    assert shown.why_nothing == "Barometer 2021 geeft dit cijfer niet per sector, of het is niet leesbaar in de bron."
    offered = [offer.query for offer in shown.offers]
    assert offered == [
        "indicator=innoveert&uitsplitsing=geen&editie=editie-2021",
        "indicator=innoveert&uitsplitsing=cluster&editie=voorbeeld",
    ]
    assert all(page(client, query).figure for query in offered), "what is offered has an answer"


def test_a_number_that_is_only_told_in_words_is_told_in_words(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, None, qualifier="onbekend", wording="verreweg de meeste")
    make_result(edition, make_indicator("ander"), 50)
    shown = page(client, "indicator=innoveert&editie=editie-2021")
    assert shown.why_nothing == "Het getal is niet leesbaar in de bron. Wel staat er: “verreweg de meeste”."
    assert [offer.indicator.slug for offer in shown.offers] == ["ander"]


def test_a_number_that_fits_no_chart_stands_in_the_table(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, 43, group="klimaatgroep/krachtig", statistic="verschil-met-beperkt")
    shown = page(client, "indicator=innoveert&uitsplitsing=klimaatgroep&editie=editie-2021")
    assert shown.figure is None
    assert shown.why_nothing == "Er is te weinig voor een grafiek. Wat er wel is, staat in de tabel."
    assert shown.table is not None
    assert [cell["text"] for cell in shown.table["rows"][0]][:3] == [
        "Krachtig",
        "verschil met een beperkt klimaat",
        "43 procentpunten",
    ]


def test_one_edition_or_one_country_is_no_comparison(client: Client, edition: Edition, indicator: Indicator) -> None:
    make_result(edition, indicator, 86)
    assert "geen twee edities" in page(client, "indicator=innoveert&uitsplitsing=editie").why_nothing
    assert "Van andere landen" in page(client, "indicator=innoveert&uitsplitsing=land").why_nothing


def test_a_withheld_group_looks_withheld_and_says_why(client: Client, edition: Edition, indicator: Indicator) -> None:
    make_withheld(edition, indicator, "sector/provincies")
    query = "indicator=innoveert&uitsplitsing=sector&editie=editie-2021"
    assert '<td class="ib-withheld">te weinig antwoorden' in client.get(f"{EXPLORER}?{query}").content.decode()


def test_without_a_barometer_there_is_a_way_on(client: Client) -> None:
    assert "Er zijn nog geen cijfers" in words(client, EXPLORER)
    assert client.get(f"{EXPLORER}export.csv").status_code == 404


def test_every_figure_of_a_page_is_among_the_charts_that_are_drawn_beforehand(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, 86)
    make_result(edition, indicator, 40, group="sector/gemeenten")
    make_result(make_edition("nieuw", year=2025), indicator, 75)
    make_result(make_edition("deens", country="denemarken", survey="COI"), indicator, 80)
    make_result(make_example(), indicator, 20, group="cluster/zorg")
    keys = {chart.key for chart in indicator_charts()}
    queries = (
        "uitsplitsing=geen",
        "uitsplitsing=sector",
        "uitsplitsing=cluster",
        "uitsplitsing=editie",
        "uitsplitsing=land",
    )
    shown = [page(client, f"indicator=innoveert&{query}").figure for query in queries]
    found = client.get("/barometer/indicatoren/innoveert/").context["page"]
    shown += [found.development.figure, found.countries.figure, *found.groups]
    assert len(shown) == 8
    assert all(figure and figure.chart.key in keys for figure in shown)


def test_the_page_costs_the_same_with_more_numbers(client: Client, edition: Edition, indicator: Indicator) -> None:
    queries = ("sector", "cluster", "editie", "land", "geen")
    addresses = [f"{EXPLORER}?indicator=innoveert&uitsplitsing={name}" for name in queries]
    addresses.append(f"{EMBED}?indicator=innoveert&uitsplitsing=sector")

    def cost() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    make_result(edition, indicator, 86)
    make_result(edition, indicator, 40, group="sector/s-0")
    few = cost()
    for number in range(1, 20):
        make_result(edition, indicator, 40, group=f"sector/s-{number}")
        make_indicator()
    assert cost() == few
    # version · combinations (to choose an edition, to offer others) · numbers · drawings
    assert max(few) <= 5

"""Everything that is measured, and one indicator: the answer, how sure it is, and never made-up beside real."""

import re
from collections.abc import Callable

import pytest
from barometer_factories import make_edition, make_example, make_finding, make_indicator, make_result, make_withheld
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import make_publication

from survey.models import Edition, Indicator

pytestmark = pytest.mark.django_db

LIST = "/barometer/indicatoren/"
PAGE = "/barometer/indicatoren/innoveert/"


@pytest.fixture
def edition() -> Edition:
    return make_edition("editie-2021", name="Barometer 2021", short_name="2021", year=2021, unit="organisaties")


@pytest.fixture
def indicator() -> Indicator:
    return make_indicator(
        "innoveert",
        short_name="Vernieuwt",
        phrase="van de organisaties voerde iets nieuws in",
        question="Vernieuwde je?",
    )


def text_of(client: Client, address: str = PAGE) -> str:
    """What a reader reads, without tags."""
    response = client.get(address)
    assert response.status_code == 200
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)


def test_the_list_has_every_indicator_below_its_subject_with_its_newest_real_number(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    newer = make_edition("editie-2025", short_name="2025", year=2025)
    make_result(edition, indicator, 86)
    make_result(newer, indicator, 30, qualifier="bijna")
    make_result(make_example(year=2027), indicator, 12)
    make_indicator("strategie-samen", theme="Strategie", theme_position=200)
    text = text_of(client, LIST)
    assert "Vernieuwt : bijna 30% (2025)" in text
    assert "86%" not in text
    assert "12%" not in text
    page = client.get(LIST).content.decode()
    anchors = re.findall(r'href="#(over-[a-z-]+)"', page)
    assert anchors == re.findall(r'id="(over-[a-z-]+)"', page) == ["over-innovatie", "over-strategie"]


def test_the_list_says_why_a_number_is_missing(client: Client, edition: Edition) -> None:
    made_up, told, silent = (make_indicator(slug, short_name=slug) for slug in ("verzonnen", "verteld", "stil"))
    make_result(make_example(), made_up, 40)
    make_result(edition, told, None, qualifier="onbekend", wording="verreweg de meeste")
    make_result(edition, silent, None, qualifier="onbekend")
    text = text_of(client, LIST)
    assert "verzonnen (alleen in de voorbeeldeditie)" in text
    assert "verteld (niet leesbaar in de bron; in woorden: “verreweg de meeste”)" in text
    assert "stil (niet leesbaar in de bron)" in text


def test_without_a_barometer_the_list_points_to_the_cases(client: Client) -> None:
    assert "Er zijn nog geen cijfers" in text_of(client, LIST)


def test_the_page_answers_first_and_says_about_whom_where_it_stands_and_how_sure_it_is(
    client: Client, indicator: Indicator
) -> None:
    report = make_publication("Het rapport")
    edition = make_edition(name="Barometer 2021", publication=report)
    found = {"qualifier": "bijna", "wording": "bijna een derde", "n": 366, "locator": "Hoofdstuk 3", "text_line": 148}
    make_result(edition, indicator, 30, publication=report, remark="Eén zin in de tekst.", **found)
    text = text_of(client)
    assert "Bijna 30% van de organisaties voerde iets nieuws in." in text
    assert "Deelnemende organisaties · n = 366 · Barometer 2021 · overgenomen uit de publicatie" in text
    assert "De bron zegt “bijna een derde”" in text
    assert "Het rapport, Hoofdstuk 3, regel 148 van de gelezen tekst" in text
    assert "Vernieuwde je?" in text
    assert text.count("Eén zin in de tekst.") == 2, "beside the answer and in the table of sources"


def test_a_computed_answer_has_its_margin(client: Client, edition: Edition, indicator: Indicator) -> None:
    make_result(edition, indicator, 40.2, low=35.1, high=45.4, n=340, provenance="berekend")
    assert "zo goed als zeker tussen 35 en 45%" in text_of(client)


def test_an_example_is_never_the_answer(client: Client, indicator: Indicator) -> None:
    make_result(make_example(), indicator, 40, n=300)
    text = text_of(client)
    assert "Dit cijfer staat alleen in de voorbeeldeditie" in text
    assert "40%" not in text


def test_the_words_of_the_source_stand_where_it_gives_no_number(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, None, qualifier="onbekend", wording="verreweg de meeste")
    assert "Het getal is niet leesbaar in de bron. Wel staat er: “verreweg de meeste”." in text_of(client)


def test_rounds_stand_side_by_side_when_there_are_two_and_examples_stay_out(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, 86)
    make_result(make_example(year=2030), indicator, 11)
    assert client.get(PAGE).context["page"].development is None
    later = make_edition("editie-2025", short_name="2025", year=2025, unit="organisaties en onderdelen")
    make_result(later, indicator, 75)
    development = client.get(PAGE).context["page"].development
    assert development.figure.chart.editions == ("2021", "2025")
    assert [value.value for value in development.figure.chart.rows[0].values] == [86, 75]
    text = text_of(client)
    assert "Wat verschilt" in text
    assert "organisaties en onderdelen" in text


def test_other_countries_stand_beside_the_newest_dutch_number_and_what_differs_is_said(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, 86)
    fields = {"survey": "COI", "short_name": "Denemarken", "unit": "werkplekken", "period": "2018 en 2019"}
    danish = make_edition("deens", country="denemarken", caution="Zij wegen de antwoorden.", **fields)
    make_result(danish, indicator, 80)
    make_result(make_edition("werk", survey="WERKonderzoek", short_name="Werk"), indicator, 33)
    make_result(make_example(), indicator, 11)
    chart = client.get(PAGE).context["page"].countries.figure.chart
    assert [(row.label, row.values[0].value) for row in chart.rows] == [("Nederland (2021)", 86), ("Denemarken", 80)]
    assert not chart.is_example
    assert "werkplekken, 2018 en 2019" in chart.note, "who takes the picture along takes the difference along"
    text = text_of(client)
    for said in ("werkplekken", "2018 en 2019", "Zij wegen de antwoorden.", "de Nederlandse tekst"):
        assert said in text


def test_groups_stand_from_high_to_low_and_a_small_group_is_withheld_with_its_reason(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_withheld(edition, indicator, "sector/provincies")
    for slug, value in (("gemeenten", 40), ("rijk", 70)):
        make_result(edition, indicator, value, group=f"sector/{slug}", n=50, provenance="berekend")
    make_result(edition, indicator, 55, n=366, provenance="berekend")
    [figure] = client.get(PAGE).context["page"].groups
    assert [row.label for row in figure.chart.rows] == ["Rijk", "Gemeenten", "Provincies", "Alle organisaties"]
    assert figure.chart.rows[2].values[0].value is None
    assert '<td class="ib-withheld">te weinig antwoorden' in client.get(PAGE).content.decode()


def test_a_group_that_differs_by_more_than_chance_is_the_title(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    computed = {"provenance": "berekend", "n": 60}
    make_result(edition, indicator, 40, group="sector/gemeenten", verdict="geen-verschil", difference=-30, **computed)
    make_result(edition, indicator, 62, group="sector/rijk", verdict="hoger", difference=12, **computed)
    assert client.get(PAGE).context["page"].groups[0].chart.title == "Vernieuwt: hoger dan de rest bij Rijk (62%)"


def test_the_newest_real_round_with_groups_is_shown_and_an_example_only_when_there_is_none_or_on_request(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, 86)
    example = make_example()
    make_result(example, indicator, 20, group="sector/gemeenten")
    page = client.get(PAGE).context["page"]
    assert page.edition.slug == "voorbeeld"
    assert all(figure.chart.is_example for figure in page.groups)
    assert "Deze cijfers zijn verzonnen" in text_of(client)
    make_result(edition, indicator, 60, group="sector/gemeenten")
    page = client.get(PAGE).context["page"]
    assert [choice.url for choice in page.choices] == [f"{PAGE}?editie=editie-2021", f"{PAGE}?editie=voorbeeld"]
    assert [figure.chart.is_example for figure in page.groups] == [False]
    assert "verzonnen" not in text_of(client).replace("(verzonnen antwoorden)", "")
    assert client.get(f"{PAGE}?editie=voorbeeld").context["page"].groups[0].chart.is_example


def test_where_numbers_stand_is_said_once_for_a_whole_table(client: Client, edition: Edition) -> None:
    filled = make_indicator("ingevuld", short_name="Ingevuld", unit="aantal")
    for line, slug in enumerate(("gemeenten", "rijk", "zbo"), start=745):
        make_result(
            edition, filled, 900 - line, group=f"sector/{slug}", statistic="aantal", locator="Tabel 1", text_line=line
        )
    make_result(edition, filled, 366, statistic="aantal")
    [figure] = client.get("/barometer/indicatoren/ingevuld/").context["page"].groups
    assert figure.chart.title == "Ingevuld: het meest bij Gemeenten (155)"
    assert figure.chart.source.endswith("Tabel 1, regels 745 tot en met 747 van de gelezen tekst")
    assert "Alle organisaties" not in [row.label for row in figure.chart.rows], "a total is no group"


def test_a_factor_shows_how_many_it_helped_did_not_matter_to_and_hindered(client: Client, edition: Edition) -> None:
    factor = make_indicator("factor-geld", short_name="Geld", concepts=["factor/geld"])
    for group in ("", "sector/gemeenten"):
        for statistic, value in (("hielp", 50), ("neutraal", 30), ("hinderde", 20)):
            make_result(edition, factor, value, group=group, statistic=statistic, provenance="berekend")
    address = "/barometer/indicatoren/factor-geld/"
    [figure] = client.get(address).context["page"].groups
    assert "Geld: hielp 50%, maakte niet uit 30%, hinderde 20%." in text_of(client, address)
    row = figure.chart.rows[0]
    assert [part.value for part in (row.helped, row.neutral, row.hindered)] == [50, 30, 20]
    assert 'href="/klimaat/geld/"' in client.get(address).content.decode(), "from the number to the cases"


def test_a_score_shows_its_spread(client: Client, edition: Edition) -> None:
    score = make_indicator("klimaatscore", unit="score")
    for statistic, value in (
        ("gemiddelde", 3.7),
        ("q1", 3.4),
        ("mediaan", 3.8),
        ("q3", 4.0),
        ("p10", 3.0),
        ("p90", 4.3),
    ):
        make_result(edition, score, value, group="sector/rijk", statistic=statistic, provenance="berekend", n=30)
    make_withheld(edition, score, "sector/provincies", statistic="gemiddelde")
    [figure] = client.get("/barometer/indicatoren/klimaatscore/").context["page"].groups
    shown, withheld = figure.chart.rows
    assert (shown.p10, shown.q1, shown.median, shown.q3, shown.p90) == (3.0, 3.4, 3.8, 4.0, 4.3)
    assert withheld.withheld == "te-weinig"
    assert withheld.mean is None


def test_findings_in_words_stand_with_their_source_and_made_up_ones_do_not(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_finding(edition, "Nederland doet het goed.", indicator, locator="Hoofdstuk 3", text_line=150)
    make_finding(make_example(), "Dit is verzonnen.", indicator)
    make_finding(edition, "Dit gaat over iets anders.", make_indicator())
    text = text_of(client)
    assert "Nederland doet het goed. (Barometer 2021, Hoofdstuk 3, regel 150 van de gelezen tekst)" in text
    assert "Dit is verzonnen." not in text
    assert "iets anders" not in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?editie=1999", "“1999” kennen we niet. Kies uit: editie-2021."),
        ("?editie=editie-2021&editie=editie-2021", "maar één keer"),
        ("?sector=gemeenten", "Deze keuze bestaat niet"),
    ],
)
def test_a_wrong_address_is_refused_with_a_readable_message(
    client: Client, edition: Edition, indicator: Indicator, query: str, said: str
) -> None:
    response = client.get(PAGE + query)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert client.get("/barometer/indicatoren/bestaat-niet/").status_code == 404


def test_no_page_costs_more_with_more_numbers(client: Client, edition: Edition, indicator: Indicator) -> None:
    def cost() -> list[int]:
        for address in (LIST, PAGE):
            client.get(address, headers={"host": f"{make_publication().slug}.example.nl"})
        return [
            queries(lambda address=address: client.get(address, headers={"host": f"h{len(address)}.example.nl"}))
            for address in (LIST, PAGE)
        ]

    def add(first: int, last: int) -> None:
        for number in range(first, last):
            make_result(edition, indicator, 50, group=f"sector/s-{number}", publication=make_publication())
            make_result(edition, indicator, 50, group=f"cluster/c-{number}")
            make_finding(edition, f"Bevinding {number}", indicator)
            make_indicator()

    make_result(edition, indicator, 86)
    make_result(make_edition("editie-2025", year=2025), indicator, 75)
    add(0, 2)
    few = cost()
    add(2, 20)
    assert cost() == few
    # version; for the page: numbers · explanation · findings · drawings
    assert few[0] <= 1
    assert few[1] <= 5

"""What a chart says without its picture: its key, its description, its table."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from chart_samples import CLIMATE, COUNTRIES, EVERY_KIND, FACTORS, FEW, SECTORS, TYPES, YEARS, bars, row, share

from survey.charts.model import AnyChart, Bars, BoxRow, Reference, Row, Value
from survey.charts.text import describe, table_of
from survey.models import Qualifier, Withheld


def texts(chart: AnyChart) -> list[list[str]]:
    """The table as words."""
    columns, rows = table_of(chart)
    assert {len(cells) for cells in rows} == {len(columns)}, "Every row has a cell for every column."
    return [[label for label, _ in columns], *([cell["text"] for cell in cells] for cells in rows)]


def test_equal_charts_share_a_drawing() -> None:
    again = Bars(**{**{name: getattr(SECTORS, name) for name in reversed(list(asdict(SECTORS)))}})
    assert again.key == SECTORS.key
    assert bars(row("A", Value(value=3))).key == bars(row("A", Value(value=3.0))).key
    assert len({chart.key for chart in EVERY_KIND.values()}) == len(EVERY_KIND)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Anders"},
        {"source": "Bron: een ander"},
        {"is_example": True},
        {"rows": SECTORS.rows[::-1]},
        {"rows": (*SECTORS.rows[:-1], row("Hoge Colleges van Staat", FEW))},
        {"rows": (row("Gemeenten", share(31.3, n=120)), *SECTORS.rows[1:])},
    ],
)
def test_whoever_changes_what_a_chart_shows_gets_another_drawing(changed: dict[str, Any]) -> None:
    assert replace(SECTORS, **changed).key != SECTORS.key


def test_a_withheld_number_can_not_be_carried_along() -> None:
    for part in ("value", "value_to", "low", "high", "n"):
        with pytest.raises(ValueError, match="tells nothing"):
            Value(withheld=Withheld.FEW, **{part: 7})
    for part in ("q1", "median", "q3", "p10", "p90", "mean", "n"):
        with pytest.raises(ValueError, match="tells nothing"):
            BoxRow(label="Provincies", withheld=Withheld.FEW, **{part: 4})


def test_a_row_with_too_few_values_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="Gemeenten: 1 values, 2 expected"):
        Bars(title="", series=("A", "B"), rows=(Row(label="Gemeenten", values=(FEW,)),))


def test_a_description_names_highest_lowest_and_the_row_the_page_is_about() -> None:
    said = describe(SECTORS)
    assert "Het hoogst bij Waterschappen (72%), het laagst bij Gemeenten (31%)." in said
    assert "Uitgelicht: Waterschappen, 72%." in said
    assert "2 getallen zijn niet getoond." in said
    assert "1 getal is niet leesbaar in de bron." in said
    assert "verzonnen" not in said
    assert "verzonnen" in describe(replace(SECTORS, is_example=True))


def test_the_row_of_the_line_is_not_counted_above_it() -> None:
    rows = tuple(
        Row(label=label, values=(Value(value=value),)) for label, value in (("A", 50.0), ("B", 30.0), ("Allen", 40.4))
    )
    chart = Bars(title="", row_head="Groep", rows=rows, reference=Reference("Allen", 40.0))
    assert "Boven de lijn (Allen): 1 van de 2." in describe(chart)


def test_every_kind_is_described_from_its_data() -> None:
    assert "Nederland: het hoogst bij Eigen medewerkers (bijna 60%)" in describe(COUNTRIES)
    assert "Het verschil is het grootst bij Eigen medewerkers: Nederland bijna 60%, Denemarken 50%." in describe(
        COUNTRIES
    )
    assert "Bij 1 van de 2 zeggen meer organisaties ‘hielp’ dan ‘hinderde’." in describe(FACTORS)
    assert "Hinderde: het hoogst bij Tijd en geld (61%)" in describe(FACTORS)
    assert "Gemiddelde: het hoogst bij Zbo's (3,9), het laagst bij Gemeenschappelijke regelingen (3,4)." in describe(
        CLIMATE
    )
    assert "de middelste helft ligt tussen 3,6 en 4,4" in describe(CLIMATE)
    assert "1 type: het hoogst bij Waterschappen (61%), het laagst bij Alle organisaties (24%)." in describe(TYPES)
    assert "Alle organisaties: van ongeveer 44% in 2021 naar 55% in 2025." in describe(YEARS)
    assert "Waterschappen: 51% in 2023." in describe(YEARS)


def test_equal_rows_have_no_highest() -> None:
    assert describe(bars(row("A", share(40)), row("B", share(40)))).startswith("Overal hetzelfde, 40%.")


def test_a_chart_without_any_number_says_so() -> None:
    assert describe(bars(row("A", FEW), row("B", FEW))) == "2 getallen zijn niet getoond."


def test_the_table_has_every_number_with_its_margin_and_n() -> None:
    assert texts(SECTORS) == [
        ["Sector", "Uitkomst", "Marge", "n"],
        ["Gemeenten", "31%", "tussen 23 en 39%", "120"],
        ["Provincies", "te weinig antwoorden", "–", "–"],
        ["Waterschappen", "72%", "tussen 58 en 86%", "21"],
        ["Privaatrechtelijke publieke organisaties", "38%", "tussen 30 en 46%", "40"],
        ["Rechtspraak", "zou een kleine groep verraden", "–", "–"],
        ["Hoge Colleges van Staat", "niet leesbaar in de bron", "–", "–"],
    ]
    assert texts(COUNTRIES)[0] == ["Groep", "Nederland", "Denemarken"]
    assert texts(FACTORS)[0][:5] == ["Factor", "Hinderde", "Marge Hinderde", "Maakte niet uit", "Marge Maakte niet uit"]
    assert texts(CLIMATE)[2] == ["Zbo's", "3,9", "4,0", "3,6", "4,4", "3,0", "4,8", "60"]
    assert texts(CLIMATE)[4] == ["Provincies", "te weinig antwoorden", *["–"] * 6]
    assert texts(YEARS)[0][1:5] == ["2021", "2023", "Marge 2023", "n 2023"]


def test_cells_without_a_number_are_marked_as_such() -> None:
    _, rows = table_of(SECTORS)
    assert [cells[1]["withheld"] for cells in rows] == [False, True, False, False, True, True]


def test_n_stands_per_column_where_it_differs() -> None:
    chart = replace(YEARS, rows=(row("Allen", share(40, n=366), share(45, n=390), share(47, n=401)),))
    columns, rows = table_of(chart)
    assert [label for label, _ in columns if label.startswith("n")] == ["n 2021", "n 2023", "n 2025"]
    assert [cell["text"] for cell in rows[0]][3::3] == ["366", "390", "401"]


class SomeNumber:
    """What a value is made of."""

    value, value_to, low, high, n = 37.6, None, 30.0, 45.0, 44
    qualifier, wording, withheld, provenance = Qualifier.EXACT, "37,6%", "", "gepubliceerd"


def test_a_published_number_keeps_its_decimals_and_a_computed_one_does_not() -> None:
    number = SomeNumber()
    assert Value.of(number).text("procent") == "37,6%"
    number.provenance = "berekend"
    assert Value.of(number).text("procent") == "38%"
    number.withheld = Withheld.FEW
    assert Value.of(number) == FEW
    assert Value.of(None).text("procent") == "niet gevraagd"

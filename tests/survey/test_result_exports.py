"""Results as files: the columns of the contract, every number with its source, nothing of what is withheld."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from barometer_factories import make_edition, make_example, make_indicator, make_result, make_withheld
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import make_publication
from openpyxl import load_workbook

from survey.models import Provenance, Qualifier, Result, Statistic, Withheld
from survey.numbers import BREAKDOWNS
from survey.pages.explorer_question import BY_COUNTRY, BY_EDITION, EVERYBODY, PARAMETERS
from survey.result_exports import COLUMNS

pytestmark = pytest.mark.django_db

PROMISED = [
    "editie",
    "land",
    "indicator",
    "uitsplitsing",
    "groep",
    "maat",
    "waarde",
    "waarde_tot",
    "nauwkeurigheid",
    "n",
    "ondergrens",
    "bovengrens",
    "herkomst",
    "bron",
    "niet_getoond",
]
EVERYTHING = "/data/resultaten.csv"


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def read_csv(client: Client, address: str = EVERYTHING) -> list[dict[str, str]]:
    raw = body(client, address).decode("utf-8")
    assert raw.startswith("\ufeff"), "spreadsheets read accents by this mark"
    reader = csv.DictReader(io.StringIO(raw[1:], newline=""))
    assert reader.fieldnames == PROMISED
    return list(reader)


def read_xlsx(client: Client, address: str) -> list[dict[str, Any]]:
    head, *rows = load_workbook(io.BytesIO(body(client, address))).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def read_json(client: Client, address: str) -> dict[str, Any]:
    return json.loads(body(client, address))


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)


def test_a_published_number_stands_with_its_precision_and_the_line_of_its_source(client: Client) -> None:
    report = make_publication("Rapport", slug="rapport")
    edition = make_edition("editie-2021", publication=report)
    indicator = make_indicator("type-proces")
    make_result(
        edition, indicator, 75, qualifier="meer-dan", n=313, publication=report, locator="Hoofdstuk 3", text_line=173
    )
    [row] = read_csv(client)
    assert row == {
        **dict.fromkeys(PROMISED, ""),
        "editie": "editie-2021",
        "land": "nederland",
        "indicator": "type-proces",
        "maat": "aandeel",
        "waarde": "75",
        "nauwkeurigheid": "meer-dan",
        "n": "313",
        "herkomst": "gepubliceerd",
        "bron": "rapport, Hoofdstuk 3, regel 173",
    }


def test_the_source_is_where_the_number_was_read_also_when_that_is_the_report_of_another_country(
    client: Client,
) -> None:
    danish = make_edition("deens", country="denemarken", publication=make_publication(slug="deens-rapport"))
    dutch = make_publication(slug="nederlands-rapport")
    make_result(danish, make_indicator(), 80, publication=dutch, locator="Hoofdstuk 3")
    make_result(danish, make_indicator(), 81)
    sources = {row["bron"] for row in read_csv(client)}
    assert sources == {"nederlands-rapport, Hoofdstuk 3", "deens-rapport"}


def test_a_computed_number_has_its_interval_and_names_its_edition_as_source(client: Client) -> None:
    edition = make_edition("editie-2025")
    fields = {"low": 20.5, "high": 33.25, "n": 110, "provenance": "berekend"}
    make_result(edition, make_indicator("innoveert"), 26.6, group="sector/gemeenten", **fields)
    [row] = read_csv(client)
    assert (row["waarde"], row["ondergrens"], row["bovengrens"]) == ("26.6", "20.5", "33.25"), "a point, no comma"
    assert (row["uitsplitsing"], row["groep"]) == ("sector", "gemeenten")
    assert row["bron"] == "editie-2025"


def test_a_withheld_number_is_empty_and_says_why(client: Client) -> None:
    edition, indicator = make_edition(), make_indicator("innoveert")
    make_withheld(edition, indicator, "sector/provincies", withheld="beschermt-anderen")
    [row] = read_csv(client)
    assert row["niet_getoond"] == "beschermt-anderen"
    told = {name for name in PROMISED if row[name]} - {"editie", "land", "indicator", "uitsplitsing", "groep"}
    assert told == {"maat", "herkomst", "bron", "niet_getoond"}


def test_an_unreadable_number_is_empty_and_a_range_has_both_ends(client: Client) -> None:
    edition = make_edition()
    make_result(edition, make_indicator("a"), None, qualifier="onbekend")
    make_result(edition, make_indicator("b"), 77, value_to=81, qualifier="tussen")
    unreadable, between = read_csv(client)
    assert (unreadable["waarde"], unreadable["nauwkeurigheid"]) == ("", "onbekend")
    assert (between["waarde"], between["waarde_tot"], between["nauwkeurigheid"]) == ("77", "81", "tussen")


def test_everything_stands_in_one_order_however_it_was_stored(client: Client) -> None:
    second, first = make_edition("later", position=20), make_edition("eerder", position=10)
    example = make_example("verzonnen", position=1)
    indicators = [make_indicator(slug, theme_position=place) for slug, place in (("z", 1), ("a", 2))]
    for indicator in reversed(indicators):
        for edition in (second, example, first):
            make_result(edition, indicator, 40, group="sector/gemeenten")
            make_result(edition, indicator, 50)
    rows = [(row["editie"], row["indicator"], row["groep"]) for row in read_csv(client)]
    assert rows[:4] == [
        ("eerder", "z", ""),
        ("eerder", "z", "gemeenten"),
        ("eerder", "a", ""),
        ("eerder", "a", "gemeenten"),
    ]
    assert [row[0] for row in rows] == ["eerder"] * 4 + ["later"] * 4 + ["verzonnen"] * 4, "examples come last"
    assert len(rows) == Result.objects.count()


def test_made_up_numbers_say_so_in_every_row_in_json_and_in_the_name_of_the_file(client: Client) -> None:
    example, indicator = make_example(), make_indicator("innoveert", caution="Lees de vraag erbij.")
    make_result(example, indicator, 40)
    address = "/barometer/indicatoren/innoveert/export"
    assert [row["herkomst"] for row in read_csv(client, f"{address}.csv")] == ["voorbeeld"]
    for extension in ("csv", "json"):
        disposition = client.get(f"{address}.{extension}")["Content-Disposition"]
        assert disposition == f'attachment; filename="voorbeeld-innoveert.{extension}"'
    told = read_json(client, f"{address}.json")
    assert told["voorbeeld"] is True
    assert "verzonnen" in told["let_op"][0]
    make_result(make_edition(), indicator, 86)
    assert client.get(f"{address}.csv")["Content-Disposition"] == 'attachment; filename="innoveert.csv"'


def test_json_holds_the_same_rows_with_numbers_as_numbers(client: Client) -> None:
    indicator = make_indicator("innoveert", caution="Het gaat over wie meedeed.")
    make_result(make_edition(), indicator, 86, n=366)
    make_result(make_edition(), indicator, 26.6)
    found = read_json(client, "/barometer/indicatoren/innoveert/export.json")
    assert set(found) == {"aantal", "resultaten", "voorbeeld", "let_op"}
    assert (found["aantal"], found["voorbeeld"], found["let_op"]) == (2, False, ["Het gaat over wie meedeed."])
    assert [list(row) for row in found["resultaten"]] == [PROMISED, PROMISED]
    assert [row["waarde"] for row in found["resultaten"]] == [86, 26.6]
    assert found["resultaten"][0]["n"] == 366
    assert found["resultaten"][0]["waarde_tot"] is None


def test_a_workbook_holds_numbers_and_no_formula(client: Client) -> None:
    edition = make_edition()
    make_result(edition, make_indicator("innoveert"), 86.5, locator="=1+1")
    make_result(edition, make_indicator("ander"), 12)
    address = "/barometer/verkenner/export"
    [row] = read_xlsx(client, f"{address}.xlsx?indicator=innoveert")
    assert (row["waarde"], row["waarde_tot"]) == (86.5, None)
    assert row["bron"] == f"{edition.slug}, =1+1", "it does not begin with the sign, so it is text as it is"
    [line] = read_csv(client, f"{address}.csv?indicator=innoveert")
    assert line["waarde"] == "86.5"


def test_every_column_parameter_and_code_is_explained() -> None:
    text = Path(settings.BASE_DIR, "docs", "data.md").read_text(encoding="utf-8")
    codes = {code for choices in (Statistic, Qualifier, Provenance, Withheld) for code in choices.values}
    names = {*COLUMNS, *PARAMETERS, EVERYBODY, BY_EDITION, BY_COUNTRY, *BREAKDOWNS, *codes}
    assert list(COLUMNS) == PROMISED
    assert not [name for name in sorted(names) if f"`{name}`" not in text]


def test_an_indicator_that_does_not_exist_has_no_file(client: Client) -> None:
    assert client.get("/barometer/indicatoren/niets/export.csv").status_code == 404
    make_indicator("leeg")
    assert read_csv(client, "/barometer/indicatoren/leeg/export.csv") == []
    assert client.get("/barometer/indicatoren/leeg/export.pdf").status_code == 404


def test_a_file_costs_the_same_number_of_queries_for_any_number_of_rows(client: Client) -> None:
    indicator = make_indicator("innoveert")
    addresses = (
        EVERYTHING,
        "/barometer/indicatoren/innoveert/export.csv",
        "/barometer/indicatoren/innoveert/export.json",
        "/barometer/verkenner/export.xlsx?indicator=innoveert&uitsplitsing=sector",
    )

    def cost() -> list[int]:
        for address in addresses:
            body(client, address)  # the vocabulary and the barometer are in memory now
        return [queries(lambda address=address: body(client, address)) for address in addresses]

    edition = make_edition()
    make_result(edition, indicator, 50, group="sector/s-0")
    few = cost()
    for number in range(1, 30):
        make_result(edition, indicator, 50, group=f"sector/s-{number}")
    assert cost() == few
    # version · (which combinations there are) · the rows
    assert max(few) <= 4

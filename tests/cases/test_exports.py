"""The result as a file: the same cases in the same order as the pages, safe in a spreadsheet, nothing more than promised."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import edit, link, make_case, make_concept, make_organisation
from openpyxl import load_workbook

from cases import exports
from cases.exports import COLUMNS
from survey import downloads

pytestmark = pytest.mark.django_db

PROMISED = {
    "slug",
    "titel",
    "adres",
    "uitkomst",
    "organisatie",
    "sector",
    "samenvatting",
    "jaar",
    "koppelingen",
}


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def as_csv(client: Client, query: str = "") -> list[dict[str, str]]:
    raw = body(client, f"/casussen/export.csv{query}").decode("utf-8")
    assert raw.startswith("\ufeff"), "spreadsheets read accents by this mark"
    return list(csv.DictReader(io.StringIO(raw[1:], newline="")))


def as_xlsx(client: Client, query: str = "") -> list[dict[str, object]]:
    sheet = load_workbook(io.BytesIO(body(client, f"/casussen/export.xlsx{query}"))).active
    head, *rows = sheet.iter_rows()
    for row in rows:
        assert all(cell.data_type in ("s", "n", "inlineStr") for cell in row), "a cell is never a formula"
    return [{str(h.value): c.value for h, c in zip(head, row, strict=True)} for row in rows]


def as_json(client: Client, query: str = "") -> list[dict[str, object]]:
    found = json.loads(body(client, f"/casussen/export.json{query}"))
    assert set(found) == {"aantal", "casussen"}
    assert found["aantal"] == len(found["casussen"])
    return found["casussen"]


FORMATS = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}


def page_slugs(client: Client, query: str) -> list[str]:
    """The cases of all pages, read page by page."""
    found, number = [], 1
    while True:
        shown = client.get(f"/casussen/{query}{'&' if query else '?'}pagina={number}").context["catalogue"]
        found += [card.case.slug for card in shown.cards]
        if number == shown.pages:
            return found
        number += 1


def test_files_hold_the_same_result_in_the_same_order_as_all_pages_together(client: Client) -> None:
    for number in range(23):
        make_case(
            f"Drone {chr(ord('a') + number * 7 % 23)} {'en nog een drone' * (number % 3)}",
            slug=f"d-{number}",
            outcome="geslaagd" if number % 2 else "gestopt",
            links=["factor/tijd"] if number % 3 else [],
        )
    for query in ("", "?q=drone", "?sorteer=titel", "?q=drone&sorteer=nieuwste&uitkomst=gestopt", "?factor=tijd"):
        expected = page_slugs(client, query)
        assert len(expected) > 5
        for name, read in FORMATS.items():
            assert [row["slug"] for row in read(client, query)] == expected, (name, query)


def test_an_empty_result_is_a_file_with_only_its_head(client: Client) -> None:
    make_case()
    for read in FORMATS.values():
        assert read(client, "?jaar=1999") == []
    assert body(client, "/casussen/export.csv?jaar=1999").decode("utf-8-sig").strip() == ",".join(COLUMNS)


def test_files_are_offered_under_their_own_name_and_type(client: Client) -> None:
    for extension, kind in {
        "csv": "text/csv; charset=utf-8",
        "json": "application/json; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }.items():
        response = client.get(f"/casussen/export.{extension}")
        assert response["Content-Type"] == kind
        assert response["Content-Disposition"] == f'attachment; filename="casussen.{extension}"'
    assert client.get("/casussen/export.pdf").status_code == 404


def test_json_keeps_what_was_promised(client: Client) -> None:
    sector = make_concept("sector/gemeenten")
    make_case(
        "Alles bekend",
        slug="alles-bekend",
        organisation=make_organisation("Gemeente Utrecht", sector=sector),
        start_year=2019,
        end_year=2021,
        outcome="gestopt",
        introduction="Eén zin.",
        links=[link("factor/tijd", "Er was tijd.", basis="afgeleid", effect="hielp"), link("patroon/brug", "De brug.")],
    )
    [case] = as_json(client)
    assert set(case) >= PROMISED
    assert list(case) == list(COLUMNS)
    assert case | {name: None for name in COLUMNS if name not in PROMISED} == {
        **dict.fromkeys(COLUMNS),
        "slug": "alles-bekend",
        "titel": "Alles bekend",
        "adres": "http://testserver/casussen/alles-bekend/",
        "uitkomst": "gestopt",
        "organisatie": "Gemeente Utrecht",
        "sector": "gemeenten",
        "samenvatting": "Eén zin.",
        "jaar": 2019,
        "koppelingen": [
            {
                "schema": "factor",
                "begrip": "tijd",
                "toelichting": "Er was tijd.",
                "grond": "afgeleid",
                "werking": "hielp",
            },
            {"schema": "patroon", "begrip": "brug", "toelichting": "De brug.", "grond": "vermeld", "werking": ""},
        ],
    }
    [line] = as_csv(client)
    assert json.loads(line["koppelingen"]) == case["koppelingen"]
    assert line["jaar"] == "2019"
    assert as_xlsx(client)[0]["jaar"] == 2019, "a number stays a number"


def test_what_is_not_known_is_empty(client: Client) -> None:
    make_case("Weinig bekend")
    [line] = as_csv(client)
    empty = {"organisatie", "sector", "cluster", "land", "fase", "jaar", "jaar_einde", "bedoeling", "lessen"}
    assert {name for name, value in line.items() if value == ""} >= empty
    assert "None" not in line.values()
    [row] = as_xlsx(client)
    assert all(row[name] is None or row[name] == "" for name in empty)
    [case] = as_json(client)
    assert case["jaar"] is None
    assert case["koppelingen"] == []


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "\u00a0=1", "=cmd|' /C calc'!A0", "--1"]
TEXTS = {
    "introduction": "samenvatting",
    "in_brief": "in_het_kort",
    "intention": "bedoeling",
    "approach": "aanpak",
    "result": "resultaat",
    "lessons": "lessen",
    "transfer": "kan_dit_bij_ons",
}


def test_no_text_of_any_column_can_run_in_a_spreadsheet(client: Client) -> None:
    for number, text in enumerate(DANGEROUS):
        make_case(
            f"{text} titel",
            slug=f"gevaar-{number}",
            organisation=make_organisation(f"{text} organisatie", slug=f"o-{number}"),
            **dict.fromkeys(TEXTS, text),
        )
    lines, rows = as_csv(client), as_xlsx(client)
    assert len(lines) == len(rows) == len(DANGEROUS)
    for line in [*lines, *rows]:
        for name, value in line.items():
            if isinstance(value, str) and value:
                assert value.lstrip()[0] not in "=+-@", (name, value)
                assert value[0] not in "\t\r\n", (name, value)
    assert {line["titel"] for line in lines} >= {"'=1+1 titel", "'@SUM(A1) titel", "'  =1+1 titel"}
    plain = {str(case["titel"]) for case in as_json(client)}
    assert "=1+1 titel" in plain, "a program reads the text as it is"


def test_every_text_column_goes_through_the_same_guard() -> None:
    """A column that is added later is guarded too: the guard stands where cells are written."""
    row = dict.fromkeys(COLUMNS, "=1+1")
    [_, line] = list(exports.as_file("csv", [row]))
    assert set(next(csv.reader([line]))) == {"'=1+1"}
    sheet = load_workbook(io.BytesIO(b"".join(exports.as_file("xlsx", [row])))).active
    assert {cell.value for cell in list(sheet.iter_rows())[1]} == {"'=1+1"}


def test_signs_that_a_workbook_cannot_hold_do_not_stop_the_file(client: Client) -> None:
    make_case("Met een \x0b teken", slug="teken", result="lang" * 10_000)
    [row] = as_xlsx(client)
    assert row["titel"] == "Met een  teken"
    assert len(str(row["resultaat"])) == 32_767


def test_a_file_costs_the_same_number_of_queries_for_each_chunk(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "CHUNK", 4)

    def cost(extension: str) -> int:
        body(client, "/casussen/export.json?jaar=1999")  # the index and the vocabulary are up to date now
        with CaptureQueriesContext(connection) as queries:
            assert body(client, f"/casussen/export.{extension}?sorteer=titel")
        return len(queries)

    def add(first: int, last: int) -> None:
        for number in range(first, last):
            make_case(organisation=make_organisation(), links=["factor/tijd"], slug=f"c-{number}")

    add(0, 3)
    one_chunk = {extension: cost(extension) for extension in ("csv", "json", "xlsx")}
    add(3, 12)
    for extension, before in one_chunk.items():
        # version · view restrictions (twice) · cases with organisation · links · sources · relations; all but the
        # version once for each chunk of four
        assert before <= 7, extension
        assert cost(extension) - before <= 2 * 6, extension


def test_a_case_that_is_taken_offline_during_a_download_is_left_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "CHUNK", 1)
    make_case("Aap")
    gone = make_case("Noot")
    monkeypatch.setattr(downloads, "PIECE", 1)
    pieces = iter(client.get("/casussen/export.json?sorteer=titel"))
    begun = next(pieces) + next(pieces)
    assert b"Aap" in begun
    gone.unpublish()
    found = json.loads(begun + b"".join(pieces))
    assert [case["titel"] for case in found["casussen"]] == ["Aap"]
    assert found["aantal"] == 1


def test_asking_only_for_the_head_of_a_file_makes_no_file(client: Client) -> None:
    make_case()
    client.get("/casussen/")  # the index is up to date now
    for extension in FORMATS:
        with CaptureQueriesContext(connection) as queries:
            response = client.head(f"/casussen/export.{extension}")
            assert b"".join(response) == b""
        assert [query["sql"] for query in queries if "contentversion" not in query["sql"]] == []
        assert response["Content-Disposition"] == f'attachment; filename="casussen.{extension}"'
    assert client.head("/casussen/export.csv?kleur=rood").status_code == 400


def test_a_file_is_fetched_again_only_when_something_changed(client: Client) -> None:
    case = make_case("Aap")
    address = "/casussen/export.xlsx?q=aap"
    kept = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": kept}).status_code == 304
    edit(case, introduction="Iets anders.")
    assert client.get(address, headers={"if-none-match": kept}).status_code == 200


def test_who_asks_for_one_large_file_too_many_is_told_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "LARGE", 2)
    for number in range(2):
        make_case(f"Drone {number}", outcome="gestopt" if number else "geslaagd")
    begun = [client.get("/casussen/export.csv") for _ in range(downloads.LARGE_AT_ONCE)]
    refused = client.get("/casussen/export.xlsx?q=drone")
    assert refused.status_code == 503
    assert refused["Retry-After"]
    assert "Probeer het over een paar minuten" in refused.content.decode()
    assert 'href="/casussen/?q=drone"' in refused.content.decode()
    assert client.get("/casussen/export.csv?uitkomst=gestopt").status_code == 200, "a small file can always be made"
    for response in begun:
        b"".join(response)  # read to the end, it is closed
    assert body(client, "/casussen/export.csv").count(b"\n") == 3

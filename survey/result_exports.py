"""Results as open data: one table of columns for CSV, XLSX and JSON, by allow-list, the same on every address."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.http import StreamingHttpResponse

from .downloads import file_response
from .models import Provenance, Result
from .spreadsheets import as_csv, as_json, as_xlsx

#: A share of 43.209876543 percent is as true with four decimals.
DECIMALS = 4
CHUNK = 2000
EXAMPLE_CAUTION = (
    "De rijen met herkomst ‘voorbeeld’ komen uit verzonnen antwoorden. Ze laten zien hoe een editie eruitziet en zeggen "
    "niets over echte organisaties."
)

#: What is read of a result. Everything in one query, however many rows.
_FIELDS = {
    "editie": F("edition__slug"),
    "editie_bron": F("edition__publication__slug"),
    "land_slug": F("edition__country__slug"),
    "indicator_slug": F("indicator__slug"),
    "schema": F("group__scheme__slug"),
    "groep": F("group__slug"),
    "bron_slug": F("publication__slug"),
}
_PLAIN = (
    "statistic",
    "value",
    "value_to",
    "qualifier",
    "n",
    "low",
    "high",
    "provenance",
    "withheld",
    "locator",
    "text_line",
)
Row = dict[str, Any]


def _number(value: float | None) -> float | int | None:
    if value is None:
        return None
    rounded = round(value, DECIMALS)
    return int(rounded) if rounded == int(rounded) else rounded


def _qualifier(row: Row) -> str:
    return "" if row["withheld"] else row["qualifier"]


def _source(row: Row) -> str:
    """Publication, place and line for what was published; the edition itself for what was computed from its answers."""
    if row["provenance"] != Provenance.PUBLISHED:
        return row["editie"]
    line = f"regel {row['text_line']}" if row["text_line"] else ""
    parts = (row["bron_slug"] or row["editie_bron"] or row["editie"], row["locator"], line)
    return ", ".join(part for part in parts if part)


#: Public by this line and no other: name of the column -> its value.
COLUMNS: dict[str, Callable[[Row], Any]] = {
    "editie": lambda row: row["editie"],
    "land": lambda row: row["land_slug"] or "",
    "indicator": lambda row: row["indicator_slug"],
    "uitsplitsing": lambda row: row["schema"] or "",
    "groep": lambda row: row["groep"] or "",
    "maat": lambda row: row["statistic"],
    "waarde": lambda row: _number(row["value"]),
    "waarde_tot": lambda row: _number(row["value_to"]),
    "nauwkeurigheid": _qualifier,
    "n": lambda row: row["n"],
    "ondergrens": lambda row: _number(row["low"]),
    "bovengrens": lambda row: _number(row["high"]),
    "herkomst": lambda row: row["provenance"],
    "bron": _source,
    "niet_getoond": lambda row: row["withheld"],
}


def in_order(results: QuerySet[Result]) -> QuerySet[Result]:
    """Real editions before examples; then edition, indicator, everybody before groups, statistic."""
    return results.order_by(
        "edition__is_example",
        "edition__position",
        "edition__slug",
        "indicator__theme_position",
        "indicator__position",
        "indicator__slug",
        F("group__scheme__position").asc(nulls_first=True),
        F("group__scheme__slug").asc(nulls_first=True),
        F("group__position").asc(nulls_first=True),
        F("group__slug").asc(nulls_first=True),
        "statistic",
        "pk",
    )


def rows(results: QuerySet[Result]) -> Iterator[Row]:
    """One row a result, in a fixed order, with the columns of the contract."""
    for row in _read(results):
        yield {name: value(row) for name, value in COLUMNS.items()}


def _read(results: QuerySet[Result]) -> Iterator[Row]:
    yield from in_order(results).values(*_PLAIN, **_FIELDS).iterator(chunk_size=CHUNK)


def results_file(results: QuerySet[Result], name: str, extension: str, cautions: list[str]) -> StreamingHttpResponse:
    """A part of the results as a download. `cautions`: what a reader must know, only JSON has a place for it.

    A file with nothing but made-up numbers says so in its name.
    """
    found = list(rows(results))
    examples = sum(row["herkomst"] == Provenance.EXAMPLE for row in found)
    if examples and examples == len(found):
        name = f"voorbeeld-{name}"
    if extension == "json":
        warnings = [EXAMPLE_CAUTION] if examples else []
        after = {"voorbeeld": bool(examples), "let_op": [*warnings, *cautions]}
        return file_response(name, extension, as_json("resultaten", found, after))
    if extension == "xlsx":
        title = "verzonnen voorbeeld" if examples else "resultaten"
        return file_response(name, extension, as_xlsx(title, list(COLUMNS), found))
    return file_response(name, extension, as_csv(COLUMNS, found))


def all_results() -> StreamingHttpResponse:
    """Everything, as CSV, a few thousand rows in memory at a time."""
    return file_response("resultaten", "csv", as_csv(COLUMNS, rows(Result.objects.all())))

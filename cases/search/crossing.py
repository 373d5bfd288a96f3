"""Counts of two facets against each other, in one look at the index."""

import re

from tantivy import Query, Searcher

from cases.search.schema import FACET

#: More values of one facet than the site can ever show; the engine wants a number.
MOST_VALUES = 5_000


def cross(searcher: Searcher, row: str, column: str) -> dict[str, dict[str, int]]:
    """Slug of the row -> slug of the column -> number of cases; pairs without a case are left out."""
    asked = {"rows": _values(row) | {"aggs": {"columns": _values(column)}}}
    found = searcher.aggregate(Query.all_query(), asked)
    return {
        _slug(one["key"]): {_slug(cell["key"]): int(cell["doc_count"]) for cell in one["columns"]["buckets"]}
        for one in found["rows"]["buckets"]
    }


def _values(param: str) -> dict[str, object]:
    return {"terms": {"field": FACET, "size": MOST_VALUES, "include": f"{re.escape(param)}:.*"}}


def _slug(value: object) -> str:
    return str(value).partition(":")[2]

"""Which cases are like one case: they share choices, the rare ones first, and words."""

from collections.abc import Collection, Sequence

from tantivy import Occur, Query, Searcher

from cases.search.index import CaseIndex
from cases.search.schema import FACET, facet_value, schema

WORDS_COUNT = 0.25
"""A shared choice has evidence behind it; shared words only put likes in order."""


def similar(
    index: CaseIndex, pk: int, shared: Sequence[tuple[str, str]], without: Collection[int], limit: int
) -> list[int]:
    """Cases that share at least one of these (parameter, slug) choices, the most alike first.

    A choice that few cases have weighs more. `pk` need not be in the index: a draft has likes too.
    """
    if not shared or limit < 1:
        return []
    return index.read(lambda searcher: _similar(searcher, pk, shared, {pk, *without}, limit))


def _similar(
    searcher: Searcher, pk: int, shared: Sequence[tuple[str, str]], without: Collection[int], limit: int
) -> list[int]:
    choices = [
        (Occur.Should, Query.term_query(schema(), FACET, facet_value(param, slug), "basic")) for param, slug in shared
    ]
    parts = [
        (Occur.Must, Query.boolean_query(choices)),
        (Occur.MustNot, Query.term_set_query(schema(), "pk", list(without))),
    ]
    itself = searcher.search(Query.term_query(schema(), "pk", pk), limit=1, count=False).hits
    if itself:
        words = Query.more_like_this_query(itself[0][1], min_word_length=4, max_query_terms=25)
        parts.append((Occur.Should, Query.boost_query(words, WORDS_COUNT)))
    found = searcher.search(Query.boolean_query(parts), limit=limit, count=False).hits
    keys = searcher.fast_field_values("pk", [address for _, address in found])
    return [int(key or 0) for key in keys]

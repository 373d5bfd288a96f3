"""Turns a question into a result."""

from collections.abc import Collection, Mapping, Sequence

from tantivy import DocAddress, Order, Query, Searcher

from cases.search.index import CaseIndex
from cases.search.marking import Marker
from cases.search.nearest import nearest_words
from cases.search.queries import Term, TextQuery, known_forms, narrowed, text_query, total
from cases.search.questions import Question
from cases.search.results import Drop, Hit, SearchResult
from cases.search.schema import FACET, NEWEST, TITLE_ORDER, schema
from cases.search.wording import Wording, understand

MOST_VALUES = 20_000
"""More facet values than the site can ever show; the engine wants a number."""

Found = tuple[float, DocAddress]


def search(index: CaseIndex, question: Question, facet_params: Sequence[str]) -> SearchResult:
    """One page of the answer, with the counts of all these facets. Any text is welcome."""
    return index.read(lambda searcher: _answer(searcher, question, facet_params))


def _answer(searcher: Searcher, question: Question, facet_params: Sequence[str]) -> SearchResult:
    wording = understand(question.text)
    asked = text_query(searcher, wording)
    choices = {param: tuple(dict.fromkeys(slugs)) for param, slugs in question.choices.items() if slugs}
    matching = narrowed(asked.lean, choices)
    amount = total(searcher, matching)
    with_all_words = total(searcher, narrowed(asked.strict, choices)) if asked.loosened else amount
    unknown = tuple(term.typed for term in asked.unknown)
    ordered = _Ordered(searcher, asked, choices, question.sort)
    found = ordered.slice((question.page - 1) * question.page_size, question.page_size, amount)
    return SearchResult(
        hits=_hits(searcher, found, asked, wording),
        total=amount,
        counts=_counts(searcher, asked.lean, choices, facet_params),
        loosened=asked.loosened and amount > with_all_words,
        total_with_all_words=with_all_words,
        ignored_words=unknown,
        without_each_choice={} if amount else _without_each_choice(searcher, asked.lean, choices, wording),
        nearest_words=nearest_words(searcher, unknown) if unknown else (),
        all_pks_of=lambda: _pks(searcher, ordered.slice(0, max(amount, 1), amount)),
    )


class _Ordered:
    """The found cases in an order that is the same for every page: no two cases are ever equal."""

    def __init__(self, searcher: Searcher, asked: TextQuery, choices: Mapping[str, Collection[str]], sort: str) -> None:
        self._searcher = searcher
        self._by_relevance = sort == "relevantie" and asked.by_relevance
        self._query = narrowed(asked.ranked if self._by_relevance else asked.lean, choices)
        self._field, self._order = (TITLE_ORDER, Order.Asc) if sort == "titel" else (NEWEST, Order.Desc)

    def slice(self, start: int, length: int, amount: int) -> list[Found]:
        """So many hits from there on, of `amount` in all."""
        if start >= amount:
            return []
        if not self._by_relevance:
            length = min(length, amount - start)
            found = self._searcher.search(
                self._query, limit=length, count=False, offset=start, order_by_field=self._field, order=self._order
            )
            return [(0.0, address) for _, address in found.hits]
        return self._best(min(start + length, amount), amount)[start : start + length]

    def _best(self, end: int, amount: int) -> list[Found]:
        """The best so many, and all that score like the last of them: only then can equals be put in a fixed order."""
        limit = min(end + 1, amount)
        while True:
            found = list(self._searcher.search(self._query, limit=limit, count=False).hits)
            if limit >= amount or len(found) < limit or found[-1][0] < found[end - 1][0]:
                break
            limit = min(limit * 4, amount)
        keys = self._searcher.fast_field_values("pk", [address for _, address in found])
        in_order = sorted(zip(found, keys, strict=True), key=lambda hit: (-hit[0][0], -int(hit[1] or 0)))
        return [hit for hit, _ in in_order]


def _pks(searcher: Searcher, found: Sequence[Found]) -> list[int]:
    return [int(pk or 0) for pk in searcher.fast_field_values("pk", [address for _, address in found])]


def _hits(searcher: Searcher, found: Sequence[Found], asked: TextQuery, wording: Wording) -> tuple[Hit, ...]:
    helping = [Term(word, known_forms(searcher, word)) for word in wording.helping]
    marker = Marker(searcher, [*asked.terms, *helping])
    pks = _pks(searcher, found)
    whole = _those_with_all_words(searcher, asked, pks) if asked.loosened else set(pks)
    hits = []
    for pk, (score, address) in zip(pks, found, strict=True):
        marked = marker.mark(searcher.doc(address))
        hits.append(
            Hit(
                pk=pk,
                score=score,
                title_html=marked.title,
                summary_html=marked.summary,
                snippet_html=marked.piece,
                matched_in=marked.fields,
                matches_all=pk in whole,
            )
        )
    return tuple(hits)


def _those_with_all_words(searcher: Searcher, asked: TextQuery, pks: Sequence[int]) -> set[int]:
    if not pks:
        return set()
    shown = Query.term_set_query(schema(), "pk", list(pks))
    found = searcher.search(asked.strict.and_must_match(shown), limit=len(pks), count=False)
    return set(_pks(searcher, found.hits))


def _counts(
    searcher: Searcher, lean: Query, choices: Mapping[str, Collection[str]], params: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Each facet without its own choices; facets without choices share one count."""
    chosen = [param for param in params if choices.get(param)]
    shared = _tally(searcher, narrowed(lean, choices)) if len(chosen) < len(params) else {}
    own = {param: _tally(searcher, narrowed(lean, choices, without=param)).get(param, {}) for param in chosen}
    return {param: own[param] if param in own else shared.get(param, {}) for param in params}


def _tally(searcher: Searcher, query: Query) -> dict[str, dict[str, int]]:
    found = searcher.aggregate(query, {"values": {"terms": {"field": FACET, "size": MOST_VALUES}}})
    tally: dict[str, dict[str, int]] = {}
    for bucket in found["values"]["buckets"]:
        param, _, slug = str(bucket["key"]).partition(":")
        tally.setdefault(param, {})[slug] = int(bucket["doc_count"])
    return tally


def _without_each_choice(
    searcher: Searcher, lean: Query, choices: Mapping[str, tuple[str, ...]], wording: Wording
) -> dict[Drop, int]:
    """What each choice hides. One of several within a facet hides nothing: there it is all of them together."""
    numbers: dict[Drop, int] = {}
    for param, slugs in choices.items():
        drop: Drop = (param, slugs[0] if len(slugs) == 1 else "")
        numbers[drop] = total(searcher, narrowed(lean, choices, without=param))
    if not wording.empty and choices:
        numbers["q"] = total(searcher, narrowed(Query.all_query(), choices))
    return dict(sorted(((drop, number) for drop, number in numbers.items() if number), key=lambda item: -item[1]))

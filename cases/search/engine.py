"""Turns a question into a result."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache, partial

from tantivy import DocAddress, Order, Query, Searcher

from cases.search.index import CaseIndex
from cases.search.lexicon import Lexicon, Meaning
from cases.search.lookup import MOST_GUESSED, known_forms
from cases.search.marking import Marker
from cases.search.nearest import as_written, nearest_words
from cases.search.queries import ENOUGH, TextQuery, narrowed, text_query, total
from cases.search.questions import Question
from cases.search.results import Drop, Hit, SearchResult
from cases.search.schema import CHOICES, EVERY_CASE, FACET, NEWEST, TITLE_ORDER, schema
from cases.search.terms import Term, Way
from cases.search.wording import Wording, understand

MOST_VALUES = 20_000
"""More facet values than the site can ever show; the engine wants a number."""

NO_LEXICON = Lexicon()
Found = tuple[float, DocAddress]
_OTHER_WAY = {Order.Asc: Order.Desc, Order.Desc: Order.Asc}


def search(
    index: CaseIndex,
    question: Question,
    facet_params: Sequence[str],
    lexicon: Lexicon = NO_LEXICON,
    meanings: Sequence[Meaning] = (),
) -> SearchResult:
    """One page of the answer, with the counts of all these facets. Any text is welcome.

    `meanings` are the concepts that the whole text is probably about: they help in the order, and are all there is when the
    words themselves find too little.
    """
    return index.read(lambda searcher: _answer(searcher, question, facet_params, lexicon, meanings))


def _answer(
    searcher: Searcher,
    question: Question,
    facet_params: Sequence[str],
    lexicon: Lexicon,
    meanings: Sequence[Meaning],
) -> SearchResult:
    wording = understand(question.text)
    choices = {param: tuple(dict.fromkeys(slugs)) for param, slugs in question.choices.items() if slugs}
    tallies = _Tallies(searcher)
    count = tallies.total if facet_params else partial(total, searcher)
    chosen = cache(lambda query: narrowed(query, choices))

    def enough(query: Query) -> bool:
        """Where the choices leave enough of the cases with all words, there are enough of these."""
        return count(chosen(query)) >= ENOUGH or (bool(choices) and total(searcher, query) >= ENOUGH)

    asked = text_query(searcher, wording, lexicon, meanings, enough)
    matching = chosen(asked.lean)
    amount = count(matching)
    with_all_words = total(searcher, narrowed(asked.strict, choices)) if asked.loosened else amount
    unknown = tuple(term.typed for term in asked.unknown)
    ordered = _Ordered(searcher, asked, choices, question.sort)
    found = ordered.slice((question.page - 1) * question.page_size, question.page_size, amount)
    return SearchResult(
        hits=_hits(searcher, found, asked, wording),
        total=amount,
        counts=_counts(tallies, asked.lean, matching, choices, facet_params),
        loosened=asked.loosened and amount > with_all_words,
        total_with_all_words=with_all_words,
        ignored_words=unknown,
        without_each_choice={} if amount else _without_each_choice(searcher, asked.lean, choices, wording),
        corrections=tuple((term.typed, as_written(searcher, term.meant)) for term in asked.terms if term.meant),
        nearest_words=() if amount else nearest_words(searcher, unknown[:MOST_GUESSED]),
        concepts=_concepts(asked, meanings),
        all_pks_of=lambda: _pks(searcher, ordered.slice(0, max(amount, 1), amount)),
    )


def _concepts(asked: TextQuery, meanings: Sequence[Meaning]) -> dict[str, str]:
    named = {facet: way.label for term in asked.terms for way in term.ways for facet in way.facets if way.label}
    return named | {one.name.facet: one.name.label for one in meanings if one.name.facet not in named}


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
            return self._in_order(start, min(length, amount - start), amount)
        return self._best(min(start + length, amount), amount)[start : start + length]

    def _in_order(self, start: int, length: int, amount: int) -> list[Found]:
        """From the nearest end: the engine puts everything before a page in order too."""
        backwards = start > amount // 2
        found = self._searcher.search(
            self._query,
            limit=length,
            count=False,
            offset=amount - start - length if backwards else start,
            order_by_field=self._field,
            order=_OTHER_WAY[self._order] if backwards else self._order,
        )
        hits = [(0.0, address) for _, address in found.hits]
        return hits[::-1] if backwards else hits

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
    helping = [Term(word, (Way("woord", forms=known_forms(searcher, word)),)) for word in wording.helping]
    documents = [searcher.doc(address) for _, address in found]
    marker = Marker([*asked.terms, *helping])
    pks = _pks(searcher, found)
    whole = _those_with_all_words(searcher, asked, pks) if asked.loosened else set(pks)
    hits = []
    for pk, document in zip(pks, documents, strict=True):
        marked = marker.mark(document)
        hits.append(
            Hit(
                pk=pk,
                title_html=marked.title,
                summary_html=marked.summary,
                snippet_html=marked.piece,
                matched_in=marked.fields,
                synonyms=marked.synonyms,
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
    tallies: "_Tallies", lean: Query, matching: Query, choices: Mapping[str, Collection[str]], params: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Each facet without its own choices; facets without choices share one count."""
    chosen = [param for param in params if choices.get(param)]
    shared = tallies.of(matching) if len(chosen) < len(params) else {}
    own = {param: tallies.of_one(narrowed(lean, choices, without=param), param) for param in chosen}
    return {param: own[param] if param in own else shared.get(param, {}) for param in params}


class _Tallies:
    """How many of the cases of a query have each choice, counted once a query: it is most of the work of an answer."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._counted: list[tuple[Query, dict[str, dict[str, int]]]] = []

    def of(self, query: Query) -> dict[str, dict[str, int]]:
        """Parameter -> slug -> cases."""
        for counted, numbers in self._counted:
            if counted is query:
                return numbers
        found = self._searcher.aggregate(query, {"values": {"terms": {"field": FACET, "size": MOST_VALUES}}})
        tally: dict[str, dict[str, int]] = {}
        for bucket in found["values"]["buckets"]:
            param, _, slug = str(bucket["key"]).partition(":")
            tally.setdefault(param, {})[slug] = int(bucket["doc_count"])
        self._counted.append((query, tally))
        return tally

    def of_one(self, query: Query, param: str) -> dict[str, int]:
        """Slug -> cases, of one parameter only."""
        column = {"terms": {"field": f"{CHOICES}.{param}", "size": MOST_VALUES}}
        found = self._searcher.aggregate(query, {"values": column})
        return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in found["values"]["buckets"]}

    def total(self, query: Query) -> int:
        """How many cases there are."""
        return self.of(query).get(EVERY_CASE, {}).get("", 0)


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

"""Our search beside bare tantivy on the same index, doing the same: one search of twenty, all counts, the fragments.

Bare tantivy is asked twice: for the words as they were typed, in each field; and for exactly the cases that ours finds, which
may be more (forms of words, parts of compounds, synonyms), with the query that ours made ready-made.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from scale.measuring import in_turn
from scale.questions import ASKED, Asked

#: At most so many times bare tantivy: the middle of the ratios of all questions.
MOST_TIMES = 1.5
RUNS = 9
PAGE = 20


def run() -> list[dict[str, Any]]:
    """Kind of question -> hits, and milliseconds of processor time of ours and of bare tantivy."""
    from django.conf import settings

    from cases.catalogue import answer
    from cases.lexicon import lexicon, meanings
    from cases.search.queries import text_query
    from cases.search.questions import Question
    from cases.search.wording import understand
    from cases.search.writing import index_at

    answer(Question())  # opens the index, builds it when it is missing
    index = index_at(newest_index(Path(settings.SEARCH_INDEX_DIR)))
    index.reload()
    searcher = index.searcher()
    found = []
    for asked in ASKED:
        question = Question(asked.text, {name: (slug,) for name, slug in asked.choices.items()}, page=asked.page)
        typed = chosen(as_typed(asked), asked)
        made = text_query(searcher, understand(asked.text), lexicon(), meanings(asked.text))
        works = (
            partial(as_in_a_request, question),
            bare(searcher, asked, typed, typed),
            bare(searcher, asked, chosen(made.ranked, asked), chosen(made.lean, asked)),
        )
        ours, words, same = in_turn(works, RUNS)
        row = {"kind": asked.kind, "text": asked.text, "hits": answer(question).total}
        found.append(row | {"ours": ours, "typed": words, "same": same})
    return found


def as_in_a_request(question: Any) -> object:
    """The whole answer; whether anything changed is asked once."""
    from cases.catalogue import answer
    from survey.versions import one_version_per_request

    with one_version_per_request():
        return answer(question)


def newest_index(folder: Path) -> Path:
    """Where the files of the live index stand."""
    return max(folder.rglob("meta.json"), key=lambda path: path.stat().st_mtime).parent


def as_typed(asked: Asked) -> Query:
    """Every word in any field, a misspelt one with one letter wrong; words between quotation marks in a row."""
    from cases.search.analysis import words_of
    from cases.search.schema import TEXT_FIELDS, schema

    words = words_of(asked.text)
    if not words:
        return Query.all_query()
    if asked.text.startswith('"'):
        return any_of([Query.phrase_query(schema(), field.name, words) for field in TEXT_FIELDS])
    one = Query.fuzzy_term_query if asked.typo else Query.term_query

    def anywhere(word: str) -> Query:
        return any_of([Query.boost_query(one(schema(), field.name, word), field.weight) for field in TEXT_FIELDS])

    return all_of([anywhere(word) for word in words])


def chosen(query: Query, asked: Asked) -> Query:
    """Only the cases with these choices."""
    from cases.search.schema import FACET, facet_value, schema

    return all_of([query, *(Query.term_query(schema(), FACET, facet_value(*one)) for one in asked.choices.items())])


def any_of(queries: list[Query]) -> Query:
    """At least one of these."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: list[Query]) -> Query:
    """Each of these."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def bare(searcher: Any, asked: Asked, ranking: Query, counting: Query) -> Callable[[], object]:
    """One search of a page, one count of all choices, and the fragments of that page."""
    from cases.search.schema import FACET, NEWEST, schema

    order = {} if asked.text else {"order_by_field": NEWEST, "order": tantivy.Order.Desc}

    def work() -> object:
        hits = searcher.search(ranking, limit=PAGE, offset=PAGE * (asked.page - 1), count=True, **order).hits
        counts = searcher.aggregate(counting, {"values": {"terms": {"field": FACET, "size": 20_000}}})
        documents = [searcher.doc(address) for _, address in hits]
        if not asked.text:
            return counts, documents
        marker = tantivy.SnippetGenerator.create(searcher, ranking, schema(), "body")
        return counts, [marker.snippet_from_doc(document).to_html() for document in documents]

    return work

"""Words from the cases that look like a word that no case holds."""

from collections import Counter

from tantivy import Document, Query, Searcher

from cases.search.analysis import analyzer
from cases.search.inflection import stem
from cases.search.schema import EVERYTHING, TEXT_FIELDS, schema

LOOK_IN = 40
"""In how many cases to look for the way a near word is written there."""


def nearest_words(searcher: Searcher, words: tuple[str, ...], limit: int = 5) -> tuple[str, ...]:
    """As they are written in the cases, the nearest first; one form of each."""
    found: list[str] = []
    for word in words:
        found += [near for near in _near(searcher, word) if near not in found]
    return tuple(found[:limit])


def _near(searcher: Searcher, word: str) -> list[str]:
    allowed = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 6 else 2
    continued: set[str] = set()
    if len(word) >= 4:
        continued = {term for term, _ in searcher.terms_with_prefix(EVERYTHING, word, limit=5)}
    queries = [Query.term_query(schema(), EVERYTHING, term, "freq") for term in continued]
    if allowed:
        queries.append(Query.fuzzy_term_query(schema(), EVERYTHING, word, allowed))
    if not queries:
        return []
    seen: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for query in queries:
        for _, address in searcher.search(query, limit=LOOK_IN, count=False).hits:
            for term, spelling in _tokens(searcher.doc(address), word, continued, allowed):
                seen[term] += 1
                spellings.setdefault(term, Counter())[spelling] += 1
    ranked = sorted(seen, key=lambda term: (_distance(term, word, allowed), -seen[term], term))
    one_of_each = {stem(term): term for term in reversed(ranked)}
    return [_spelling(spellings[term]) for term in ranked if one_of_each[stem(term)] == term]


def _tokens(document: Document, word: str, continued: set[str], allowed: int) -> list[tuple[str, str]]:
    """The near words of a case with the way they are written there."""
    found: list[tuple[str, str]] = []
    for field in TEXT_FIELDS:
        for text in document.get_all(field.name):
            for term in set(analyzer().analyze(text)):
                if term in continued or (allowed and _distance(term, word, allowed) <= allowed):
                    found.extend((term, written) for written in _written(text, term))
    return found


def _written(text: str, term: str) -> list[str]:
    tokens = analyzer().pre_tokenize(text).tokens
    return [text[token.char_offset_from : token.char_offset_to] for token in tokens if token.text == term]


def _spelling(spellings: Counter[str]) -> str:
    """Small letters where the cases have that; a name keeps its capital."""
    lower = [spelling for spelling in spellings if spelling.islower()]
    return max(lower or spellings, key=lambda spelling: (spellings[spelling], spelling))


def _distance(left: str, right: str, limit: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two words; above the limit just more than it."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, left_char in enumerate(left, start=1):
        now = [row]
        for column, right_char in enumerate(right, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (left_char != right_char))
            if row > 1 and column > 1 and left_char == right[column - 2] and left[row - 2] == right_char:
                cost = min(cost, before_last[column - 2] + 1)
            now.append(cost)
        if min(now) > limit:
            return limit + 1
        before_last, last = last, now
    return last[-1]

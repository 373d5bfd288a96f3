"""Which titles hold these words, the last one perhaps half typed."""

from collections.abc import Sequence

from tantivy import Searcher

from cases.search.analysis import words_of
from cases.search.index import CaseIndex
from cases.search.inflection import forms_of
from cases.search.terms import all_of, any_of, term_query
from cases.search.wording import MAX_CHARACTERS, MAX_WORDS, STOP_WORDS

FIELD = "title"
LOOKED_AT, MOST_BEGUN = 2_000, 24
"""Of so many words that begin with the half word, the most used so many are taken."""


def titles_with(index: CaseIndex, text: str, limit: int) -> list[int]:
    """The cases whose title holds every word, the best first. Cheap: one small query, whatever the number of cases."""
    words = words_of(text[:MAX_CHARACTERS])[:MAX_WORDS]
    if not words or limit < 1:
        return []
    half = "" if text[-1:].isspace() else words[-1]
    whole = [word for word in (words[:-1] if half else words) if word not in STOP_WORDS]
    return index.read(lambda searcher: _titles_with(searcher, whole, half, limit))


def _titles_with(searcher: Searcher, whole: Sequence[str], half: str, limit: int) -> list[int]:
    choices = [[form for form in forms_of(word) if searcher.doc_freq(FIELD, form)] for word in whole]
    if half:
        begun = searcher.terms_with_prefix(FIELD, half, limit=LOOKED_AT)
        begun.sort(key=lambda found: (found[0] != half, -found[1], found[0]))
        choices.append([word for word, _ in begun[:MOST_BEGUN]])
    if not choices or not all(choices):
        return []
    query = all_of([any_of([term_query(FIELD, word) for word in words]) for words in choices])
    found = searcher.search(query, limit=limit, count=False).hits
    keys = searcher.fast_field_values("pk", [address for _, address in found])
    return [int(key or 0) for key in keys]

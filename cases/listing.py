"""The one way from a question to cases, with only the numbers that are shown.

Counting every choice of the catalogue takes most of the time of an answer with very many cases.
"""

from .index import case_index
from .lexicon import lexicon, meanings
from .search.crossing import cross
from .search.engine import search
from .search.questions import Question
from .search.results import SearchResult


def listed(question: Question, *counted: str) -> SearchResult:
    """The answer for page, export, feed and API, with the counts of these facets only."""
    return search(case_index(), question, counted, lexicon(), meanings(question.text))


def newest(param: str, slug: str, number: int) -> SearchResult:
    """So many of the newest cases with this choice."""
    return listed(Question(choices={param: (slug,)}, sort="nieuwste", page_size=number))


def crossed(row: str, column: str) -> dict[str, dict[str, int]]:
    """Slug of the row -> slug of the column -> number of cases; pairs without a case are left out."""
    return case_index().read(lambda searcher: cross(searcher, row, column))

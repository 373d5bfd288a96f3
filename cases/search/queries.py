"""From terms to queries of the search engine.

A query exists twice: *lean*, over fields that hold everything, to match and count; and *ranked*, over the fields
apart, to put the best first. Both match exactly the same cases.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from tantivy import Occur, Query, Searcher

from cases.search.lexicon import Lexicon, Meaning
from cases.search.lookup import known_forms, telling_parts, terms_of
from cases.search.nearest import is_real_word
from cases.search.schema import FACET, facet_value, schema
from cases.search.terms import Term, Way, all_of, any_of, term_query
from cases.search.wording import Wording

FEW = 3
"""With fewer cases that hold a telling word, cases with any of the words follow."""
TELLING = 0.04
"""A word in more than this share of the cases says too little beside a real word that no case has."""
PART_TELLING = 0.1
"""A part of a compound in no more than this share of the cases says enough: both bijstand and fraude of bijstandsfraude."""
ENOUGH = 8
"""With fewer cases that hold all words, cases with a part of them follow."""
ALL_WORDS_BONUS = 4096.0
"""Lifts a case with all words above every case with a part; a power of two, so that the score can be told from it."""
FAVOUR = 6.0
"""Weight of the outcome that a sentence leans to: as much as a word in a title."""
HELP = 0.2
"""Weight of a word that only asks for a case."""
MEANT, MEANT_ALONE = 4.0, 16.0
"""Weight of a concept that the text is about, times how surely squared: beside all words, and beside some of them.

Squared, for a concept that is hardly more than a guess must not outweigh a typed word.
"""


@dataclass(frozen=True, slots=True)
class TextQuery:
    """What the typed text comes down to in this state of the index."""

    lean: Query
    ranked: Query
    strict: Query
    """The cases with all words."""
    terms: tuple[Term, ...] = ()
    loosened: bool = False
    """Cases with some of the words follow."""
    by_relevance: bool = False
    """False: every case answers as well as any other, as without words."""

    @property
    def unknown(self) -> tuple[Term, ...]:
        """What no case holds, nor anything like it."""
        return tuple(term for term in self.terms if not term.known)


def text_query(
    searcher: Searcher,
    wording: Wording,
    lexicon: Lexicon,
    meanings: Sequence[Meaning] = (),
    enough: Callable[[Query], bool] | None = None,
) -> TextQuery:
    """All words first; where too few cases hold them all, cases with most of the words follow.

    Whether it loosens depends on the words alone, never on the choices: else a count would not tell what a click gives.
    `enough` tells whether a query finds at least ENOUGH; given by who remembers what it counted.
    """
    if wording.empty or wording.impossible:
        query = Query.all_query() if wording.empty else Query.empty_query()
        return TextQuery(query, query, query)
    found = _found(searcher, wording, lexicon, meanings, enough or (lambda query: total(searcher, query) >= ENOUGH))
    if not wording.excluded:
        return found
    excluded = any_of([_excluded(searcher, words) for words in wording.excluded])

    def without(query: Query) -> Query:
        return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, excluded)])

    return replace(found, lean=without(found.lean), ranked=without(found.ranked), strict=without(found.strict))


def _found(
    searcher: Searcher,
    wording: Wording,
    lexicon: Lexicon,
    meanings: Sequence[Meaning],
    enough: Callable[[Query], bool],
) -> TextQuery:
    terms = terms_of(searcher, wording, lexicon)
    if not terms:
        query = Query.all_query()
        return TextQuery(query, query, query)
    known = [term for term in terms if term.known]
    unknown = [term for term in terms if not term.known]
    strict = all_of([term.lean() for term in terms]) if not unknown else Query.empty_query()
    found = TextQuery(strict, all_of([term.ranked() for term in terms]) if not unknown else strict, strict, terms)
    hopeless = any(term.literal for term in unknown) or _elsewhere(searcher, known, unknown)
    if not hopeless and (unknown or not enough(strict)):
        free = [term for term in terms if not term.literal]
        parts = [part for term in free for part in telling_parts(searcher, term, lexicon)]
        if unknown or parts or meanings or len(known) > 1:
            found = _with_some(searcher, known, parts, found, meanings)
    ranked = _with_help(searcher, found.ranked, wording, [] if found.loosened else meanings)
    return replace(found, ranked=ranked, by_relevance=True)


def _elsewhere(searcher: Searcher, known: Sequence[Term], unknown: Sequence[Term]) -> bool:
    """The question is about something that no case is about: beside a real word that no case has (*bitcoin koers*), an
    ordinary one is no ground to stand on. Who types more words tells more.
    """
    # A guess is no ground to stand on either.
    if unknown and known and all(term.meant for term in known):
        return True
    if len(unknown) != 1 or len(known) != 1 or not is_real_word(unknown[0].typed):
        return False
    return total(searcher, known[0].lean()) > max(FEW, TELLING * searcher.num_docs)


def _with_some(
    searcher: Searcher,
    known: Sequence[Term],
    parts: Sequence[Term],
    strictly: TextQuery,
    meanings: Sequence[Meaning],
) -> TextQuery:
    """After the cases with all words those with some, and those with a concept that the whole text is about."""
    about = [_about(meaning, MEANT_ALONE) for meaning in meanings]
    quoted = [term.lean() for term in known if term.literal]
    lean = any_of([strictly.strict, _loosened(searcher, known, parts), *(all_of([*quoted, one]) for one in about)])
    ranked = Query.boolean_query(
        [
            (Occur.Must, Query.const_score_query(lean, 0.0)),
            *((Occur.Should, query) for query in (*(term.ranked() for term in (*known, *parts)), *about)),
            (Occur.Should, Query.const_score_query(strictly.strict, ALL_WORDS_BONUS)),
        ]
    )
    return replace(
        strictly, lean=lean, ranked=ranked, loosened=total(searcher, lean) > total(searcher, strictly.strict)
    )


def _about(meaning: Meaning, weight: float) -> Query:
    return Query.boost_query(term_query(FACET, meaning.name.facet, "basic"), weight * meaning.score**2)


def _loosened(searcher: Searcher, known: Sequence[Term], parts: Sequence[Term]) -> Query:
    """The cases with most of the words, or, when those are few, with some."""
    fixed = [term for term in known if term.literal]
    whole = [term for term in known if not term.literal]
    free = [*whole, *parts]
    telling = [*_telling(searcher, whole), *_telling(searcher, parts, PART_TELLING)]
    lean, amount = Query.empty_query(), 0
    for needed in dict.fromkeys((len(free), ceil(len(free) * 0.6), 1 if free else 0)):
        lean = _some(fixed, free, telling, needed)
        if (amount := total(searcher, lean)) >= ENOUGH:
            return lean
    return any_of([lean, _some(fixed, whole, whole, 1)]) if amount < FEW and len(whole) > 1 else lean


def _with_help(searcher: Searcher, ranked: Query, wording: Wording, meanings: Sequence[Meaning]) -> Query:
    """What need not be found, but makes a case better when it is."""
    helps = [_about(meaning, MEANT) for meaning in meanings]
    for word in wording.helping:
        if forms := known_forms(searcher, word):
            helps.append(Query.boost_query(Term(word, (Way("woord", typed=word, forms=forms),)).ranked(), HELP))
    if wording.favoured:
        favoured = Query.term_set_query(schema(), FACET, list(wording.favoured))
        helps.append(Query.const_score_query(favoured, FAVOUR))
    if not helps:
        return ranked
    return Query.boolean_query([(Occur.Must, ranked), *((Occur.Should, query) for query in helps)])


def _excluded(searcher: Searcher, words: tuple[str, ...]) -> Query:
    """What must not be there: the words in their order, or every form of one word."""
    if len(words) > 1:
        return any_of(Way("woord", phrase=words).lean())
    return any_of(Way("woord", forms=known_forms(searcher, words[0])).lean())


def narrowed(query: Query, choices: Mapping[str, Collection[str]], without: str | None = None) -> Query:
    """The query with the choices of all facets but one; choices never change the score."""
    filters = [
        Query.const_score_query(_chosen(param, slugs), 0.0)
        for param, slugs in choices.items()
        if slugs and param != without
    ]
    if not filters:
        return query
    return Query.boolean_query([(Occur.Must, query), *((Occur.Must, chosen) for chosen in filters)])


def total(searcher: Searcher, query: Query) -> int:
    """How many cases a query finds."""
    found = searcher.search(query, limit=1, count=True)
    return int(found.count)  # type: ignore[attr-defined]  # the engine's type stubs forget it


def _chosen(param: str, slugs: Collection[str]) -> Query:
    return any_of([term_query(FACET, facet_value(param, slug), "basic") for slug in slugs])


def _telling(searcher: Searcher, terms: Sequence[Term], share: float = 0.0) -> Sequence[Term]:
    """The rarer half of the words, and those in at most this share of the cases: one with only the ordinary ones is not about it.

    What only stands there in its parts says less than any word that is there itself, however rare.
    """
    amounts = [(term.only_apart, total(searcher, term.lean())) for term in terms]
    rarity = sorted(range(len(terms)), key=amounts.__getitem__)
    half = ceil(len(rarity) / 2)
    few = share * searcher.num_docs
    return [terms[place] for rank, place in enumerate(rarity) if rank < half or amounts[place][1] <= few]


def _some(fixed: Sequence[Term], free: Sequence[Term], telling: Sequence[Term], needed: int) -> Query:
    """All of the fixed ones, at least so many of the free ones, and at least one that tells something."""
    parts = [(Occur.Must, term.lean()) for term in fixed]
    if needed >= len(free):
        parts += [(Occur.Must, term.lean()) for term in free]
    elif needed > 0:
        options = [(Occur.Should, term.lean()) for term in free]
        parts.append((Occur.Must, Query.boolean_query(options, minimum_number_should_match=needed)))
        parts.append((Occur.Must, any_of([term.lean() for term in telling])))
    return Query.boolean_query(parts)

"""From understood words to queries of the search engine.

A query exists twice: *lean*, over one field with everything, to match and count; and *ranked*, over the fields
apart, to put the best first. Both match exactly the same cases.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from tantivy import Occur, Query, Searcher

from cases.search.inflection import forms_of
from cases.search.schema import EVERYTHING, FACET, TEXT_FIELDS, facet_value, schema
from cases.search.wording import Wording

ENOUGH = 3
"""With fewer cases that hold all words, cases with a part of them follow."""
ALL_WORDS_BONUS = 4096.0
"""Lifts a case with all words above every case with a part; a power of two, so that the score can be told from it."""
EXACT_FORM = 1.3
COMPOUND = 0.5
COMPOUND_FROM = 5
"""From so many letters on a word is also looked for as the beginning of longer ones (deepfake, deepfakevideo)."""
MOST_COMPOUNDS = 16
FAVOUR = 6.0


@dataclass(frozen=True, slots=True)
class Term:
    """One typed word or phrase with the forms of it that stand in the index."""

    typed: str
    forms: tuple[str, ...]
    phrase: tuple[str, ...] = ()
    literal: bool = False
    """Typed between quotes: to be found just like that, and never let go."""
    compounds: tuple[str, ...] = ()
    """Longer words that begin with it; they count for less."""
    outcomes: tuple[str, ...] = ()
    """Facet values that are as good as the word itself."""

    @property
    def known(self) -> bool:
        """Some case holds it."""
        return bool(self.forms or self.compounds or self.phrase or self.outcomes)

    @property
    def marked(self) -> tuple[str, ...]:
        """What to mark in a text."""
        return (*self.forms, *self.compounds, *self.phrase)

    def lean(self) -> Query:
        """Which cases hold it."""
        if self.phrase:
            return _any([_phrase(field.name, self.phrase) for field in TEXT_FIELDS])
        words = [_term(EVERYTHING, form) for form in (*self.forms, *self.compounds)]
        return _any([*words, *(_term(FACET, outcome, "basic") for outcome in self.outcomes)])

    def ranked(self) -> Query:
        """The same cases, the best place to find it first."""
        places = []
        for field in TEXT_FIELDS:
            if self.phrase:
                places.append(Query.boost_query(_phrase(field.name, self.phrase), field.weight))
                continue
            for form in self.forms:
                weight = field.weight * (EXACT_FORM if form == self.typed else 1.0)
                places.append(Query.boost_query(_term(field.name, form), weight))
            for compound in self.compounds:
                places.append(Query.boost_query(_term(field.name, compound), field.weight * COMPOUND))
        if self.outcomes:
            outcomes = Query.term_set_query(schema(), FACET, list(self.outcomes))
            places.append(Query.const_score_query(outcomes, FAVOUR))
        return Query.disjunction_max_query(places, tie_breaker=0.15)


@dataclass(frozen=True, slots=True)
class TextQuery:
    """What the typed text comes down to in this state of the index."""

    lean: Query
    ranked: Query
    loosened: bool
    strict: Query
    terms: tuple[Term, ...]
    unknown: tuple[Term, ...]
    by_relevance: bool


def terms_of(searcher: Searcher, wording: Wording) -> tuple[Term, ...]:
    """The words and phrases that must be found."""
    if wording.only_outcome:
        forms = [form for word in wording.words for form in known_forms(searcher, word)]
        return (Term(" ".join(wording.words), tuple(dict.fromkeys(forms)), outcomes=wording.favoured),)
    words = [word_term(searcher, word) for word in wording.words]
    return (*words, *(_phrase_term(searcher, phrase) for phrase in wording.phrases))


def word_term(searcher: Searcher, word: str) -> Term:
    """A word with its forms and the compounds that begin with it."""
    forms = known_forms(searcher, word)
    if len(word) < COMPOUND_FROM or word.isdigit():
        return Term(word, forms)
    longer = searcher.terms_with_prefix(EVERYTHING, word, limit=MOST_COMPOUNDS + len(forms))
    compounds = [term for term, _ in longer if term not in forms]
    return Term(word, forms, compounds=tuple(compounds[:MOST_COMPOUNDS]))


def _phrase_term(searcher: Searcher, phrase: tuple[str, ...]) -> Term:
    typed = " ".join(phrase)
    known = all(searcher.doc_freq(EVERYTHING, word) for word in phrase)
    if len(phrase) == 1:
        return Term(typed, phrase if known else (), literal=True)
    return Term(typed, (), phrase if known else (), literal=True)


def known_forms(searcher: Searcher, word: str) -> tuple[str, ...]:
    """The forms of a word that stand in the index."""
    return tuple(form for form in forms_of(word) if searcher.doc_freq(EVERYTHING, form))


def text_query(searcher: Searcher, wording: Wording) -> TextQuery:
    """All words first; where too few cases hold them all, cases with most of the words follow.

    Whether it loosens depends on the words alone, never on the choices: else a count would not tell what a click gives.
    """
    if wording.empty or wording.impossible:
        query = Query.all_query() if wording.empty else Query.empty_query()
        return TextQuery(query, query, False, query, (), (), False)
    terms = terms_of(searcher, wording)
    known = [term for term in terms if term.known]
    unknown = tuple(term for term in terms if not term.known)
    strict = _all([term.lean() for term in known]) if known and not unknown else Query.empty_query()
    lean, ranked, loosened = strict, _all([term.ranked() for term in known]), False
    fixed = [term for term in known if term.literal]
    free = [term for term in known if not term.literal]
    hopeless = not known or any(term.literal for term in unknown)
    strict_total = total(searcher, strict)
    if strict_total < ENOUGH and len(terms) > 1 and not hopeless:
        telling = _telling(searcher, free)
        for needed in dict.fromkeys((len(free), ceil(len(free) * 0.6), 1 if free else 0)):
            lean = _some(fixed, free, telling, needed)
            loose_total = total(searcher, lean)
            if loose_total >= ENOUGH:
                break
        ranked = Query.boolean_query(
            [(Occur.Must, Query.const_score_query(lean, 0.0)), *((Occur.Should, term.ranked()) for term in known)]
        )
        loosened = loose_total > strict_total
        bonus = Query.const_score_query(strict, ALL_WORDS_BONUS)
        ranked = Query.boolean_query([(Occur.Must, ranked), (Occur.Should, bonus)])
    ranked = _with_help(searcher, ranked, wording)
    return TextQuery(lean, ranked, loosened, strict, terms, unknown, True)


def _with_help(searcher: Searcher, ranked: Query, wording: Wording) -> Query:
    helps: list[tuple[Occur, Query]] = []
    for word in wording.helping:
        forms = known_forms(searcher, word)
        if forms:
            helps.append((Occur.Should, Query.boost_query(Term(word, forms).ranked(), 0.2)))
    if wording.favoured:
        favoured = Query.term_set_query(schema(), FACET, list(wording.favoured))
        helps.append((Occur.Should, Query.const_score_query(favoured, FAVOUR)))
    return Query.boolean_query([(Occur.Must, ranked), *helps]) if helps else ranked


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
    return _any([_term(FACET, facet_value(param, slug), "basic") for slug in slugs])


def _term(field: str, word: str, index_option: str = "freq") -> Query:
    return Query.term_query(schema(), field, word, index_option)


def _phrase(field: str, words: Sequence[str]) -> Query:
    return Query.phrase_query(schema(), field, list(words))


def _any(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: Sequence[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _telling(searcher: Searcher, terms: Sequence[Term]) -> Sequence[Term]:
    """The rarer half of the words: a case with only the ordinary ones is not about it."""
    rarity = sorted(terms, key=lambda term: total(searcher, term.lean()))
    return rarity[: ceil(len(rarity) / 2)]


def _some(fixed: Sequence[Term], free: Sequence[Term], telling: Sequence[Term], needed: int) -> Query:
    """All of the fixed ones, at least so many of the free ones, and at least one that tells something."""
    parts = [(Occur.Must, term.lean()) for term in fixed]
    if needed >= len(free):
        parts += [(Occur.Must, term.lean()) for term in free]
    elif needed > 0:
        options = [(Occur.Should, term.lean()) for term in free]
        parts.append((Occur.Must, Query.boolean_query(options, minimum_number_should_match=needed)))
        parts.append((Occur.Must, _any([term.lean() for term in telling])))
    return Query.boolean_query(parts)

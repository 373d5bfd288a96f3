"""One typed word, or some words that belong together, and all the ways in which a case may hold it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tantivy import Occur, Query

from cases.search.analysis import parts_of
from cases.search.schema import EVERYTHING, FACET, HEAD_PARTS, PARTS, TEXT_FIELDS, schema

WayKind = Literal["woord", "deel", "synoniem", "begrip"]

EXACT_FORM = 1.3
"""How much the form that was typed counts more than another form of the word."""
HEAD_PART, PART = 3.0, 0.5
"""Weights of a word within a compound: in the title or the summary, and elsewhere."""
TIE = 0.15
"""How much the other places count beside the best one."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hold a term. What is empty plays no part."""

    kind: WayKind
    label: str = ""
    """How a reader knows it: the synonym or the concept; empty for the word itself."""
    weight: float = 1.0
    typed: str = ""
    """The form that counts for most."""
    forms: tuple[str, ...] = ()
    """Words, any of them."""
    parts: tuple[str, ...] = ()
    """Words that stand alone or in compounds, any of them."""
    phrase: tuple[str, ...] = ()
    """Words in this order."""
    together: tuple["Term", ...] = ()
    """All of these."""
    facets: tuple[str, ...] = ()
    """Choices, any of them."""

    def lean(self) -> list[Query]:
        """Which cases hold it; any of the queries will do."""
        # A word that is no compound stands among the parts as it is.
        found = [
            term_query(EVERYTHING, form) for form in self.forms if form not in self.parts or len(parts_of(form)) > 1
        ]
        found += [term_query(PARTS, part) for part in self.parts]
        if self.phrase:
            found += [_phrase(field.name, self.phrase) for field in TEXT_FIELDS]
        if self.together:
            found.append(all_of([term.lean() for term in self.together]))
        found += [term_query(FACET, facet, "basic") for facet in self.facets]
        return found

    def ranked(self) -> list[Query]:
        """The same cases with a score; the best of the queries counts."""
        found = []
        for field in TEXT_FIELDS:
            if field.name == "years" and not any(form.isdigit() for form in self.forms):
                continue
            for form in self.forms:
                exact = EXACT_FORM if form == self.typed else 1.0
                found.append(Query.boost_query(term_query(field.name, form), field.weight * self.weight * exact))
            if self.phrase:
                found.append(Query.boost_query(_phrase(field.name, self.phrase), field.weight * self.weight))
        for part in self.parts:
            found.append(Query.boost_query(term_query(HEAD_PARTS, part), self.weight * HEAD_PART))
            found.append(Query.boost_query(term_query(PARTS, part), self.weight * PART))
        if self.together:
            found.append(Query.boost_query(all_of([term.ranked() for term in self.together]), self.weight))
        found += [Query.boost_query(term_query(FACET, facet, "basic"), self.weight) for facet in self.facets]
        return found


@dataclass(frozen=True, slots=True)
class Term:
    """A typed word, some words that are one expression, or a phrase between quotes."""

    typed: str
    ways: tuple[Way, ...] = ()
    literal: bool = False
    """Typed between quotes: to be found just like that, and never let go."""
    meant: str = ""
    """The word that is searched instead, because no case holds what was typed."""

    @property
    def known(self) -> bool:
        """Some case may hold it."""
        return bool(self.ways)

    @property
    def only_apart(self) -> bool:
        """It is a compound that no case holds, but some hold all its parts."""
        return all(way.together for way in self.ways)

    def lean(self) -> Query:
        """Which cases hold it."""
        return any_of([query for way in self.ways for query in way.lean()])

    def ranked(self) -> Query:
        """The same cases, the best place to find it first."""
        return Query.disjunction_max_query([query for way in self.ways for query in way.ranked()], tie_breaker=TIE)


def term_query(field: str, word: str, index_option: str = "freq") -> Query:
    """The cases with this word in this field."""
    return Query.term_query(schema(), field, word, index_option)


def _phrase(field: str, words: Sequence[str]) -> Query:
    return Query.phrase_query(schema(), field, list(words))


def any_of(queries: Sequence[Query]) -> Query:
    """Nothing when there are none."""
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: Sequence[Query]) -> Query:
    """Nothing when there are none."""
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])

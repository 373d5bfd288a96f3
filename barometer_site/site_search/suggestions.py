"""What somebody may want while typing: a search with its number of cases, a case, or something else with a page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from cases.catalogue import catalogue_address
from cases.index import case_index
from cases.listing import listed
from cases.models import CasePage
from cases.search.analysis import words_of
from cases.search.questions import Question
from cases.search.sighting import Sighting
from cases.search.titles import titles_with
from cases.search.wording import FRAME_WORDS, MAX_CHARACTERS, STOP_WORDS
from survey.vocabulary import ConceptEntry, vocabulary

from .finding import kind_of, sightings
from .things import CONCEPT

FEWEST_LETTERS, LETTERS_OF_NAME = 2, 3
"""Letters before anything is suggested, and of the longest word before it is taken for a name."""
MOST = 8
MOST_SEARCHES, MOST_CASES = 2, 3
#: The lists of which a case stands *in* one.
PLACES = ("sector", "cluster", "land")
#: What asks for an exact phrase, or for what must not be there, is left as it is.
_OPERATORS = ('"', "“", "„", " -")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line below the box."""

    kind: str
    """What it is; empty for a search."""
    text: str
    url: str


def suggestions(text: str) -> list[Suggestion]:
    """At most eight, none for less than two letters. Takes any text; the last word may be half typed.

    Costs at most two questions to the index beside a small one for titles, and three small queries.
    """
    text = text[:MAX_CHARACTERS]
    if sum(len(word) for word in words_of(text)) < FEWEST_LETTERS:
        return []
    found = sorted(sightings(text, places=("name",), half_word=True).found, key=_begins_with(text))
    searches = _searches(text, found)
    pks = titles_with(case_index(), text, MOST)
    titles = CasePage.objects.published().only("title", "slug").in_order_of(pks) if pks else []
    cases = [Suggestion("Casus", case.title, case.get_absolute_url()) for case in titles]
    things = [Suggestion(kind_of(one.thing.kind).name, one.thing.title + _why(one), one.thing.url) for one in found]
    room = MOST - len(searches) - 1
    cases = cases[: max(MOST_CASES, room - len(things))]
    shown = [*searches, *cases, *things[: room - len(cases)]]
    words = " ".join(text.split())
    whole_site = Suggestion(
        "", f"Zoek “{words}” op de hele site", f"{reverse('site_search')}?{urlencode({'q': words})}"
    )
    return [*shown, whole_site] if shown else []


def _begins_with(text: str) -> Callable[[Sighting], bool]:
    """Sorts names that begin as the text does before all others."""
    begin = words_of(text)
    return lambda one: not " ".join(words_of(one.passage)).startswith(" ".join(begin))


def _why(one: Sighting) -> str:
    """The other name by which it was found, where its title does not hold what was typed."""
    return "" if one.marked.intersection(words_of(one.thing.title)) else f" ({one.passage})"


def _searches(text: str, found: list[Sighting]) -> list[Suggestion]:
    """Searches with a concept as a filter and the other words as words; only those that find a case."""
    if any(operator in f" {text}" for operator in _OPERATORS):
        return []
    named = [(one, entry) for one in found if (entry := _named(one))]
    named.sort(key=lambda pair: pair[1].scheme not in PLACES)
    named = [pair for place, pair in enumerate(named) if place == 0 or pair[1].scheme not in PLACES]
    made: dict[frozenset[str], list[Suggestion]] = {}
    for one, entry in named[:MOST_SEARCHES]:
        rest = _rest(text, one)
        question = Question(text=rest, choices={entry.scheme: (entry.slug,)}, page_size=1)
        if total := listed(question).total:
            url = catalogue_address(entry.scheme, entry.slug, **({"q": rest} if rest else {}))
            line = Suggestion("", _sentence(total, entry, rest) + _why(one), url)
            made.setdefault(one.typed, []).append(line)
    # The same words may name two things, a factor and a bottleneck. Two ways to part the words would only confuse.
    return next(iter(made.values()), [])


def _named(one: Sighting) -> ConceptEntry | None:
    """The concept of a filter of which a whole name was typed, the last word of it perhaps half."""
    words = vocabulary()
    scheme = words.schemes.get(one.thing.kind.removeprefix(CONCEPT))
    if scheme is None or not scheme.is_facet:
        return None
    named = one.is_whole and max(map(len, one.typed), default=0) >= LETTERS_OF_NAME
    return words.by_pk.get(one.thing.key) if named else None


def _rest(text: str, one: Sighting) -> str:
    """What was typed beside the name, without what only makes a sentence of it."""
    beside = one.typed | STOP_WORDS | FRAME_WORDS
    return " ".join(word for word in text.split() if not beside.issuperset(words_of(word)))


def _sentence(total: int, entry: ConceptEntry, rest: str) -> str:
    """As the catalogue says it: *12 casussen in Waterschappen over “drones”*."""
    number = "1 casus" if total == 1 else f"{total} casussen"
    about = f" over “{rest}”" if rest else ""
    place = f" in {entry.name}" if entry.scheme in PLACES else ""
    other = "" if place else f" met {entry.name}"
    return f"{number}{place}{about}{other}"

"""What the site holds about a text, beside cases: found in memory, in groups."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from cases.organisation_views import organisations_with_cases
from cases.search.analysis import words_of
from cases.search.directory import Directory, Sightings
from cases.search.marking import marked_text
from cases.search.sighting import Sighting, Where
from survey.versions import kept
from survey.vocabulary import vocabulary

from .things import CONCEPT, KINDS, ORGANISATION, Kind, things

#: A long list is folded after so many.
UNFOLDED = 5
#: Found beside cases: so many at most, and none that holds little of what was asked.
MOST_BESIDE, LEAST_BESIDE = 4, 0.4


@dataclass(frozen=True, slots=True)
class Find:
    """One thing on a page of results, with the found words marked."""

    kind: Kind
    title: SafeString
    url: str
    text: SafeString
    name: SafeString
    """The other name by which it was found; empty when that was the title or a text."""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, the best first."""

    kind: Kind
    finds: tuple[Find, ...]

    @property
    def shown(self) -> tuple[Find, ...]:
        """What stands on the page at once."""
        return self.finds[:UNFOLDED]

    @property
    def folded(self) -> tuple[Find, ...]:
        """The rest."""
        return self.finds[UNFOLDED:]


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """What was found beside cases."""

    groups: tuple[Group, ...]
    instead: tuple[tuple[str, str], ...]
    """Typed words that occur nowhere, each with the word that was taken for it."""

    @property
    def total(self) -> int:
        """Over all groups."""
        return sum(len(group.finds) for group in self.groups)


@kept
def site_directory() -> Directory:
    """Everything beside cases as it is now; made anew when any of it changed, not when a case did."""
    return Directory(things())


def sightings(text: str, *, places: tuple[Where, ...] = ("name", "text"), half_word: bool = False) -> Sightings:
    """What a visitor may see of what was found: an organisation only when a published case is behind it."""
    answer = site_directory().find(text, places=places, half_word=half_word)
    found = tuple(_visible(answer.found))
    marked = {word for one in found for word in one.marked}
    return Sightings(found, tuple(pair for pair in answer.instead if pair[1] in marked))


def _visible(found: Iterable[Sighting]) -> Iterable[Sighting]:
    found = list(found)
    asked = [one.thing.key for one in found if one.thing.kind == ORGANISATION]
    shown: set[int] = set()
    if asked:
        shown = set(organisations_with_cases().filter(pk__in=asked).values_list("pk", flat=True))
    schemes = {CONCEPT + slug for slug in vocabulary().schemes}  # the directory may be newer than this request
    for one in found:
        kind = one.thing.kind
        if one.thing.key in shown if kind == ORGANISATION else kind in KINDS or kind in schemes:
            yield one


def site_answer(text: str) -> SiteAnswer:
    """Groups in a fixed order, but of the lists of concepts the one with the best find first."""
    answer = sightings(text)
    by_kind: dict[str, list[Sighting]] = {}
    for one in answer.found:  # the best first
        by_kind.setdefault(one.thing.kind, []).append(one)
    order = [*(kind for kind in by_kind if kind.startswith(CONCEPT)), *KINDS]
    groups = [Group(kind_of(kind), tuple(map(_find, by_kind[kind]))) for kind in order if kind in by_kind]
    return SiteAnswer(tuple(groups), answer.instead)


def beside_cases(text: str) -> list[Find]:
    """The few best finds, for beside the cases that were found."""
    found = [one for one in sightings(text).found if one.score >= LEAST_BESIDE]
    return [_find(one) for one in found[:MOST_BESIDE]]


def kind_of(kind: str) -> Kind:
    """How one thing of this kind and many are called."""
    if kind.startswith(CONCEPT):
        scheme = vocabulary().schemes[kind.removeprefix(CONCEPT)]
        return Kind(scheme.name, scheme.plural, scheme.url)
    return KINDS[kind]


def _find(one: Sighting) -> Find:
    thing = one.thing
    text = one.passage if one.where == "text" else thing.texts[0] if thing.texts else ""
    # Another name is told where the title does not hold what was typed.
    name = one.passage if one.where == "name" and one.marked.isdisjoint(words_of(thing.title)) else ""
    return Find(kind_of(thing.kind), _marked(thing.title, one), thing.url, _marked(text, one), _marked(name, one))


def _marked(text: str, one: Sighting) -> SafeString:
    return mark_safe(marked_text(text, one.marked))  # which escapes

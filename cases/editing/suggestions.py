"""Which concepts a text may be about, each with the sentence in which it was found. An editor decides.

A concept is known by its name and synonyms (a sentence that holds one of them, in any form, is a find) and by the words of
its definition and guidance (a sentence that shares several of their rare words is one too).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import log

from survey.models import Concept, Guidance

from ..search.analysis import words_of
from ..search.inflection import stem
from ..search.wording import FRAME_WORDS, STOP_WORDS
from .concept_chooser import linkable_concepts
from .texts import FieldText

MOST = 6
MOST_OF_ONE_SCHEME = 3
NAMED = 10.0
"""What a sentence earns that holds the very name: more than shared words can."""
LEAST = 10.0
"""Below this a find is more often noise than help."""
LEAST_SHARED = 3
TOO_COMMON = 0.06
"""A word that more of the concepts share says nothing about one of them."""
TELLING_KINDS = (Guidance.Kind.RECOGNISE, Guidance.Kind.EXPLAIN, Guidance.Kind.FITS)

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept that may fit, and why we think so."""

    pk: int
    name: str
    scheme: str
    definition: str
    sentence: str
    label: str


@dataclass(frozen=True, slots=True)
class _Known:
    concept: Concept
    phrases: frozenset[Phrase]
    words: frozenset[str]


def suggestions(fields: Iterable[FieldText], without: Collection[int] = ()) -> list[Suggestion]:
    """The best finds; `without` are the concepts that are linked already."""
    known = _known_concepts(without)
    weights = _weights(known)
    best: dict[int, tuple[float, str, str]] = {}
    for field in fields:
        for sentence in field.sentences:
            stems = _stems(sentence)
            for number, entry in enumerate(known):
                score = _score(entry, stems, weights)
                if score >= LEAST and score > best.get(number, (0.0, "", ""))[0]:
                    best[number] = (score, sentence, field.label)
    found: list[Suggestion] = []
    of_scheme: Counter[str] = Counter()
    for number, (_, sentence, label) in sorted(best.items(), key=lambda item: (-item[1][0], item[0])):
        concept = known[number].concept
        of_scheme[concept.scheme.slug] += 1
        if of_scheme[concept.scheme.slug] <= MOST_OF_ONE_SCHEME:
            found.append(Suggestion(concept.pk, concept.name, concept.scheme.name, concept.definition, sentence, label))
    return found[:MOST]


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words_of(text)]


def _known_concepts(without: Collection[int]) -> list[_Known]:
    concepts = linkable_concepts().exclude(pk__in=without).order_by("scheme__position", "position", "name")
    guidance: dict[int, list[str]] = defaultdict(list)
    for pk, text in Guidance.objects.filter(kind__in=TELLING_KINDS).values_list("concept_id", "text"):
        guidance[pk].append(text)
    return [
        _Known(
            concept,
            frozenset(filter(_tells, (tuple(_stems(name)) for name in [concept.name, *concept.synonym_list]))),
            frozenset(word for text in [concept.definition, *guidance[concept.pk]] for word in _content(text)),
        )
        for concept in concepts
    ]


def _content(text: str) -> Iterable[str]:
    words = (word for word in words_of(text) if len(word) > 3 and word not in STOP_WORDS and word not in FRAME_WORDS)
    return map(stem, words)


def _tells(phrase: Phrase) -> bool:
    """A name of one short or common word would be found everywhere."""
    return len("".join(phrase)) > 4 and any(word not in STOP_WORDS and word not in FRAME_WORDS for word in phrase)


def _weights(known: Collection[_Known]) -> dict[str, float]:
    """How much a shared word says: the fewer concepts have it, the more."""
    counts = Counter(word for entry in known for word in entry.words)
    most = max(3.0, TOO_COMMON * len(known))
    return {word: log(1 + len(known) / number) for word, number in counts.items() if number <= most}


def _score(entry: _Known, stems: list[str], weights: dict[str, float]) -> float:
    present = set(stems)
    named = any(_within(phrase, stems) for phrase in entry.phrases if present.issuperset(phrase))
    shared = [weights[word] for word in present & entry.words if word in weights]
    return (NAMED if named else 0.0) + (sum(shared) if named or len(shared) >= LEAST_SHARED else 0.0)


def _within(phrase: Phrase, stems: list[str]) -> bool:
    return any(tuple(stems[start : start + len(phrase)]) == phrase for start in range(len(stems) - len(phrase) + 1))

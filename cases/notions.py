"""Which of our concepts a text is about, in anybody's words: *stiekem uitproberen* is the strategy *onder de radar*."""

from survey.models import Guidance
from survey.versions import kept
from survey.vocabulary import ConceptEntry, Vocabulary, vocabulary

from .search.directory import Directory
from .search.sighting import NamedThing

#: The kinds of guidance that say what a concept is; the others say where it was found, or what to do.
TELLING_KINDS = (Guidance.Kind.RECOGNISE, Guidance.Kind.FITS)


def concepts_meant(text: str) -> list[tuple[ConceptEntry, float]]:
    """Concepts with a score from 0 to 1, the best first.

    A concept of which a whole name was typed is always there, also when the text is mostly about something else. Takes
    any text; costs no query as long as the vocabulary is the same.
    """
    words = vocabulary()
    found = concept_directory().find(text).found
    return [(words.by_pk[one.thing.key], one.score) for one in found if one.thing.key in words.by_pk]


@kept
def concept_directory() -> Directory:
    """All concepts as they are now."""
    return Directory(concept_things(vocabulary()))


def concept_things(words: Vocabulary) -> list[NamedThing]:
    """Every concept with its words and what says what it is; `kind` is its scheme. One query."""
    texts: dict[int, list[str]] = {pk: [entry.definition] for pk, entry in words.by_pk.items()}
    rows = Guidance.objects.filter(kind__in=TELLING_KINDS).order_by("concept", "sort_order")
    for pk, text in rows.values_list("concept_id", "text"):
        if pk in texts:
            texts[pk].append(text)
    return [
        NamedThing(entry.scheme, pk, entry.name, entry.url, entry.words[1:], tuple(filter(None, texts[pk])))
        for pk, entry in words.by_pk.items()
    ]

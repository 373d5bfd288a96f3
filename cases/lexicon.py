"""The lexicon of search: the synonyms that editors keep, and the names of the concepts."""

from survey.versions import kept
from survey.vocabulary import vocabulary

from .models import SearchSynonym
from .notions import concepts_meant
from .search.lexicon import Lexicon, Meaning, Name, build_lexicon
from .search.schema import facet_value

MOST_MEANINGS = 3
SURE_ENOUGH = 0.45


@kept
def lexicon() -> Lexicon:
    """As it is now; one query when the vocabulary or the synonyms changed since this process read them."""
    names = [
        (Name(facet_value(entry.scheme, entry.slug), entry.name), entry.words) for entry in vocabulary().by_pk.values()
    ]
    return build_lexicon((group.lines for group in SearchSynonym.objects.all()), names)


def meanings(text: str) -> list[Meaning]:
    """The concepts that a text is probably about, the likeliest first; no query while the vocabulary is the same."""
    found = concepts_meant(text) if text else []
    return [
        Meaning(Name(facet_value(entry.scheme, entry.slug), entry.name), score)
        for entry, score in found[:MOST_MEANINGS]
        if score >= SURE_ENOUGH
    ]

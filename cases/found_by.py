"""Why a case was found, in words."""

from collections.abc import Mapping, Sequence

from django.utils.text import get_text_list

from survey.vocabulary import ConceptEntry, vocabulary

from .card_rows import OnCard
from .choices import Outcome
from .filters import OUTCOME
from .search.results import Hit
from .search.schema import facet_value
from .search_source import GROUPINGS

MOST_NAMES = 2


def found_by(hit: Hit, case: OnCard, concepts: Mapping[str, str]) -> tuple[str, list[ConceptEntry]]:
    """*Gevonden in titel en tekst, via factor ‘Leiderschap’*, and the concepts that played a part.

    `concepts` are the choices that count as typed words (`SearchResult.concepts`).
    """
    schemes = vocabulary().schemes
    order = {facet: place for place, facet in enumerate(concepts)}
    entries = [entry for entry in _entries(case) if facet_value(entry.scheme, entry.slug) in order]
    entries.sort(key=lambda entry: order[facet_value(entry.scheme, entry.slug)])
    ways = []
    if hit.matched_in:
        ways.append(f"in {get_text_list(list(hit.matched_in), 'en')}")
    if hit.synonyms:
        ways.append(f"via synoniem {quoted(hit.synonyms[:MOST_NAMES])}")
    if entries and not hit.matched_in:
        scheme = schemes[entries[0].scheme]
        names = [entry.name for entry in entries if entry.scheme == scheme.slug]
        ways.append(f"via {scheme.name.lower()} {quoted(names[:MOST_NAMES])}")
    if not ways and facet_value(OUTCOME, case.outcome) in concepts:
        ways.append(f"via uitkomst {quoted([Outcome(case.outcome).label])}")
    return (f"Gevonden {', '.join(ways)}" if ways else "", entries)


def _entries(case: OnCard) -> list[ConceptEntry]:
    groupings = [case.grouping_pk(name) for name in GROUPINGS.values()]
    return vocabulary().entries([*case.concept_pks, *groupings, case.phase_id])


def quoted(names: Sequence[str]) -> str:
    """*‘Water’ en ‘Zorg’*."""
    return get_text_list([f"‘{name}’" for name in names], "en")

"""Which cases are worth reading next, each with the reason."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import get_text_list

from survey.vocabulary import ConceptEntry, vocabulary

from .index import case_index
from .schemes import TELLING_SCHEMES
from .search.likeness import similar

if TYPE_CHECKING:
    from .models import CaseLink, CasePage

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Relative:
    """A case to read next. `chosen` when an editor chose it, otherwise it shares links and words."""

    case: "CasePage"
    reason: str
    chosen: bool


def relatives(case: "CasePage", links: list["CaseLink"]) -> list[Relative]:
    """First what editors chose, then the cases that are most alike."""
    words = vocabulary()
    chosen = {relation.other_id: relation.reason for relation in case.relations.all()}
    entries = words.entries(link.concept_id for link in links)
    telling = {entry.pk: entry for entry in entries if entry.scheme in TELLING_SCHEMES}
    shared = [(entry.scheme, entry.slug) for entry in telling.values()]
    alike = similar(case_index(), case.pk or 0, shared, chosen, SHOWN - len(chosen))
    cases = type(case).objects.published().with_card_data().in_order_of([*chosen, *alike])
    return [Relative(other, chosen.get(other.pk) or _shared(other, telling), other.pk in chosen) for other in cases]


def _shared(other: "CasePage", telling: dict[int, ConceptEntry]) -> str:
    names = [telling[link.concept_id].name for link in other.card_links if link.concept_id in telling]
    return f"Deelt {get_text_list([f'‘{name}’' for name in names[:3]], 'en')}"

"""Which cases are worth reading next, each with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from survey.vocabulary import Vocabulary, vocabulary

from .card_rows import CardRow
from .found_by import quoted
from .index import case_index
from .schemes import TELLING_SCHEMES
from .search.likeness import Choice, Likened, similar

if TYPE_CHECKING:
    from .models import CaseLink, CasePage

SHOWN = 6
CONCEPTS_NAMED, WORDS_NAMED = 3, 2


@dataclass(frozen=True, slots=True)
class Relative:
    """A case to read next. `chosen` when an editor chose it, otherwise it shares links or words."""

    case: CardRow
    reason: str
    chosen: bool


def relatives(case: "CasePage", links: list["CaseLink"]) -> list[Relative]:
    """First what editors chose, then the cases that are most alike and that no editor refused."""
    words = vocabulary()
    chosen = {relation.other_id: relation.reason for relation in case.relations.all()}
    entries = words.entries(link.concept_id for link in links)
    choices = [(entry.scheme, entry.slug) for entry in entries if entry.scheme in TELLING_SCHEMES]
    likened = Likened(case.pk or 0, choices, f"{case.title}\n{case.introduction}")
    alike, order = similar(case_index(), likened, {*chosen, *_refused(case)}, SHOWN - len(chosen))
    about = {found.pk: found.words for found in alike}
    cases = type(case).objects.published().card_rows([*chosen, *about])
    return [
        Relative(
            other, chosen.get(other.pk) or _reason(other, order, about.get(other.pk, ()), words), other.pk in chosen
        )
        for other in cases
    ]


def _refused(case: "CasePage") -> set[int]:
    """Refused here (in this version, which may be a draft), or at the other case. One query."""
    here: Any = case.refused_likenesses.all()
    there = here.model.objects.filter(other=case.pk)
    rows = here | there if isinstance(here, QuerySet) else [*here, *there]
    return {pk for row in rows for pk in (row.case_id, row.other_id) if pk}


def _reason(other: CardRow, order: Sequence[Choice], about: Sequence[str], words: Vocabulary) -> str:
    """What both share, the rarest first."""
    entries = words.entries(other.concept_pks)
    theirs = {(entry.scheme, entry.slug): entry.name for entry in entries}
    shared = [theirs[choice] for choice in order if choice in theirs]
    parts = [f"Deelt {quoted(shared[:CONCEPTS_NAMED])}"] if shared else []
    if about:
        parts.append(f"Gaat ook over {quoted(about[:WORDS_NAMED])}")
    return ". ".join(parts)

"""Which cases are worth reading next, each with the reason."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.text import get_text_list

from survey.vocabulary import vocabulary

if TYPE_CHECKING:
    from .models import CasePage

#: Schemes that say what a case is about. Sharing a country or a phase makes nobody curious.
TELLING_SCHEMES = ("patroon", "knelpunt", "strategie", "aanpak", "factor", "thema")
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Relative:
    """A case to read next. `chosen` when an editor chose it, otherwise it shares links."""

    case: "CasePage"
    reason: str
    chosen: bool


def relatives(case: "CasePage") -> list[Relative]:
    """First what editors chose, then the cases that share the most links."""
    pages = type(case).objects.published().with_card_data()
    chosen = {relation.other_id: relation.reason for relation in case.relations.all()}
    found = [Relative(other, chosen[other.pk], True) for other in pages.in_order_of(list(chosen))]
    if len(found) < SHOWN:
        found += _sharing_links(case, exclude={case.pk, *chosen}, limit=SHOWN - len(found))
    return found


def _sharing_links(case: "CasePage", *, exclude: set[int], limit: int) -> list[Relative]:
    words = vocabulary()
    telling = {link.concept_id for link in case.links.all() if words.by_pk[link.concept_id].scheme in TELLING_SCHEMES}
    pages = (
        type(case)
        .objects.published()
        .exclude(pk__in=exclude)
        .filter(links__concept__in=telling)
        .annotate(shared=Count("links"))
        .filter(shared__gte=2)
        .order_by("-shared", "-first_published_at", "-pk")
        .with_card_data()[:limit]
    )
    return [
        Relative(
            other,
            _reason([words.by_pk[link.concept_id].name for link in other.card_links if link.concept_id in telling]),
            False,
        )
        for other in pages
    ]


def _reason(names: list[str]) -> str:
    return f"Deelt {get_text_list([f'‘{name}’' for name in names[:3]], 'en')}"

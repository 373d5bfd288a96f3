"""What a card shows of a case, as a plain row: making page objects of twenty cases takes longer than finding them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from .querysets import CaseQuerySet


class OnCard:
    """What a card asks of a case, of a page as well as of a row."""

    __slots__ = ()
    # Any: as the fields of a model, which have no types.
    slug: Any
    title: Any
    introduction: Any
    outcome: Any
    phase_id: Any
    start_year: Any
    end_year: Any
    period_note: Any
    organisation: Any
    concept_pks: Any

    def get_absolute_url(self) -> str:
        """The public address; cases live directly under the catalogue."""
        return reverse("case", args=[self.slug])

    def grouping_pk(self, name: str) -> int | None:
        """The `sector`, `cluster`, `country` or `size` of the organisation, or the case's own when none is named."""
        holder, field = (self.organisation, name) if self.organisation else (self, f"own_{name}")
        return getattr(holder, f"{field}_id", None)


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """The organisation of a case, with the keys of the concepts it falls under."""

    name: str
    sector_id: int | None
    cluster_id: int | None
    country_id: int | None
    size_id: int | None


@dataclass(frozen=True, slots=True)
class CardRow(OnCard):
    """One case; its names are those of `CasePage`, so that a card can be made of either."""

    pk: int
    slug: str
    title: str
    introduction: str
    outcome: str
    phase_id: int | None
    start_year: int | None
    end_year: int | None
    period_note: str
    own_sector_id: int | None
    own_cluster_id: int | None
    own_country_id: int | None
    organisation: NamedOrganisation | None
    concept_pks: tuple[int, ...]


_OWN = tuple(name for name in CardRow.__slots__ if name not in ("organisation", "concept_pks"))
_OF_ORGANISATION = tuple(f"organisation__{name}" for name in NamedOrganisation.__slots__)


def rows_of(cases: "CaseQuerySet") -> list[CardRow]:
    """In the order of the cases; two queries, whatever their number."""
    rows = list(cases.values_list(*_OWN, *_OF_ORGANISATION))
    concepts: dict[int, list[int]] = {row[0]: [] for row in rows}
    links = cases.model._meta.get_field("links").related_model.objects.filter(case__in=list(concepts))
    for case_pk, concept_pk in links.values_list("case_id", "concept_id"):
        concepts[case_pk].append(concept_pk)
    own = len(_OWN)
    return [
        CardRow(
            **dict(zip(_OWN, row, strict=False)),
            organisation=NamedOrganisation(*row[own:]) if row[own] is not None else None,
            concept_pks=tuple(concepts[row[0]]),
        )
        for row in rows
    ]

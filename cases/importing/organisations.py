"""Who did it: the organisation with its own sector, cluster and country, or these three without a name."""

from typing import Any

from ..models import CasePage, Organisation
from ..search_source import GROUPINGS
from .cells import text_of
from .plan import Change, RowPlan
from .words import CellError, Words

#: Column -> field; what a case without organisation says of itself.
OWN = {name: GROUPINGS[name] for name in ("sector", "cluster", "land")}
NAMES = ("organisatie", "organisatie_slug")


def plan_organisation(cells: dict[str, Any], plan: RowPlan, case: CasePage | None, words: Words) -> None:
    """Note who did it according to the row, what changes, and what does not fit together."""
    before = case.organisation if case else None
    organisation = before
    if any(name in cells for name in NAMES):
        try:
            organisation = _organisation(cells, before, words)
        except _PlacedError as error:
            plan.refuse(error.column, error.value, str(error))
            return
    if organisation != before or case is None:
        plan.values["organisation"] = organisation
    if case is not None and organisation != before:
        plan.changes.append(
            Change("organisatie", before.name if before else "", organisation.name if organisation else "")
        )
    for column, name in OWN.items():
        try:
            _plan_grouping(column, name, cells, plan, case, organisation, words)
        except CellError as error:
            plan.refuse(column, error.value, str(error))


class _PlacedError(CellError):
    """A mistake in one of the two columns."""

    def __init__(self, column: str, error: CellError) -> None:
        super().__init__(str(error), error.value)
        self.column = column


def _organisation(cells: dict[str, Any], before: Organisation | None, words: Words) -> Organisation | None:
    column = "organisatie_slug"
    try:
        slug = text_of(cells.get("organisatie_slug"))
        column = "organisatie"
        name = text_of(cells.get("organisatie"))
        if not slug:
            if before is not None and "organisatie_slug" not in cells and name == before.name.strip():
                return before
            return words.organisation_by_name(name) if name else None
        column = "organisatie_slug"
        found = words.organisation_by_slug(slug)
    except CellError as error:
        raise _PlacedError(column, error) from error
    if name and name.casefold() != found.name.strip().casefold():
        message = f"De organisatie ‘{slug}’ heet ‘{found.name}’. Maak één van beide cellen leeg."
        raise _PlacedError("organisatie", CellError(message, name))
    return found


def _plan_grouping(
    column: str,
    name: str,
    cells: dict[str, Any],
    plan: RowPlan,
    case: CasePage | None,
    organisation: Organisation | None,
    words: Words,
) -> None:
    word = text_of(cells.get(column))
    field = f"own_{name}_id"
    before = getattr(case, field) if case else None
    if organisation is not None:
        theirs = words.vocabulary.by_pk.get(getattr(organisation, f"{name}_id") or 0)
        if word and (theirs is None or words.concept(column, word) != theirs.pk):
            raise CellError(
                f"Dit hoort bij de organisatie, en die heeft ‘{theirs.slug if theirs else 'niets'}’. Verander het daar, of laat "
                "deze cel leeg.",
                word,
            )
        value = None
    elif column in cells:
        value = words.concept(column, word) if word else None
    else:
        value = before
    if value == before and case is not None:
        return
    plan.values[field] = value
    if case is not None and organisation is None:
        old = words.vocabulary.by_pk.get(before or 0)
        plan.changes.append(Change(column, old.slug if old else "", word))

"""What points to a concept (or an organisation), found in the models themselves: a foreign key made later moves along.

Keeping kinds of reference apart is what a merge needs: rows that are a part of the thing itself (its sources), rows
that tie it to something else once (a case and a concept), and single choices (the sector of an organisation).
"""

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Exists,
    F,
    ForeignKey,
    ManyToOneRel,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    UniqueConstraint,
)
from modelcluster.fields import ParentalKey
from wagtail.models import ReferenceIndex

from ..models import ConceptRelation

Values = dict[str, Any]
#: The row that stays and the row that goes -> what changes in the row that stays. Names of fields as in a revision.
Joiner = Callable[[Values, Values], Values]

#: Rows that nobody wants twice, though the database would allow it.
ONCE: dict[type[Model], tuple[str, ...]] = {ConceptRelation: ("concept", "other")}
_joiners: dict[type[Model], Joiner] = {}


@dataclass(frozen=True, slots=True)
class Reference:
    """One foreign key. `once`: the sets of fields, with this one, of which each combination may occur once."""

    model: type[Model]
    field: "ForeignKey[Any, Any]"
    once: tuple[tuple[str, ...], ...]

    @property
    def is_part(self) -> bool:
        """Rows that belong to what they point to: they are edited in its form."""
        return isinstance(self.field, ParentalKey)

    @property
    def owner_field(self) -> "ForeignKey[Any, Any] | None":
        """The other end of a row that ties two things; none when the row stands for itself."""
        if self.is_part:
            return None
        others = [field for field in self.model._meta.concrete_fields if field.is_relation and field != self.field]
        parents = [field for field in others if isinstance(field, ParentalKey)]
        tied = [field for field in others if any(field.name in names for names in self.once)]
        return next(iter([*parents, *tied]), None)

    @property
    def owner_model(self) -> type[Model]:
        """What an editor calls it: a case, not a link."""
        owner = self.owner_field
        return owner.related_model if owner else self.model

    def rows(self, pk: int) -> "QuerySet[Any]":
        """All rows that point there."""
        return self.model._base_manager.filter(**{self.field.name: pk})

    def doubled(self, old: int, new: int) -> "QuerySet[Any]":
        """The rows of the old one that would meet a row of the new one."""
        if not self.once:
            return self.rows(old).none()
        meetings = [
            Exists(self.rows(new).filter(**{name: OuterRef(name) for name in names if name != self.field.name}))
            for names in self.once
        ]
        return self.rows(old).filter(reduce(operator.or_, map(Q, meetings)))


def references_to(target: type[Model]) -> list[Reference]:
    """Every foreign key to this model, also those that have no name on the other side."""
    fields: list[Any] = [
        relation.field
        for relation in target._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
        and relation.auto_created  # the middle tables of many-to-many are here too
    ]
    return [Reference(field.model, field, _once(field)) for field in fields if not field.model._meta.proxy]


def _once(field: "ForeignKey[Any, Any]") -> tuple[tuple[str, ...], ...]:
    meta = field.model._meta
    constraints = [tuple(found.fields) for found in meta.constraints if isinstance(found, UniqueConstraint)]
    sets = [*constraints, *(tuple(names) for names in meta.unique_together)]
    if field.model in ONCE:
        sets.append(ONCE[field.model])
    return tuple(names for names in sets if field.name in names and len(names) > 1)


def register_joiner(model: type[Model], joiner: Joiner) -> None:
    """How two rows of this model become one, where joining their texts is not enough."""
    _joiners[model] = joiner


def joined(model: type[Model], kept: Values, gone: Values) -> Values:
    """What changes in the row that stays: texts are put after each other, what was empty is filled."""
    changes: Values = {}
    for field in model._meta.concrete_fields:
        mine, other = kept.get(field.name), gone.get(field.name)
        if field.is_relation or field.primary_key or not other or mine == other or field.name == "sort_order":
            continue
        if not mine:
            changes[field.name] = other
        elif isinstance(field, TextField) and str(other) not in str(mine):
            changes[field.name] = f"{mine} {other}"
    if model in _joiners:
        changes |= _joiners[model](kept, gone)
    return changes


def _values(row: Model) -> Values:
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}


def place_row(reference: Reference, row: Any, new: int, *, copy: bool = False) -> bool:
    """One row points to the new one; where such a row was there, that one takes in what this one says.

    With `copy` this row stays as well. Gives whether two became one.
    """
    twin = _twin(reference, row, new)
    rows = reference.model._base_manager
    if twin is not None:
        if changes := joined(reference.model, _values(twin), _values(row)):
            rows.filter(pk=twin.pk).update(**changes)
        if not copy:
            row.delete()
    elif copy:
        values = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
        rows.create(**values | {reference.field.name: reference.field.related_model._base_manager.get(pk=new)})
    else:
        rows.filter(pk=row.pk).update(**{reference.field.name: new})
    return twin is not None


def _twin(reference: Reference, row: Any, new: int) -> Any:
    for names in reference.once:
        same = {name: getattr(row, name) for name in names if name != reference.field.name}
        if twin := reference.rows(new).filter(**same).first():
            return twin
    return None


def move_rows(reference: Reference, old: int, new: int) -> None:
    """All rows of the old one point to the new one, after those that were there.

    Written straight to the database: whoever calls this says what changed, once for everything.
    """
    for row in list(reference.doubled(old, new)):
        place_row(reference, row, new)
    changes: Values = {reference.field.name: new}
    if reference.is_part and any(field.name == "sort_order" for field in reference.model._meta.concrete_fields):
        last = reference.rows(new).aggregate(last=Max("sort_order"))["last"]
        changes["sort_order"] = F("sort_order") + (last or 0) + 1
    reference.rows(old).update(**changes)


def move_reference_index(target: type[Model], old: int, new: int, doubled: Iterable[Model]) -> None:
    """Wagtail's own list of what refers to what ("5 keer gebruikt") follows."""
    kind = ContentType.objects.get_for_model(target)
    ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=str(old)).update(to_object_id=str(new))
    for owner in doubled:
        ReferenceIndex.create_or_update_for_object(owner)

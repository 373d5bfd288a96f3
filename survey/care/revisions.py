"""Versions that Wagtail keeps (drafts, planned publications, history) hold keys of concepts as JSON.

A version that names a concept that is gone can't be opened any more, so all of them are rewritten, not only the last.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, TextField
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision, RevisionMixin

from .references import ONCE, Values, joined, references_to

#: Key of the old one -> keys of what takes its place: one, or several for a link that is copied.
NewKeys = Mapping[int, Sequence[int]]
CHUNK = 200


def kept_models() -> list[type[Model]]:
    """Everything of which Wagtail keeps versions: what editors write."""
    return [model for model in apps.get_models() if issubclass(model, RevisionMixin)]


def rewrite_revisions(
    target: type[Model], mapping: NewKeys, only: Mapping[type[Model], Iterable[int]] | None = None
) -> int:
    """Put the new keys in the place of the old ones. `only`: model -> keys of the objects to look at. How many changed."""
    count = 0
    for model, names in _models_that_name(target).items():
        versions = Revision.objects.filter(content_type=ContentType.objects.get_for_model(model))
        if only is not None:
            versions = versions.filter(object_id__in=[str(pk) for pk in only.get(model, ())])
        key_of_old = rf'"({"|".join(sorted(names))})": ({"|".join(map(str, mapping))})[,}}]'
        versions = versions.annotate(text=Cast("content", TextField())).filter(text__regex=key_of_old)
        # The keys first: what is being read must not change under the cursor.
        pks = list(versions.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), CHUNK):
            changed = [
                version
                for version in Revision.objects.filter(pk__in=pks[start : start + CHUNK])
                if rewrite(version.content, model, target, mapping)
            ]
            Revision.objects.bulk_update(changed, ["content"])
            count += len(changed)
    return count


def _models_that_name(target: type[Model]) -> dict[type[Model], set[str]]:
    """Model with versions -> names of the fields, its own or of its rows, that hold such a key."""
    fields = [reference.field for reference in references_to(target)]
    found: dict[type[Model], set[str]] = {}
    for model in kept_models():
        rows = [relation.related_model for relation in get_all_child_relations(model)]
        names = {field.name for field in fields if field.model in (model, *rows)}
        if names:
            found[model] = names
    return found


def rewrite(content: Values, model: type[Model], target: type[Model], mapping: NewKeys) -> bool:
    """One version, in place. Whether anything changed."""
    changed = False
    for field in _keys(model, target):
        if content.get(field) in mapping:
            content[field] = mapping[content[field]][0]
            changed = True
    for relation in get_all_child_relations(model):
        rows = content.get(relation.get_accessor_name())
        for field in _keys(relation.related_model, target, besides=relation.field.name):
            if rows and any(row.get(field) in mapping for row in rows):
                content[relation.get_accessor_name()] = rows = _moved(rows, relation.related_model, field, mapping)
                changed = True
    return changed


def _keys(model: type[Model], target: type[Model], besides: str = "") -> list[str]:
    fields = model._meta.concrete_fields
    return [field.name for field in fields if field.related_model is target and field.name != besides]


def _moved(rows: list[Values], model: type[Model], field: str, mapping: NewKeys) -> list[Values]:
    """The rows with their new keys; two that meet become one where the database wants that."""
    is_once = model in ONCE or any(field in getattr(found, "fields", ()) for found in model._meta.constraints)
    found: list[Values] = []
    for row in rows:
        for number, new in enumerate(mapping.get(row.get(field) or 0, [row.get(field)])):
            moved = row | {field: new} | ({"pk": None} if number else {})
            twin = next((other for other in found if is_once and other[field] == new), None)
            if twin is None:
                found.append(moved)
            elif row.get(field) in mapping:
                twin |= joined(model, twin, moved)
            else:  # the row that was there already stays, with what came to it
                found[found.index(twin)] = moved | joined(model, moved, twin)
    return found

"""All links to elsewhere, wherever editors can write one: fields for an address, rich text and free content.

Found in the models themselves, so that a field made later is looked at too. Of pages only what readers can see.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model, QuerySet, URLField
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from ..models import CheckedLink
from .revisions import kept_models

_HREF = re.compile(r"""<a\s[^>]*?href=["'](https?://[^"']+)""", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
LONGEST = 500
Use = dict[str, Any]


def all_links() -> dict[str, list[Use]]:
    """Address -> where it stands: rows of `{"model", "pk", "field"}`."""
    found: dict[str, list[Use]] = {}
    for model in models_with_links():
        names = [field.name for field in link_fields(model)]
        for row in _visible(model).only("pk", *names).iterator(chunk_size=500):
            for name in names:
                use = {"model": model._meta.label_lower, "pk": row.pk, "field": name}
                for address in links_in(getattr(row, name)):
                    found.setdefault(address, []).append(use)
    return found


def models_with_links() -> list[type[Model]]:
    """Everything that editors write, and its rows."""
    models = dict.fromkeys(kept_models())
    for model in list(models):
        models |= dict.fromkeys(relation.related_model for relation in get_all_child_relations(model))
    return [model for model in models if link_fields(model)]


def link_fields(model: type[Model]) -> "list[Field[Any, Any]]":
    """The fields of this model, not those of its parent, that can hold a link."""
    return [field for field in model._meta.local_fields if isinstance(field, (URLField, RichTextField, StreamField))]


def _visible(model: type[Model]) -> "QuerySet[Any]":
    rows = model._default_manager.order_by("pk")
    if issubclass(model, Page):
        return rows.filter(live=True)
    parent = parent_field(model)
    return rows.filter(**{f"{parent.name}__live": True}) if parent and issubclass(parent.related_model, Page) else rows


def parent_field(model: type[Model]) -> Any:
    """What a row is a part of, if anything."""
    return next((field for field in model._meta.local_fields if isinstance(field, ParentalKey)), None)


def links_in(value: Any) -> Iterator[str]:
    """Each address in the value of a field, without its fragment, that is not our own."""
    for text in _texts(value):
        found = [text.strip()] if _ADDRESS.fullmatch(text.strip()) else map(html.unescape, _HREF.findall(text))
        for address in found:
            address = address.partition("#")[0]
            is_ours = address == settings.SITE_URL or address.startswith(f"{settings.SITE_URL}/")
            if len(address) <= LONGEST and not is_ours:
                yield address


def _texts(value: Any) -> Iterator[str]:
    """All strings in a value: of free content also those deep within its blocks."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif hasattr(value, "raw_data"):
        for block in value.raw_data:
            yield from _texts(block["value"])
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def places(links: Iterable[CheckedLink]) -> dict[int, list[Any]]:
    """Key of each link -> the cases, publications and so on in which it still stands."""
    wanted: dict[str, set[Any]] = {}
    links = list(links)
    for link in links:
        for use in link.used_in:
            wanted.setdefault(use["model"], set()).add(use["pk"])
    rows = {label: apps.get_model(label)._default_manager.in_bulk(pks) for label, pks in wanted.items()}
    found: dict[int, list[Any]] = {}
    for link in links:
        holders = [(rows[use["model"]].get(use["pk"]), use["field"]) for use in link.used_in]
        still = [row for row, name in holders if row and link.url in links_in(getattr(row, name))]
        owners = [getattr(row, parent.name) if (parent := parent_field(type(row))) else row for row in still]
        found[link.pk] = list(dict.fromkeys(owners))
    return found

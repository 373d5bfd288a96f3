"""Columns that hold a list: ties to concepts, sources, related cases."""

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from survey.content_files import checked
from survey.importing.mistakes import shortened

from ..choices import Basis, Effect
from ..models import CaseLink, CaseRelation, CaseSource
from .cells import text_of
from .words import CellError, Words

LINK_KEYS = ("schema", "begrip", "toelichting", "grond", "werking")
SOURCE_KEYS = ("publicatie", "plaats", "titel", "uitgever", "adres", "datum", "opmerking")
RELATION_KEYS = ("casus", "reden")
MOST_ITEMS = 500


def items_of(value: Any, keys: tuple[str, ...]) -> list[dict[str, str]]:
    """The items of a cell, each with every key. Raises CellError."""
    if isinstance(value, str):
        value = _from_json(value, keys)
    if value is None:
        return []
    if not isinstance(value, list):
        raise CellError(_form(keys), str(value))
    if len(value) > MOST_ITEMS:
        raise CellError(f"Dit zijn er {len(value)}; hoogstens {MOST_ITEMS} passen bij één casus.")
    found = []
    for number, item in enumerate(value, 1):
        if not isinstance(item, dict):
            raise CellError(f"Nummer {number}: {_form(keys)}", str(item))
        if unknown := set(item) - set(keys):
            raise CellError(f"Nummer {number}: ‘{shortened(min(unknown))}’ hoort hier niet. Bekend: {', '.join(keys)}.")
        found.append({key: " ".join(text_of(item.get(key)).split()) for key in keys})
    return found


def _from_json(text: str, keys: tuple[str, ...]) -> Any:
    if not text.strip():
        return []
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CellError(_form(keys), text) from error


def _form(keys: tuple[str, ...]) -> str:
    example = json.dumps([dict.fromkeys(keys, "...")], ensure_ascii=False)
    return f"Schrijf dit als lijst: {example}."


def read_links(value: Any, words: Words) -> list[CaseLink]:
    """Ties to the vocabulary, each concept once."""
    links: list[CaseLink] = []
    seen: set[int] = set()
    for number, item in enumerate(items_of(value, LINK_KEYS), 1):
        pk = _numbered(number, words.concept, item["schema"], item["begrip"])
        if pk in seen:
            raise CellError(
                f"Nummer {number}: ‘{item['begrip']}’ staat hier twee keer. Laat er één staan.", item["begrip"]
            )
        seen.add(pk)
        if not item["toelichting"]:
            raise CellError(f"Nummer {number}: de toelichting ontbreekt. Waaraan zie je dit?", item["begrip"])
        link = CaseLink(
            concept_id=pk,
            evidence=item["toelichting"],
            basis=item["grond"] or Basis.STATED,
            effect=item["werking"],
            sort_order=number - 1,
        )
        if link.basis not in Basis.values:
            raise CellError(f"Nummer {number}: kies bij grond {' of '.join(Basis.values)}.", item["grond"])
        if link.effect and link.effect not in Effect.values:
            raise CellError(
                f"Nummer {number}: kies bij werking {' of '.join(Effect.values)}, of laat het leeg.", item["werking"]
            )
        links.append(link)
    return links


def read_sources(value: Any, words: Words) -> list[CaseSource]:
    """Where the story was found."""
    sources = []
    for number, item in enumerate(items_of(value, SOURCE_KEYS), 1):
        slug = item["publicatie"]
        source = CaseSource(
            publication_id=_numbered(number, words.publication, slug) if slug else None,
            locator=item["plaats"],
            title=item["titel"],
            publisher=item["uitgever"],
            url=item["adres"],
            date_text=item["datum"],
            remark=item["opmerking"],
            sort_order=number - 1,
        )
        sources.append(_numbered(number, checked, source))
    return sources


def read_relations(value: Any, own_slug: str) -> list[tuple[str, CaseRelation]]:
    """Related cases with their slugs: a later row may hold them."""
    found = []
    seen: set[str] = set()
    for number, item in enumerate(items_of(value, RELATION_KEYS), 1):
        slug, relation = item["casus"], CaseRelation(reason=item["reden"], sort_order=number - 1)
        if not slug or not relation.reason:
            raise CellError(f"Nummer {number}: vul casus en reden in.", slug)
        if slug == own_slug:
            raise CellError(f"Nummer {number}: een casus is niet verwant aan zichzelf.", slug)
        if slug in seen:
            raise CellError(f"Nummer {number}: deze casus staat hier twee keer.", slug)
        seen.add(slug)
        found.append((slug, _numbered(number, checked, relation)))
    return found


def _numbered(number: int, work: Callable[..., Any], *arguments: Any) -> Any:
    """Say of a mistake in which item it is."""
    try:
        return work(*arguments)
    except CellError as error:
        raise CellError(f"Nummer {number}: {error}", error.value) from error
    except ValidationError as error:
        raise CellError(f"Nummer {number}: {' '.join(error.messages)}") from error

"""The public history of a case: one line in words for each publication that changed something."""

import json
import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import get_text_list
from wagtail.models import PageLogEntry, Revision

if TYPE_CHECKING:
    from .models import CasePage

#: Field of the revision -> its name for readers. What is not here (slug, panels, dates) is not told.
NAMES = {
    "title": "titel",
    "organisation": "organisatie",
    "outcome": "uitkomst",
    "phase": "fase",
    "start_year": "periode",
    "end_year": "periode",
    "period_note": "periode",
    "own_sector": "sector",
    "own_cluster": "cluster",
    "own_country": "land",
    "contact": "contact",
    "introduction": "samenvatting",
    "in_brief": "in het kort",
    "intention": "de bedoeling",
    "approach": "de aanpak",
    "result": "wat ervan kwam",
    "lessons": "de lessen",
    "transfer": "kan dit bij ons",
    "early_signals": "vroege signalen",
    "do_differently": "wat je anders kunt doen",
    "body": "het verhaal",
    "links": "koppelingen",
    "relations": "verwante casussen",
    "sources": "bronnen",
    "certainty": "zekerheid",
}
_ADDED_BY_FORMS = re.compile(r' data-block-key="[^"]*"')
_BLOCK_KEY = re.compile(r', "id": "[0-9a-f-]{36}"')
FIRST = "Toegevoegd aan de kennisbank."


def write_public_change(case: "CasePage", revision: Revision | None) -> None:
    """Add the line for this publication, unless nothing changed that readers see."""
    before = _published_before(case)
    if before is None:
        text = FIRST
    elif case.change_note and case.change_note != before.get("change_note"):
        text = case.change_note
    else:
        after = _content(revision) if revision else case.serializable_data()
        text = told({field for field in NAMES if _differs(before, after, field)})
        if not text:
            return
    case.public_changes.model.objects.create(case=case, date=timezone.localdate(), text=text)


def told(fields: Collection[str]) -> str:
    """The line for readers when these fields changed; nothing when readers see none of them."""
    changed = list(dict.fromkeys(name for field, name in NAMES.items() if field in fields))
    text = f"Gewijzigd: {get_text_list(changed, 'en')}." if changed else ""
    return text if len(text) <= 255 else "Op veel plaatsen herschreven."


def _published_before(case: "CasePage") -> dict[str, Any] | None:
    """The content of the publication before this one: Wagtail logs a publication after it announced it."""
    entry = (
        PageLogEntry.objects.filter(page_id=case.pk, action="wagtail.publish", revision__isnull=False)
        .select_related("revision")
        .order_by("-timestamp", "-pk")
        .first()
    )
    return _content(entry.revision) if entry and entry.revision else None


def _content(revision: Revision) -> dict[str, Any]:
    return revision.content


def _differs(before: dict[str, Any], after: dict[str, Any], field: str) -> bool:
    return comparable(before.get(field)) != comparable(after.get(field))


def comparable(value: Any) -> str:
    """What readers see of a value: rows and blocks without their keys, and text without what an editing form adds to it by itself."""
    if isinstance(value, list):
        value = [{k: v for k, v in row.items() if k not in ("pk", "case")} for row in value]
    if isinstance(value, str):
        value = _BLOCK_KEY.sub("", value)
        return " ".join(_ADDED_BY_FORMS.sub("", value).replace("<", " <").replace(">", "> ").split())
    return json.dumps(value, sort_keys=True, default=str)

"""The texts of a draft as plain words, field by field and sentence by sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags

from ..models import CasePage

#: Field -> its heading in the form, in the order of the form.
TEXT_FIELDS = {
    "title": "Titel",
    "introduction": "Samenvatting",
    "intention": "Wat was de bedoeling?",
    "approach": "Hoe is het aangepakt?",
    "result": "Wat kwam ervan?",
    "lessons": "Wat kunnen anderen leren?",
    "in_brief": "In het kort",
    "transfer": "Kan dit bij ons?",
    "early_signals": "Vroege signalen",
    "do_differently": "Wat je anders kunt doen",
}
OTHER_ANCHORS = {"conditions": "id_meant_well-label", "links": "id_links-FORMS", "sources": "id_sources-FORMS"}
END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6]|ul|ol)>|<br ?/?>|<hr ?/?>", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[A-Z0-9À-Ý\"'“‘„(])|\n+")
#: A full stop after these ends no sentence.
ABBREVIATION = re.compile(
    r"(?:\b(?:bijv|bv|d\.w\.z|o\.a|m\.a\.w|e\.d|i\.p\.v|t\.o\.v|n\.a\.v|ca|dr|drs|ir|mr|prof|dhr|mevr|mw|nr|art|max|min|incl|excl)|\b[A-Z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FieldText:
    """What stands in one field, without mark-up; an item of a list is a line of its own."""

    name: str
    label: str
    text: str

    @property
    def anchor(self) -> str:
        """Where the field is in the form."""
        return anchor_of(self.name)

    @property
    def sentences(self) -> list[str]:
        """In order, without the blanks around them."""
        return sentences_of(self.text)


def anchor_of(field: str) -> str:
    """An id in the form to jump to; of what isn't one field, its first part."""
    return OTHER_ANCHORS.get(field, f"id_{field}-label")


def plain(html: str) -> str:
    """Rich text without mark-up, one line a block."""
    return unescape(strip_tags(END_OF_BLOCK.sub("\n", html))).strip()


def sentences_of(text: str) -> list[str]:
    """Sentences and loose lines; a full stop within an abbreviation does not part."""
    found: list[str] = []
    for line in text.split("\n"):
        parts = [part.strip() for part in SENTENCE_END.split(line) if part.strip()]
        for number, part in enumerate(parts):
            if number and ABBREVIATION.search(found[-1]):
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(part)
    return found


def texts_of(case: CasePage, names: Iterable[str] = TEXT_FIELDS) -> list[FieldText]:
    """The fields that hold something."""
    found = (FieldText(name, TEXT_FIELDS[name], plain(getattr(case, name) or "")) for name in names)
    return [field for field in found if field.text]

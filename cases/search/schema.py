"""What the index holds of a case."""

import hashlib
from dataclasses import dataclass
from functools import cache

from tantivy import Document, Schema, SchemaBuilder

from cases.search.analysis import ANALYZER, PARTS_ANALYZER, compound_parts_digest, normalise, words_of
from cases.search.documents import CaseDocument
from cases.search.results import MatchedField

FORMAT = 5
"""To be raised when the same schema gets other contents: another analyzer, other texts in a field."""

FACET = "facet"
EVERYTHING = "everything"
PARTS = "parts"
HEAD_PARTS = "head_parts"
CHOICES = "choices"
EVERY_CASE = "*"
"""Stands among the choices of every case, so that counting choices counts the cases too."""
NEWEST = "newest"
KEY_BITS = 31
"""Of the number to order by: the rest is time, in seconds good for centuries."""
TITLE_ORDER = "title_order"


@dataclass(frozen=True, slots=True)
class TextField:
    """A field that words are looked for in, with its weight in the ranking."""

    name: str
    label: MatchedField
    weight: float


TEXT_FIELDS = (
    TextField("title", "titel", 6.0),
    TextField("summary", "samenvatting", 3.0),
    TextField("organisations", "organisatie", 2.4),
    TextField("years", "jaar", 2.0),
    TextField("body", "tekst", 1.0),
)
HEAD = ("title", "summary")


@cache
def schema() -> Schema:
    """Every text field is kept for marking.

    `facet` holds all choices of a case, `choices` the same in a column for each parameter, which counts one of them far quicker.
    `everything` holds all texts once more, for counting and cheap matching; `parts` likewise with compounds in their parts,
    and `head_parts` those of the title and the summary, where they count for more.
    """
    builder = SchemaBuilder()
    builder.add_integer_field("pk", stored=True, indexed=True, fast=True)
    for text_field in TEXT_FIELDS:
        builder.add_text_field(text_field.name, stored=True, tokenizer_name=ANALYZER, index_option="position")
    builder.add_text_field(EVERYTHING, stored=False, tokenizer_name=ANALYZER, index_option="freq")
    for name in (PARTS, HEAD_PARTS):
        builder.add_text_field(name, stored=False, tokenizer_name=PARTS_ANALYZER, index_option="freq")
    builder.add_text_field(FACET, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_json_field(CHOICES, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NEWEST, stored=False, indexed=False, fast=True)
    builder.add_text_field(TITLE_ORDER, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def label() -> str:
    """Names the format on disk; an index with another label is not ours to read."""
    fields = ",".join(text_field.name for text_field in TEXT_FIELDS)
    parts = f"{PARTS} {HEAD_PARTS} {PARTS_ANALYZER} {compound_parts_digest()}"
    layout = f"pk {fields} {EVERYTHING} {FACET} {CHOICES} {NEWEST} {TITLE_ORDER} {ANALYZER} {parts}"
    return f"v{FORMAT}-{hashlib.sha256(layout.encode()).hexdigest()[:8]}"


def facet_value(param: str, slug: str) -> str:
    """One choice as the index holds it."""
    return f"{param}:{slug}"


def to_index(case: CaseDocument) -> Document:
    """The case as the index holds it."""
    texts: dict[str, list[str]] = {
        "title": [normalise(case.title)],
        "summary": [normalise(case.summary)],
        "organisations": [normalise(name) for name in case.organisations],
        "years": [str(year) for year in case.years],
        "body": [normalise(case.body)],
    }
    document = Document()
    document.add_integer("pk", case.pk)
    for name, values in texts.items():
        for value in values:
            if value:
                document.add_text(name, value)
                document.add_text(EVERYTHING, value)
                document.add_text(PARTS, value)
                if name in HEAD:
                    document.add_text(HEAD_PARTS, value)
    document.add_text(FACET, EVERY_CASE)
    for param, slugs in case.facets.items():
        for slug in dict.fromkeys(slugs):
            document.add_text(FACET, facet_value(param, slug))
    document.add_json(CHOICES, {param: list(dict.fromkeys(slugs)) for param, slugs in case.facets.items()})
    # Both orders end in the key, so that no two cases are ever equal: paging shows every case exactly once.
    document.add_unsigned(
        NEWEST, min(max(case.first_published_ordinal, 0), 2**33 - 1) << KEY_BITS | case.pk % 2**KEY_BITS
    )
    document.add_text(TITLE_ORDER, f"{_alphabetical(case.sort_title or case.title)[:200]}\t{case.pk:020d}")
    return document


def _alphabetical(title: str) -> str:
    """Capitals, accents, quotes and leading punctuation do not count in the alphabet."""
    return " ".join(words_of(title))

"""What pages show of the vocabulary."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.contrib.staticfiles import finders

from ..models import ConceptSource, Guidance
from ..vocabulary import ConceptEntry, SchemeEntry, vocabulary

register = template.Library()


@register.simple_tag
def scheme_named(slug: str) -> SchemeEntry | None:
    """The scheme with this code, when the vocabulary has it."""
    return vocabulary().schemes.get(slug)


@register.filter
def picture_of(entry: ConceptEntry) -> str:
    """The picture of a concept, for the schemes that have one for each concept."""
    return f"patterns/{entry.slug}.svg" if finders.find(f"patterns/{entry.slug}.svg") else ""


@register.filter
def sector_choices(scheme: SchemeEntry | None) -> list[tuple[str, str]]:
    """Names and codes of a scheme, for a list to choose from."""
    return [(entry.name, entry.slug) for entry in scheme.concepts.values()] if scheme else []


@register.filter
def guidance_contexts(items: list[Guidance]) -> list[dict[str, str]]:
    """Sentences with their source, ready for `components/guidance_list.html`; no source means our own advice."""
    return [{"text": item.text, **_source(item)} for item in items]


def _source(item: Guidance) -> dict[str, str]:
    if item.is_own:
        return {"source": "", "url": ""}
    if item.publication:
        return {"source": item.publication.title, "url": item.publication.get_absolute_url()}
    if item.source_url:
        return {"source": item.source_title or site_name(item.source_url), "url": item.source_url}
    return {"source": item.source_title, "url": ""}


@register.filter
def site_name(url: str) -> str:
    """The site of an address, as people say it."""
    return urlsplit(url).netloc.removeprefix("www.")


@register.filter
def concept_source_contexts(sources: list[ConceptSource]) -> list[dict[str, Any]]:
    """Where a concept was found, ready for `components/sources.html`."""
    return [
        {
            "title": source.publication.title if source.publication else source.title or site_name(source.url),
            "url": source.publication.get_absolute_url() if source.publication else source.url,
            "publisher": source.publication.publisher if source.publication else "",
            "date": source.publication.date_text if source.publication else "",
            "place": source.locator,
            "note": "",
        }
        for source in sources
    ]

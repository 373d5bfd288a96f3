"""What pages show of the vocabulary."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.formats import date_format

from ..models import ConceptScheme, ConceptSource, Guidance
from ..vocabulary import ConceptEntry, SchemeEntry, vocabulary

register = template.Library()


@register.simple_tag
def scheme_named(slug: str) -> SchemeEntry | None:
    """The scheme with this code, when the vocabulary has it."""
    return vocabulary().schemes.get(slug)


@cache
def _pictures() -> frozenset[str]:
    """The slugs that have a picture; pictures come with the code, so they are looked up once."""
    return frozenset(path.stem for path in (settings.BASE_DIR / "static" / "patterns").glob("*.svg"))


@register.filter
def picture_for(slug: str) -> str:
    """The static path of the picture of a failure pattern, or nothing: an editor can add a pattern we never drew."""
    return f"patterns/{slug}.svg" if slug in _pictures() else ""


@register.filter
def picture_of(entry: ConceptEntry) -> str:
    """The picture of a concept, where its scheme has pictures."""
    return picture_for(entry.slug) if entry.scheme == "patroon" else ""


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


@register.simple_tag
def own_advice(items: list[dict[str, str]], kind: str = "") -> str:
    """One label for all sentences that come from ourselves; nothing when each has a source."""
    own = [item for item in items if not item["source"]]
    if not own:
        return ""
    what = {"explain": "eigen uitleg", "ask": "eigen vraag" if len(own) == 1 else "eigen vragen"}.get(
        kind, "eigen advies"
    )
    return what if len(own) == len(items) else f"zonder bron: {what}"


#: Whose list it is, as a sentence below the list.
ORIGINS = {
    ConceptScheme.Origin.BAROMETER: "Deze lijst komt uit de vragenlijst van de Innovatie Barometer Overheid.",
    ConceptScheme.Origin.INSTITUTE: "Deze lijst komt van het Instituut voor Briljante Mislukkingen.",
    ConceptScheme.Origin.OWN: "Deze lijst is van ons: zo delen we de casussen in.",
}


@register.filter
def origin_sentence(scheme: ConceptScheme) -> str:
    """Whose list this is."""
    return ORIGINS[ConceptScheme.Origin(scheme.origin)]


@register.filter
def written_out(text: str) -> str:
    """`2019-05-03` -> 3 mei 2019 and `2019-05` -> mei 2019; what is not such a date stays as the source gives it."""
    for pattern, shown in (("%Y-%m-%d", "j F Y"), ("%Y-%m", "F Y")):
        try:
            return date_format(datetime.strptime(text, pattern), shown)
        except ValueError:
            continue
    return text


def told_apart(sources: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sources ready to print; those with the same title elsewhere also show where they are."""
    found = list(sources)
    seen = Counter((source["title"], source["publisher"], source["date"], source["place"]) for source in found)
    for source in found:
        alike = seen[source["title"], source["publisher"], source["date"], source["place"]] > 1
        if alike and source["url"].startswith("http"):
            parts = urlsplit(source["url"])
            source["place"] = " ".join(
                filter(None, (source["place"], site_name(source["url"]) + parts.path.rstrip("/")))
            )
    return found


@register.filter
def site_name(url: str) -> str:
    """The site of an address, as people say it."""
    return urlsplit(url).netloc.removeprefix("www.")


@register.filter
def concept_source_contexts(sources: list[ConceptSource]) -> list[dict[str, Any]]:
    """Where a concept was found, ready for `components/sources.html`."""
    return told_apart(
        {
            "title": source.publication.title if source.publication else source.title or site_name(source.url),
            "url": source.publication.get_absolute_url() if source.publication else source.url,
            "publisher": source.publication.publisher if source.publication else "",
            "date": written_out(source.publication.date_text) if source.publication else "",
            "place": source.locator,
            "note": "",
        }
        for source in sources
    )

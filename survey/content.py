"""From `content/concepts/` and `content/publications/` to the vocabulary and the publications."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from .codes import concept_with_code
from .content_files import (
    ContentError,
    ContentFile,
    Keys,
    LoadReport,
    Progress,
    checked,
    load_all,
    mistakes_named,
    save_snippet,
    yaml_file,
)
from .models import (
    Concept,
    ConceptRelation,
    ConceptScheme,
    ConceptSource,
    Guidance,
    LoadedContent,
    Publication,
    PublicationPoint,
)

SOURCED_KEYS = ("bron", "adres", "publicatie")
SCHEME_FILE = "_schema.yaml"
GUIDANCE = {
    "uitleg": Guidance.Kind.EXPLAIN,
    "wanneer_wel": Guidance.Kind.FITS,
    "wanneer_niet": Guidance.Kind.FITS_NOT,
    "herkennen": Guidance.Kind.RECOGNISE,
    "doen": Guidance.Kind.ACT,
    "vragen": Guidance.Kind.ASK,
}
SCHEME_KEYS: Keys = {
    "naam": str,
    "meervoud": str,
    "adres": str,
    "volgorde": int,
    "vraag": str,
    "omschrijving": str,
    "herkomst": str,
    "filter": bool,
}
CONCEPT_KEYS: Keys = {
    "naam": str,
    "volgorde": int,
    "groep": str,
    "omschrijving": str,
    "beeld": str,
    "bevestigd": bool,
    "opmerking": str,
    "stelling": str,
    "synoniemen": list,
    "verwant": list,
    "bronnen": list,
    **dict.fromkeys(GUIDANCE, list),
}
PUBLICATION_KEYS: Keys = {
    "titel": str,
    "soort": str,
    "datum": (str, int),
    "uitgever": str,
    "mensen": list,
    "adres": str,
    "samenvatting": str,
    "methode": str,
    "bevindingen": list,
    "aanbevelingen": list,
    "toelichting": str,
}


def load_vocabulary(folder: Path, report: LoadReport, progress: Progress) -> None:
    """Publications first (concepts point to them), then schemes, concepts, and relations between concepts."""
    load_all(publication_files(folder), Publication, build_publication, report, progress)
    concepts = folder / "concepts"
    load_all(scheme_files(concepts), ConceptScheme, build_scheme, report, progress)
    files = list(concept_files(concepts))
    load_all(files, Concept, build_concept, report, progress)
    for file in files:
        with transaction.atomic(), mistakes_named(file, ConceptRelation):
            relate_when_ours(file)


def publication_files(folder: Path) -> Iterator[ContentFile]:
    """One file a publication; its name is the slug."""
    for path in sorted((folder / "publications").glob("*.yaml")):
        yield yaml_file("publication", path, path.stem)


def scheme_files(concepts: Path) -> Iterator[ContentFile]:
    """One folder a scheme."""
    for path in sorted(concepts.glob(f"*/{SCHEME_FILE}")):
        yield yaml_file("scheme", path, path.parent.name)


def concept_files(concepts: Path) -> Iterator[ContentFile]:
    """One file a concept; the name of its folder is the scheme."""
    paths = [path for path in sorted(concepts.glob("*/*.yaml")) if path.name != SCHEME_FILE]
    for path in paths:
        yield yaml_file("concept", path, f"{path.parent.name}/{path.stem}")


def build_publication(file: ContentFile, existing: Publication | None) -> Publication:
    """One publication with its points."""
    data = file.take(PUBLICATION_KEYS)
    made = existing or Publication(slug=file.key)
    made.title = data.get("titel", "")
    made.kind = data.get("soort", "")
    made.date_text = str(data.get("datum", ""))
    made.publisher = data.get("uitgever", "")
    made.people = "\n".join(data.get("mensen", []))
    made.url = data.get("adres", "")
    made.summary = data.get("samenvatting", "")
    made.method = data.get("methode", "")
    made.remark = data.get("toelichting", "")
    kinds = {"bevindingen": PublicationPoint.Kind.FINDING, "aanbevelingen": PublicationPoint.Kind.RECOMMENDATION}
    made.points = [
        checked(PublicationPoint(kind=kind, text=item["tekst"], locator=item.get("plaats") or "", sort_order=number))
        for name, kind in kinds.items()
        for number, item in enumerate(file.rows(name, "tekst", "plaats"))
    ]
    return save_snippet(made)


def build_scheme(file: ContentFile, existing: ConceptScheme | None) -> ConceptScheme:
    """One scheme."""
    data = file.take(SCHEME_KEYS)
    made = existing or ConceptScheme(slug=file.key)
    made.name = data.get("naam", "")
    made.plural = data.get("meervoud", "")
    made.path = data.get("adres", "")
    made.position = data.get("volgorde", 100)
    made.question = data.get("vraag", "")
    made.description = data.get("omschrijving", "")
    made.origin = data.get("herkomst", ConceptScheme.Origin.OWN)
    made.is_facet = data.get("filter", True)
    return save_snippet(made)


def build_concept(file: ContentFile, existing: Concept | None) -> Concept:
    """One concept with its guidance, relations and sources."""
    data = file.take(CONCEPT_KEYS)
    scheme, slug = file.key.split("/")
    list_of_it = ConceptScheme.objects.filter(slug=scheme).first()
    if list_of_it is None:
        raise ContentError(f"{file.path}: de map ‘{scheme}’ heeft geen {SCHEME_FILE}.")
    made = existing or Concept(scheme=list_of_it, slug=slug)
    made.name = data.get("naam", "")
    made.position = data.get("volgorde", 100)
    made.group = data.get("groep", "")
    made.definition = data.get("omschrijving", "")
    made.metaphor = data.get("beeld", "")
    made.confirmed = data.get("bevestigd", True)
    made.remark = data.get("opmerking", "")
    made.statement = data.get("stelling", "")
    made.synonyms = "\n".join(data.get("synoniemen", []))
    made.guidance = [
        checked(Guidance(kind=kind, sort_order=number, **_sourced(file, item)))
        for name, kind in GUIDANCE.items()
        for number, item in enumerate(file.rows(name, "tekst", *SOURCED_KEYS))
    ]
    made.sources = [
        checked(
            ConceptSource(
                publication=find_publication(file, item.get("publicatie")),
                locator=item.get("plaats") or "",
                title=item.get("titel") or "",
                url=item.get("adres") or "",
                sort_order=number,
            )
        )
        for number, item in enumerate(file.rows("bronnen", "publicatie", "plaats", "titel", "adres"))
    ]
    return save_snippet(made)


def relate_when_ours(file: ContentFile) -> None:
    """Add the related concepts, now that all concepts exist; they may name each other. An editor's work stays."""
    row = LoadedContent.objects.get(kind=file.kind, key=file.key)
    concept = Concept.objects.filter(pk=row.object_pk).first()
    if concept is None or concept.latest_revision_id != row.revision_pk:
        return
    wanted = [
        checked(
            ConceptRelation(
                other=find_concept(file, item["begrip"]), sort_order=number, **_sourced(file, item, text="reden")
            )
        )
        for number, item in enumerate(file.rows("verwant", "begrip", "reden", *SOURCED_KEYS))
    ]
    if [_told(relation) for relation in concept.relations.all()] == [_told(relation) for relation in wanted]:
        return
    concept.relations = wanted
    save_snippet(concept)
    LoadedContent.objects.filter(pk=row.pk).update(revision_pk=concept.latest_revision_id)


def _told(relation: ConceptRelation) -> tuple[Any, ...]:
    names = ("other_id", "text", "is_own", "source_title", "source_url", "publication_id")
    return tuple(getattr(relation, name) for name in names)


def _sourced(file: ContentFile, item: dict[str, Any], text: str = "tekst") -> dict[str, Any]:
    """A sentence with its source: `bron: eigen` marks our own advice."""
    title = item.get("bron") or ""
    return {
        "text": item[text],
        "is_own": title == "eigen",
        "source_title": "" if title == "eigen" else title,
        "source_url": item.get("adres") or "",
        "publication": find_publication(file, item.get("publicatie")),
    }


def find_concept(file: ContentFile, key: str) -> Concept:
    """The concept `scheme/slug`, or an error that names the file."""
    scheme, _, slug = key.partition("/")
    found = concept_with_code(scheme, slug)
    if found is None:
        raise ContentError(f"{file.path}: het begrip ‘{key}’ bestaat niet.")
    return found


def find_publication(file: ContentFile, slug: str | None) -> Publication | None:
    """The publication with this slug, or an error that names the file."""
    if not slug:
        return None
    found = Publication.objects.filter(slug=slug).first()
    if found is None:
        raise ContentError(f"{file.path}: de publicatie ‘{slug}’ bestaat niet.")
    return found

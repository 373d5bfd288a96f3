"""From `content/organisations/` and `content/cases/` to organisations and case pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from survey.content import find_concept, find_publication
from survey.content_files import (
    ContentError,
    ContentFile,
    Keys,
    LoadReport,
    Progress,
    checked,
    load_all,
    markdown_file,
    mistakes_named,
    references_once,
    save_snippet,
    yaml_file,
)
from survey.models import Concept, LoadedContent

from .care import organisation_with_address
from .choices import Basis, Certainty, Outcome
from .markdown import to_html, to_lines
from .models import CaseIndexPage, CaseLink, CasePage, CaseRelation, CaseSource, Organisation

ORGANISATION_KEYS: Keys = {
    "naam": str,
    "afkorting": str,
    "synoniemen": list,
    "sector": str,
    "sector_grond": str,
    "cluster": str,
    "omvang": str,
    "land": str,
    "website": str,
}
CASE_KEYS: Keys = {
    "titel": str,
    "organisatie": str,
    "sector": str,
    "cluster": str,
    "land": str,
    "uitkomst": str,
    "voorwaarden": list,
    "fase": str,
    "begin": int,
    "eind": int,
    "periode": str,
    "zekerheid": str,
    "koppelingen": list,
    "citaten": list,
    "verwant": list,
    "bronnen": list,
    "tekst": str,
}
QUOTATION_KEYS = ("tekst", "vertaling", "spreker", "rol", "bron")
#: Condition of a brilliant failure in the file -> field of the page.
CONDITION_KEYS = {
    "goed-bedoeld": "meant_well",
    "goed-voorbereid": "prepared_well",
    "anders-gelopen": "ended_otherwise",
    "geleerd-en-gedeeld": "shared_lessons",
}
SOURCE_KEYS = ("publicatie", "plaats", "titel", "uitgever", "adres", "datum", "opmerking")
#: Heading in the file -> field of the page.
SECTIONS = {
    "Samenvatting": "introduction",
    "In het kort": "in_brief",
    "Wat was de bedoeling?": "intention",
    "Hoe is het aangepakt?": "approach",
    "Wat kwam ervan?": "result",
    "Wat kunnen anderen leren?": "lessons",
    "Kan dit bij ons?": "transfer",
    "Vroege signalen": "early_signals",
    "Wat je anders kunt doen": "do_differently",
}


def load_cases(folder: Path, index: CaseIndexPage, report: LoadReport, progress: Progress) -> None:
    """Organisations, then cases; relations between cases follow when all cases exist."""
    load_all(organisation_files(folder), Organisation, build_organisation, report, progress)
    files = list(case_files(folder))
    load_all(files, CasePage, lambda file, existing: build_case(file, existing, index), report, progress)
    for file in files:
        with transaction.atomic():
            publish_when_ours(file)
        progress()


def organisation_files(folder: Path) -> Iterator[ContentFile]:
    """One file an organisation; its name is the slug."""
    for path in sorted((folder / "organisations").glob("*.yaml")):
        yield yaml_file("organisation", path, path.stem)


def case_files(folder: Path) -> Iterator[ContentFile]:
    """One file a case; its name is the slug."""
    for path in sorted((folder / "cases").glob("*.md")):
        yield markdown_file("case", path)


def build_organisation(file: ContentFile, existing: Organisation | None) -> Organisation:
    """One organisation with its sector, cluster, size and country."""
    data = file.take(ORGANISATION_KEYS)
    made = existing or Organisation(slug=file.key)
    made.name = data.get("naam", "")
    made.abbreviation = data.get("afkorting", "")
    made.synonyms = "\n".join(data.get("synoniemen", []))
    made.sector = _concept(file, "sector", data.get("sector"))
    made.sector_basis = data.get("sector_grond", Basis.STATED)
    made.cluster = _concept(file, "cluster", data.get("cluster"))
    made.size = _concept(file, "omvang", data.get("omvang"))
    made.country = _concept(file, "land", data.get("land"))
    made.website = data.get("website", "")
    return save_snippet(made)


def _concept(file: ContentFile, scheme: str, slug: str | None) -> Concept | None:
    return find_concept(file, f"{scheme}/{slug}") if slug else None


def build_case(file: ContentFile, existing: CasePage | None, index: CaseIndexPage) -> CasePage:
    """One case as a draft: it may name cases that do not exist yet. `publish_when_ours` does the rest."""
    data = file.take(CASE_KEYS)
    made = existing or CasePage(slug=file.key)
    made.title = data["titel"]
    made.seo_title = ""
    made.organisation = _organisation(file, data.get("organisatie"))
    made.own_sector = _concept(file, "sector", data.get("sector"))
    made.own_cluster = _concept(file, "cluster", data.get("cluster"))
    made.own_country = None if made.organisation else _concept(file, "land", data.get("land"))
    made.outcome = data.get("uitkomst", "")
    for name, is_met in _conditions(file, made.outcome, data.get("voorwaarden")).items():
        setattr(made, name, is_met)
    made.phase = _concept(file, "fase", data.get("fase"))
    made.start_year, made.end_year = data.get("begin"), data.get("eind")
    made.period_note = data.get("periode", "")
    made.certainty = data.get("zekerheid", Certainty.OWNER)
    for name, text in _sections(file, data.get("tekst", "")).items():
        setattr(made, name, text)
    made.search_description = made.introduction
    made.body = [("quotation", _quotation(item)) for item in file.rows("citaten", *QUOTATION_KEYS)]
    made.links = _links(file)
    made.sources = [_source(file, item, number) for number, item in enumerate(file.rows("bronnen", *SOURCE_KEYS))]
    if existing is None:
        index.refresh_from_db()
        made.live = False
        index.add_child(instance=made)
    made.save_revision(clean=True)
    return made


def _conditions(file: ContentFile, outcome: str, met: list[str] | None) -> dict[str, bool]:
    """A brilliant failure meets all four, so a file needn't name them; one that does must name all."""
    if unknown := [str(key) for key in met or [] if key not in CONDITION_KEYS]:
        raise ContentError(
            f"{file.path}: de voorwaarde ‘{unknown[0]}’ is onbekend. Bekend zijn: {', '.join(CONDITION_KEYS)}."
        )
    is_brilliant = outcome == Outcome.BRILLIANT_FAILURE
    missing = [key for key in CONDITION_KEYS if is_brilliant and met is not None and key not in met]
    if missing:
        raise ContentError(
            f"{file.path}: de voorwaarde ‘{missing[0]}’ ontbreekt. Een briljante mislukking voldoet aan alle vier; "
            f"kies anders als uitkomst ‘{Outcome.STOPPED}’."
        )
    return {name: is_brilliant or key in (met or []) for key, name in CONDITION_KEYS.items()}


def _links(file: ContentFile) -> list[CaseLink]:
    rows = file.rows("koppelingen", "begrip", "toelichting", "grond", "werking")
    keys = [item["begrip"] for item in rows]
    if doubled := [key for key in keys if keys.count(key) > 1]:
        raise ContentError(f"{file.path}: ‘{doubled[0]}’ staat twee keer onder ‘koppelingen’.")
    return [
        checked(
            CaseLink(
                concept=find_concept(file, item["begrip"]),
                evidence=item.get("toelichting") or "",
                basis=item.get("grond") or Basis.STATED,
                effect=item.get("werking") or "",
                sort_order=number,
            )
        )
        for number, item in enumerate(rows)
    ]


def publish_when_ours(file: ContentFile) -> None:
    """Add the relations and publish a draft that was just loaded, or was left when loading was stopped.

    What an editor changed or took offline stays as it is.
    """
    row = LoadedContent.objects.get(kind=file.kind, key=file.key)
    case = CasePage.objects.filter(pk=row.object_pk).first()
    if case is None or case.latest_revision_id != row.revision_pk:
        return
    waiting = case.first_published_at is None or (case.live and case.has_unpublished_changes)
    if not waiting:
        return
    with mistakes_named(file, CasePage):
        _publish(file, case, row)


def _publish(file: ContentFile, case: CasePage, row: LoadedContent) -> None:
    draft = case.get_latest_revision_as_object()
    draft.relations = [
        checked(CaseRelation(other=_other_case(file, item["casus"]), reason=item.get("reden") or "", sort_order=number))
        for number, item in enumerate(file.rows("verwant", "casus", "reden"))
    ]
    with references_once() as note:
        revision = draft.save_revision(clean=True)
        revision.publish()
        note(draft)
    LoadedContent.objects.filter(pk=row.pk).update(revision_pk=revision.pk)


def _other_case(file: ContentFile, slug: str) -> CasePage:
    found = CasePage.objects.filter(slug=slug).first()
    if slug == file.key:
        raise ContentError(f"{file.path}: een casus is niet verwant aan zichzelf.")
    if found is None:
        raise ContentError(f"{file.path}: de verwante casus ‘{slug}’ bestaat niet.")
    return found


def _sections(file: ContentFile, text: str) -> dict[str, str]:
    """Field -> text; a section that the file leaves out becomes empty."""
    parts = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    if parts[0].strip():
        raise ContentError(f"{file.path}: zet ‘{parts[0].strip()[:40]}’ onder een kopje (## ...).")
    if doubled := [heading for heading in found if parts[1::2].count(heading) > 1]:
        raise ContentError(f"{file.path}: het kopje ‘{doubled[0]}’ staat er twee keer.")
    if unknown := set(found) - set(SECTIONS):
        raise ContentError(f"{file.path}: onbekend kopje: {', '.join(sorted(unknown))}. Bekend: {', '.join(SECTIONS)}.")
    fields = dict.fromkeys(SECTIONS.values(), "")
    for heading, name in SECTIONS.items():
        part = found.get(heading, "").strip()
        if name == "introduction":
            fields[name] = " ".join(part.split())
        else:
            fields[name] = "\n".join(to_lines(part)) if name == "in_brief" else to_html(part)
    return fields


def _quotation(item: dict[str, Any]) -> dict[str, str]:
    return {
        "text": item["tekst"],
        "translation": item.get("vertaling") or "",
        "speaker": item.get("spreker") or "",
        "role": item.get("rol") or "",
        "source": item.get("bron") or "",
    }


def _source(file: ContentFile, item: dict[str, Any], number: int) -> CaseSource:
    source = CaseSource(
        publication=find_publication(file, item.get("publicatie")),
        locator=item.get("plaats") or "",
        title=item.get("titel") or "",
        publisher=item.get("uitgever") or "",
        url=item.get("adres") or "",
        date_text=str(item.get("datum") or ""),
        remark=item.get("opmerking") or "",
        sort_order=number,
    )
    return checked(source)


def _organisation(file: ContentFile, slug: str | None) -> Organisation | None:
    if not slug:
        return None
    found = organisation_with_address(slug)
    if found is None:
        raise ContentError(f"{file.path}: de organisatie ‘{slug}’ bestaat niet.")
    return found

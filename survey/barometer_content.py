"""From `content/barometer/` to editions and indicators, and then to the tables with what was published.

Editions and indicators are a file each, and editors may change them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models

from .barometer_tables import LOADERS, load_table
from .content import find_concept
from .content_files import ContentError, ContentFile, Keys, LoadReport, Progress, load_all, save_snippet, yaml_file
from .models import Edition, Indicator, Publication

EDITION_KEYS: Keys = {
    "naam": str,
    "kort": (str, int),
    "onderzoek": str,
    "land": str,
    "jaar": int,
    "periode": (str, int),
    "veldwerk": str,
    "eenheid": str,
    "populatie": str,
    "werkwijze": str,
    "let_op": str,
    "publicatie": str,
    "voorbeeld": bool,
    "volgorde": int,
}
INDICATOR_KEYS: Keys = {
    "naam": str,
    "kort": str,
    "zin": str,
    "thema": str,
    "thema_volgorde": int,
    "volgorde": int,
    "vraag": str,
    "basis": str,
    "eenheid": str,
    "begrippen": list,
    "omschrijving": str,
    "let_op": str,
}


def load_barometer(folder: Path, report: LoadReport, progress: Progress) -> None:
    """Editions and indicators, then the tables with what was published about them."""
    barometer = folder / "barometer"
    load_all(edition_files(barometer), Edition, build_edition, report, progress)
    load_all(indicator_files(barometer), Indicator, build_indicator, report, progress)
    for path in table_files(barometer):
        load_table(path, report)
        progress()


def edition_files(barometer: Path) -> Iterator[ContentFile]:
    """One file an edition; its name is the slug."""
    for path in sorted((barometer / "editions").glob("*.yaml")):
        yield yaml_file("edition", path, path.stem)


def indicator_files(barometer: Path) -> Iterator[ContentFile]:
    """One file an indicator; its name is the slug."""
    for path in sorted((barometer / "indicators").glob("*.yaml")):
        yield yaml_file("indicator", path, path.stem)


def table_files(barometer: Path) -> list[Path]:
    """The tables that are there, in the order in which they are loaded."""
    return [path for name in LOADERS if (path := barometer / f"{name}.csv").exists()]


def build_edition(file: ContentFile, existing: Edition | None) -> Edition:
    """One edition."""
    data = file.take(EDITION_KEYS)
    made = existing or _made_by_import(Edition, file.key) or Edition(slug=file.key)
    made.name = data.get("naam", "")
    made.short_name = str(data.get("kort", ""))
    made.survey = data.get("onderzoek", "")
    made.country = find_concept(file, f"land/{data['land']}") if "land" in data else None
    made.year = data.get("jaar")
    made.period = str(data.get("periode", ""))
    made.fieldwork = data.get("veldwerk", "")
    made.unit = data.get("eenheid", "")
    made.population = data.get("populatie", "")
    made.method = data.get("werkwijze", "")
    made.caution = data.get("let_op", "")
    made.publication = _one(file.path, Publication, slug=data["publicatie"]) if "publicatie" in data else None
    made.is_example = data.get("voorbeeld", False)
    made.position = data.get("volgorde", 100)
    return save_snippet(made)


def build_indicator(file: ContentFile, existing: Indicator | None) -> Indicator:
    """One indicator with the concepts it is about."""
    data = file.take(INDICATOR_KEYS)
    made = existing or _made_by_import(Indicator, file.key) or Indicator(slug=file.key)
    made.name = data.get("naam", "")
    made.short_name = data.get("kort", "")
    made.phrase = data.get("zin", "")
    made.theme = data.get("thema", "")
    made.theme_position = data.get("thema_volgorde", 100)
    made.position = data.get("volgorde", 100)
    made.question = data.get("vraag", "")
    made.base = data.get("basis", "")
    made.unit = data.get("eenheid", Indicator.Unit.PERCENT)
    made.description = data.get("omschrijving", "")
    made.caution = data.get("let_op", "")
    concepts = [find_concept(file, key) for key in data.get("begrippen", [])]
    made.full_clean()
    made.save()
    made.concepts.set(concepts)
    made.save_revision()
    return made


def _made_by_import(model: type[models.Model], slug: str) -> Any:
    """What an import was the first to name, as long as no editor touched it: the file now says it better."""
    return model._default_manager.filter(slug=slug, latest_revision__user=None).first()


def _one(path: Path, model: type[models.Model], **wanted: str) -> Any:
    found = model._default_manager.filter(**wanted).first()
    if found is None:
        raise ContentError(f"{path}: {model._meta.verbose_name} ‘{'/'.join(wanted.values())}’ bestaat niet.")
    return found

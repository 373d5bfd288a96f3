"""From `content/synonyms.yaml` to groups of words that mean the same."""

from collections.abc import Iterator
from pathlib import Path

import yaml
from django.utils.text import slugify

from survey.content_files import ContentError, ContentFile, LoadReport, Progress, content_file, load_all, save_snippet

from .models import SearchSynonym


def load_synonyms(folder: Path, report: LoadReport, progress: Progress) -> None:
    """Each group is followed apart: what an editor changed in one leaves the others alone."""
    load_all(synonym_files(folder), SearchSynonym, _build, report, progress)


def synonym_files(folder: Path) -> Iterator[ContentFile]:
    """The groups of the one file; the first word is the key."""
    path = folder / "synonyms.yaml"
    if not path.exists():
        return
    whole = content_file("synonyms", path, path.stem, path.read_text(encoding="utf-8"), {})
    groups = whole.take({"groepen": list}).get("groepen", [])
    keys: set[str] = set()
    for group in groups:
        if not (isinstance(group, list) and all(isinstance(word, str) for word in group) and group):
            raise ContentError(
                f"{path}: een groep is een lijst van woorden, zoals [SVB, Sociale Verzekeringsbank]: {group}"
            )
        key = slugify(group[0])
        if key in keys:
            raise ContentError(f"{path}: twee groepen beginnen met ‘{group[0]}’. Voeg ze samen.")
        keys.add(key)
        yield content_file("synonym", path, key, yaml.safe_dump({"woorden": group}, allow_unicode=True), {})


def _build(file: ContentFile, existing: SearchSynonym | None) -> SearchSynonym:
    made = existing or SearchSynonym()
    made.expressions = "\n".join(file.take({"woorden": list})["woorden"])
    save_snippet(made)
    return made

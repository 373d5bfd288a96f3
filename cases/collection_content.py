"""From `content/collections/` to collections of cases."""

from collections.abc import Iterator
from pathlib import Path

from wagtail.models import Page

from survey.content_files import ContentError, ContentFile, Keys, LoadReport, Progress, checked, load_all, markdown_file

from .markdown import to_html
from .models import CasePage, CollectionIndexPage, CollectionItem, CollectionPage
from .models.collections import INDEX_SLUG

COLLECTION_KEYS: Keys = {"titel": str, "intro": str, "casussen": list, "tekst": str}
INDEX_TITLE = "Verzamelingen"
INDEX_INTRODUCTION = (
    "Casussen die bij elkaar horen, gekozen door de redactie. Om in één keer te lezen of af te drukken."
)


def load_collections(folder: Path, home: Page, report: LoadReport, progress: Progress) -> None:
    """The overview, made once, and the collections; the cases they name exist already."""
    files = list(collection_files(folder))
    load_all(files, CollectionPage, lambda file, existing: _build(file, existing, home), report, progress)


def ensure_collection_index(home: Page) -> CollectionIndexPage:
    """The parent of all collections, made once, directly under the home page."""
    index = CollectionIndexPage.objects.first()
    if index is None:
        home.refresh_from_db()
        index = home.add_child(
            instance=CollectionIndexPage(title=INDEX_TITLE, slug=INDEX_SLUG, introduction=INDEX_INTRODUCTION)
        )
    return index


def collection_files(folder: Path) -> Iterator[ContentFile]:
    """One file a collection; its name is the address."""
    for path in sorted((folder / "collections").glob("*.md")):
        yield markdown_file("collection", path)


def _build(file: ContentFile, existing: CollectionPage | None, home: Page) -> CollectionPage:
    data = file.take(COLLECTION_KEYS)
    made = existing or CollectionPage(slug=file.key)
    made.title = data["titel"]
    made.introduction = made.search_description = data.get("intro", "")
    made.body = to_html(data.get("tekst", ""))
    made.items = [
        checked(CollectionItem(case=_case(file, row["casus"]), remark=row.get("waarom") or "", sort_order=number))
        for number, row in enumerate(file.rows("casussen", "casus", "waarom"))
    ]
    if existing is None:
        index = ensure_collection_index(home)
        index.refresh_from_db()
        index.add_child(instance=made)
    revision = made.save_revision(clean=True)
    if existing is None or made.live:  # what an editor took offline stays so
        revision.publish()
    made.refresh_from_db()
    return made


def _case(file: ContentFile, slug: str) -> CasePage:
    found = CasePage.objects.filter(slug=slug).first()
    if found is None:
        raise ContentError(f"{file.path}: de casus ‘{slug}’ bestaat niet.")
    return found

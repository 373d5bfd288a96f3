"""The tree of pages, and the plain pages from `content/pages/`."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from cases.markdown import to_html
from cases.models import BrilliantFailuresPage, CaseIndexPage
from survey.content_files import ContentFile, Keys, LoadReport, Progress, load_all, markdown_file
from survey.models import LoadedContent

from .models import HomePage, PlainPage

PAGE_KEYS: Keys = {"titel": str, "slug": str, "intro": str, "tekst": str}
BRILLIANT_FAILURES = "briljante-mislukkingen"
#: Slugs of plain pages that came from a file until a view took over their address.
TAKEN_OVER = ("inzenden",)
HOME_TITLE = "Wat werkte, wat niet, en waarom?"
HOME_INTRODUCTION = (
    "Verhalen over vernieuwing bij de overheid: wat er is geprobeerd, wat ervan kwam en wat jij ermee kunt."
)


def ensure_tree() -> CaseIndexPage:
    """The home page and the catalogue, made once; Wagtail's own welcome page goes."""
    with transaction.atomic():
        home = HomePage.objects.first()
        if home is None:
            root = Page.get_first_root_node()
            site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
            home = root.add_child(
                instance=HomePage(title=HOME_TITLE, slug="kennisbank", introduction=HOME_INTRODUCTION)
            )
            welcome = site.root_page if site.root_page_id and site.root_page_id != root.pk else None
            site.hostname, site.port = _host_and_port()
            site.site_name, site.root_page = settings.SITE_NAME, home
            site.save()
            if welcome and not welcome.get_children().exists():
                welcome.specific.delete()
        index = CaseIndexPage.objects.first()
        if index is None:
            home.refresh_from_db()
            index = home.add_child(instance=CaseIndexPage(title="Casussen", slug="casussen"))
        return index


def _host_and_port() -> tuple[str, int]:
    scheme, _, host = settings.SITE_URL.partition("://")
    name, _, port = host.partition(":")
    return name, int(port or (443 if scheme == "https" else 80))


def load_pages(folder: Path, report: LoadReport, progress: Progress) -> None:
    """The plain pages; the one about brilliant failures is a page type of its own."""
    remove_taken_over()
    plain = [file for file in page_files(folder) if file.key != BRILLIANT_FAILURES]
    special = [file for file in page_files(folder) if file.key == BRILLIANT_FAILURES]
    load_all(plain, PlainPage, lambda file, existing: _build(file, existing or PlainPage()), report, progress)
    load_all(
        special,
        BrilliantFailuresPage,
        lambda file, existing: _build(file, existing or BrilliantFailuresPage()),
        report,
        progress,
    )


def remove_taken_over() -> None:
    """Remove our own plain pages that readers can no longer reach; one that an editor changed stays in the tree."""
    for row in LoadedContent.objects.filter(kind="page", key__in=TAKEN_OVER):
        page = PlainPage.objects.filter(pk=row.object_pk, latest_revision=row.revision_pk).first()
        if page:
            page.delete()
            row.delete()


def page_files(folder: Path) -> Iterator[ContentFile]:
    """One file a page; its name is the address."""
    for path in sorted((folder / "pages").glob("*.md")):
        yield markdown_file("page", path)


def _build(file: ContentFile, page: PlainPage | BrilliantFailuresPage) -> PlainPage | BrilliantFailuresPage:
    data = file.take(PAGE_KEYS)
    page.title, page.slug = data.get("titel", ""), file.key
    page.introduction = data.get("intro", "")
    page.search_description = page.introduction
    page.body = to_html(data.get("tekst", ""))
    is_new = page.pk is None
    if is_new:
        HomePage.objects.get().add_child(instance=page)
    revision = page.save_revision(clean=True)
    if is_new or page.live:  # what an editor took offline stays so
        revision.publish()
    page.refresh_from_db()
    return page

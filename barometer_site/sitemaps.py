"""Everything a search engine may find: one list, or with very many cases an index of lists."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap, x_robots_tag
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.models import CasePage, CollectionIndexPage, CollectionPage
from cases.organisation_views import organisations_with_cases
from survey.barometer import EditionEntry, IndicatorEntry, barometer
from survey.models import Publication
from survey.vocabulary import ConceptEntry, SchemeEntry, vocabulary

from .content import TAKEN_OVER
from .models import PlainPage


class _Sitemap(Sitemap):
    """The site's own address instead of that of a sites framework."""

    #: Addresses in one list: few enough to answer at once. When a kind of page has more, the list becomes an index.
    limit = 2_000

    def get_domain(self, site: Any = None) -> str:
        """As the site's own address has it."""
        return settings.SITE_URL.split("//", 1)[1]

    def get_protocol(self, protocol: str | None = None) -> str:
        """As the site's own address has it."""
        return settings.SITE_URL.split(":", 1)[0]


class CaseSitemap(_Sitemap):
    """Every published case. In the order they were made, so that a new one changes only the last list."""

    def items(self) -> Any:
        """What is listed, without the texts."""
        return CasePage.objects.published().order_by("pk").values_list("slug", "last_published_at")

    def lastmod(self, item: tuple[str, Any]) -> Any:
        """When its text last changed."""
        return item[1]

    def location(self, item: tuple[str, Any]) -> str:
        """Its address."""
        return reverse("case", args=[item[0]])


class CollectionSitemap(_Sitemap):
    """The overview of collections, and each of them."""

    def items(self) -> Any:
        """What is listed."""
        found = CollectionIndexPage.objects.live().public()
        return [*found, *CollectionPage.objects.live().public().order_by("pk")]

    def lastmod(self, item: CollectionIndexPage | CollectionPage) -> Any:
        """When its text or its choice last changed."""
        return item.last_published_at

    def location(self, item: CollectionIndexPage | CollectionPage) -> str:
        """Its address."""
        return item.get_absolute_url()


class ConceptSitemap(_Sitemap):
    """Every scheme and every concept."""

    def items(self) -> list[SchemeEntry | ConceptEntry]:
        """What is listed."""
        words = vocabulary()
        return [*words.schemes.values(), *words.by_pk.values()]

    def location(self, item: SchemeEntry | ConceptEntry) -> str:
        """Its address."""
        return item.url


class OrganisationSitemap(_Sitemap):
    """Every organisation with a published case; one that only a draft names is not announced."""

    def items(self) -> Any:
        """What is listed."""
        return organisations_with_cases().order_by("pk")


class PublicationSitemap(_Sitemap):
    """Every publication."""

    def items(self) -> Any:
        """What is listed."""
        return Publication.objects.order_by("pk")


class BarometerSitemap(_Sitemap):
    """Every real edition and every indicator; made-up numbers are not announced."""

    def items(self) -> list[EditionEntry | IndicatorEntry]:
        """What is listed."""
        found = barometer()
        editions = [edition for edition in found.editions.values() if not edition.is_example]
        return [*editions, *found.indicators.values()]

    def location(self, item: EditionEntry | IndicatorEntry) -> str:
        """Its address."""
        return item.url


class PlainSitemap(_Sitemap):
    """Home, the catalogue and the plain pages."""

    def items(self) -> list[str]:
        """What is listed."""
        fixed = [
            "/",
            "/casussen/",
            "/briljante-mislukkingen/",
            "/barometer/",
            "/barometer/indicatoren/",
            "/barometer/verkenner/",
            "/matrix/",
            "/organisaties/",
            "/publicaties/",
            "/begrippenlijsten/",
            "/inzenden/",
        ]
        plain = PlainPage.objects.live().public().exclude(slug__in=TAKEN_OVER).values_list("slug", flat=True)
        return fixed + [f"/{slug}/" for slug in plain]

    def location(self, item: str) -> str:
        """Its address."""
        return item


SITEMAPS = {
    "casussen": CaseSitemap,
    "verzamelingen": CollectionSitemap,
    "begrippen": ConceptSitemap,
    "barometer": BarometerSitemap,
    "organisaties": OrganisationSitemap,
    "publicaties": PublicationSitemap,
    "paginas": PlainSitemap,
}


@require_safe
def sitemap_page(request: HttpRequest) -> HttpResponseBase:
    """All addresses; the addresses of the lists when one would be too long."""
    pages = {section: kind().paginator.num_pages for section, kind in SITEMAPS.items()}
    if max(pages.values()) == 1:
        return sitemap(request, {**SITEMAPS})
    return _index(request, pages)


@x_robots_tag
def _index(request: HttpRequest, pages: dict[str, int]) -> TemplateResponse:
    lists = [
        SitemapIndexItem(
            settings.SITE_URL + reverse("sitemap_part", args=[section]) + (f"?p={page}" if page > 1 else "")
        )
        for section, number in pages.items()
        for page in range(1, number + 1)
    ]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": lists}, content_type="application/xml")


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> HttpResponseBase:
    """The addresses of one kind of page. Raises Http404 for a kind or a page that is not there."""
    return sitemap(request, {**SITEMAPS}, section)

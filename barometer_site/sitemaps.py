"""Everything a search engine may find."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from cases.models import CasePage, CollectionIndexPage, CollectionPage, Organisation
from survey.barometer import EditionEntry, IndicatorEntry, barometer
from survey.models import Publication
from survey.vocabulary import ConceptEntry, SchemeEntry, vocabulary

from .content import TAKEN_OVER
from .models import PlainPage


class _Sitemap(Sitemap):
    """The site's own address instead of that of a sites framework."""

    limit = 5000

    def get_domain(self, site: Any = None) -> str:
        """As the site's own address has it."""
        return settings.SITE_URL.split("//", 1)[1]

    def get_protocol(self, protocol: str | None = None) -> str:
        """As the site's own address has it."""
        return settings.SITE_URL.split(":", 1)[0]


class CaseSitemap(_Sitemap):
    """Every published case."""

    def items(self) -> Any:
        """What is listed."""
        return CasePage.objects.published().newest_first()

    def lastmod(self, item: CasePage) -> Any:
        """When its text last changed."""
        return item.last_published_at

    def location(self, item: CasePage) -> str:
        """Its address."""
        return item.get_absolute_url()


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
        with_cases = CasePage.objects.published().values("organisation")
        return Organisation.objects.filter(pk__in=with_cases).order_by("pk")


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

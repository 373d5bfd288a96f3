"""Everything a search engine may find."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from cases.models import CasePage, Organisation
from survey.models import Publication
from survey.vocabulary import ConceptEntry, SchemeEntry, vocabulary

from .models import PlainPage


class _Sitemap(Sitemap):
    """The site's own address instead of that of a sites framework."""

    limit = 5000

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.split("//", 1)[1]

    @property
    def protocol(self) -> str:  # type: ignore[override]  Django declares an attribute
        return settings.SITE_URL.split(":", 1)[0]


class CaseSitemap(_Sitemap):
    """Every published case."""

    def items(self) -> Any:
        return CasePage.objects.published().newest_first()

    def lastmod(self, item: CasePage) -> Any:
        return item.last_published_at

    def location(self, item: CasePage) -> str:
        return item.get_absolute_url()


class ConceptSitemap(_Sitemap):
    """Every scheme and every concept."""

    def items(self) -> list[SchemeEntry | ConceptEntry]:
        words = vocabulary()
        return [*words.schemes.values(), *words.by_pk.values()]

    def location(self, item: SchemeEntry | ConceptEntry) -> str:
        return item.url


class OrganisationSitemap(_Sitemap):
    """Every organisation."""

    def items(self) -> Any:
        return Organisation.objects.order_by("pk")


class PublicationSitemap(_Sitemap):
    """Every publication."""

    def items(self) -> Any:
        return Publication.objects.order_by("pk")


class PlainSitemap(_Sitemap):
    """Home, the catalogue and the plain pages."""

    def items(self) -> list[str]:
        fixed = ["/", "/casussen/", "/briljante-mislukkingen/", "/matrix/", "/organisaties/", "/publicaties/", "/begrippenlijsten/"]
        return fixed + [f"/{slug}/" for slug in PlainPage.objects.live().values_list("slug", flat=True)]

    def location(self, item: str) -> str:
        return item


SITEMAPS = {
    "casussen": CaseSitemap,
    "begrippen": ConceptSitemap,
    "organisaties": OrganisationSitemap,
    "publicaties": PublicationSitemap,
    "paginas": PlainSitemap,
}

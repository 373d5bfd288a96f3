"""Which cases a visitor may see, and what a list of them needs."""

from typing import Self

from django.db.models import Prefetch
from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class CaseQuerySet(PageQuerySet):
    """The verbs for cases. Every public page, feed and export starts at `published()`."""

    def published(self) -> Self:
        """What an anonymous visitor may see."""
        return self.live().public()

    def newest_first(self) -> Self:
        """In the order of the feed; the key decides between cases of the same moment."""
        return self.order_by("-first_published_at", "-pk")

    def with_card_data(self) -> Self:
        """What a card shows: two queries, whatever the length of the list."""
        return self.select_related("organisation").prefetch_related(Prefetch("links", to_attr="card_links"))

    def in_order_of(self, pks: list[int]) -> list:
        """The cases with these keys, in the order of the keys; keys without a case are left out."""
        found = self.in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]


class CaseManager(PageManager.from_queryset(CaseQuerySet)):  # type: ignore[misc]  # Wagtail has no types
    """The verbs of `CaseQuerySet`, on `CasePage.objects`."""

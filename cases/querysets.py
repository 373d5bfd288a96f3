"""Which cases a visitor may see, and what a list of them needs."""

from collections.abc import Sequence
from typing import Self

from django.db.models import Prefetch
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from .card_rows import CardRow, rows_of


class CaseQuerySet(PageQuerySet):
    """The verbs for cases. Every public page, feed and export starts at `published()`."""

    def published(self) -> Self:
        """What an anonymous visitor may see."""
        return self.live().public()

    def newest_first(self) -> Self:
        """In the order of the feed; the key decides between cases of the same moment."""
        return self.order_by("-first_published_at", "-pk")

    def card_rows(self, pks: Sequence[int]) -> list[CardRow]:
        """What cards show of the cases with these keys, in the order of the keys; keys without a case are left out."""
        found = {row.pk: row for row in rows_of(self.filter(pk__in=pks))}
        return [found[pk] for pk in pks if pk in found]

    def with_card_data(self) -> Self:
        """Whole pages with what a card shows, for who needs more of them: two queries, whatever the length of the list."""
        return self.select_related("organisation").prefetch_related(Prefetch("links", to_attr="card_links"))

    def in_order_of(self, pks: list[int]) -> list:
        """The cases with these keys, in the order of the keys; keys without a case are left out."""
        found = self.in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]


class CaseManager(PageManager.from_queryset(CaseQuerySet)):  # type: ignore[misc]  # Wagtail has no types
    """The verbs of `CaseQuerySet`, on `CasePage.objects`."""

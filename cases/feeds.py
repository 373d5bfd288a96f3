"""Atom feeds of cases: the same entries whichever list they stand in, in pages when the list is long."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

from survey.spreadsheets import NOT_IN_XML

from .models import CasePage

#: When a feed without entries changed, which nobody knows: always the same, so that no reader fetches it as new.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class _PagedFeed(Atom1Feed):
    """Names the other pages as RFC 5005 (section 3) has it."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": address})

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else _LONG_AGO


def feed_of(
    cases: Iterable[CasePage],
    *,
    title: str,
    description: str,
    link: str,
    feed_link: str,
    pages: Mapping[str, str] | None = None,
) -> HttpResponse:
    """These cases (with their organisation loaded) as Atom; the links are addresses on this site, from `/` on.

    `pages`: first, previous, next and last -> the address of that page of the feed.
    """
    feed = _PagedFeed(
        title=_for_xml(title),
        link=settings.SITE_URL + link,
        feed_url=settings.SITE_URL + feed_link,
        description=_for_xml(description),
        language="nl",
        pages={rel: settings.SITE_URL + address for rel, address in (pages or {}).items()},
    )
    for case in cases:
        address = settings.SITE_URL + case.get_absolute_url()
        feed.add_item(
            title=_for_xml(case.title),
            link=address,
            unique_id=address,
            description=_for_xml(case.introduction),
            author_name=_for_xml(case.organisation.name) if case.organisation else settings.SITE_NAME,
            pubdate=case.first_published_at,
            updateddate=case.last_published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _for_xml(text: str) -> str:
    """XML knows no control characters; a text that holds one must not take the whole feed away."""
    return NOT_IN_XML.sub("", text)

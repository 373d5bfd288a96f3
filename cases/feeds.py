"""Atom feeds of cases: the same entries whichever list they stand in."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

from .models import CasePage


def feed_of(cases: Iterable[CasePage], *, title: str, description: str, link: str, feed_link: str) -> HttpResponse:
    """These cases (with their organisation loaded) as Atom; the links are addresses on this site, from `/` on."""
    feed = Atom1Feed(
        title=_for_xml(title),
        link=settings.SITE_URL + link,
        feed_url=settings.SITE_URL + feed_link,
        description=_for_xml(description),
        language="nl",
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
    return "".join(character for character in text if character >= " " or character in "\t\n\r")

"""A collection as a page, as a feed, and as one long page for on paper."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from .feeds import feed_of
from .models import CollectionPage


def _collection(slug: str) -> CollectionPage:
    return get_object_or_404(CollectionPage.objects.live().public(), slug=slug)


@require_safe
def collection_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One collection. A public one is found by its slug in one query; Wagtail walks the tree for all others."""
    found = CollectionPage.objects.live().public().filter(slug=slug).first()
    return found.serve(request) if found else serve(request, request.path.lstrip("/"))


@require_safe
def collection_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The cases of a collection in the editor's order, as Atom."""
    collection = _collection(slug)
    address = collection.get_absolute_url()
    return feed_of(
        [item.case for item in collection.published_items()],
        title=collection.title,
        description=collection.introduction,
        link=address,
        feed_link=f"{address}feed/",
    )


@require_safe
def collection_print(request: HttpRequest, slug: str) -> HttpResponse:
    """All cases of a collection in full, one after the other."""
    collection = _collection(slug)
    return render(request, "cases/collection_print.html", {"page": collection, "items": collection.published_items()})

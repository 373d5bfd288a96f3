"""Lists that are read in pages, with the addresses of the pages around this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, and what `components/pagination.html` prints below it."""

    items: Sequence[Any]
    total: int
    number: int
    previous: str
    next: str
    pages: list[tuple[int | None, str, bool]]


def list_page(found: "QuerySet[Any]", number: str, length: int, path: str) -> ListPage:
    """Page `number` as it stands in the address, `?pagina=`. Raises Http404 for one that is not there."""
    paginator = Paginator(found, length)
    try:
        page = paginator.page(number or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404(f"Pagina {number} bestaat niet.") from error

    def address(other: int) -> str:
        return path if other == 1 else f"{path}?pagina={other}"

    around = paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return ListPage(
        items=list(page.object_list),
        total=paginator.count,
        number=page.number,
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        next=address(page.next_page_number()) if page.has_next() else "",
        pages=[
            (other, address(other), other == page.number) if isinstance(other, int) else (None, "", False)
            for other in around
        ],
    )

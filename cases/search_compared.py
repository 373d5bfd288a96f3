"""What is judged: the search of this site, and Wagtail's own database search over the same texts to hold it against."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from survey.vocabulary import vocabulary

from .catalogue import answer
from .models import CasePage
from .search.questions import Question
from .search_source import DatabaseCases

#: What Wagtail reads of a case besides its title, for the time of the comparison.
TEXT = "compared_text"
MOST = 20


def our_search() -> Callable[[str], Sequence[str]]:
    """From what is typed to the slugs of the first page, as a reader gets them."""
    slugs = dict(CasePage.objects.published().values_list("pk", "slug"))
    return lambda text: [slugs[hit.pk] for hit in answer(Question(text=text)).hits]


@contextmanager
def wagtail_over_all_texts() -> Iterator["WagtailSearch"]:
    """As the site runs, Wagtail only reads titles; here it gets every text that our own index has. Undone afterwards."""
    before = CasePage.search_fields
    CasePage.search_fields = [*before, index.SearchField(TEXT)]
    try:
        with transaction.atomic():
            search = WagtailSearch()
            search.fill()
            yield search
            transaction.set_rollback(True)
    finally:
        CasePage.search_fields = before


class WagtailSearch:
    """Wagtail's database backend; on PostgreSQL with Dutch word forms, which SQLite does not have."""

    def __init__(self) -> None:
        dutch = {"SEARCH_CONFIG": "dutch"} if connection.vendor == "postgresql" else {}
        self._backend = get_search_backend("default", **dutch)

    def fill(self) -> None:
        """Read all cases."""
        words = vocabulary()
        texts = {}
        for document in DatabaseCases().documents(None):
            entries = [words.concept(scheme, slug) for scheme, slugs in document.facets.items() for slug in slugs]
            names = [text for entry in entries if entry for text in (entry.name, *entry.words)]
            texts[document.pk] = " ".join([document.summary, document.body, *document.organisations, *names])
        cases = list(CasePage.objects.published())
        for case in cases:
            setattr(case, TEXT, texts[case.pk])
        self._backend.get_index_for_model(CasePage).add_items(CasePage, cases)

    def __call__(self, text: str) -> Sequence[str] | None:
        """The slugs of the first cases; None when Wagtail fails on what was typed."""
        try:
            with transaction.atomic():
                return [case.slug for case in self._backend.search(text, CasePage.objects.live())[:MOST]]
        except (DatabaseError, ValueError):
            return None

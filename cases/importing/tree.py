"""Many new pages below the catalogue at once, with everything that Wagtail keeps with a page.

Wagtail's own way, `add_child` and `save_revision` for each page, takes seconds for a hundred pages and hours for a hundred
thousand. Here each table gets its rows in bulk, in the form that Wagtail gives them.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backends_with_name
from wagtail.models import Page, ReferenceIndex, Revision

from survey.importing.mistakes import refused

from ..models import CaseIndexPage, CasePage
from .bulk import insert_many, insert_objects


class NewPages:
    """Adds cases below the catalogue. Only within a transaction: the row of the catalogue is locked until its end."""

    def __init__(self) -> None:
        catalogue = CaseIndexPage.objects.first()
        if catalogue is None:
            raise refused("De catalogus bestaat nog niet. Voer eerst de opdracht load_content uit.")
        self.parent = Page.objects.select_for_update().get(pk=catalogue.pk)
        last = (
            Page.objects.filter(path__startswith=self.parent.path, depth=self.parent.depth + 1)
            .order_by("-path")
            .first()
        )
        self._step = Page._str2int(last.path[-Page.steplen :]) if last else 0
        self._longest = len(Page.alphabet) ** Page.steplen - 1
        self.added = 0

    def add(self, cases: list[CasePage]) -> None:
        """Give each its place in the tree and write its two rows."""
        if self._step + len(cases) > self._longest:
            raise refused("Zoveel casussen passen niet in de catalogus.")
        for case in cases:
            self._step += 1
            case.depth = self.parent.depth + 1
            case.path = Page._get_path(self.parent.path, case.depth, self._step)
            case.locale_id = self.parent.locale_id
            case.draft_title = case.title
            case.set_url_path(self.parent)
        fields = [field for field in Page._meta.concrete_fields if not field.primary_key]
        # What `bulk_create` does; itself it refuses a model that has its rows in two tables.
        keys = Page.objects.all()._batched_insert(cases, fields, batch_size=None)
        for case, (pk,) in zip(cases, keys, strict=True):
            case.id = case.page_ptr_id = pk
            case._state.adding = False
        insert_objects(CasePage, cases, [field.name for field in CasePage._meta.local_concrete_fields])
        self.added += len(cases)

    def close(self) -> None:
        """The catalogue knows how many there are."""
        Page.objects.filter(pk=self.parent.pk).update(numchild=F("numchild") + self.added)


def point_to_newest_revision(pks: list[int], *fields: str) -> None:
    """Let `latest_revision`, `live_revision` or both of these pages name the revision that was just written."""
    newest = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id=Cast(OuterRef("pk"), CharField())
    ).order_by("-pk")
    Page.objects.filter(pk__in=pks).update(**{name: Subquery(newest.values("pk")[:1]) for name in fields})


def note_references(cases: Iterable[CasePage], *, are_new: bool = False) -> None:
    """What these cases refer to, as `ReferenceIndex.create_or_update_for_object` notes it for each."""
    cases = list(cases)
    own, base = ContentType.objects.get_for_model(CasePage), ContentType.objects.get_for_model(Page)
    if not are_new:
        noted = ReferenceIndex.objects.filter(base_content_type=base, object_id__in=[str(case.pk) for case in cases])
        noted.delete()
    insert_many(
        ReferenceIndex,
        (
            *("content_type", "base_content_type", "object_id", "to_content_type", "to_object_id"),
            *("model_path", "content_path", "content_path_hash"),
        ),
        (
            (own.pk, base.pk, str(case.pk), *found, ReferenceIndex._get_content_path_hash(found[-1]))
            for case in cases
            for found in set(ReferenceIndex._extract_references_from_object(case))
        ),
    )


def note_for_editors_search(cases: list[CasePage]) -> None:
    """The search of the editing environment, which otherwise hears of each page that is saved."""
    for _, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(CasePage, cases)

"""The rows in the database that a case consists of: its page, ties, version, log and line of history."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Comment, Page, PageLogEntry, Revision

from ..history import FIRST, told
from ..models import CaseLink, CasePage, CasePublicChange, CaseRelation, CaseSource, RefusedLikeness
from .bulk import insert_many
from .plan import Kind, RowPlan
from .tree import NewPages, note_for_editors_search, note_references, point_to_newest_revision

_LATER = "verwijzingen.jsonl"
CHUNK = 500


class CaseRows:
    """Writes plans. Only within a transaction, and as a context manager."""

    def __init__(self, folder: Path, publish: bool, user: User | None, log_uuid: UUID) -> None:
        self.publish, self.user, self.log_uuid = publish, user, log_uuid
        self.now: datetime = timezone.now()
        self.pages = NewPages()
        #: Keys of the cases of which readers see something else.
        self.changed: list[int] = []
        self._later_path = folder / _LATER
        self._later = self._later_path.open("w", encoding="utf-8")
        self._user_pk = user.pk if user else None
        self._content_type = ContentType.objects.get_for_model(CasePage)
        self._page_type = ContentType.objects.get_for_model(Page)

    def write(self, plans: list[RowPlan]) -> None:
        """Some new and changed cases."""
        if not plans:
            return
        self._add([plan for plan in plans if plan.kind == Kind.NEW])
        self._change([plan for plan in plans if plan.kind == Kind.CHANGED])

    def write_relations(self) -> Iterator[tuple[int, str]]:
        """Relations to cases that came later in the file. Gives row and slug of those that did not come."""
        self._later.close()
        with self._later_path.open(encoding="utf-8") as file:
            while lines := list(islice(file, CHUNK)):
                yield from self._write_later([json.loads(line) for line in lines])

    def finish(self) -> None:
        """Nothing more comes."""
        self.pages.close()

    def __enter__(self) -> "CaseRows":
        return self

    def __exit__(self, *error: object) -> None:
        self._later.close()

    # --- new -------------------------------------------------------------------------------------
    def _add(self, plans: list[RowPlan]) -> None:
        if not plans:
            return
        cases = [self._made(plan) for plan in plans]
        self.pages.add(cases)
        for case, plan in zip(cases, plans, strict=True):
            case.links, case.sources = plan.links or [], plan.sources or []
            case.relations, case.refused_likenesses, case.wagtail_admin_comments = [], [], []
        self._write_children(CaseLink, [(case, case.links.all()) for case in cases])
        self._write_children(CaseSource, [(case, case.sources.all()) for case in cases])
        self._relate(list(zip(cases, plans, strict=True)))
        pks = self._write_revisions(cases)
        point_to_newest_revision(pks, "latest_revision", *(["live_revision"] if self.publish else []))
        self._log(cases, "wagtail.create")
        if self.publish:
            self._log(cases, "wagtail.publish")
            self._tell_readers(cases, [FIRST] * len(cases))
        note_references(cases, are_new=True)
        note_for_editors_search(cases)

    def _made(self, plan: RowPlan) -> CasePage:
        case = CasePage(
            slug=plan.slug, content_type=self._content_type, owner=self.user, live=self.publish, **plan.values
        )
        case.search_description = case.introduction
        case.has_unpublished_changes = not self.publish
        case.latest_revision_created_at = self.now
        if self.publish:
            case.first_published_at = case.last_published_at = self.now
        return case

    # --- changed ---------------------------------------------------------------------------------
    def _change(self, plans: list[RowPlan]) -> None:
        """The live case gets the new values, or only its draft."""
        if not plans:
            return
        cases = [plan.existing for plan in plans if plan.existing is not None]
        relations = _by_case(CaseRelation.objects.select_related("other"), "case_id", cases)
        refused = _by_case(RefusedLikeness.objects.all(), "case_id", cases)
        comments = _by_case(Comment.objects.all(), "page_id", cases)
        for case, plan in zip(cases, plans, strict=True):
            if case.search_description == case.introduction and "introduction" in plan.values:
                plan.values["search_description"] = plan.values["introduction"]
            for name, value in plan.values.items():
                setattr(case, name, value)
            case.draft_title, case.latest_revision_created_at = case.title, self.now
            case.links = case.card_links if plan.links is None else plan.links
            case.sources = case.sources_to_export if plan.sources is None else plan.sources
            case.relations = relations.get(case.pk, [])
            case.refused_likenesses = refused.get(case.pk, [])
            case.wagtail_admin_comments = comments.get(case.pk, [])
        pairs = list(zip(cases, plans, strict=True))
        if self.publish:
            for case, plan in pairs:
                self._update(case, plan.values)
            self._write_children(CaseLink, [(case, case.links.all()) for case, plan in pairs if plan.links is not None])
            sources = [(case, case.sources.all()) for case, plan in pairs if plan.sources is not None]
            self._write_children(CaseSource, sources)
        self._relate([(case, plan) for case, plan in pairs if plan.relations is not None])
        pks = self._write_revisions(cases)
        if self.publish:
            point_to_newest_revision(pks, "latest_revision", "live_revision")
            self._log(cases, "wagtail.publish")
            self._tell_readers(cases, [told(_fields(plan)) for plan in plans])
            note_references(cases)
            note_for_editors_search(cases)
        else:
            point_to_newest_revision(pks, "latest_revision")
            for case in cases:
                Page.objects.filter(pk=case.pk).update(
                    draft_title=case.draft_title, has_unpublished_changes=True, latest_revision_created_at=self.now
                )
            self._log(cases, "wagtail.edit")

    def _update(self, case: CasePage, values: dict[str, Any]) -> None:
        own = {"draft_title": case.title, "last_published_at": self.now, "latest_revision_created_at": self.now}
        case.last_published_at = self.now
        CasePage.objects.filter(pk=case.pk).update(**own, **values)

    # --- rows of both ----------------------------------------------------------------------------
    def _write_children(self, model: type[Any], rows: list[tuple[CasePage, Any]]) -> None:
        """The rows of these cases instead of those that they had."""
        model.objects.filter(case_id__in=[case.pk for case, _ in rows if case.latest_revision_id]).delete()
        made = []
        for case, children in rows:
            for child in children:
                child.case_id = case.pk
                made.append(child)
        model.objects.bulk_create(made)

    def _relate(self, pairs: list[tuple[CasePage, RowPlan]]) -> None:
        """Relations that readers don't see, to drafts, stay. Cases that come later in the file are related later."""
        asked = {slug for _, plan in pairs for slug, _ in plan.relations or []}
        keys = dict(CasePage.objects.filter(slug__in=asked).values_list("slug", "pk")) if asked else {}
        ready = []
        for case, plan in pairs:
            hidden = [one for one in case.relations.all() if one not in getattr(case, "relations_to_export", [])]
            new = plan.relations or []
            if any(slug not in keys for slug, _ in new):
                items = [[slug, relation.reason] for slug, relation in new]
                self._later.write(json.dumps([plan.number, case.pk, items]) + "\n")
                new = []
            for slug, relation in new:
                relation.other_id = keys[slug]
            case.relations = [*(relation for _, relation in new), *hidden]
            ready.append((case, case.relations.all()))
        if self.publish or any(not case.latest_revision_id for case, _ in pairs):
            self._write_children(CaseRelation, ready)

    def _write_later(self, lines: list[tuple[int, int, list[tuple[str, str]]]]) -> Iterator[tuple[int, str]]:
        keys = dict(
            CasePage.objects.filter(slug__in={slug for _, _, items in lines for slug, _ in items}).values_list(
                "slug", "pk"
            )
        )
        cases = CasePage.objects.in_bulk([pk for _, pk, _ in lines])
        revisions = {
            int(one.object_id): one
            for one in Revision.objects.filter(pk__in=[case.latest_revision_id for case in cases.values()])
        }
        made: list[CaseRelation] = []
        for row, pk, items in lines:
            own = []
            for order, (slug, reason) in enumerate(items):
                if slug in keys:
                    own.append(CaseRelation(case_id=pk, other_id=keys[slug], reason=reason, sort_order=order))
                else:
                    yield row, slug
            if cases[pk].live_revision_id == cases[pk].latest_revision_id or not cases[pk].live:
                made += own
            revisions[pk].content["relations"] += [one.serializable_data() for one in own]
        CaseRelation.objects.bulk_create(made)
        Revision.objects.bulk_update(revisions.values(), ["content"], batch_size=100)
        note_references(
            CasePage.objects.filter(pk__in=[pk for _, pk, _ in lines]).prefetch_related("links", "sources", "relations")
        )

    def _write_revisions(self, cases: list[CasePage]) -> list[int]:
        own, page = self._content_type.pk, self._page_type.pk
        insert_many(
            Revision,
            ("content_type", "base_content_type", "object_id", "created_at", "user", "object_str", "content"),
            (
                (own, page, str(case.pk), self.now, self._user_pk, case.title, case.serializable_data())
                for case in cases
            ),
        )
        pks = [case.pk for case in cases]
        if self.publish:
            self.changed += pks
        return pks

    def _log(self, cases: list[CasePage], action: str) -> None:
        """What the history in the editing environment shows."""
        revisions = dict(
            Page.objects.filter(pk__in=[case.pk for case in cases]).values_list("pk", "latest_revision_id")
        )
        own = self._content_type.pk
        insert_many(
            PageLogEntry,
            (
                *("page", "content_type", "label", "action", "data", "timestamp", "uuid", "user", "revision"),
                *("content_changed", "deleted"),
            ),
            (
                (
                    case.pk,
                    own,
                    case.title,
                    action,
                    {},
                    self.now,
                    self.log_uuid,
                    self._user_pk,
                    revisions[case.pk],
                    True,
                    False,
                )
                for case in cases
            ),
        )

    def _tell_readers(self, cases: list[CasePage], lines: list[str]) -> None:
        day = timezone.localdate(self.now)
        told = ((case.pk, day, text) for case, text in zip(cases, lines, strict=True) if text)
        insert_many(CasePublicChange, ("case", "date", "text"), told)


def _fields(plan: RowPlan) -> set[str]:
    """The fields that a plan changes."""
    lists = {"links": plan.links, "sources": plan.sources, "relations": plan.relations}
    return {name.removesuffix("_id") for name in plan.values} | {
        name for name, rows in lists.items() if rows is not None
    }


def _by_case(rows: Any, key: str, cases: list[CasePage]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.filter(**{f"{key}__in": [case.pk for case in cases]}):
        found.setdefault(getattr(row, key), []).append(row)
    return found

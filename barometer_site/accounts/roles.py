"""Who may do what in the editing environment: five roles. This module is the truth; the groups in the database follow it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cases.editing.review import ensure_review
from cases.models import CaseIndexPage, CollectionIndexPage

from ..models import HomePage

CONTRIBUTOR = "Medewerker"
EDITOR = "Redacteur"
REVIEWER = "Beoordelaar"
ANALYST = "Analist"
ADMINISTRATOR = "Beheerder"

#: What Wagtail makes by itself and nobody here uses.
WAGTAILS_OWN_GROUPS = ("Editors", "Moderators")

Rights = frozenset[str]


def _rights(app: str, actions: str, *models: str) -> Rights:
    return frozenset(f"{app}.{action}_{model}" for action in actions.split() for model in models)


@dataclass(frozen=True, slots=True)
class Role:
    """One role. A right is `app.codename`, or `app.*` for all rights of an app.

    `pages` names per kind of page what may be done there and with everything below it, in Wagtail's words: `add` (and
    edit one's own), `change`, `publish`, `lock`, `unlock`, `bulk_delete`. `media` counts for pictures, documents and
    the folders they are in.
    """

    name: str
    rights: Rights
    pages: Mapping[type[Page], frozenset[str]] = field(default_factory=dict)
    media: Rights = frozenset()


_SIGN_IN: Rights = frozenset({"wagtailadmin.access_admin"})
_OWN_MEDIA = _rights("wagtailimages", "add choose", "image") | _rights("wagtaildocs", "add choose", "document")
_ALL_MEDIA = _OWN_MEDIA | _rights("wagtailimages", "change", "image") | _rights("wagtaildocs", "change", "document")
_EDITING: Rights = (
    _SIGN_IN
    | _rights("cases", "view add change", "organisation", "submission", "casekeeper", "previewlink")
    | _rights("cases", "view change", "report", "yearlycheck")
    | _rights("cases", "view add", "caseimport")
    | _rights("cases", "view", "searchmiss")
    | _rights("cases", "view add change delete", "searchsynonym")
    | _rights("survey", "view add change", "publication")
    | _rights("survey", "view change", "concept")  # the words that search finds it by
    | _rights("survey", "view", "checkedlink", "conceptscheme")
)
_WRITE = frozenset({"add", "change"})
_REVIEW = _WRITE | {"publish", "lock", "unlock"}

ROLES: tuple[Role, ...] = (
    Role(CONTRIBUTOR, _SIGN_IN, {CaseIndexPage: frozenset({"add"})}, _OWN_MEDIA),
    Role(EDITOR, _EDITING, {CaseIndexPage: _WRITE, CollectionIndexPage: _WRITE}, _ALL_MEDIA),
    Role(
        REVIEWER,
        _EDITING | _rights("cases", "view add change", "casewithdrawal"),
        {CaseIndexPage: _REVIEW, CollectionIndexPage: _REVIEW},
        _ALL_MEDIA,
    ),
    Role(
        ANALYST,
        _SIGN_IN
        | _rights("survey", "view add", "surveyimport")
        | _rights("survey", "view add change delete", "edition", "indicator"),
    ),
    Role(
        ADMINISTRATOR,
        _SIGN_IN
        | {"cases.*", "survey.*", "accounts.*", "wagtailredirects.*"}
        | _rights("auth", "view add change delete", "user", "group")
        | _rights("wagtailcore", "view add change delete", "workflow", "task", "site")
        | {"wagtailcore.view_pagelogentry"},
        {HomePage: _REVIEW | {"bulk_delete"}},
        _ALL_MEDIA | _rights("wagtailcore", "add change delete", "collection"),
    ),
)


def ensure_roles() -> None:
    """Make the groups have just the rights of their roles, and cases and collections be reviewed. Changes nothing the second time."""
    with transaction.atomic():
        for role in ROLES:
            group, _ = Group.objects.get_or_create(name=role.name)
            group.permissions.set(_permissions(role.rights))
            _set_page_rights(group, role.pages)
            _set_media_rights(group, role.media)
        ensure_review([REVIEWER, ADMINISTRATOR], [CaseIndexPage, CollectionIndexPage])
        Group.objects.filter(name__in=WAGTAILS_OWN_GROUPS, user=None).delete()


def _permissions(rights: Rights) -> list[Permission]:
    """The permissions of these names; a name that doesn't exist is a mistake in this module."""
    wanted = Q(pk__in=[])
    for right in rights:
        app, _, codename = right.partition(".")
        wanted |= (
            Q(content_type__app_label=app) if codename == "*" else Q(content_type__app_label=app, codename=codename)
        )
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    known = {f"{permission.content_type.app_label}.{permission.codename}" for permission in found}
    if unknown := sorted(right for right in rights if not right.endswith(".*") and right not in known):
        raise LookupError(f"No such permission: {', '.join(unknown)}")
    return found


def _set_page_rights(group: Group, rights: Mapping[type[Page], frozenset[str]]) -> None:
    wanted = {
        (pk, permission.pk)
        for model, actions in rights.items()
        for pk in model.objects.values_list("pk", flat=True)  # a kind of page that is not there yet has none
        for permission in _permissions(frozenset(f"wagtailcore.{action}_page" for action in actions))
    }
    _follow(GroupPagePermission.objects.filter(group=group), "page_id", group, wanted)


def _set_media_rights(group: Group, rights: Rights) -> None:
    root = Collection.get_first_root_node().pk
    wanted = {(root, permission.pk) for permission in _permissions(rights)}
    _follow(GroupCollectionPermission.objects.filter(group=group), "collection_id", group, wanted)


def _follow(present: QuerySet[Any], place: str, group: Group, wanted: set[tuple[int, int]]) -> None:
    """Rows of place and permission: drop what is too much, add what is missing."""
    rows = {(getattr(row, place), row.permission_id): row for row in present}
    present.filter(pk__in=[row.pk for pair, row in rows.items() if pair not in wanted]).delete()
    present.model.objects.bulk_create(
        present.model(**{"group": group, place: where, "permission_id": permission})
        for where, permission in sorted(wanted - rows.keys())
    )

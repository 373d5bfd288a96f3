"""What each role may do, beyond getting in: publishing around the review, planting fields, becoming somebody else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import make_case, make_draft, make_editor, write
from people import as_shown, send_case, signed_in, somebody
from wagtail.models import GroupPagePermission, Workflow

from barometer_site.accounts.roles import (
    ADMINISTRATOR,
    ANALYST,
    CONTRIBUTOR,
    EDITOR,
    REVIEWER,
    ROLES,
    ensure_roles,
)
from cases.editing.review import NAME
from cases.models import CaseIndexPage, CasePage

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing(django_assert_max_num_queries: Any) -> None:
    ensure_roles()
    before = sorted(GroupPagePermission.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(90) as asked:
        ensure_roles()
    changing = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not changing
    assert sorted(GroupPagePermission.objects.values_list("pk", flat=True)) == before


def test_a_fresh_installation_has_the_roles_also_when_a_file_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, "pages/over.md", "dit is geen bestand met een titel")
    with pytest.raises(CommandError):
        call_command("load_content", folder=tmp_path, verbosity=0)
    assert (
        Group.objects.filter(name__in=[role.name for role in ROLES], permissions__isnull=False).distinct().count() == 5
    )


def test_rights_that_somebody_added_or_took_away_are_put_right() -> None:
    ensure_roles()
    analyst, editor = Group.objects.get(name="Analist"), Group.objects.get(name=EDITOR)
    analyst.permissions.add(*editor.permissions.all())
    GroupPagePermission.objects.filter(group=editor).delete()
    GroupPagePermission.objects.create(
        group=analyst,
        page=CaseIndexPage.objects.get(),
        permission=Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore"),
    )
    ensure_roles()
    assert not analyst.permissions.filter(codename="change_organisation").exists()
    assert not analyst.page_permissions.exists()
    assert editor.page_permissions.exists()


def test_wagtails_own_groups_and_workflow_go_when_nobody_uses_them() -> None:
    used = Group.objects.get(name="Editors")
    make_editor().groups.add(used)
    ensure_roles()
    assert set(Group.objects.values_list("name", flat=True)) == {"Editors", *(role.name for role in ROLES)}
    assert list(Workflow.objects.values_list("name", flat=True)) == [NAME]


@pytest.mark.parametrize("role", [CONTRIBUTOR, EDITOR])
def test_who_may_only_send_in_does_not_publish_by_pressing_a_button_that_is_not_there(role: str) -> None:
    user = somebody(role)
    case = make_draft("Nog niet", owner=user)
    client = signed_in(user)
    assert "action-publish" not in client.get(f"/beheer/pages/{case.pk}/edit/").content.decode()
    send_case(client, case, title="Toch", **{"action-publish": "1"})
    case.refresh_from_db()
    assert not case.live
    assert case.get_latest_revision_as_object().title == "Toch"  # nothing typed is lost


def test_an_editor_does_not_publish_a_new_case_at_once() -> None:
    client = signed_in(somebody(EDITOR))
    address = f"/beheer/pages/add/cases/casepage/{CaseIndexPage.objects.get().pk}/"
    data = as_shown(client.get(address)) | {
        "title": "Nieuw",
        "slug": "nieuw",
        "introduction": "Over iets nieuws.",
        "outcome": "geslaagd",
        "action-publish": "1",
    }
    client.post(address, data)
    assert not CasePage.objects.get(slug="nieuw").live


def test_fields_that_are_not_in_the_form_are_not_taken_over() -> None:
    user, other = somebody(CONTRIBUTOR), somebody(REVIEWER)
    case = make_draft("Van mij", owner=user)
    before = (case.path, case.depth, case.owner_id, case.content_type_id)
    planted = {
        "live": "on",
        "owner": str(other.pk),
        "path": "000100010001",
        "depth": "2",
        "has_unpublished_changes": "",
        "first_published_at": "2001-01-01",
        "locked": "on",
        "latest_revision": "1",
        "approved_go_live_at": "2001-01-01",
        "checked_on": "2030-01-01",
    }
    send_case(signed_in(user), case, title="Anders", **planted)
    case.refresh_from_db()
    draft = case.get_latest_revision_as_object()
    assert draft.title == "Anders"
    assert (draft.path, draft.depth, draft.owner_id, draft.content_type_id) == before
    assert not (case.live or draft.live or case.locked or draft.first_published_at)
    assert not case.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_planned_moment_alone_publishes_nothing() -> None:
    user = somebody(CONTRIBUTOR)
    case = make_draft("Later", owner=user)
    yesterday = (timezone.localtime() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    send_case(signed_in(user), case, go_live_at=yesterday)
    soon = (timezone.localtime() + timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M")
    send_case(signed_in(user), case, go_live_at=soon)
    CasePage.objects.filter(pk=case.pk).update(go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    case.refresh_from_db()
    assert not case.live


def test_a_contributor_changes_her_published_case_only_as_a_draft() -> None:
    user = somebody(CONTRIBUTOR)
    case = make_case("Mijn casus", owner=user)
    client = signed_in(user)
    send_case(client, case, title="Herschreven", **{"action-publish": "1"})
    client.post(f"/beheer/pages/{case.pk}/unpublish/")
    client.post(f"/beheer/pages/{case.pk}/delete/")
    case.refresh_from_db()
    assert (case.live, case.title) == (True, "Mijn casus")


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_an_editor_does_nothing_to_published_cases_many_at_once(action: str) -> None:
    live, draft = make_case("Te lezen"), make_draft("Concept")
    client = signed_in(somebody(EDITOR))
    client.post(
        f"/beheer/bulk/wagtailcore/page/{action}/?id={live.pk}&id={draft.pk}",
        {"chooser": str(CaseIndexPage.objects.get().pk)},
    )
    live.refresh_from_db()
    assert live.live
    assert not CasePage.objects.filter(pk=draft.pk, live=True).exists()


def test_only_a_superuser_makes_a_superuser() -> None:
    first = make_editor("eerste")
    administrator, colleague = somebody(ADMINISTRATOR), somebody(EDITOR)
    client = signed_in(administrator)
    for user in (administrator, colleague, first):
        address = f"/beheer/users/edit/{user.pk}/"
        data = {"username": user.username, "email": "a@example.nl", "first_name": "A", "last_name": "B"}
        client.post(address, data | {"is_active": "on", "is_superuser": "on"})
    client.post(
        "/beheer/users/new/",
        {
            "username": "nieuw",
            "email": "n@example.nl",
            "first_name": "N",
            "last_name": "N",
            "password1": "een heel lang wachtwoord",
            "password2": "een heel lang wachtwoord",
            "is_superuser": "on",
        },
    )
    superusers = type(first)._default_manager.filter(is_superuser=True)
    assert list(superusers) == [first]
    first.refresh_from_db()
    assert first.first_name == ""


def test_an_administrator_gives_somebody_a_role() -> None:
    colleague = somebody(EDITOR)
    reviewers = Group.objects.get(name=REVIEWER)
    data = {"username": colleague.username, "email": "c@example.nl", "first_name": "C", "last_name": "D"}
    client = signed_in(somebody(ADMINISTRATOR))
    client.post(f"/beheer/users/edit/{colleague.pk}/", data | {"is_active": "on", "groups": str(reviewers.pk)})
    assert list(colleague.groups.all()) == [reviewers]


def test_who_has_no_part_in_pages_finds_no_drafts_in_the_window_to_choose_one() -> None:
    make_draft("Geheim plan")
    make_case("Open plan")
    text = signed_in(somebody(ANALYST)).get("/beheer/choose-page/search/?q=plan").content.decode()
    assert "Open plan" in text
    assert "Geheim plan" not in text

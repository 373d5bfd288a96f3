"""The log of accounts: what is in it, who reads it, and that it stays as it is."""

import inspect
from typing import Any

import pytest
from account_people import CODE, add_factor, make_account, recovery_codes, sign_in
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from factories import make_editor
from wagtail.models import ModelLogEntry

from barometer_site.accounts.report import AccountLogView

pytestmark = pytest.mark.django_db
REPORT = "/beheer/rapporten/accounts/"


def logged(action: str) -> list[ModelLogEntry]:
    return list(ModelLogEntry.objects.filter(action=f"accounts.{action}"))


def test_signing_in_and_failing_are_written_down(client: Client, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    user = make_account()
    sign_in(client)
    (entry,) = logged("signed_in")
    assert (entry.user, entry.object_id, entry.data["vanaf"]) == (user, str(user.pk), "127.0.0.1")
    for _ in range(3):
        sign_in(Client(), password="geraden")
    assert [entry.label for entry in logged("sign_in_failed")] == ["noor"]
    assert {entry.label for entry in logged("locked_out")} == {"noor"}


def test_a_name_that_nobody_has_is_not_written_down(client: Client) -> None:
    """It may be a password that was typed in the wrong field."""
    sign_in(client, "mijn geheime wachtwoord", "")
    sign_in(client, "mijn geheime wachtwoord", "iets")
    (entry,) = logged("sign_in_failed")
    assert "geheime" not in f"{entry.label} {entry.data}"


def test_the_second_factor_is_followed(client: Client) -> None:
    user = make_account()
    add_factor(user)
    assert len(logged("second_factor_on")) == len(logged("recovery_codes_made")) == 1
    sign_in(client)
    client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": recovery_codes(user)[0]})
    assert len(logged("code_failed")) == len(logged("recovery_code_used")) == 1
    client.force_login(make_editor("baas"))
    client.post(f"/beheer/accounts/{user.pk}/tweede-stap/")
    (entry,) = logged("second_factor_off")
    assert (entry.label, entry.user.get_username()) == ("noor", "baas")


def test_what_changes_about_an_account_is_written_down_by_whom(client: Client) -> None:
    user = make_account(email="oud@example.nl")
    role = Group.objects.create(name="Analist")
    client.force_login(make_editor("baas"))
    fields = {"username": "noor", "email": "nieuw@example.nl", "first_name": "N", "last_name": "O", "is_active": "on"}
    passwords = {"password1": "nog een lang wachtwoord", "password2": "nog een lang wachtwoord"}
    response = client.post(f"/beheer/users/edit/{user.pk}/", fields | passwords | {"groups": [role.pk]})
    assert response.status_code == 302
    (changed,) = logged("changed")
    assert changed.data == {"e-mailadres": "oud@example.nl → nieuw@example.nl", "vanaf": "127.0.0.1"}
    assert {entry.user.get_username() for entry in logged("password_changed")} == {"baas"}
    told = {
        word: name
        for entry in logged("roles_changed")
        for word, name in entry.data.items()
        if entry.user and word != "vanaf"
    }
    assert told == {"erbij": "Analist", "eraf": "Binnen"}


def test_a_role_that_is_given_from_the_side_of_the_role_is_written_down_too() -> None:
    user = make_account()
    role = Group.objects.create(name="Analist")
    role.user_set.add(user)
    role.user_set.clear()
    assert [entry.data for entry in logged("roles_changed")][:2] == [{"eraf": "Analist"}, {"erbij": "Analist"}]


def test_accounts_that_come_and_go_are_written_down_and_stay_in_the_log() -> None:
    gone = make_account()
    add_factor(gone)
    gone.delete()
    make_editor("baas")
    assert [entry.label for entry in logged("made")] == ["baas", "noor"]
    assert [entry.label for entry in logged("deleted")] == ["noor"]


def test_an_administrator_reads_the_log(client: Client) -> None:
    make_account("<b>noor</b>")
    client.force_login(make_editor("baas"))
    page = client.get(REPORT).content.decode()
    assert "Account gemaakt" in page
    assert "Ingelogd" in page
    assert "&lt;b&gt;noor" in page
    assert "<b>noor" not in page
    assert REPORT in client.get("/beheer/").content.decode()
    only = client.get(f"{REPORT}?action=accounts.signed_in").context["object_list"]
    assert {entry.action for entry in only} == {"accounts.signed_in"}


def test_nobody_else_reads_the_log(client: Client) -> None:
    client.force_login(make_account())
    assert client.get(REPORT).status_code == 302
    assert client.get(f"{REPORT}rijen/").status_code == 302
    assert REPORT not in client.get("/beheer/").content.decode()


def test_an_entry_cannot_be_changed_or_removed_from_within_the_site() -> None:
    make_account()
    entry = logged("made")[0]
    for change in (entry.save, entry.delete, ModelLogEntry.objects.all().delete):
        with pytest.raises(PermissionDenied), transaction.atomic():
            change()
    assert logged("made") == [entry]


def _views(patterns: list[Any]) -> list[Any]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.append(inspect.unwrap(pattern.callback))
        else:
            found += _views(pattern.url_patterns)
    return found


def test_no_address_is_for_changing_the_log(client: Client) -> None:
    """Of all addresses only the report is about entries, and it can only be read."""
    views = _views(get_resolver().url_patterns)
    assert len(views) > 200
    about = {getattr(view, "view_class", None) for view in views if _model_of(view) is ModelLogEntry}
    assert about == {AccountLogView}
    client.force_login(make_editor("baas"))
    entry = logged("signed_in")[0]
    for ask in (client.post, client.put, client.patch, client.delete):
        assert ask(REPORT).status_code == 405
    client.post(f"/beheer/bulk/wagtailcore/modellogentry/delete/?id={entry.pk}")
    client.post(f"/beheer/snippets/wagtailcore/modellogentry/delete/{entry.pk}/")
    assert logged("signed_in") == [entry]


def _model_of(view: Any) -> Any:
    made = getattr(view, "view_class", None)
    return (getattr(view, "view_initkwargs", None) or {}).get("model") or getattr(made, "model", None)

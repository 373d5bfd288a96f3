"""Starting the site: production refuses what is missing or unsafe, the default setup keeps its secret and makes one account."""

import runpy
import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, execute_from_command_line
from django.test import RequestFactory

from barometer_site.settings.environment import kept_secret

GOOD = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "ALLOWED_HOSTS": "kennisbank.example.nl, www.example.nl",
    "SITE_URL": "https://kennisbank.example.nl/",
    "SITE_OPERATOR": "Ministerie van Voorbeelden",
    "CONTACT_EMAIL": "kennisbank@example.nl",
}


def production(monkeypatch: pytest.MonkeyPatch, **changes: str | None) -> dict[str, Any]:
    """The settings of production with this environment."""
    for name, value in (GOOD | changes).items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    return runpy.run_module("barometer_site.settings.production")


def test_production_starts_with_everything_there_and_is_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    found = production(monkeypatch)
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["kennisbank.example.nl", "www.example.nl"]
    assert found["SITE_URL"] == "https://kennisbank.example.nl"
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://kennisbank.example.nl"]
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"):
        assert found[name] is True, name
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("value", [None, "", "   "])
def test_production_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        production(monkeypatch, **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "kort"),
        ("SECRET_KEY", "a" * 80),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "kennisbank.example.nl,*"),
        ("ALLOWED_HOSTS", " , "),
        ("SITE_URL", "http://kennisbank.example.nl"),
        ("SITE_URL", "kennisbank.example.nl"),
    ],
)
def test_production_names_what_is_unsafe(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        production(monkeypatch, **{name: value})


def test_the_secret_is_kept_between_starts_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    first = kept_secret(path)
    assert len(first) >= 50
    assert kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_secret(tmp_path / "andere") != first
    assert sorted(found.name for found in tmp_path.iterdir()) == ["andere", "secret-key"]


def test_a_start_that_was_stopped_while_making_the_secret_does_not_leave_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    path.touch(0o600)
    assert len(kept_secret(path)) >= 50
    assert kept_secret(path) == path.read_text().strip()


def first_editor() -> str:
    out = StringIO()
    call_command("first_editor", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_first_account_is_made_once_and_its_password_shown_once(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    told = first_editor()
    kept = tmp_path / "eerste-redacteur.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    name, password = (line.split(": ")[1] for line in kept.read_text().splitlines())
    assert password in told
    assert len(password) >= 16
    user = authenticate(RequestFactory().post("/beheer/login/"), username=name, password=password)
    assert user is not None
    assert user.is_superuser  # type: ignore[attr-defined]
    assert user.first_name and user.last_name  # type: ignore[attr-defined]  # else no new password is kept
    text = kept.read_text()
    again = first_editor()
    assert "niets veranderd" in again
    assert password not in again
    assert kept.read_text() == text
    assert get_user_model()._default_manager.count() == 1


@pytest.mark.django_db
def test_no_first_account_where_there_is_already_one(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    get_user_model()._default_manager.create_user(username="jo")
    first_editor()
    assert not (tmp_path / "eerste-redacteur.txt").exists()
    assert get_user_model()._default_manager.count() == 1


@pytest.mark.parametrize(("arguments", "status"), [(["--folder", "/bestaat/niet"], 1), (["--kleur"], 2)])
def test_the_command_ends_with_the_status_that_was_promised(
    arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "load_content", *arguments])
    assert ended.value.code == status
    assert capsys.readouterr().err

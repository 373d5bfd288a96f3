"""What production insists on for signing in, and what the environment may say."""

import runpy
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

ENVIRONMENT = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "ALLOWED_HOSTS": "kennisbank.example.nl",
    "SITE_URL": "https://kennisbank.example.nl",
    "SITE_OPERATOR": "Ministerie van Voorbeelden",
    "CONTACT_EMAIL": "kennisbank@example.nl",
}
NAMES = (
    "SECOND_FACTOR",
    "TRUSTED_PROXIES",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_SECOND_FACTOR",
)
PROVIDER = {"OIDC_ISSUER": "https://in.example.nl/", "OIDC_CLIENT_ID": "kennisbank", "OIDC_CLIENT_SECRET": "geheim"}


def load(monkeypatch: pytest.MonkeyPatch, module: str, **environment: str) -> dict[str, Any]:
    """The settings with this environment, each file read anew."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in (ENVIRONMENT | environment).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delitem(sys.modules, f"barometer_site.settings.{module}", raising=False)
    return runpy.run_module(f"barometer_site.settings.{module}")


def test_production_requires_a_second_factor_and_cookies_for_this_host_only(monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(monkeypatch, "production")
    assert found["SECOND_FACTOR"] == "required"
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SESSION_COOKIE_SECURE"]
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert not found["SOCIALACCOUNT_PROVIDERS"]


def test_on_one_machine_the_second_factor_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(monkeypatch, "local")["SECOND_FACTOR"] == "optional"
    assert load(monkeypatch, "local", SECOND_FACTOR="required")["SECOND_FACTOR"] == "required"


def test_a_provider_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    (app,) = load(monkeypatch, "accounts", **PROVIDER)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert app["name"] == "je organisatie"
    assert app["settings"] == {"server_url": "https://in.example.nl", "oauth_pkce_enabled": True}


@pytest.mark.parametrize("name", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_half_a_provider_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        load(monkeypatch, "accounts", **PROVIDER | {name: ""})


@pytest.mark.parametrize(("name", "value"), [("SECOND_FACTOR", "nee"), ("OIDC_SECOND_FACTOR", "soms")])
def test_a_word_that_means_nothing_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        load(monkeypatch, "accounts", **{name: value})

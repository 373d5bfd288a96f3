"""Signing in with the organisation's own account, against a provider on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest
from account_people import CODE, LOGIN, add_factor, code_for, is_inside, make_account, sign_in
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib.auth import get_user_model
from django.test import Client
from identity_provider import ANOTHER_KEY, CLIENT, IdentityProvider
from wagtail.models import ModelLogEntry

from barometer_site.settings.accounts import provider as provider_settings

pytestmark = pytest.mark.django_db
START = "/beheer/login/organisatie/"
BACK = "/beheer/login/organisatie/terug/"


@pytest.fixture
def provider(settings: Any) -> Iterator[IdentityProvider]:
    found = IdentityProvider()
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(found.issuer, *CLIENT, "Ministerie van Voorbeelden")
    yield found
    found.stop()


def come(client: Client, provider: IdentityProvider, query: str = "") -> Any:
    """From the link on the page, by the provider, back to the site."""
    response = client.get(START + query)
    assert response["Location"].startswith(provider.issuer), response["Location"]
    return client.get(provider.authorize(response["Location"]).removeprefix("http://testserver"))


def refusals() -> list[str]:
    return [entry.data["reden"] for entry in ModelLogEntry.objects.filter(action="accounts.provider_refused")]


def test_somebody_with_an_account_comes_in(client: Client, provider: IdentityProvider) -> None:
    user = make_account(email="Noor@example.nl")
    assert "Log in met Ministerie van Voorbeelden" in client.get(LOGIN).content.decode()
    assert come(client, provider)["Location"] == "/beheer/"
    assert is_inside(client)
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.uid) == (user, "p-1")
    assert kept.extra_data == {"amr": []}, "names at the provider are not kept"
    user.refresh_from_db()
    assert user.has_usable_password()


def test_they_go_on_to_where_they_were(client: Client, provider: IdentityProvider) -> None:
    make_account(email="noor@example.nl")
    assert come(client, provider, "?next=/beheer/account/")["Location"] == "/beheer/account/"
    client.post("/beheer/logout/")
    assert come(client, provider, "?next=https://elders.example/")["Location"] == "/beheer/"


def test_after_the_first_time_it_is_the_person_and_not_the_address(client: Client, provider: IdentityProvider) -> None:
    make_account(email="noor@example.nl")
    come(client, provider)
    client.logout()
    provider.person["email"] = "noor.nieuw@example.nl"
    assert come(client, provider)["Location"] == "/beheer/"
    client.logout()
    provider.person = {"sub": "p-2", "email": "noor@example.nl", "email_verified": True}
    assert come(client, provider).status_code == 403
    assert refusals() == ["iemand anders"]


@pytest.mark.parametrize(
    "person",
    [
        {"email": "onbekend@example.nl"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": ""},
        {"email": ["noor@example.nl"]},
    ],
)
def test_a_stranger_or_an_address_that_nobody_checked_stays_outside(
    client: Client, provider: IdentityProvider, person: dict[str, Any]
) -> None:
    make_account(email="noor@example.nl")
    provider.person |= person
    response = come(client, provider)
    assert response.status_code in (401, 403)
    assert not is_inside(client)
    assert get_user_model()._default_manager.count() == 1
    assert not SocialAccount.objects.exists()
    assert len(refusals()) == 1


def test_an_address_that_two_accounts_have_opens_neither(client: Client, provider: IdentityProvider) -> None:
    make_account("noor", email="noor@example.nl")
    make_account("sam", email="NOOR@example.nl")
    assert come(client, provider).status_code == 403


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {"is_active": False}])
def test_all_rights_and_accounts_that_are_off_are_not_reached_by_the_provider(
    client: Client, provider: IdentityProvider, fields: dict[str, bool]
) -> None:
    make_account(email="noor@example.nl", **fields)
    page = come(client, provider)
    assert page.status_code == 403
    assert "Je kunt hier niet inloggen" in page.content.decode()
    assert not is_inside(client)


def test_somebody_who_got_all_rights_later_is_not_reached_either(client: Client, provider: IdentityProvider) -> None:
    user = make_account(email="noor@example.nl")
    come(client, provider)
    client.logout()
    get_user_model()._default_manager.filter(pk=user.pk).update(is_superuser=True)
    assert come(client, provider).status_code == 403


@pytest.mark.parametrize(
    "token",
    [
        {"iss": "https://elders.example"},
        {"aud": "een-andere-site"},
        {"exp": 1},
        {"exp": None},
        {"nonce": "van een ander"},
        {"nonce": None},
        {"sub": "iemand-anders"},
    ],
)
def test_a_token_that_is_not_meant_for_this_moment_opens_nothing(
    client: Client, provider: IdentityProvider, token: dict[str, Any]
) -> None:
    make_account(email="noor@example.nl")
    if "sub" in token:
        provider.userinfo = token
    else:
        provider.token = token
    assert come(client, provider).status_code in (401, 403)
    assert not is_inside(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("way", ["another key", "a shared secret", "no signature"])
def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    client: Client, provider: IdentityProvider, way: str
) -> None:
    make_account(email="noor@example.nl")
    forged = {
        "another key": (ANOTHER_KEY, "RS256"),
        "a shared secret": ("x" * 64, "HS256"),
        "no signature": (None, "none"),
    }
    provider.key, provider.algorithm = forged[way]
    assert come(client, provider).status_code == 401
    assert not is_inside(client)


def test_a_provider_that_names_another_issuer_is_not_followed(client: Client, provider: IdentityProvider) -> None:
    provider.discovery = {"issuer": "https://elders.example"}
    response = client.get(START)
    assert response.status_code == 401
    assert "Inloggen is niet gelukt" in response.content.decode()


def test_a_provider_that_is_away_gives_a_plain_page(client: Client, provider: IdentityProvider, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings("http://127.0.0.1:9", *CLIENT, "Weg")
    assert client.get(START).status_code == 401


def test_an_answer_works_once_and_only_in_the_browser_that_asked(client: Client, provider: IdentityProvider) -> None:
    make_account(email="noor@example.nl")
    back = provider.authorize(client.get(START)["Location"]).removeprefix("http://testserver")
    assert Client().get(back).status_code == 401, "another browser"
    assert client.get(back)["Location"] == "/beheer/"
    client.logout()
    assert client.get(back).status_code == 401, "a second time"
    assert not is_inside(client)


def test_the_answer_to_another_question_opens_nothing(client: Client, provider: IdentityProvider) -> None:
    make_account(email="noor@example.nl")
    client.get(START)
    assert client.get(f"{BACK}?code=geraden&state=geraden").status_code == 401
    assert client.get(BACK).status_code == 401


def test_saying_no_at_the_provider_gives_a_way_back(client: Client, provider: IdentityProvider) -> None:
    state = provider.authorize(client.get(START)["Location"]).rsplit("state=", 1)[1]
    response = client.get(f"{BACK}?error=access_denied&state={state}", follow=True)
    assert "Inloggen is afgebroken" in response.content.decode()


def test_the_providers_second_factor_does_not_count_by_itself(client: Client, provider: IdentityProvider) -> None:
    secret = add_factor(make_account(email="noor@example.nl"))
    provider.token = {"amr": ["pwd", "mfa"]}
    assert come(client, provider)["Location"] == CODE
    assert client.post(CODE, {"code": code_for(secret)})["Location"] == "/beheer/"


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize(("methods", "opens"), [(["pwd", "mfa"], True), (["pwd"], False), (None, False)])
def test_the_providers_second_factor_counts_where_the_operator_says_so_and_it_was_asked(
    client: Client, provider: IdentityProvider, settings: Any, methods: list[str] | None, opens: bool
) -> None:
    settings.OIDC_SECOND_FACTOR = "provider"
    make_account(email="noor@example.nl")
    provider.token = {"amr": methods}
    come(client, provider)
    assert is_inside(client) is opens


def test_coming_from_the_provider_ends_the_session_of_somebody_else(client: Client, provider: IdentityProvider) -> None:
    make_account("sam")
    make_account(email="noor@example.nl")
    sign_in(client, "sam")
    come(client, provider)
    assert client.get("/beheer/account/").context["user"].get_username() == "noor"


def test_without_a_provider_in_the_environment_there_is_nothing_to_see(client: Client) -> None:
    fields = {"provider": "openid_connect", "provider_id": "organisatie", "name": "Iemand", "client_id": "x"}
    SocialApp.objects.create(**fields, settings={"server_url": "https://elders.example"})
    assert START not in client.get(LOGIN).content.decode()
    assert client.get(START).status_code == 404
    assert client.get(BACK).status_code == 404


@pytest.mark.usefixtures("provider")
def test_going_to_the_provider_over_and_over_is_slowed_down(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"single_sign_on": "2/m/ip"}
    assert [client.get(START).status_code for _ in range(3)] == [302, 302, 429]

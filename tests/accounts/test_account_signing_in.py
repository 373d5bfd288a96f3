"""Signing in with name and password: one door, slowed down for who guesses, in Dutch."""

import re
from typing import Any

import allauth.urls
import pytest
from account_people import CODE, LOGIN, PASSWORD, add_factor, code_for, is_inside, make_account, sign_in
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache, caches
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from factories import make_editor

from barometer_site.accounts.adapters import TOO_OFTEN

pytestmark = pytest.mark.django_db
FORGOTTEN = "/beheer/wachtwoord/vergeten/"
ADDRESS = "noor@example.nl"


def test_an_account_without_an_address_comes_in(client: Client) -> None:
    make_editor("eerste")
    assert sign_in(client, "eerste", "een lang wachtwoord")["Location"] == "/beheer/"
    assert is_inside(client)


def test_a_wrong_password_is_told_and_the_name_stays(client: Client) -> None:
    make_account()
    page = sign_in(client, password="iets anders").content.decode()
    assert "De gebruikersnaam of het wachtwoord klopt niet" in page
    assert 'value="noor"' in page
    assert "iets anders" not in page


def test_who_signed_in_goes_on_to_where_they_were_and_nowhere_else(client: Client) -> None:
    make_account()
    assert client.get("/beheer/account/")["Location"] == f"{LOGIN}?next=/beheer/account/"
    assert 'value="/beheer/account/"' in client.get(f"{LOGIN}?next=/beheer/account/").content.decode()
    assert sign_in(client, next="/beheer/account/")["Location"] == "/beheer/account/"
    client.post("/beheer/logout/")
    assert sign_in(client, next="//elders.example/")["Location"] == "/beheer/"


def test_guessing_one_password_is_stopped_also_at_the_right_one(client: Client, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    make_account()
    for _ in range(3):
        response = sign_in(client, password="geraden")
    assert response.status_code == 429
    assert "Te vaak geprobeerd" in response.content.decode()
    assert sign_in(client).status_code == 429
    assert not is_inside(client)
    assert AccessAttempt.objects.get().username == "noor"


def test_trying_one_password_on_many_names_is_stopped(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
    pages = [sign_in(client, f"naam{number}", "welkom01").content.decode() for number in range(4)]
    assert [TOO_OFTEN in page for page in pages] == [False, False, False, True]


def test_guessing_codes_is_stopped(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"second_factor": "3/m/key"}
    secret = add_factor(make_account())
    sign_in(client)
    pages = [client.post(CODE, {"code": "000000"}).content.decode() for _ in range(4)]
    assert [TOO_OFTEN in page for page in pages] == [False, False, False, True]
    assert TOO_OFTEN in client.post(CODE, {"code": code_for(secret)}).content.decode()


def test_attempts_are_counted_where_every_process_sees_them() -> None:
    cache.set("allauth:rl:proef", [1.0], 60)
    assert caches["attempts"].get("allauth:rl:proef") == [1.0]
    assert not cache.add("allauth:rl:proef", [2.0], 60)
    assert cache.delete("allauth:rl:proef")
    cache.set("page:proef", "bladzij", 60)
    assert caches["attempts"].get("page:proef") is None
    assert cache.get("page:proef") == "bladzij"


@pytest.mark.parametrize(("proxies", "counted"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_the_address_that_counts_is_the_one_our_own_proxies_name(
    client: Client, settings: Any, proxies: int, counted: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    header = {"x-forwarded-for": "10.0.0.1, 198.51.100.7, 203.0.113.9"}
    client.post(LOGIN, {"login": "noor", "password": "geraden"}, headers=header)
    assert AccessAttempt.objects.get().ip_address == counted


def test_a_forgotten_password_is_chosen_anew_by_mail(client: Client) -> None:
    user = make_account(email=ADDRESS)
    client.post(FORGOTTEN, {"email": ADDRESS}, headers={"host": "elders.example"})
    text = mail.outbox[0].body
    assert "De link werkt een uur" in text
    link = re.search(r"http://testserver(/\S+)", text)
    assert link, "the address of the site, not the host that was asked"
    form = client.get(link[1], follow=True)
    wrong = client.post(form.request["PATH_INFO"], {"password1": "kort", "password2": "kort"})
    assert "Neem minstens 12 tekens" in wrong.content.decode()
    done = client.post(
        form.request["PATH_INFO"], {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}, follow=True
    )
    assert "Je wachtwoord is veranderd" in done.content.decode()
    assert not is_inside(client), "a link in a mailbox is no second factor"
    user.refresh_from_db()
    assert user.check_password(PASSWORD + "!")
    assert "Deze link werkt niet meer" in Client().get(link[1], follow=True).content.decode()


def test_nobody_learns_which_addresses_have_an_account(client: Client) -> None:
    make_account(email=ADDRESS)
    pages = [client.post(FORGOTTEN, {"email": email}, follow=True).content for email in (ADDRESS, "x@example.nl")]
    strip = re.compile(rb"csrfmiddlewaretoken\" value=\"[^\"]+")
    assert strip.sub(b"", pages[0]) == strip.sub(b"", pages[1])
    assert len(mail.outbox) == 1


def test_asking_for_mail_over_and_over_is_slowed_down(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "2/m/ip"}
    assert [client.post(FORGOTTEN, {"email": ADDRESS}).status_code for _ in range(3)] == [302, 302, 429]


def test_there_is_no_second_door(client: Client) -> None:
    """Wagtail's own forms for signing in and for a new password are gone."""
    make_account()
    assert reverse("wagtailadmin_login") == LOGIN
    assert client.get("/_util/login/?next=/intern/")["Location"] == f"{LOGIN}?next=/intern/"
    assert client.post("/_util/login/", {"username": "noor", "password": PASSWORD})["Location"] == LOGIN
    client.post(LOGIN, {"username": "noor", "password": PASSWORD})
    assert client.get("/beheer/password_reset/").status_code == 404
    assert not is_inside(client)


def test_no_form_works_from_another_site() -> None:
    user = make_editor("baas")
    strict = Client(enforce_csrf_checks=True)
    addresses = [LOGIN, FORGOTTEN, "/beheer/wachtwoord/nieuw/1-abc-def/"]
    for address in addresses:
        response = strict.post(address, {"login": "noor", "password": PASSWORD})
        assert response.status_code == 403, address
        assert "Deze pagina stond te lang open" in response.content.decode()
    strict.force_login(user)
    inside = ["tweede-stap/instellen/", f"accounts/{user.pk}/tweede-stap/", "login/opnieuw/", "account/", "logout/"]
    assert {strict.post(f"/beheer/{address}").status_code for address in inside} == {403}


def test_an_account_without_a_password_gets_one_by_mail(client: Client) -> None:
    client.force_login(make_editor("baas"))
    fields = {
        "username": "noor",
        "email": ADDRESS,
        "first_name": "N",
        "last_name": "O",
        "password1": "",
        "password2": "",
    }
    assert client.post("/beheer/users/new/", fields).status_code == 302
    assert sign_in(Client(), "noor", "").status_code == 200
    Client().post(FORGOTTEN, {"email": ADDRESS})
    assert "Kies het op deze pagina" in mail.outbox[0].body


def _names(patterns: list[Any]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        found |= {str(pattern.name)} if isinstance(pattern, URLPattern) else _names(pattern.url_patterns)
    return found


OURS = {
    "account_login",
    "account_inactive",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
}


def test_of_allauth_only_what_is_used_has_an_address() -> None:
    """No page to sign up, to manage addresses or to connect accounts."""
    names = _names(allauth.urls.urlpatterns)
    assert {"account_signup", "account_email", "socialaccount_connections", "mfa_download_recovery_codes"} <= names
    reachable = set()
    for name in names - {"None"}:
        for kwargs in ({}, {"provider_id": "organisatie"}, {"uidb36": "1", "key": "a"}, {"key": "a"}):
            try:
                reverse(name, kwargs=kwargs)
            except NoReverseMatch:
                continue
            reachable.add(name)
    assert reachable == OURS


ENGLISH = re.compile(r"\b(the|your|password|sign in|code is|two-factor|recovery|please|email)\b", re.IGNORECASE)


def test_the_pages_are_in_dutch_and_under_the_strict_policy(client: Client) -> None:
    secret = add_factor(make_account())
    seen = [client.get(LOGIN), client.get("/beheer/login/uitgezet/"), client.get("/beheer/login/afgebroken/")]
    seen += [client.get(FORGOTTEN), client.get("/beheer/wachtwoord/verstuurd/")]
    seen += [client.get("/beheer/wachtwoord/nieuw/1-abc-def/"), client.get("/beheer/wachtwoord/veranderd/")]
    sign_in(client)
    seen += [client.get(CODE), client.post(CODE, {"code": ""})]
    client.post(CODE, {"code": code_for(secret)})
    second = "/beheer/tweede-stap/"
    seen += [client.get(f"{second}{page}") for page in ("", "uitzetten/", "herstelcodes/", "herstelcodes/nieuw/")]
    another = Client()
    make_account("sam")
    sign_in(another, "sam")
    seen += [another.get(f"{second}instellen/"), another.post(f"{second}instellen/", {"code": "1"})]
    another.force_login(make_account("kim"))
    seen += [another.get("/beheer/login/opnieuw/"), another.get(second)]
    for page in seen:
        assert page.status_code == 200, page.request["PATH_INFO"]
        text = re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[1].split("</main>")[0])
        assert not ENGLISH.findall(text), (page.request["PATH_INFO"], ENGLISH.findall(text))
        assert "unsafe" not in page["Content-Security-Policy"]
        assert "no-store" in page["Cache-Control"]

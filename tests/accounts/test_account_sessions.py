"""How long somebody stays signed in, and what ends it; what a password must be."""

import time
from typing import Any

import pytest
from account_people import PASSWORD, is_inside, make_account, sign_in
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from filled_form import filled_form

from barometer_site.accounts.middleware import SEEN_AT, SIGNED_IN_AT

pytestmark = pytest.mark.django_db
NEW = "een heel ander wachtwoord"


@pytest.fixture
def inside(client: Client) -> Client:
    """Somebody who signed in."""
    make_account()
    sign_in(client)
    return client


def put_back(client: Client, name: str, seconds: int) -> None:
    session = client.session
    session[name] -= seconds
    session.save()


def test_signing_in_gives_a_new_session(client: Client) -> None:
    make_account()
    session = client.session
    session["iets"] = "van daarvoor"
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_who_was_away_for_long_signs_in_again(inside: Client, settings: Any) -> None:
    put_back(inside, SEEN_AT, settings.SESSION_IDLE_AGE + 1)
    page = inside.get("/beheer/", follow=True).content.decode()
    assert "Je was een tijd weg" in page
    assert not is_inside(inside)


def test_who_is_busy_stays_until_the_end_of_the_day(inside: Client, settings: Any) -> None:
    put_back(inside, SEEN_AT, settings.SESSION_IDLE_AGE - 10)
    assert is_inside(inside)
    assert time.time() - inside.session[SEEN_AT] < 60, "seen now"
    put_back(inside, SIGNED_IN_AT, settings.SESSION_COOKIE_AGE + 1)
    assert not is_inside(inside)


def test_a_new_password_ends_every_other_session_and_keeps_this_one(inside: Client) -> None:
    other = Client()
    sign_in(other)
    new = {"password-new_password1": NEW, "password-new_password2": NEW, "password-old_password": "geraden"}
    name = {"name_email-first_name": "N", "name_email-last_name": "O"}
    fields = filled_form(inside.get("/beheer/account/"), **name | new)
    inside.post("/beheer/account/", fields)
    assert is_inside(other), "the old password was wrong"
    response = inside.post("/beheer/account/", fields | {"password-old_password": PASSWORD})
    assert response.status_code == 302
    assert is_inside(inside)
    assert not is_inside(other)


def test_an_account_that_is_turned_off_is_out_at_once(inside: Client) -> None:
    get_user_model()._default_manager.update(is_active=False)
    assert not is_inside(inside)
    sign_in(inside)
    assert not is_inside(inside)


def test_the_cookies_are_for_this_site_and_not_for_scripts(inside: Client) -> None:
    cookie = inside.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["domain"]
    assert not cookie["expires"], "gone when the browser closes"


def test_readers_get_no_cookie_even_when_they_carry_one(client: Client) -> None:
    client.cookies["sessionid"] = "verzonnen"
    response = client.get("/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("kort", "Dit wachtwoord is te kort. Neem minstens 12 tekens, bijvoorbeeld een zin."),
        ("qwertyuiop123", "Dit wachtwoord gebruiken veel mensen en is dus snel geraden. Kies een ander."),
        ("noordervliet", "Dit wachtwoord lijkt te veel op je naam of e-mailadres. Kies een ander."),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_in_plain_words(password: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, make_account("noordervliet"))
    assert message in refused.value.messages


def test_nobody_gives_themselves_another_address(inside: Client) -> None:
    """Who has the address of an account comes in by the provider, and gets the mail for a new password."""
    name = {"name_email-first_name": "N", "name_email-last_name": "O", "name_email-email": "ander@example.nl"}
    inside.post("/beheer/account/", filled_form(inside.get("/beheer/account/"), **name))
    user = get_user_model()._default_manager.get()
    assert (user.first_name, user.email) == ("N", "")

"""The second step of signing in: setting it up, using it, losing it."""

from io import StringIO
from typing import Any

import pytest
from account_people import CODE, LOGIN, PASSWORD, add_factor, code_for, is_inside, make_account, recovery_codes, sign_in
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver, reverse
from factories import make_editor, make_plain_page, restrict

from barometer_site.accounts.models import Attempt

pytestmark = pytest.mark.django_db
SET_UP = "/beheer/tweede-stap/instellen/"


def set_up(client: Client) -> str:
    """What somebody does: scan, type the code."""
    secret = client.get(SET_UP).context["form"].secret
    response = client.post(SET_UP, {"code": code_for(secret)})
    assert response["Location"] == "/beheer/tweede-stap/herstelcodes/"
    return str(secret)


def test_with_a_second_factor_a_password_alone_opens_nothing(client: Client) -> None:
    secret = add_factor(make_account())
    assert sign_in(client)["Location"] == CODE
    assert not is_inside(client)
    assert "klopt niet" in client.post(CODE, {"code": "000000"}).content.decode()
    assert not is_inside(client)
    assert client.post(CODE, {"code": code_for(secret)})["Location"] == "/beheer/"
    assert is_inside(client)


def test_a_code_works_once(client: Client) -> None:
    secret = add_factor(make_account())
    code = code_for(secret)
    sign_in(client)
    client.post(CODE, {"code": code})
    Attempt.objects.filter(cache_key__contains="totp.used").delete()  # as allauth does after half a minute
    another = Client()
    sign_in(another)
    assert another.post(CODE, {"code": code}).status_code == 200
    assert not is_inside(another)


def test_a_recovery_code_works_once(client: Client) -> None:
    user = make_account()
    add_factor(user)
    code = recovery_codes(user)[0]
    sign_in(client)
    client.post(CODE, {"code": code})
    assert is_inside(client)
    another = Client()
    sign_in(another)
    another.post(CODE, {"code": code})
    assert not is_inside(another)


@pytest.mark.usefixtures("required")
def test_who_has_none_sets_it_up_before_anything_else_and_sees_the_recovery_codes_once(client: Client) -> None:
    user = make_account()
    sign_in(client)
    assert client.get("/beheer/", follow=True).redirect_chain == [(SET_UP, 302)]
    page = client.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    set_up(client)
    codes = client.get("/beheer/tweede-stap/herstelcodes/").content.decode()
    assert all(code in codes for code in recovery_codes(user))
    assert is_inside(client)
    again = client.get("/beheer/tweede-stap/herstelcodes/").content.decode()
    assert not any(code in again for code in recovery_codes(user))


@pytest.mark.usefixtures("required")
def test_without_a_second_factor_no_address_of_the_editing_environment_opens(client: Client) -> None:
    client.force_login(make_editor())
    addresses = _addresses()
    assert len(addresses) > 150
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (302, 403, 404), address
        if response.status_code == 302:
            assert response["Location"] in (SET_UP, LOGIN), address


@pytest.mark.usefixtures("required")
def test_without_a_second_factor_nothing_is_done_and_no_script_gets_an_answer(client: Client) -> None:
    client.force_login(make_editor())
    for address in ("/beheer/users/new/", "/beheer/account/", "/beheer/tweede-stap/uitzetten/"):
        assert client.post(address).status_code == 403
        assert client.get(address, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    assert client.get("/beheer/api/main/pages/").status_code == 403


OPEN = {SET_UP, LOGIN, "/beheer/login/opnieuw/", "/beheer/logout/", "/beheer/jsi18n/", "/beheer/sprite/"}


def _addresses() -> list[str]:
    """All addresses below /beheer/, with something for each part that is asked."""
    found = set()
    for _name, (possibilities, _pattern, _defaults, converters) in _reversible(get_resolver()):
        for template, names in possibilities:
            values = {name: 1 if "Int" in type(converters.get(name)).__name__ else "a" for name in names}
            found.add("/" + template % values)
    return sorted(address for address in found if address.startswith("/beheer/") and address not in OPEN)


def _reversible(resolver: Any) -> list[Any]:
    found = list(resolver.reverse_dict.lists())
    pairs = [(name, item) for name, items in found for item in items if isinstance(name, str)]
    for _namespace, (prefix, sub) in resolver.namespace_dict.items():
        for name, (possibilities, pattern, defaults, converters) in _reversible(sub):
            pairs.append((name, ([(prefix + t, n) for t, n in possibilities], pattern, defaults, converters)))
    return pairs


@pytest.mark.usefixtures("required")
def test_elsewhere_a_session_without_its_second_factor_is_nobodys(client: Client) -> None:
    page = make_plain_page("intern")
    restrict(page)
    make_account()
    sign_in(client)
    assert client.get("/intern/").status_code == 302
    set_up(client)
    assert client.get("/intern/").status_code == 200


@pytest.mark.usefixtures("required")
def test_a_session_from_before_the_second_factor_must_show_it(client: Client) -> None:
    user = make_account()
    client.force_login(user)
    secret = add_factor(user)
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/opnieuw/code/")
    assert client.get("/beheer/tweede-stap/uitzetten/").status_code == 302, "nor can it be put off"
    client.post("/beheer/login/opnieuw/code/", {"code": code_for(secret)})
    assert is_inside(client)


def test_where_it_is_optional_somebody_is_told_and_can_go_on(client: Client) -> None:
    make_account()
    assert sign_in(client)["Location"] == "/beheer/"
    page = client.get("/beheer/").content.decode()
    assert "Stel een tweede stap in" in page
    assert SET_UP in page


def test_setting_up_long_after_signing_in_asks_the_password_again(client: Client) -> None:
    client.force_login(make_account())
    response = client.get(SET_UP)
    assert response["Location"].startswith("/beheer/login/opnieuw/?next=")
    assert "klopt niet" in client.post(response["Location"], {"password": "iets anders"}).content.decode()
    assert client.post(response["Location"], {"password": PASSWORD})["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_a_wrong_first_code_sets_up_nothing_and_keeps_the_picture(client: Client) -> None:
    make_account()
    sign_in(client)
    secret = client.get(SET_UP).context["form"].secret
    response = client.post(SET_UP, {"code": "12"})
    assert "Deze code klopt niet" in response.content.decode()
    assert response.context["form"].secret == secret
    assert not Authenticator.objects.exists()


@pytest.mark.usefixtures("required")
def test_for_another_phone_somebody_begins_again_and_can_do_nothing_else(client: Client) -> None:
    secret = add_factor(make_account())
    sign_in(client)
    client.post(CODE, {"code": code_for(secret)})
    assert "Haal de oude weg" in client.get("/beheer/tweede-stap/uitzetten/").content.decode()
    client.post("/beheer/tweede-stap/uitzetten/")
    assert not Authenticator.objects.exists()
    assert client.get("/beheer/")["Location"] == SET_UP
    set_up(client)
    assert is_inside(client)


def test_the_key_of_an_app_is_not_readable_in_the_database(settings: Any) -> None:
    user = make_account()
    secret = add_factor(user)
    kept = Authenticator.objects.get(user=user, type="totp")
    assert secret not in str(kept.data)
    settings.SECRET_KEY = "another-secret"
    assert not kept.wrap().validate_code(code_for(secret))
    assert not kept.wrap().validate_code(code_for(""))


def test_an_administrator_takes_away_a_second_factor(client: Client) -> None:
    user = make_account()
    add_factor(user)
    client.force_login(make_editor("baas"))
    address = reverse("reset_second_factor", args=[user.pk])
    assert address in client.get("/beheer/users/").content.decode()
    assert "noor" in client.get(address).content.decode()
    assert Authenticator.objects.filter(user=user).exists()
    page = client.post(address, follow=True).content.decode()
    assert "De tweede stap van noor is weg" in page
    assert not Authenticator.objects.filter(user=user).exists()


def test_nobody_else_takes_away_a_second_factor(client: Client) -> None:
    boss = make_editor("baas")
    add_factor(boss)
    client.force_login(make_account())
    client.post(reverse("reset_second_factor", args=[boss.pk]))
    assert Authenticator.objects.filter(user=boss).exists()


@pytest.mark.usefixtures("required")
def test_after_it_was_taken_away_the_session_sets_up_a_new_one(client: Client) -> None:
    user = make_account()
    secret = add_factor(user)
    sign_in(client)
    client.post(CODE, {"code": code_for(secret)})
    out = StringIO()
    call_command("reset_second_factor", "noor", stdout=out)
    assert "weg" in out.getvalue()
    assert client.get("/beheer/")["Location"] == SET_UP
    call_command("reset_second_factor", "noor", stdout=out)
    assert "Er is niets veranderd" in out.getvalue()


def test_the_command_names_an_account_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="geen account met de naam niemand"):
        call_command("reset_second_factor", "niemand")


def test_an_administrator_without_all_rights_does_not_get_into_an_account_that_has_them(client: Client) -> None:
    boss, user = make_editor("baas"), make_account(role="Beheerder")
    user.groups.get().permissions.add(*Permission.objects.filter(content_type__app_label="auth"))
    client.force_login(user)
    edit = f"/beheer/users/edit/{boss.pk}/"
    assert client.get(edit).status_code == 302
    client.post(
        edit, {"username": "baas", "password1": "nog een lang wachtwoord", "password2": "nog een lang wachtwoord"}
    )
    client.post(f"/beheer/bulk/auth/user/set_active_state/?id={boss.pk}", {"mark_as_active": ""})
    client.post(reverse("reset_second_factor", args=[boss.pk]))
    boss.refresh_from_db()
    assert boss.check_password("een lang wachtwoord")
    assert boss.is_active
    assert client.get(f"/beheer/users/edit/{user.pk}/").status_code == 200, "others it may change"

"""People with a role, and the forms they send as a browser would."""

from html.parser import HTMLParser
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from barometer_site.accounts.roles import ensure_roles
from cases.models import CasePage

NUMBERS = count(1)


def somebody(*roles: str, name: str = "") -> Any:
    """An account with an e-mail address and these roles. The first one that asks for a role makes the roles."""
    if not Group.objects.filter(name__in=roles).exists():
        ensure_roles()
    name = name or f"persoon{next(NUMBERS)}"
    user = get_user_model()._default_manager.create_user(name, f"{name}@example.nl", "een lang wachtwoord")
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def signed_in(user: Any) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


class _Inputs(HTMLParser):
    """The names and values that a form would send when nothing is touched."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "input" and name and found.get("type") not in ("submit", "button", "file"):
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self.values[name] = found.get("value", "")
        elif tag == "textarea" and name:
            self._area, self.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self.values[self._select] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def as_shown(response: Any) -> dict[str, str]:
    """What the form on this page would send; empty rows that a script fills are left out."""
    inputs = _Inputs()
    inputs.feed(response.content.decode())
    values = {name: value for name, value in inputs.values.items() if "__prefix__" not in name}
    return {"body-count": "0"} | values  # the blocks of a story are drawn by a script


def send_case(client: Client, case: CasePage, **changes: str) -> Any:
    """Open a case, change something, press a button: `**{"action-publish": "1"}`."""
    address = f"/beheer/pages/{case.pk}/edit/"
    data = as_shown(client.get(address)) | {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, data)

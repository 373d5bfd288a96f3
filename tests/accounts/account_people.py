"""Accounts, codes and signing in the way people do it."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client

PASSWORD = "een heel lang wachtwoord"
LOGIN = "/beheer/login/"
CODE = "/beheer/login/code/"


def make_account(name: str = "noor", *, email: str = "", role: str = "", **fields: Any) -> Any:
    """Somebody who may open the editing environment; with all rights when `is_superuser` is given."""
    user = get_user_model()._default_manager.create_user(username=name, email=email, password=PASSWORD, **fields)
    group, _ = Group.objects.get_or_create(name=role or "Binnen")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    return user


def add_factor(user: Any) -> str:
    """Set up an app and recovery codes; returns the secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_for(secret: str) -> str:
    """What the app shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def recovery_codes(user: Any) -> list[str]:
    return Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()


def sign_in(client: Client, name: str = "noor", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": name, "password": password, **more})


def is_inside(client: Client) -> bool:
    """Whether the editing environment opens."""
    return client.get("/beheer/").status_code == 200

"""Make the first editor account, so that somebody can sign in."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

NAME = "redacteur"


class Command(BaseCommand):
    """Only when there is no account at all. The password is shown once and kept in the data folder."""

    help = "Maakt het eerste account als er nog geen enkel account is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account, and say where its password is."""
        users = get_user_model()._default_manager
        kept = Path(settings.DATA_DIR) / "eerste-redacteur.txt"
        if users.exists():
            self.stdout.write("Er zijn al accounts; er is niets veranderd.")
            return
        password = secrets.token_urlsafe(15)
        # The file first: a process that is stopped in between leaves no account whose password nobody knows.
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"naam: {NAME}\nwachtwoord: {password}\n")
        users.create_superuser(
            username=NAME,
            email="",
            password=password,
            first_name="Eerste",
            last_name="Redacteur",  # without a name Wagtail keeps no new password
        )
        self.stdout.write(
            f"Eerste account: naam {NAME}, wachtwoord {password} (ook in {kept}). Verander het na het inloggen."
        )

"""Who may come in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Signing in, second factor, single sign-on, the log of accounts, safe uploads."""

    name = "barometer_site.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Connect what is written in the log."""
        from . import audit, guard  # noqa: F401  imported for what it connects

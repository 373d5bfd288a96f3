"""The site that holds both halves."""

from django.apps import AppConfig


class BarometerSiteConfig(AppConfig):
    """Settings, addresses, home, theme, caching, security headers, health."""

    name = "barometer_site"
    verbose_name = "Kennisbank"

    def ready(self) -> None:
        """Connect the signals of the plain pages."""
        from . import checks, signals  # noqa: F401  imported for what it registers

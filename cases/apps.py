"""Wiring of the cases: what happens when one is published, changed or taken away."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """What organisations did."""

    name = "cases"
    verbose_name = "Casussen"

    def ready(self) -> None:
        """Connect the signals; nothing else in the app registers itself at import."""
        from . import care, search_changes, signals  # noqa: F401  imported for what they register

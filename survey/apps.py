"""Wiring of the survey: what happens when its vocabulary changes."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """What the barometer asks and what it found."""

    name = "survey"
    verbose_name = "Barometer"

    def ready(self) -> None:
        """Connect the signals; nothing else in the app registers itself at import."""
        from . import signals  # noqa: F401  imported for what they register
        from .care import noting  # noqa: F401  likewise

"""What a password must be, said plainly."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError


class LongEnough(MinimumLengthValidator):
    """Length is what makes guessing slow."""

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return f"Dit wachtwoord is te kort. Neem minstens {self.min_length} tekens, bijvoorbeeld een zin."

    def get_help_text(self) -> str:
        """Before anything is typed."""
        return f"Minstens {self.min_length} tekens. Een zin is makkelijk te onthouden."


class NotCommon(CommonPasswordValidator):
    """Not one of the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return "Dit wachtwoord gebruiken veel mensen en is dus snel geraden. Kies een ander."

    def get_help_text(self) -> str:
        """Before anything is typed."""
        return "Geen wachtwoord dat veel mensen gebruiken."


class NotLikeYourself(UserAttributeSimilarityValidator):
    """Not a name or address that others know."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse with one sentence, whichever part of the account it looks like."""
        try:
            super().validate(password, user)
        except ValidationError as error:
            text = "Dit wachtwoord lijkt te veel op je naam of e-mailadres. Kies een ander."
            raise ValidationError(text, code="password_too_similar") from error

    def get_help_text(self) -> str:
        """Before anything is typed."""
        return "Niet je naam of e-mailadres."

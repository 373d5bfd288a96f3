"""The forms for signing in: allauth's, in our words and our look."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthPasswordForm
from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache

#: Seconds in which a code may come in, with slow and fast clocks.
CODE_HOLDS = 120
CODE_HINT = "De zes cijfers uit de app op je telefoon, of een van je herstelcodes."


class _OurLook(forms.Form):
    """Fields of the design system, without the examples in the fields that disappear when somebody types."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "utrecht-textbox utrecht-textbox--html-input"
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = f"Vul dit in: {str(field.label).lower()}."
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}


class LoginForm(_OurLook, AllauthLoginForm):
    """Name and password."""

    labels = {"login": "Gebruikersnaam", "password": "Wachtwoord"}


class PasswordAgainForm(_OurLook, AllauthPasswordForm):
    """The password once more, before something that matters."""

    labels = {"password": "Wachtwoord"}


class ResetForm(_OurLook, ResetPasswordForm):
    """Where to send the link to."""

    labels = {"email": "E-mailadres"}


class NewPasswordForm(_OurLook, ResetPasswordKeyForm):
    """A new password, twice."""

    labels = {"password1": "Nieuw wachtwoord", "password2": "Nog een keer"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())


class _FewTries(_OurLook):
    """A code may be tried a few times; then it takes a while. allauth's own limit is that of passwords."""

    labels = {"code": "Code"}
    hints = {"code": CODE_HINT}
    user: Any

    def clean_code(self) -> str:
        """Check the code."""
        key = f"second-factor-{self.user.pk}"
        if not ratelimit.consume(context.request, action="second_factor", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]  # of the form beside this one
        digits = "".join(filter(str.isdigit, code))
        # allauth forgets that a code was used after half a minute, but it holds a minute longer for slow clocks.
        if not cache.add(f"allauth:used-code:{self.user.pk}:{digits}", True, timeout=CODE_HOLDS):
            raise get_factor_adapter().validation_error("incorrect_code")
        ratelimit.clear(context.request, action="second_factor", key=key)
        return code


class CodeForm(_FewTries, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(_FewTries, ReauthenticateForm):
    """A code once more, before something that matters."""


class FirstCodeForm(_FewTries, ActivateTOTPForm):
    """Proof that the app works."""

    hints = {"code": "De zes cijfers die de app nu laat zien."}

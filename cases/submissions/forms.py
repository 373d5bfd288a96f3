"""The form of a sender: one question of it, or all at once.

A tab that stands open does not undo what was answered elsewhere in the meantime: the form carries a digest of each
answer as it was shown. What this tab did not change stays as it is stored; what both changed is asked again.
"""

import hashlib
import json
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.db import models
from django.forms.widgets import Input
from django.utils import timezone

from ..choices import Outcome
from ..models import Submission, SubmissionLink
from ..schemes import PATTERN
from .links_field import MOST_EVIDENCE, Chosen, LinksField
from .steps import PATTERNS, STEPS, Step
from .texts import HELP, LABELS, MESSAGES

MOST_TEXT = 6000
MOST_SOURCES = 3000
MOST_YEARS_AHEAD = 5
LONG = {"intention": 8, "approach": 8, "result": 8, "lessons": 8, "introduction": 4, "sources": 5}
TOO_LONG = "Maak dit korter: hooguit %(limit_value)d tekens. Het zijn er nu %(show_value)d."
CHANGED_ELSEWHERE = (
    "Dit antwoord is intussen ook op een ander scherm veranderd. Daar staat nu: “{other}”. "
    "Pas je antwoord aan, of bewaar nog eens om het jouwe te houden."
)
#: Characters that turn the direction of text around: with them a text can look like another one.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def no_control_characters(text: str) -> None:
    """Refuse what nobody can see; say where it stands."""
    for place, character in enumerate(text):
        if character in TURNING or (unicodedata.category(character) == "Cc" and character not in "\t\n\r"):
            before = "".join(c for c in text[max(0, place - 20) : place] if unicodedata.category(c) != "Cc").strip()
            where = f"na “{before}”" if before else "aan het begin"
            raise ValidationError(
                f"Er staat een onzichtbaar teken {where}. Haal het weg, of typ dat stukje opnieuw.", code="control"
            )


#: The classes of the design system.
STYLES = {
    forms.Textarea: "utrecht-textarea utrecht-textarea--html-textarea",
    Input: "utrecht-textbox utrecht-textbox--html-input",
    forms.Select: "utrecht-select utrecht-select--html-select",
    forms.CheckboxInput: "utrecht-checkbox utrecht-checkbox--html-input ib-check__box",
    forms.RadioSelect: "utrecht-radio-button utrecht-radio-button--html-input",
}
TEXT_VALIDATORS = [no_control_characters, MaxLengthValidator(MOST_EVIDENCE, TOO_LONG)]


class AnswersForm(forms.ModelForm):
    """The answers to one question, or with `step=None` to all of them. Every answer may still be left open."""

    patterns = LinksField(PATTERN, TEXT_VALIDATORS, label=LABELS[PATTERNS])

    class Meta:
        model = Submission
        fields = tuple(name for step in STEPS for name in step.fields if name != PATTERNS)
        labels = LABELS
        help_texts = HELP
        widgets = {
            "outcome": forms.RadioSelect,
            "embargo_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "start_year": forms.TextInput(attrs={"inputmode": "numeric"}),
            "end_year": forms.TextInput(attrs={"inputmode": "numeric"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
        }

    def __init__(self, *args: Any, step: Step | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step:
            self.fields = {name: self.fields[name] for name in step.fields}
        for name, field in self.fields.items():
            _prepare(name, field)
        if "title" in self.fields and not self.instance.pk:
            self.fields["title"].required = True
        if isinstance(patterns := self.fields.get(PATTERNS), LinksField):
            self.initial[PATTERNS] = patterns.chosen = stored_links(self.instance)
        self.stored: dict[str, Any] = {name: self._stored(name) for name in self.fields}
        self.before = {name: digest(value) for name, value in self.stored.items()} | self._posted_before()

    def _stored(self, name: str) -> Any:
        return self.initial.get(name) if name == PATTERNS else getattr(self.instance, name)

    def _posted_before(self) -> dict[str, str]:
        """The digests of the answers as this tab showed them; nothing when they are not there or make no sense."""
        try:
            posted = json.loads(self.data.get("before", "")) if self.is_bound else {}
        except (ValueError, RecursionError):  # the latter: a program that nests without end
            return {}
        return {name: str(posted[name]) for name in self.fields if name in posted} if isinstance(posted, dict) else {}

    @property
    def before_as_text(self) -> str:
        """For the hidden input `before`."""
        return json.dumps(self.before)

    def clean_start_year(self) -> int | None:
        """No year that is still to come."""
        year: int | None = self.cleaned_data["start_year"]
        if year and year > timezone.localdate().year:
            raise ValidationError("Dit jaar moet nog komen. Controleer het beginjaar.")
        return year

    def clean_embargo_until(self) -> Any:
        """A day to come, within reach; one that was stored before may have passed."""
        day, today = self.cleaned_data["embargo_until"], timezone.localdate()
        if (
            day
            and day != self.stored["embargo_until"]
            and not today < day < today.replace(year=today.year + MOST_YEARS_AHEAD, day=min(today.day, 28))
        ):
            raise ValidationError(f"Kies een dag na vandaag, binnen {MOST_YEARS_AHEAD} jaar. Of laat dit leeg.")
        return day

    def clean(self) -> dict[str, Any]:
        """What hangs together, and what happened meanwhile in another tab."""
        super().clean()
        found = self.cleaned_data
        found |= {name: text.replace("\r\n", "\n") for name, text in found.items() if isinstance(text, str)}
        start, end = found.get("start_year"), found.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", "Het eindjaar ligt voor het beginjaar. Controleer beide jaren.")
        if "contact_consent" in self.fields:
            self._clean_contact()
        for name in [name for name in self.fields if name in found]:
            self._compare(name)
        return found

    def _clean_contact(self) -> None:
        found = self.cleaned_data
        given = found.get("contact_name") or found.get("contact_email")
        if given and not found.get("contact_consent"):
            self.add_error(
                "contact_consent",
                "Mogen we je gegevens gebruiken? Kruis dit dan aan. Zo niet, maak je naam en e-mailadres leeg.",
            )
        if found.get("contact_consent") and "contact_email" in found and not found["contact_email"]:
            self.add_error("contact_email", "Vul je e-mailadres in, of haal het kruisje hieronder weg.")

    def _compare(self, name: str) -> None:
        """Keep what is stored when this tab changed nothing; ask again when both did."""
        mine, stored, shown = digest(self.cleaned_data[name]), digest(self.stored[name]), self.before[name]
        if mine == shown:
            self.cleaned_data[name] = self.stored[name]
        elif stored not in (shown, mine):
            self.before[name] = stored
            self.add_error(name, CHANGED_ELSEWHERE.format(other=_in_words(self.instance, name, self.stored[name])))

    def keep(self) -> Submission:
        """Store these answers and no others."""
        submission: Submission = self.instance
        names = [name for name in self.fields if name != PATTERNS]
        if submission.pk:
            submission.save(update_fields=[*names, "changed_at"])
        else:
            submission.save()
        if PATTERNS in self.cleaned_data:
            _keep_links(submission, self.cleaned_data[PATTERNS])
        return submission


def _prepare(name: str, field: forms.Field) -> None:
    """Limits that are said, not enforced by a browser that cuts off what is pasted."""
    if name in LONG:
        field.widget = forms.Textarea(attrs={"rows": LONG[name]})
    if isinstance(field, forms.CharField):
        most = field.max_length or (MOST_SOURCES if name == "sources" else MOST_TEXT)
        field.validators = [validator for validator in field.validators if isinstance(validator, EmailValidator)]
        field.validators += [no_control_characters, MaxLengthValidator(most, TOO_LONG)]
        field.widget.attrs.pop("maxlength", None)
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        field.queryset = field.queryset.filter(retired_on__isnull=True)
        field.empty_label = "Maak een keuze"
    elif isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.RadioSelect):
        field.choices = Outcome.choices
    for kind, style in STYLES.items():
        if isinstance(field.widget, kind):
            field.widget.attrs["class"] = style
    field.required = False
    field.error_messages |= MESSAGES.get(name, {})


def stored_links(submission: Submission) -> Chosen:
    """The concepts that the sender recognised so far."""
    return dict(submission.links.values_list("concept_id", "evidence")) if submission.pk else {}


def _keep_links(submission: Submission, chosen: Chosen) -> None:
    submission.links.exclude(concept__in=chosen).delete()
    for concept, evidence in chosen.items():
        SubmissionLink.objects.update_or_create(
            submission=submission, concept_id=concept, defaults={"evidence": evidence}
        )


def digest(value: Any) -> str:
    """Short, and the same for the same answer however it was kept."""
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(value, dict):
        value = sorted(value.items())
    text = "" if value in (None, "", False, []) else str(value).replace("\r\n", "\n")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _in_words(submission: Submission, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "aangekruist" if value else "niet aangekruist"
    if isinstance(value, dict):
        return f"{len(value)} aangekruist"
    return str(value) if value else "niets"

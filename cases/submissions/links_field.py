"""A field of a form: which concepts of one list the sender recognises, and at each how you can tell."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator

from survey.vocabulary import ConceptEntry, vocabulary

MOST_EVIDENCE = 500

#: Key of a concept -> how you can tell; empty when the sender only ticked it.
Chosen = dict[int, str]


class LinksWidget(forms.Widget):
    """A tick per concept under one name, and a text per concept; `components/form_links.html` shows them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        """What was ticked; the text at what is not ticked goes."""
        keys = [int(key) for key in data.getlist(name) if key.isascii() and key.isdigit() and len(key) < 10]
        return {key: data.get(f"{name}-{key}", "").replace("\r\n", "\n").strip() for key in keys}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """No tick at all looks the same as not asked."""
        return False

    def id_for_label(self, id_: str) -> str:
        """The first tick, for the summary of errors."""
        return f"{id_}_0"


class LinksField(forms.Field):
    """The concepts of one scheme."""

    widget = LinksWidget

    def __init__(self, scheme: str, text_validators: list[Any], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.scheme = scheme
        self.text_validators: list[BaseValidator] = text_validators
        #: What the sender chose before: it stays, also when it is no longer for others.
        self.chosen: Chosen = {}

    @property
    def concepts(self) -> list[ConceptEntry]:
        """What can be chosen, in order."""
        found = vocabulary().schemes.get(self.scheme)
        entries = found.concepts.values() if found else []
        return [entry for entry in entries if not entry.is_retired or entry.pk in self.chosen]

    def to_python(self, value: Any) -> Chosen:
        """Only concepts of this list."""
        known = {concept.pk for concept in self.concepts}
        return {key: text for key, text in (value or {}).items() if key in known}

    def validate(self, value: Chosen) -> None:
        """Each text fits and can be kept; a message names the concept."""
        names = {concept.pk: concept.name for concept in self.concepts}
        errors = []
        for key, text in value.items():
            for validator in self.text_validators:
                try:
                    validator(text)
                except ValidationError as error:
                    errors += [f"{names[key]}: {message}" for message in error.messages]
        if errors:
            raise ValidationError(errors)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as what was chosen."""
        return bool(self.to_python(initial) != self.to_python(data))

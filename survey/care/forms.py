"""What an editor fills in to rename, merge, retire or split."""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.text import slugify

from ..models import Concept, ConceptScheme, Result
from .concepts import assignable, label_of, owners
from .references import Reference
from .steps import ReasonForm

STAYS, RETIRE, RESTORE = "", "vervalt", "terug"
#: More rows than this don't fit one page that somebody reads.
MOST_ROWS = 500
#: Value of the choice -> numbers of the parts.
DIVIDE = {"": (0,), "1": (1,), "2": (2,), "beide": (1, 2)}


class RenameForm(ReasonForm):
    """Another name, another code, or both."""

    name = forms.CharField(label="Naam", max_length=120)
    slug = forms.SlugField(
        label="Code",
        max_length=80,
        help_text="Het laatste deel van het adres en de waarde van het filter.",
        error_messages={
            "invalid": "Gebruik alleen letters zonder accent, cijfers en streepjes, zoals leren-van-fouten."
        },
    )
    keep_old_name = forms.BooleanField(
        label="Bewaar de oude naam als ander woord, zodat zoeken hem nog vindt", required=False, initial=True
    )
    field_order = ("name", "slug", "keep_old_name", "reason")


class ReviseForm(ReasonForm):
    """Per concept of a list: it stays, it retires, or it is taken up in another one."""

    def __init__(self, scheme: ConceptScheme, only: int | None = None, data: Any = None) -> None:
        super().__init__(data)
        self.all = {concept.pk: concept for concept in scheme.concepts.select_related("scheme")}
        self.concepts = [self.all[only]] if only in self.all else list(self.all.values())
        uses, with_numbers = use_of(scheme), groups_with_numbers(scheme)
        self.rows: list[tuple[Concept, forms.BoundField, int, bool]] = []
        for concept in self.concepts:
            name = f"begrip-{concept.pk}"
            self.fields[name] = forms.ChoiceField(
                label=f"Wat gebeurt er met ‘{concept.name}’?",
                required=False,
                choices=self._choices(concept, concept.pk in with_numbers),
            )
            self.rows.append((concept, self[name], uses[concept.pk], concept.pk in with_numbers))

    def _choices(self, concept: Concept, has_numbers: bool) -> list[Any]:
        first = (
            [(STAYS, "blijft vervallen"), (RESTORE, "weer in gebruik")]
            if concept.retired_on
            else [(STAYS, "blijft"), (RETIRE, "vervalt, zonder opvolger")]
        )
        others = [
            (str(other.pk), f"gaat op in {other.name}")
            for other in self.all.values()
            if other != concept and not other.retired_on
        ]
        return first if has_numbers else [*first, *others]

    def clean(self) -> dict[str, Any]:
        """Something has to happen."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(f"begrip-{concept.pk}") for concept in self.concepts):
            raise ValidationError("Er verandert nog niets. Kies bij minstens één begrip wat ermee gebeurt.")
        return cleaned

    def asked(self, what: str) -> list[Concept]:
        """The concepts with this choice."""
        return [found for found in self.concepts if self.cleaned_data[f"begrip-{found.pk}"] == what]

    @property
    def pairs(self) -> dict[Concept, Concept]:
        """What is taken up in what."""
        chosen = {concept: self.cleaned_data[f"begrip-{concept.pk}"] for concept in self.concepts}
        return {concept: self.all[int(value)] for concept, value in chosen.items() if value.isdigit()}


def use_of(scheme: ConceptScheme) -> Counter[int]:
    """How often each concept is used: in cases, organisations, indicators, everywhere."""
    found: Counter[int] = Counter()
    for reference in assignable():
        name = reference.field.name
        rows = reference.model._base_manager.filter(**{f"{name}__scheme": scheme}).order_by()
        found.update({row[name]: row["number"] for row in rows.values(name).annotate(number=Count("pk"))})
    return found


def groups_with_numbers(scheme: ConceptScheme) -> set[int]:
    """The concepts that are a group of organisations with published numbers."""
    return set(Result.objects.filter(group__scheme=scheme).order_by().values_list("group", flat=True).distinct())


class SplitForm(ReasonForm):
    """Two names, and for each thing that is linked where it belongs."""

    name_1 = forms.CharField(label="Naam van het eerste begrip", max_length=120)
    definition_1 = forms.CharField(label="Omschrijving van het eerste begrip", widget=forms.Textarea, required=False)
    name_2 = forms.CharField(label="Naam van het tweede begrip", max_length=120)
    definition_2 = forms.CharField(label="Omschrijving van het tweede begrip", widget=forms.Textarea, required=False)
    retire_it = forms.BooleanField(label="Laat het oude begrip daarna vervallen", required=False)
    field_order = ("name_1", "definition_1", "name_2", "definition_2", "retire_it", "reason")

    def __init__(self, concept: Concept, data: Any = None) -> None:
        super().__init__(data)
        self.concept = concept
        self.rows: list[tuple[Any, str, str, forms.BoundField]] = []
        self._places: dict[str, tuple[str, int]] = {}
        for name in ("definition_1", "definition_2"):
            self.fields[name].widget.attrs["rows"] = 3
            self.fields[name].help_text = "Alleen voor een nieuw begrip; een begrip dat al bestaat houdt zijn tekst."
        references = assignable()
        self.size = sum(reference.rows(concept.pk).count() for reference in references)
        for reference in [] if self.is_too_long else references:
            for row in reference.rows(concept.pk).order_by("pk"):
                self._add(reference, row)

    def _add(self, reference: Reference, row: Any) -> None:
        [owner] = owners(reference, [row])
        name = f"{label_of(reference)}-{row.pk}"
        self._places[name] = (label_of(reference), row.pk)
        both = [("beide", "naar allebei")] if reference.once else []
        self.fields[name] = forms.ChoiceField(
            label=f"Waar hoort ‘{owner}’?",
            required=False,
            choices=[("", "blijft hier"), ("1", "naar het eerste"), ("2", "naar het tweede"), *both],
        )
        kind = str(reference.owner_model._meta.verbose_name)
        if getattr(owner, "live", True) is False:
            kind += ", nog niet gepubliceerd"
        self.rows.append((owner, kind, getattr(row, "evidence", ""), self[name]))

    @property
    def is_too_long(self) -> bool:
        """Too much to divide by hand on one page."""
        return self.size > MOST_ROWS

    def clean(self) -> dict[str, Any]:
        """Two different concepts, neither of them the one that is split."""
        cleaned = super().clean() or {}
        if self.is_too_long:
            raise ValidationError(f"Er zijn {self.size} koppelingen: te veel om met de hand te verdelen.")
        names = [cleaned.get("name_1", ""), cleaned.get("name_2", "")]
        if all(names) and names[0].casefold() == names[1].casefold():
            self.add_error("name_2", "Geef het tweede begrip een andere naam dan het eerste.")
            return cleaned
        for number, name in enumerate(names, start=1):
            if name.casefold() == self.concept.name.casefold():
                self.add_error(
                    f"name_{number}", "Dit is het begrip dat je splitst. Wat hier blijft, hoef je niet te noemen."
                )
            elif name:
                self._check_part(number, name)
        return cleaned

    def _check_part(self, number: int, name: str) -> None:
        part = self.part(number, name)
        if part.retired_on:
            self.add_error(f"name_{number}", f"‘{part.name}’ is vervallen. Kies een begrip dat in gebruik is.")
        elif not part.slug:
            self.add_error(f"name_{number}", "Zet minstens één letter of cijfer in de naam.")
        elif part.pk is None and Concept.objects.filter(scheme=self.concept.scheme_id, slug=part.slug).exists():
            self.add_error(f"name_{number}", f"De code ‘{part.slug}’ is al van een ander begrip. Kies een andere naam.")

    def part(self, number: int, name: str = "") -> Concept:
        """The concept with this name in the same list, or a new one that is not saved yet."""
        name = name or self.cleaned_data[f"name_{number}"]
        same = [found for found in self.concept.scheme.concepts.all() if found.name.casefold() == name.casefold()]
        if same:
            return same[0]
        return Concept(
            scheme=self.concept.scheme,
            name=name,
            slug=slugify(name)[:80],
            group=self.concept.group,
            position=self.concept.position,
            definition=self.cleaned_data.get(f"definition_{number}", ""),
        )

    @property
    def choices(self) -> dict[tuple[str, int], tuple[int, ...]]:
        """Where each row goes."""
        return {place: DIVIDE[self.cleaned_data[name]] for name, place in self._places.items()}

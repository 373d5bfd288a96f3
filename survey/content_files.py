"""Reading the files in `content/` and keeping them apart from what editors made of them.

Each file is loaded in a transaction of its own: whoever stops halfway and starts again goes on where it stopped.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from .models import LoadedContent

Row = TypeVar("Row", bound=models.Model)
#: The safe loader, in C where PyYAML was built with it: five times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: What a file may hold: key -> type of its value.
Keys = Mapping[str, type | tuple[type, ...]]
#: Called after each file, for a bar that shows how far we are.
Progress = Callable[[], object]


class ContentError(Exception):
    """A file can't be loaded; the message names the file and what to do."""


@dataclass(slots=True)
class LoadReport:
    """What happened to the files."""

    made: int = 0
    renewed: int = 0
    same: int = 0
    kept: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        text = f"{self.made} nieuw, {self.renewed} bijgewerkt, {self.same} ongewijzigd"
        return f"{text}, {len(self.kept)} door redacteuren gewijzigd en met rust gelaten" if self.kept else text


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file: its address in `content/` and what stands in it."""

    kind: str
    key: str
    data: dict[str, Any]
    digest: str
    path: Path

    def take(self, allowed: Keys) -> dict[str, Any]:
        """The data, when every key is known and of the right type; an empty value counts as absent."""
        for name, value in self.data.items():
            if name not in allowed:
                raise ContentError(f"{self.path}: ‘{name}’ is onbekend. Bekend zijn: {', '.join(allowed)}.")
            is_stray_bool = isinstance(value, bool) and allowed[name] is not bool  # Python counts it as a number
            if value is not None and (is_stray_bool or not isinstance(value, allowed[name])):
                raise ContentError(f"{self.path}: ‘{name}’ heeft niet de goede vorm.")
        return {name: value for name, value in self.data.items() if value not in (None, "", [])}

    def rows(self, name: str, *allowed: str) -> list[dict[str, Any]]:
        """The lines of a list, when each is a mapping of known names."""
        found = self.data.get(name) or []
        for row in found:
            if not isinstance(row, dict):
                raise ContentError(f"{self.path}: een regel onder ‘{name}’ heeft niet de vorm {{naam: waarde}}: {row}")
            if unknown := [key for key in row if key not in allowed]:
                raise ContentError(
                    f"{self.path}: ‘{unknown[0]}’ onder ‘{name}’ is onbekend. Bekend zijn: {', '.join(allowed)}."
                )
        return found


def yaml_file(kind: str, path: Path, key: str) -> ContentFile:
    """A YAML file with one mapping."""
    return content_file(kind, path, key, _text(path), {})


def markdown_file(kind: str, path: Path) -> ContentFile:
    """A file with YAML between two lines of dashes, then text; the text is kept under `tekst`."""
    text = _text(path)
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise ContentError(f"{path}: begin met een regel ---, dan de gegevens, dan weer een regel ---.")
    return content_file(kind, path, path.stem, parts[1], {"tekst": parts[2].strip()}, digest_of=text)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: bewaar dit bestand als UTF-8.") from error


def content_file(kind: str, path: Path, key: str, head: str, extra: dict[str, Any], digest_of: str = "") -> ContentFile:
    """The parsed file; a mistake in the YAML is told with its line."""
    try:
        data = yaml.load(head, Loader=_LOADER)  # noqa: S506  the safe one
    except yaml.YAMLError as error:
        raise ContentError(f"{path}: {error}") from error
    if not isinstance(data, dict):
        raise ContentError(f"{path}: hier hoort een lijst van ‘naam: waarde’ te staan.")
    digest = hashlib.sha256((digest_of or head).encode()).hexdigest()
    return ContentFile(kind, key, data | extra, digest, path)


def load_all(
    files: Iterable[ContentFile],
    model: type[models.Model],
    build: Callable[[ContentFile, Any], Any],
    report: LoadReport,
    progress: Progress = lambda: None,
) -> None:
    """Make or renew one object per file.

    `build(file, existing)` fills, saves and returns the object (`existing` is None for a new one) and leaves a
    revision behind. An object that an editor changed or deleted since is left alone.
    """
    for file in files:
        with transaction.atomic():
            _load(file, model, build, report)
        progress()


def _load(
    file: ContentFile, model: type[models.Model], build: Callable[[ContentFile, Any], Any], report: LoadReport
) -> None:
    row = LoadedContent.objects.filter(kind=file.kind, key=file.key).first()
    existing = None
    if row:
        existing = model._default_manager.filter(pk=row.object_pk).first()
        if existing is None or existing.latest_revision_id != row.revision_pk:  # type: ignore[attr-defined]
            report.kept.append(f"{file.kind} {file.key}")
            return
        if row.file_digest == file.digest:
            report.same += 1
            return
    with mistakes_named(file, model), references_once() as note:
        made = note(build(file, existing))
    LoadedContent.objects.update_or_create(
        kind=file.kind,
        key=file.key,
        defaults={"file_digest": file.digest, "object_pk": str(made.pk), "revision_pk": made.latest_revision_id},
    )
    if row:
        report.renewed += 1
    else:
        report.made += 1


@contextmanager
def mistakes_named(file: ContentFile, model: type[models.Model] | None = None) -> Iterator[None]:
    """A mistake in a file is told with the file and what to do."""
    try:
        yield
    except ValidationError as error:
        raise ContentError(f"{file.path}: {'; '.join(_with_names(error, model))}") from error
    except KeyError as error:
        raise ContentError(f"{file.path}: ‘{error.args[0]}’ ontbreekt.") from error
    except (TypeError, AttributeError) as error:
        raise ContentError(f"{file.path}: een regel heeft niet de goede vorm ({error}).") from error


def _with_names(error: ValidationError, model: type[models.Model] | None) -> list[str]:
    """The messages, each with the name that the field has in the editing forms."""
    if model is None or not hasattr(error, "error_dict"):
        return list(error.messages)
    labels = {field.name: str(field.verbose_name) for field in model._meta.fields}
    return [
        f"{labels[name]}: {' '.join(messages)}" if name in labels else " ".join(messages)
        for name, messages in error.message_dict.items()
    ]


def checked(row: Row) -> Row:
    """A row of a list, when its values are right: nothing else looks at the choices and lengths of such a row."""
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
        row.clean()
    except ValidationError as error:
        raise ValidationError(_with_names(error, type(row))) from error
    return row


@contextmanager
def references_once() -> Iterator[Callable[[Any], Any]]:
    """Wagtail notes what refers to what at each save of each row; here once for the whole object that is noted."""
    noted: list[Any] = []

    def note(instance: Any) -> Any:
        noted.append(instance)
        return instance

    with disable_reference_index_auto_update():
        yield note
    for instance in noted:
        ReferenceIndex.create_or_update_for_object(instance)


def save_snippet(instance: Any) -> Any:
    """Check, save and leave a revision, so that an editor's later change can be told from ours."""
    instance.full_clean()
    instance.save()
    instance.save_revision()
    return instance

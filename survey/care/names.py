"""Another word for something may be the name of something else: then search finds both, which an editor should know."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from wagtail.admin import messages

from ..models import Concept
from .telling import named

#: What can be found by name: gives each thing with its label and its own names, in small letters.
Names = Callable[[], Iterable[tuple[Any, str, set[str]]]]
_sources: list[Names] = []
_models: list[type] = [Concept]


def register_names(model: type, source: Names) -> None:
    """Let these names be compared too."""
    _models.append(model)
    _sources.append(source)


def names_of_concepts() -> Iterable[tuple[Any, str, set[str]]]:
    """Names and other words of all concepts."""
    for concept in Concept.objects.select_related("scheme"):
        yield concept, f"{concept.name} ({concept.scheme.name.lower()})", words_of(concept.name, concept.synonyms)


def words_of(name: str, synonyms: str) -> set[str]:
    """In small letters, for comparing."""
    return {word.strip().casefold() for word in [name, *synonyms.splitlines()] if word.strip()}


_sources.append(names_of_concepts)


def clashes(thing: Any) -> list[str]:
    """Sentences about each other word of this that is also somebody else's."""
    mine = [line.strip() for line in thing.synonyms.splitlines() if line.strip()]
    found: dict[str, list[str]] = {}
    for source in _sources:
        for other, label, words in source():
            if type(other) is type(thing) and other.pk == thing.pk:
                continue
            for word in mine:
                if word.casefold() in words:
                    found.setdefault(word, []).append(label)
    return [f"‘{word}’ is ook een naam of ander woord van {named(labels)}." for word, labels in found.items()]


def warn_about_clashes(request: HttpRequest, instance: Any) -> None:
    """After saving: it is kept as it is, and the editor knows."""
    if isinstance(instance, tuple(_models)) and (told := clashes(instance)):
        messages.warning(
            request, " ".join([*told, "Zoeken vindt dan allebei. Is dat niet de bedoeling? Haal het woord weg."])
        )

"""Rename, merge, split and retire: each does everything in the transaction of who calls it, and says what it did.

The reason comes from `because`, which the caller puts around it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet, TextField
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import Concept, ConceptRelation, FormerConcept, Result, VocabularyChange
from .noting import Kind, forward, note
from .references import Reference, move_reference_index, move_rows, place_row, references_to
from .revisions import rewrite_revisions
from .telling import CareError, moved_sentence
from .trail import log_moved

#: What belongs to the log and to forwarding moves along without a word.
SILENT = (FormerConcept, VocabularyChange)
#: (field that points to the concept, key of the row) -> where it belongs: 0 stays, 1 the first part, 2 the second.
Choices = Mapping[tuple[str, int], Sequence[int]]


def rename(concept: Concept, name: str, slug: str, keep_old_name: bool) -> list[str]:
    """Another name, another code, or both; the old address and the old filter lead on."""
    told = []
    old_name, old_slug = concept.name, concept.slug
    if (name, slug) == (old_name, old_slug):
        raise CareError("De naam en de code zijn hetzelfde gebleven. Verander er minstens één.")
    if Concept.objects.filter(scheme=concept.scheme_id, slug=slug).exclude(pk=concept.pk).exists():
        raise CareError(f"De code ‘{slug}’ is al van een ander begrip in deze lijst. Kies een andere.")
    concept.name, concept.slug = name, slug
    if name != old_name:
        told.append(f"‘{old_name}’ heet voortaan ‘{name}’.")
        if keep_old_name and add_synonyms(concept, [old_name]):
            told.append(f"‘{old_name}’ wordt een ander woord voor ‘{name}’: zoeken vindt het nog.")
    _save(concept)
    if slug != old_slug:
        told.append(_forwarded(concept, old_slug))
    return [*told, "De koppelingen, cijfers en bronnen veranderen niet."]


def merge(pairs: Mapping[Concept, Concept]) -> list[str]:
    """Each first one is taken up in the second one and is gone; everything that pointed to it points there."""
    _check(pairs)
    told: list[str] = []
    for old, new in pairs.items():
        told += _merge(old, new)
    if count := rewrite_revisions(Concept, {old.pk: [new.pk] for old, new in pairs.items()}):
        versions = "1 bewaarde versie wordt" if count == 1 else f"{count} bewaarde versies worden"
        told.append(f"{versions} bijgewerkt: ook concepten, geplande publicaties en oudere versies.")
    for old in pairs:
        log(old, "wagtail.delete", deleted=True, data={"begrip": old.serializable_data()})
        old.delete()
    return told


def _check(pairs: Mapping[Concept, Concept]) -> None:
    for old, new in pairs.items():
        if old == new:
            raise CareError(f"‘{old.name}’ kan niet in zichzelf opgaan. Kies een ander begrip.")
        if old.scheme_id != new.scheme_id:
            raise CareError(f"‘{old.name}’ en ‘{new.name}’ staan niet in dezelfde lijst.")
        if new in pairs:
            raise CareError(
                f"‘{old.name}’ gaat op in ‘{new.name}’, maar ‘{new.name}’ gaat zelf op in ‘{pairs[new].name}’. "
                f"Kies voor ‘{old.name}’ dan ook ‘{pairs[new].name}’."
            )
        if new.retired_on:
            raise CareError(f"‘{new.name}’ is vervallen. Kies een begrip dat in gebruik is.")
        refuse_with_numbers(old, "samengevoegd")


def refuse_with_numbers(concept: Concept, verb: str) -> None:
    """Numbers were counted about this very group: nobody can add up or divide percentages afterwards."""
    if number := Result.objects.filter(group=concept).count():
        raise CareError(
            f"‘{concept.name}’ is een groep waarover {number} cijfers van de barometer gaan. Die cijfers kun je niet "
            f"optellen of verdelen, dus dit begrip kan niet worden {verb}. Een andere naam geven of laten vervallen "
            "kan wel."
        )


def _merge(old: Concept, new: Concept) -> list[str]:
    told = [f"‘{old.name}’ gaat op in ‘{new.name}’."]
    joined: list[Any] = []
    for reference in references_to(Concept):
        rows = reference.rows(old.pk)
        if not (number := rows.count()):
            continue
        doubled = owners(reference, reference.doubled(old.pk, new.pk))
        if reference.model not in SILENT:
            told.append(moved_sentence(reference, number, [str(owner) for owner in doubled], new.name))
            if not reference.is_part:
                log_moved(owners(reference, rows), old.name, new.name)
        move_rows(reference, old.pk, new.pk)
        joined += [] if reference.is_part else doubled
    ConceptRelation.objects.filter(concept=new, other=new).delete()
    move_reference_index(Concept, old.pk, new.pk, joined)
    new.refresh_from_db()
    if add_synonyms(new, [old.name, *old.synonym_list]):
        told.append(f"‘{old.name}’ wordt een ander woord voor ‘{new.name}’: zoeken vindt het nog.")
    note(new, Kind.MERGED, name=old.name, before=old.definition, after=new.name)
    forward(old.scheme_id, old.slug, new)
    _save(new)
    return [*told, _forwarded(new, old.slug)]


def owners(reference: Reference, rows: Iterable[Any]) -> list[Any]:
    """The cases (or whatever it is) behind these rows, each once."""
    field = reference.owner_field
    if field is None:
        return list(rows)
    keys = rows.values(field.attname) if isinstance(rows, QuerySet) else [getattr(row, field.attname) for row in rows]
    found = reference.owner_model._base_manager.filter(pk__in=keys).order_by("pk")
    if issubclass(reference.owner_model, Page):  # there may be thousands, and their stories are long
        found = found.defer(*(text.name for text in reference.owner_model._meta.fields if isinstance(text, TextField)))
    return list(found)


def split(concept: Concept, parts: Sequence[Concept], choices: Choices, *, retire_it: bool) -> list[str]:
    """Rows of this concept go to one of the parts, or to several; what is not in `choices` stays."""
    refuse_with_numbers(concept, "gesplitst")
    told = [f"‘{concept.name}’ wordt gesplitst in {' en '.join(f'‘{part.name}’' for part in parts)}."]
    stays = 0
    for reference in assignable():
        went = dict.fromkeys(range(1, len(parts) + 1), 0)
        for row in reference.rows(concept.pk).order_by("pk"):
            wanted = sorted(set(choices.get((label_of(reference), row.pk), ())) & {0, *went}) or [0]
            stays += 0 in wanted
            for number in set(wanted) - {0}:
                went[number] += 1
            if wanted != [0]:
                _assign(reference, row, [concept, *parts], wanted)
        told += [
            moved_sentence(reference, count, [], parts[number - 1].name) for number, count in went.items() if count
        ]
    told.append(f"{stays} {'koppeling blijft' if stays == 1 else 'koppelingen blijven'} bij ‘{concept.name}’.")
    note(concept, Kind.SPLIT, before=concept.definition, after="\n".join(part.name for part in parts))
    for part in parts:
        _save(part)
    if retire_it:
        return [*told, *retire(concept)]
    _save(concept)
    return told


def assignable() -> list[Reference]:
    """What can be divided: not the rows that are a part of the concept itself, nor what the log keeps."""
    return [found for found in references_to(Concept) if not found.is_part and found.model not in SILENT]


def label_of(reference: Reference) -> str:
    """Its name in a form: *cases.caselink.concept*."""
    return f"{reference.model._meta.label_lower}.{reference.field.name}"


def _assign(reference: Reference, row: Any, concepts: Sequence[Concept], wanted: Sequence[int]) -> None:
    """One row to the concepts with these numbers (the first is where it is now); versions of its owner likewise."""
    if len(wanted) > 1 and not reference.once:
        raise CareError(f"‘{row}’ kan maar bij één begrip horen. Kies er één.")
    [owner] = owners(reference, [row])
    old, *_ = concepts
    places = [concepts[number] for number in wanted]
    for place in places[1:]:
        place_row(reference, row, place.pk, copy=True)
    if places[0] != old:
        place_row(reference, row, places[0].pk)
    rewrite_revisions(Concept, {old.pk: [place.pk for place in places]}, only={type(owner): [owner.pk]})
    log_moved([owner], old.name, " en ".join(place.name for place in places))


def retire(concept: Concept) -> list[str]:
    """No longer for new links; what is there stays, and its page can still be read."""
    if concept.retired_on:
        raise CareError(f"‘{concept.name}’ is al vervallen.")
    concept.retired_on = timezone.localdate()
    note(concept, Kind.RETIRED, before=concept.definition)
    _save(concept)
    return [
        f"‘{concept.name}’ vervalt: het staat niet meer bij de filters en je kunt er geen nieuwe koppelingen mee leggen.",
        f"De pagina {concept.get_absolute_url()} blijft te lezen, met de mededeling dat het begrip vervallen is. "
        "Bestaande koppelingen en cijfers blijven.",
    ]


def restore(concept: Concept) -> list[str]:
    """In use again."""
    concept.retired_on = None
    note(concept, Kind.ADDED, after=concept.definition)
    _save(concept)
    return [f"‘{concept.name}’ is weer in gebruik."]


def _save(concept: Concept) -> None:
    """With a version of its own: from now on it is the work of an editor, and no file of content is loaded over it."""
    concept.save()
    concept.save_revision(log_action=True)


def add_synonyms(thing: Any, words: Iterable[str]) -> bool:
    """To a concept or an organisation. Whether there was anything to add."""
    lines = [line.strip() for line in thing.synonyms.splitlines() if line.strip()]
    known = {thing.name.casefold(), *(line.casefold() for line in lines)}
    added = [word for word in dict.fromkeys(words) if word and word.casefold() not in known]
    thing.synonyms = "\n".join([*lines, *added])
    return bool(added)


def _forwarded(concept: Concept, slug: str) -> str:
    scheme = concept.scheme
    return (
        f"Het adres /{scheme.path}/{slug}/ en het filter {scheme.slug}={slug} leiden voortaan naar "
        f"{concept.get_absolute_url()}."
    )

"""Care for organisations over the years, and what joining two links of a case means.

The reason comes from `survey.care.noting.because`, which the caller puts around each change.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.log_actions import log

from survey.care.concepts import add_synonyms
from survey.care.names import register_names, words_of
from survey.care.noting import reason_now
from survey.care.references import Values, move_reference_index, move_rows, references_to, register_joiner
from survey.care.revisions import rewrite_revisions
from survey.care.telling import CareError, moved_sentence
from survey.care.trail import log_moved

from .choices import Effect
from .models import CaseLink, FormerOrganisation, Organisation

#: What two organisations may disagree about.
ASKED = ("sector", "cluster", "size", "country", "website")


def join_links(kept: Values, gone: Values) -> Values:
    """Two links of one case to one concept. Helped in one and hindered in the other: both sentences say which."""
    effects = kept["effect"], gone["effect"]
    if not all(effects) or effects[0] == effects[1]:
        return {}
    told = [f"{Effect(row['effect']).label}: {row['evidence']}" for row in (kept, gone)]
    return {"effect": "", "evidence": " ".join(told)}


def names_of_organisations() -> Iterable[tuple[Any, str, set[str]]]:
    """Names, abbreviations and other names."""
    for found in Organisation.objects.all():
        yield found, found.name, words_of(found.name, f"{found.abbreviation}\n{found.synonyms}")


register_joiner(CaseLink, join_links)
register_names(Organisation, names_of_organisations)


@receiver(pre_save, sender=Organisation)
def organisation_changes(
    instance: Organisation, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Another address, in whatever form or file: the old one leads on. An address in use again leads nowhere else."""
    if raw or (update_fields is not None and "slug" not in update_fields):
        return
    FormerOrganisation.objects.filter(slug=instance.slug).delete()
    old = Organisation.objects.filter(pk=instance.pk).values_list("slug", flat=True).first() if instance.pk else None
    if old and old != instance.slug:
        FormerOrganisation.objects.update_or_create(slug=old, defaults={"organisation": instance})


def organisation_with_address(slug: str) -> Organisation | None:
    """The organisation that has this address now, or had it."""
    now = Organisation.objects.filter(slug=slug).first()
    return now or Organisation.objects.filter(former__slug=slug).first()


def rename_organisation(organisation: Organisation, name: str, slug: str, keep_old_name: bool) -> list[str]:
    """Another name, another address, or both."""
    told = []
    old_name, old_address = organisation.name, organisation.get_absolute_url()
    if (name, slug) == (old_name, organisation.slug):
        raise CareError("De naam en het adres zijn hetzelfde gebleven. Verander er minstens één.")
    if Organisation.objects.filter(slug=slug).exclude(pk=organisation.pk).exists():
        raise CareError(f"Het adres ‘{slug}’ is al van een andere organisatie. Kies een ander.")
    organisation.name, organisation.slug = name, slug
    if name != old_name:
        told.append(f"‘{old_name}’ heet voortaan ‘{name}’, ook bij {_cases(organisation)}.")
        if keep_old_name and add_synonyms(organisation, [old_name]):
            told.append(f"‘{old_name}’ wordt een andere naam van ‘{name}’: zoeken vindt hem nog.")
    _save(organisation)
    if old_address != organisation.get_absolute_url():
        told.append(f"Het adres {old_address} leidt voortaan naar {organisation.get_absolute_url()}.")
    return told


def differences(old: Organisation, new: Organisation) -> list[str]:
    """The fields that both filled in, each in its own way."""
    return [name for name in ASKED if (mine := getattr(old, name)) and getattr(new, name) not in (mine, None, "")]


def merge_organisations(old: Organisation, new: Organisation, from_old: Mapping[str, bool]) -> list[str]:
    """The first is taken up in the second and is gone. `from_old`: field they disagree about -> the first one is right."""
    if old == new:
        raise CareError("Een organisatie kan niet in zichzelf opgaan. Kies een andere.")
    told = [f"‘{old.name}’ gaat op in ‘{new.name}’."]
    for name in ASKED:
        told += _take_over(name, old, new, from_old.get(name, False))
    for reference in references_to(Organisation):
        rows = reference.rows(old.pk)
        number = rows.count()
        if number and reference.model is not FormerOrganisation:
            told.append(moved_sentence(reference, number, [], new.name))
            log_moved(rows, old.name, new.name)
        move_rows(reference, old.pk, new.pk)
    if count := rewrite_revisions(Organisation, {old.pk: [new.pk]}):
        versions = "1 bewaarde versie wordt" if count == 1 else f"{count} bewaarde versies worden"
        told.append(f"{versions} bijgewerkt: ook concepten, geplande publicaties en oudere versies.")
    move_reference_index(Organisation, old.pk, new.pk, [])
    if not new.abbreviation:
        new.abbreviation = old.abbreviation
    others = [name for name in old.names if name != new.abbreviation]
    if add_synonyms(new, others):
        told.append(f"De namen van ‘{old.name}’ worden andere namen van ‘{new.name}’: zoeken vindt ze nog.")
    old_slug, old_address = old.slug, old.get_absolute_url()
    log(old, "wagtail.delete", deleted=True, data={"organisatie": old.serializable_data(), "reden": reason_now()})
    old.delete()
    FormerOrganisation.objects.create(slug=old_slug, organisation=new)
    _save(new)
    return [*told, f"Het adres {old_address} leidt voortaan naar {new.get_absolute_url()}."]


def _take_over(name: str, old: Organisation, new: Organisation, old_is_right: bool) -> list[str]:
    """One field, where the one that stays lacks it or is wrong; the sector with the ground for it."""
    value, label = getattr(old, name), Organisation._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    if not value or value == getattr(new, name) or (getattr(new, name) and not old_is_right):
        return []
    setattr(new, name, value)
    if name == "sector":
        new.sector_basis = old.sector_basis
    return [f"‘{new.name}’ krijgt {label} ‘{value}’ van ‘{old.name}’."]


def _cases(organisation: Organisation) -> str:
    number = organisation.cases.count()
    return "1 casus" if number == 1 else f"{number} casussen"


def _save(organisation: Organisation) -> None:
    """With a version of its own, so that no file of content is loaded over it."""
    organisation.save()
    organisation.save_revision(log_action=True)

"""What the words in a row stand for: concepts, organisations and publications, with the nearest when one is unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from survey.importing.mistakes import shortened
from survey.models import FormerConcept, Publication
from survey.vocabulary import Vocabulary, vocabulary

from ..models import FormerOrganisation, Organisation

#: So many times the nearest words are looked up: a file of nothing but mistakes must not take hours.
MOST_HINTS = 1_000


class CellError(Exception):
    """What stands in a cell can't be used; the message says what to do."""

    def __init__(self, message: str, value: str = "") -> None:
        self.value = shortened(value)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a row may name, read once."""

    vocabulary: Vocabulary
    former: Mapping[tuple[str, str], int | None]
    organisations: dict[str, Organisation]
    organisation_names: dict[str, list[Organisation]]
    publications: dict[str, int]
    hints: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Words":
        """As they are now."""
        organisations = {one.slug: one for one in Organisation.objects.all()}
        names: dict[str, list[Organisation]] = {}
        for one in organisations.values():
            names.setdefault(one.name.casefold().strip(), []).append(one)
        by_pk = {one.pk: one for one in organisations.values()}
        for slug, pk in FormerOrganisation.objects.values_list("slug", "organisation_id"):
            organisations.setdefault(slug, by_pk[pk])
        former = {
            (scheme, slug): pk
            for scheme, slug, pk in FormerConcept.objects.values_list("scheme__slug", "slug", "concept_id")
        }
        return cls(vocabulary(), former, organisations, names, dict(Publication.objects.values_list("slug", "pk")))

    def concept(self, scheme: str, word: str) -> int:
        """The key of a concept, by its slug, a slug that it had, or its name. Raises CellError."""
        found = self.vocabulary.schemes.get(scheme)
        if found is None:
            raise CellError(
                f"De lijst ‘{shortened(scheme)}’ bestaat niet.{self.nearest(scheme, self.vocabulary.schemes, 'lijst')}",
                scheme,
            )
        slug = word.strip()
        if entry := found.concepts.get(slug):
            return entry.pk
        if (scheme, slug) in self.former:
            pk = self.former[scheme, slug]
            if pk is None:
                raise CellError(f"‘{slug}’ is vervallen in de lijst ‘{scheme}’. Kies een ander begrip.", word)
            return pk
        names = {entry.name.casefold(): entry for entry in found.concepts.values()}
        if entry := names.get(slug.casefold()):
            return entry.pk
        near = self.nearest(slug, [*(one.name for one in found.concepts.values()), *found.concepts], scheme)
        hint = near or f" Kies er een van /{found.path}/."
        raise CellError(f"‘{shortened(word)}’ staat niet in de lijst ‘{scheme}’.{hint}", word)

    def organisation_by_slug(self, slug: str) -> Organisation:
        """The organisation with this address now or before. Raises CellError."""
        if found := self.organisations.get(slug):
            return found
        message = f"Er is geen organisatie met dit adres.{self.nearest(slug, self.organisations, 'adres')}"
        raise CellError(f"{message} Maak haar anders eerst aan bij Organisaties.", slug)

    def organisation_by_name(self, name: str) -> Organisation:
        """The one organisation with exactly this name. Raises CellError."""
        found = self.organisation_names.get(name.casefold().strip(), [])
        if len(found) == 1:
            return found[0]
        if found:
            slugs = ", ".join(one.slug for one in found)
            raise CellError(f"Zo heten meer organisaties. Vul in organisatie_slug in welke: {slugs}.", name)
        word = name.casefold().strip()
        everybody = self.organisations.values()
        same = {one.name for one in everybody if word in (other.casefold() for other in one.names)}
        hint = _did_you_mean(sorted(same)) or self.nearest(name, [one.name for one in everybody], "organisatie")
        message = f"Deze organisatie bestaat niet.{hint}"
        raise CellError(f"{message} Maak haar anders eerst aan bij Organisaties, of laat de cel leeg.", name)

    def publication(self, slug: str) -> int:
        """The key of a publication. Raises CellError."""
        if slug in self.publications:
            return self.publications[slug]
        raise CellError(
            f"De publicatie ‘{shortened(slug)}’ bestaat niet.{self.nearest(slug, self.publications, 'publicatie')}",
            slug,
        )

    def nearest(self, word: str, known: Iterable[str], among: str) -> str:
        """A question that names what somebody may have meant, or nothing. `among`: what kind of words these are."""
        key = (word, among)
        if key not in self.hints:
            if len(self.hints) >= MOST_HINTS:
                return ""
            plain = {one.casefold(): one for one in known}
            near = get_close_matches(word.casefold().strip()[:200], plain, n=3, cutoff=0.6)
            self.hints[key] = _did_you_mean(plain[one] for one in near)
        return self.hints[key]


def _did_you_mean(words: Iterable[str]) -> str:
    told = " of ".join(f"‘{word}’" for word in words)
    return f" Bedoel je {told}?" if told else ""

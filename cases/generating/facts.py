"""What an invented case is about: its organisation, its years and the concepts it shows."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self, TypeVar

from survey.vocabulary import ConceptEntry, vocabulary

from ..choices import Basis, Effect, Outcome

Choice = TypeVar("Choice")

#: How many organisations at most, and how many cases bring one more.
MOST_ORGANISATIONS, CASES_AN_ORGANISATION, FIRST_ORGANISATIONS = 2_000, 50, 10
#: One case in so many names no organisation.
WITHOUT_ORGANISATION = 25
FEWEST_LINKS, MOST_LINKS = 4, 10
#: Scheme -> the fewest and the most concepts of it that a case shows.
LINKED = {
    "thema": (1, 2),
    "type": (1, 1),
    "factor": (1, 3),
    "partner": (0, 2),
    "waarde": (0, 1),
    "aanleiding": (0, 1),
    "aanpak": (0, 1),
    "technologie": (0, 1),
    "strategie": (0, 1),
    "knelpunt": (0, 1),
}
#: The same for a case that stopped or failed.
LINKED_AFTER_FAILING = {**LINKED, "patroon": (1, 2), "faalsoort": (0, 1), "knelpunt": (1, 2)}
#: Schemes whose concepts helped or hindered; only factors also hindered.
WITH_EFFECT = frozenset(("factor", "partner", "aanleiding", "aanpak", "strategie"))
OUTCOMES = {
    Outcome.SUCCEEDED: 38,
    Outcome.RUNNING: 34,
    Outcome.STOPPED: 18,
    Outcome.BRILLIANT_FAILURE: 10,
}
_FIRST_DAY = datetime(2019, 1, 1, tzinfo=UTC)
_PLACES = (
    ("Oude", "Nieuwe", "Zuider", "Noorder", "Wester", "Ooster", "Hoge", "Lage", "Berke", "Elze", "Linde", "Wilge"),
    ("beek", "veen", "dijk", "horst", "meer", "waard", "broek", "kamp", "wolde", "mond", "stede", "lo"),
)
#: Sector -> what stands before the place in the name of an organisation; the sectors with most of them first.
_KINDS = {
    "gemeenten": "gemeente",
    "provincies": "provincie",
    "waterschappen": "waterschap",
    "rijksoverheid": "rijksdienst",
    "rechtswezen": "rechtbank",
    "zelfstandige-bestuursorganen": "bestuursorgaan",
    "gemeenschappelijke-regelingen": "veiligheidsregio",
}


@dataclass(frozen=True, slots=True)
class Schemes:
    """The concepts that a case may show, in an order that only their codes decide."""

    of: dict[str, tuple[ConceptEntry, ...]]

    @classmethod
    def read(cls) -> Self:
        """As the vocabulary is now, without what is no longer used."""
        return cls(
            {
                slug: tuple(sorted((one for one in scheme.concepts.values() if not one.is_retired), key=_order))
                for slug, scheme in vocabulary().schemes.items()
            }
        )

    def some(self, chance: random.Random, scheme: str, number: int, turn: int = 0) -> list[ConceptEntry]:
        """So many different concepts, the first ones often; `turn` says which one is the first."""
        found = self.of.get(scheme, ())
        start = turn % len(found) if found else 0
        left, chosen = [*found[start:], *found[:start]], []
        for _ in range(min(number, len(left))):
            chosen.append(left.pop(_place(chance, len(left))))
        return chosen

    def one(self, chance: random.Random, scheme: str, turn: int = 0) -> ConceptEntry | None:
        """One of them; None when the vocabulary has none."""
        return next(iter(self.some(chance, scheme, 1, turn)), None)


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """One invented organisation."""

    number: int
    name: str
    sector: ConceptEntry | None
    cluster: ConceptEntry | None
    size: ConceptEntry | None
    country: ConceptEntry | None


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A concept that the case shows."""

    concept: ConceptEntry
    basis: Basis
    effect: Effect | str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything but the text. Without an organisation the case has its sector and country itself."""

    organisation: int | None
    sector: ConceptEntry | None
    country: ConceptEntry | None
    outcome: Outcome
    phase: ConceptEntry | None
    start_year: int
    end_year: int | None
    is_confirmed: bool
    published_at: datetime
    links: tuple[LinkFacts, ...]


def chance_of(seed: int, kind: str, number: int) -> random.Random:
    """The same draws for the same thing, whatever else is made."""
    return random.Random(f"{seed}:{kind}:{number}")  # noqa: S311  invented facts need no secret


def organisation_facts(schemes: Schemes, seed: int, number: int) -> OrganisationFacts:
    """Organisation `number` of this seed."""
    chance = chance_of(seed, "organisation", number)
    sector = schemes.one(chance, "sector")
    is_foreign = chance.random() < 0.15
    kind = _KINDS.get(sector.slug if sector else "", "instelling")
    place = "".join(chance.choice(parts) for parts in _PLACES)
    countries = schemes.of.get("land", ())
    home = next((one for one in countries if one.slug == "nederland"), None)
    return OrganisationFacts(
        number=number,
        name=f"Verzonnen {kind} {place}-{number}",
        sector=sector,
        cluster=schemes.one(chance, "cluster", turn=len(sector.slug) if sector else 0),
        size=schemes.one(chance, "omvang"),
        country=schemes.one(chance, "land") if is_foreign else home,
    )


def case_facts(schemes: Schemes, seed: int, number: int) -> CaseFacts:
    """Case `number` of this seed."""
    chance = chance_of(seed, "case", number)
    pool = min(MOST_ORGANISATIONS, FIRST_ORGANISATIONS + number // CASES_AN_ORGANISATION)
    organisation = None if chance.randrange(WITHOUT_ORGANISATION) == 0 else _place(chance, pool)
    if organisation is None:
        sector, country = schemes.one(chance, "sector"), schemes.one(chance, "land")
    else:
        sector, country = organisation_facts(schemes, seed, organisation).sector, None
    outcome = chance.choices(list(OUTCOMES), weights=list(OUTCOMES.values()))[0]
    start = int(chance.triangular(2005, 2025, 2020))
    return CaseFacts(
        organisation=organisation,
        sector=sector,
        country=country,
        outcome=outcome,
        phase=schemes.one(chance, "fase", turn=3),
        start_year=start,
        end_year=None if outcome == Outcome.RUNNING else min(2026, start + chance.randrange(5)),
        is_confirmed=chance.random() < 0.5,
        published_at=_FIRST_DAY + timedelta(seconds=chance.randrange(6 * 365 * 24 * 3600)),
        links=_links(schemes, chance, outcome, sector),
    )


def _links(
    schemes: Schemes, chance: random.Random, outcome: Outcome, sector: ConceptEntry | None
) -> tuple[LinkFacts, ...]:
    """Which themes come often depends on the sector."""
    failed = outcome in (Outcome.STOPPED, Outcome.BRILLIANT_FAILURE)
    sectors = schemes.of.get("sector", ())
    turn = sectors.index(sector) if sector in sectors else 0
    found: list[ConceptEntry] = []
    for scheme, (fewest, most) in (LINKED_AFTER_FAILING if failed else LINKED).items():
        found += schemes.some(chance, scheme, chance.randint(fewest, most), turn if scheme == "thema" else 0)
    if len(found) < FEWEST_LINKS:
        more = schemes.some(chance, "waarde", FEWEST_LINKS + 1)
        found += [one for one in more if one not in found][: FEWEST_LINKS - len(found)]
    return tuple(
        LinkFacts(
            concept,
            Basis.INFERRED if concept.scheme == "patroon" or chance.random() < 0.3 else Basis.STATED,
            _effect(chance, concept.scheme, failed),
        )
        for concept in found[:MOST_LINKS]
    )


def _effect(chance: random.Random, scheme: str, failed: bool) -> Effect | str:
    if scheme not in WITH_EFFECT:
        return ""
    hindered = scheme == "factor" and chance.random() < (0.6 if failed else 0.15)
    return Effect.HINDERED if hindered else Effect.HELPED


def _place(chance: random.Random, length: int) -> int:
    """A place in a list of this length; the first ones come often."""
    return min(length - 1, int(length * chance.random() ** 1.7))


def _order(concept: ConceptEntry) -> tuple[int, str]:
    kinds = list(_KINDS)
    return kinds.index(concept.slug) if concept.slug in kinds else len(kinds), concept.slug

"""Invented cases and organisations, as the objects that are stored. The same seed and number give the same text."""

import re

from django.utils import timezone

from ..choices import CONDITIONS, Certainty, Outcome
from ..models import CaseLink, CasePage, Organisation
from ..models.cases import MOST_INTRODUCTION
from .dutch import Noun, known_nouns
from .facts import CaseFacts, OrganisationFacts, chance_of
from .text import Writer, fresh_compound
from .words import ADJECTIVES, TOPICS

#: Stands first in the summary of each, so that nobody takes it for a real story.
MARK = "Verzonnen casus."
MARK_SLUG = "verzonnen-"
CASE_SLUG = re.compile(r"verzonnen-(\d+)-(\d+)")
#: Words in a case, about; without the evidence of its links.
WORDS = 300
_OWN_NOUNS = 3
_WORD = re.compile(r"[^\W\d_]{4,}")


def case_slug(seed: int, number: int) -> str:
    """The address of a case says that it is invented, and which one it is."""
    return f"{MARK_SLUG}{seed}-{number}"


def organisation_slug(seed: int, number: int) -> str:
    """Likewise."""
    return f"{MARK_SLUG}organisatie-{seed}-{number}"


def organisation_of(facts: OrganisationFacts, seed: int) -> Organisation:
    """As it is stored."""
    return Organisation(
        name=facts.name,
        slug=organisation_slug(seed, facts.number),
        sector_id=facts.sector.pk if facts.sector else None,
        cluster_id=facts.cluster.pk if facts.cluster else None,
        size_id=facts.size.pk if facts.size else None,
        country_id=facts.country.pk if facts.country else None,
    )


def case_of(facts: CaseFacts, seed: int, number: int, organisations: dict[int, int]) -> CasePage:
    """As it is stored, with its links. `organisations`: number -> key."""
    chance = chance_of(seed, "text", number)
    nouns, own = _topics(facts), [fresh_compound(chance) for _ in range(_OWN_NOUNS)]
    writer = Writer(chance, [*nouns, *own], [_in_sentence(link.concept.name) for link in facts.links])
    share = max(80, int(chance.gauss(WORDS, WORDS / 6))) / WORDS
    failed = facts.outcome in (Outcome.STOPPED, Outcome.BRILLIANT_FAILURE)
    introduction = _fitting([MARK, *writer.sentences(int(36 * share))])
    case = CasePage(
        slug=case_slug(seed, number),
        title=f"{chance.choice(ADJECTIVES).capitalize()} {own[0].one} voor {chance.choice(nouns or own).many}",
        introduction=introduction,
        search_description=introduction,
        in_brief="\n".join(writer.sentence() for _ in range(3)),
        intention=writer.paragraphs(int(45 * share)),
        approach=writer.paragraphs(int(65 * share)),
        result=writer.paragraphs(int(60 * share)),
        lessons=writer.points(4),
        transfer=writer.paragraphs(int(25 * share)),
        early_signals=writer.points(2) if failed else "",
        do_differently=writer.points(2) if failed else "",
        organisation_id=None if facts.organisation is None else organisations[facts.organisation],
        own_sector_id=facts.sector.pk if facts.sector and facts.organisation is None else None,
        own_country_id=facts.country.pk if facts.country else None,
        outcome=facts.outcome,
        phase_id=facts.phase.pk if facts.phase else None,
        start_year=facts.start_year,
        end_year=facts.end_year,
        certainty=Certainty.OWNER if facts.is_confirmed else Certainty.SECONDARY,
        first_published_at=facts.published_at,
        last_published_at=facts.published_at,
        checked_on=timezone.localdate(facts.published_at) if facts.is_confirmed else None,
        **dict.fromkeys(CONDITIONS, facts.outcome == Outcome.BRILLIANT_FAILURE),
    )
    case.links = [
        CaseLink(
            concept_id=link.concept.pk,
            evidence=f"{writer.sentence()[:-1]}: volgens de makers past dat bij ‘{link.concept.name}’.",
            basis=link.basis,
            effect=link.effect,
            sort_order=order,
        )
        for order, link in enumerate(facts.links)
    ]
    case.sources, case.relations, case.wagtail_admin_comments = [], [], []
    return case


def _topics(facts: CaseFacts) -> list[Noun]:
    """Nouns of its sector and themes, and those that stand in the names and descriptions of its concepts."""
    known = known_nouns()
    concepts = [*(link.concept for link in facts.links), *([facts.sector] if facts.sector else [])]
    words = [word for concept in concepts for word in TOPICS.get(concept.slug, ())]
    words += [word.lower() for concept in concepts for word in _WORD.findall(concept.name)]
    words += [word.lower() for concept in concepts[:2] for word in _WORD.findall(concept.definition)]
    return [known[word] for word in dict.fromkeys(words) if word in known]


def _in_sentence(name: str) -> str:
    return name if name[1:2].isupper() else f"{name[0].lower()}{name[1:]}"


def _fitting(sentences: list[str]) -> str:
    """As many as a summary may hold."""
    while sum(map(len, sentences)) + len(sentences) > MOST_INTRODUCTION and len(sentences) > 2:
        sentences.pop()
    return " ".join(sentences)[:MOST_INTRODUCTION]

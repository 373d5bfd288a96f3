"""The questions to somebody who sends in a case, in the order in which they are asked, and which still need an answer."""

from dataclasses import dataclass

from ..choices import CONDITIONS, Outcome
from ..models import Submission

PATTERNS = "patterns"


@dataclass(frozen=True, slots=True)
class Step:
    """One screen: a question with the fields that answer it. `outcomes`: only asked when it ended like that."""

    slug: str
    question: str
    fields: tuple[str, ...]
    explanation: str
    outcomes: tuple[str, ...] = ()


STEPS = (
    Step(
        "titel",
        "Waar gaat je casus over?",
        ("title",),
        "Zeg in één zin wat er is gedaan. Die zin wordt de titel. Je kunt hem later nog veranderen.",
    ),
    Step(
        "organisatie",
        "Bij welke organisatie was dit?",
        ("organisation_name", "is_anonymous", "from_organisation", "sector", "cluster"),
        "Wil je niet herkenbaar zijn? Dan zien lezers alleen de sector en, als je die kiest, de groep. "
        "De naam is dan alleen voor de redactie. We wissen hem samen met je contactgegevens.",
    ),
    Step(
        "uitkomst",
        "Hoe is het afgelopen?",
        ("outcome", "start_year", "end_year"),
        "Kies wat het best past. Een mislukking is net zo welkom als een succes.",
    ),
    Step(
        "bedoeling",
        "Wat was de bedoeling?",
        ("intention",),
        "Welk probleem wilden jullie oplossen, en voor wie? Een paar zinnen is genoeg.",
    ),
    Step(
        "aanpak",
        "Hoe is het aangepakt?",
        ("approach",),
        "Wat hebben jullie gedaan, met wie, en in welke stappen?",
    ),
    Step(
        "gevolg",
        "Wat kwam ervan?",
        ("result",),
        "Wat is er bereikt, en wat liep anders dan gedacht?",
    ),
    Step(
        "lessen",
        "Wat kunnen anderen leren?",
        ("lessons",),
        "Wat zou je een collega aanraden? Wat zou je zelf een volgende keer anders doen?",
    ),
    Step(
        "voorwaarden",
        "Was het een briljante mislukking?",
        CONDITIONS,
        "Een mislukking is briljant als deze vier dingen waar zijn. Kruis aan wat klopt. "
        "Is er één niet waar? Dat geeft niet: dan noemen we de casus ‘gestopt’.",
        (Outcome.BRILLIANT_FAILURE,),
    ),
    Step(
        "herkennen",
        "Herken je een van deze patronen?",
        (PATTERNS,),
        "Veel mislukkingen lijken op elkaar. Kruis aan wat je herkent en zeg waaraan je het ziet. "
        "Herken je niets? Sla deze vraag dan over.",
        (Outcome.BRILLIANT_FAILURE, Outcome.STOPPED),
    ),
    Step(
        "samenvatting",
        "Kun je het in het kort vertellen?",
        ("introduction",),
        "Twee of drie zinnen: wat was het, en wat kwam ervan? Dit lezen mensen het eerst.",
    ),
    Step(
        "bronnen",
        "Waar kan een lezer meer vinden?",
        ("sources",),
        "Een webpagina, een rapport, een filmpje. Weet je niets? Sla deze vraag dan over.",
    ),
    Step(
        "moment",
        "Vanaf wanneer mag de casus op de site?",
        ("embargo_until",),
        "Mag het meteen? Sla deze vraag dan over.",
    ),
    Step(
        "contact",
        "Mogen we je iets vragen over je casus?",
        ("contact_name", "contact_email", "contact_consent"),
        "Dit hoeft niet. Je gegevens komen nooit op de site. We gebruiken ze alleen om je over deze casus iets te vragen. "
        "Een jaar na ons besluit wissen we ze. Komt je casus op de site? Dan vragen we je één keer per jaar hoe het nu is; "
        "daarvoor bewaren we ze tot je zegt dat je dat niet meer wilt. Je kunt ze ook zelf wissen, op elk moment.",
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
#: Field -> what to say as long as it is empty. Without these a case can't be sent.
NEEDED = {
    "title": "Zeg in één zin waar je casus over gaat.",
    "organisation_name": "Noem de organisatie, of kies dat lezers de naam niet zien.",
    "outcome": "Kies hoe het is afgelopen.",
    "intention": "Vertel wat de bedoeling was.",
    "approach": "Vertel hoe het is aangepakt.",
    "result": "Vertel wat ervan kwam.",
    "lessons": "Vertel wat anderen kunnen leren.",
    "introduction": "Vat je casus samen in twee of drie zinnen.",
}
SECTOR_NEEDED = "Kies een sector. Die zien lezers in plaats van de naam van de organisatie."


def asked(submission: Submission) -> list[Step]:
    """The questions that this sender gets."""
    return [step for step in STEPS if not step.outcomes or submission.outcome in step.outcomes]


def step_after(submission: Submission, step: Step) -> Step | None:
    """The next question to this sender."""
    return next((other for other in asked(submission) if STEPS.index(other) > STEPS.index(step)), None)


def step_before(submission: Submission, step: Step) -> Step | None:
    """The question before this one."""
    return next((other for other in reversed(asked(submission)) if STEPS.index(other) < STEPS.index(step)), None)


def missing(submission: Submission) -> list[tuple[Step, str, str]]:
    """What is still needed before it can be sent: question, field and what to do."""
    needed = dict(NEEDED)
    if submission.is_anonymous:
        del needed["organisation_name"]
        needed["sector"] = SECTOR_NEEDED
    return [
        (step, name, needed[name])
        for step in STEPS
        for name in step.fields
        if name in needed and not getattr(submission, name)
    ]


def is_answered(submission: Submission, step: Step) -> bool:
    """Whether anything was filled in here; a tick that stays empty is no answer."""
    if PATTERNS in step.fields:
        return submission.links.exists()
    return any(getattr(submission, name) for name in step.fields)

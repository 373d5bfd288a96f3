"""One file of answers, from file to edition: read, check, measure, protect, and only then show or publish.

The command and the page in the editing environment both come here. Answers are in memory only, for as long as this
takes; what is kept passed `survey.disclosure`.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ..analysis.associations import AssociationEstimate, associations_of
from ..analysis.estimates import Estimate, estimates_of
from ..analysis.measures import measures_of
from ..analysis.reliability import reliability_of
from ..disclosure.release import DisclosureError, release
from ..models import Edition, Indicator, SurveyImport, Withheld
from ..statistics.words import FrequentWords, frequent_words
from ..vocabulary import vocabulary
from .checks import SurveyFileError
from .codebook import Codebook, CodebookError, read_codebook, ready_codebook_path
from .editions import EditionRefusedError, edition_for
from .mistakes import Mistake
from .reading import read_answers
from .saving import new_indicators, remember, replace_edition

#: Called with how far we are, from 0 to 1, and what is being done.
Progress = Callable[[float, str], object]

READING, MEASURING, PROTECTING = "Bestand lezen en controleren", "Uitkomsten berekenen", "Kleine groepen beschermen"
#: Counts for the fingerprint of an import: another way of computing gives other numbers from the same file.
METHOD = 2
#: What can be wrong with the files, the edition or the outcome; each has a message for the analyst.
REFUSALS = (CodebookError, SurveyFileError, EditionRefusedError, DisclosureError)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that would be published, and what the analyst must know before that."""

    slug: str
    is_example: bool
    digest: str
    codebook: Codebook
    estimates: list[Estimate]
    associations: list[AssociationEstimate]
    words: FrequentWords
    days: tuple[date | None, date | None]
    report: dict[str, Any]


def prepare(
    path: Path, codebook_path: Path, slug: str, *, is_example: bool, progress: Progress = lambda share, text: None
) -> Prepared:
    """Do everything except publishing.

    Raises CodebookError or SurveyFileError with all mistakes, EditionRefusedError when the edition can't take these
    numbers, DisclosureError when the audit could work something out.
    """
    edition_for(slug, is_example)
    codebook = read_codebook(codebook_path)
    answers = read_answers(path, codebook, lambda share: progress(0.4 * share, READING))
    check_concepts(codebook)
    progress(0.4, MEASURING)
    measured, populations = measures_of(answers)
    released = release(measured, progress=lambda share: progress(0.45 + 0.45 * share, PROTECTING))
    progress(0.9, MEASURING)
    estimates = [*estimates_of(released, populations), *reliability_of(answers)]
    words = frequent_words(answers.texts.values())
    prepared = Prepared(
        slug=slug,
        is_example=is_example,
        digest=fingerprint(path, codebook_path, is_example),
        codebook=codebook,
        estimates=estimates,
        associations=associations_of(measured),
        words=words,
        days=(answers.first_day, answers.last_day),
        report=report_of(answers.finished, answers.unfinished, codebook, estimates),
    )
    progress(1.0, "Klaar")
    return prepared


def check_concepts(codebook: Codebook) -> None:
    """Every group that the codebook names is a concept of the vocabulary. Raises CodebookError with those that are not."""
    words = vocabulary()
    named = [
        (variable.name, option.concept)
        for variable in codebook.questions()
        for option in variable.options
        if option.concept
    ]
    mistakes = [
        Mistake(
            None, "begrip", concept, f"Dit begrip (bij {name}) bestaat niet. Kies een code uit de begrippenlijsten."
        )
        for name, concept in named
        if words.concept(*concept.split("/", 1)) is None
    ]
    if mistakes:
        raise CodebookError(mistakes)


def publish(prepared: Prepared, record: SurveyImport) -> Edition:
    """Replace the numbers of the edition and note that it was done, in one step."""
    with transaction.atomic():
        edition = replace_edition(
            prepared.slug,
            prepared.codebook,
            prepared.estimates,
            prepared.associations,
            prepared.words,
            days=prepared.days,
            is_example=prepared.is_example,
        )
        record.file_digest = prepared.digest
        remember(record, SurveyImport.State.DONE, **prepared.report)
    return edition


def fingerprint(path: Path, codebook_path: Path, is_example: bool) -> str:
    """The same for the same file, codebook, thresholds and method of computing.

    The ready codebook counts too: a codebook that leaves columns out is completed from it.
    """
    digest = hashlib.sha256(f"{METHOD} {is_example} {settings.DISCLOSURE_THRESHOLD}".encode())
    ready = ready_codebook_path()
    for source in (path, codebook_path, *([ready] if ready.is_file() else [])):
        with source.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def report_of(finished: int, unfinished: int, codebook: Codebook, estimates: list[Estimate]) -> dict[str, Any]:
    """What the analyst sees before publishing. It names groups, never the size of one that is withheld."""
    known = set(Indicator.objects.values_list("slug", flat=True))
    withheld = Counter(str(estimate.withheld) for estimate in estimates if estimate.withheld)
    return {
        "respondenten": finished,
        "niet_afgemaakt": unfinished,
        "cijfers": sum(1 for estimate in estimates if not estimate.withheld),
        "niet_getoond": {Withheld(code).label: number for code, number in sorted(withheld.items())},
        "groepen": _groups(estimates),
        "nieuwe_indicatoren": [sketch["name"] for sketch in new_indicators(codebook, known)],
    }


def _groups(estimates: list[Estimate]) -> list[dict[str, str]]:
    """For each group whether it is shown everywhere, somewhere or nowhere."""
    words = vocabulary()
    shown: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for estimate in estimates:
        if estimate.group.slug:
            key = (estimate.group.scheme, estimate.group.slug)
            total[key] += 1
            shown[key] += not estimate.withheld
    found = []
    for (scheme, slug), number in total.items():
        entry = words.concept(scheme, slug)
        state = "overal getoond" if shown[scheme, slug] == number else "deels getoond"
        found.append(
            {
                "lijst": words.schemes[scheme].name if scheme in words.schemes else scheme,
                "groep": entry.name if entry else slug,
                "stand": state if shown[scheme, slug] else "niet getoond",
            }
        )
    return found

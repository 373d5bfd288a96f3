"""From what disclosure control released to the numbers of an edition, in one step: readers see all of it or nothing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ..analysis.associations import AssociationEstimate
from ..analysis.estimates import Estimate
from ..codes import concept_keys
from ..entries import MAIN_SURVEY
from ..models import (
    Association,
    Concept,
    Edition,
    FrequentWord,
    Indicator,
    Provenance,
    Result,
    SurveyImport,
)
from ..signals import barometer_changed
from ..statistics.words import FrequentWords
from .codebook import Codebook, Kind, Role
from .editions import edition_for

EXAMPLE_NOTE = "De antwoorden van deze editie zijn verzonnen. Ze laten zien hoe een volledige editie eruitziet."
#: What is computed from several answers; the content names these better when it is loaded.
COMPUTED: dict[str, dict[str, str]] = {
    slug: {"name": name, "short_name": name, "theme": "Berekend", "unit": unit}
    for slug, name, unit in (
        ("klimaatscore", "Score innovatieklimaat", Indicator.Unit.SCORE),
        ("klimaatgroep-beperkt", "Beperkt innovatieklimaat", Indicator.Unit.PERCENT),
        ("klimaatgroep-gemiddeld", "Gemiddeld innovatieklimaat", Indicator.Unit.PERCENT),
        ("klimaatgroep-krachtig", "Krachtig innovatieklimaat", Indicator.Unit.PERCENT),
        ("spectrum-een-type", "Eén type innovatie", Indicator.Unit.PERCENT),
        ("spectrum-twee-typen", "Twee typen innovatie", Indicator.Unit.PERCENT),
        ("spectrum-drie-typen", "Drie typen innovatie", Indicator.Unit.PERCENT),
        ("spectrum-vier-typen", "Vier typen innovatie", Indicator.Unit.PERCENT),
    )
}
#: How many results go to the database at a time.
BATCH = 2000


def replace_edition(
    slug: str,
    codebook: Codebook,
    estimates: Iterable[Estimate],
    associations: Iterable[AssociationEstimate],
    words: FrequentWords,
    *,
    days: tuple[date | None, date | None],
    is_example: bool,
) -> Edition:
    """Put these numbers in the place of all numbers of the edition; it is made when it is not there yet."""
    provenance = Provenance.EXAMPLE if is_example else Provenance.COMPUTED
    with transaction.atomic():
        edition = edition_for(slug, is_example) or _made_edition(slug, days, is_example)
        Edition.objects.select_for_update().get(pk=edition.pk)
        found = list(estimates)
        indicators = _indicators(codebook, {estimate.indicator for estimate in found})
        concepts = concept_keys()
        edition.results.all().delete()
        edition.associations.all().delete()
        edition.words.all().delete()
        Result.objects.bulk_create(
            (_result(estimate, edition, indicators, concepts, provenance) for estimate in found), batch_size=BATCH
        )
        Association.objects.bulk_create(_associations(associations, edition, provenance))
        FrequentWord.objects.bulk_create(_words(words, edition))
        barometer_changed()
    return edition


def _result(
    estimate: Estimate,
    edition: Edition,
    indicators: dict[str, int],
    concepts: dict[str, int],
    provenance: Provenance,
) -> Result:
    group = estimate.group
    return Result(
        edition=edition,
        indicator_id=indicators[estimate.indicator],
        group_id=concepts[f"{group.scheme}/{group.slug}"] if group.slug else None,
        statistic=estimate.statistic,
        value=estimate.value,
        value_to=estimate.value_to,
        qualifier=estimate.qualifier,
        n=estimate.n,
        low=estimate.low,
        high=estimate.high,
        difference=estimate.difference,
        verdict=estimate.verdict or "",
        withheld=estimate.withheld or "",
        provenance=provenance,
    )


def _associations(
    found: Iterable[AssociationEstimate], edition: Edition, provenance: Provenance
) -> Iterable[Association]:
    named = {entry.slug: entry for entry in Indicator.objects.prefetch_related("concepts")}
    for estimate in found:
        outcome = named[estimate.outcome].concepts.first()
        feature = named[estimate.feature]
        if outcome is not None:
            yield Association(
                edition=edition,
                outcome=outcome,
                feature=feature.short_name,
                concept=feature.concepts.first(),
                direction=estimate.direction,
                odds_ratio=estimate.odds_ratio,
                low=estimate.low,
                high=estimate.high,
                n=estimate.n,
                provenance=provenance,
            )


def _words(found: FrequentWords, edition: Edition) -> Iterable[FrequentWord]:
    clusters = {word: number for number, words in enumerate(found.clusters(), start=1) for word in words}
    for word, organisations in found.words:
        yield FrequentWord(edition=edition, word=word, organisations=organisations, cluster=clusters.get(word))
    for word, other, organisations in found.pairs:
        yield FrequentWord(edition=edition, word=word, other_word=other, organisations=organisations)


def _made_edition(slug: str, days: tuple[date | None, date | None], is_example: bool) -> Edition:
    """A new edition, or the one that another import made a moment ago."""
    try:
        with transaction.atomic():
            return _new_edition(slug, days, is_example)
    except (IntegrityError, ValidationError):
        found = edition_for(slug, is_example)
        if found is None:
            raise
        return found


def _new_edition(slug: str, days: tuple[date | None, date | None], is_example: bool) -> Edition:
    last = days[1]
    name = f"Voorbeeldeditie {slug}" if is_example else f"{MAIN_SURVEY} {slug}"
    edition = Edition(
        slug=slug,
        name=name,
        short_name="Voorbeeld" if is_example else str(last.year if last else slug),
        survey=MAIN_SURVEY,
        country=Concept.objects.filter(scheme__slug="land", slug="nederland").first(),
        year=last.year if last else None,
        unit="organisaties en organisatieonderdelen",
        caution=EXAMPLE_NOTE if is_example else "",
        is_example=is_example,
        position=200 if is_example else 5,
    )
    edition.full_clean()
    edition.save()
    edition.save_revision()
    return edition


def _indicators(codebook: Codebook, needed: set[str]) -> dict[str, int]:
    """All indicators by slug; those that this questionnaire is the first to ask are made, and those computed from it."""
    known = dict(Indicator.objects.values_list("slug", "pk"))
    sketches = new_indicators(codebook, set(known))
    named = {*known, *(sketch["slug"] for sketch in sketches)}
    sketches += [{"slug": slug} | COMPUTED[slug] for slug in sorted(needed - named)]
    for position, sketch in enumerate(sketches):
        made = Indicator(position=position, theme_position=900, **sketch)
        made.full_clean()
        made.save()
        made.save_revision()
        known[made.slug] = made.pk
    return known


def new_indicators(codebook: Codebook, known: set[str]) -> list[dict[str, Any]]:
    """What the codebook measures and the knowledge base does not know yet, as fields of an indicator."""
    found: dict[str, dict[str, Any]] = {}
    for variable in codebook.questions():
        if variable.kind is Kind.OPEN or variable.role is Role.GROUP:
            continue
        whole = {variable.indicator: ("", variable.question)} if variable.indicator else {}
        options = {option.indicator: (option.label, variable.question) for option in variable.options}
        for slug, (label, question) in (whole or options).items():
            if slug and slug not in known and slug not in found:
                found[slug] = {
                    "slug": slug,
                    "name": f"{question} {label}".strip()[:200],
                    "short_name": (label or question)[:80],
                    "theme": "Andere vragen",
                    "question": question[:255],
                    "base": "organisaties die deze vraag beantwoordden",
                }
    return list(found.values())


def remember(record: SurveyImport, state: SurveyImport.State, **report: Any) -> None:
    """Note how the import went; what is noted tells nothing about one organisation."""
    record.state = state
    record.report = record.report | report
    if state in (SurveyImport.State.DONE, SurveyImport.State.REFUSED, SurveyImport.State.STOPPED):
        record.finished_at = timezone.now()
    record.save()

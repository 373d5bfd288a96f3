"""Take over what was looked at: everything in one transaction, and nothing that somebody changed meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from survey.importing.mistakes import Mistake, MistakeList, TableError, refused, shortened
from survey.models import ContentChange
from survey.models.changes import record_changes

from ..index import case_index
from ..search.generations import locked
from .case_rows import CaseRows
from .checking import Progress
from .plan import BAD, GOOD, Kind, RowPlan
from .planning import Planner, told_by
from .preview import MistakeFile, checked_rows, counts_of
from .spool import Spool, slug_of
from .words import Words

#: More changed cases than this are taken into the index by us, before we say that we are ready.
MANY = 200
#: Seconds between two questions whether another import is ready.
PATIENCE = 5.0
ALL_OR_NOTHING = "Er zijn rijen met fouten, en je koos alles of niets. Er is niets overgenomen."
WAITING = "Wacht op een andere invoer"


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose after the preview. `publish`: what readers see changes at once; else there are drafts."""

    only_good_rows: bool
    publish: bool
    user: User | None = None


@dataclass(slots=True)
class Outcome:
    """How many rows came to what."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    #: Cases of which readers see something else now.
    changed: list[int] = field(default_factory=list)
    #: References to cases that were not taken over.
    left_out: int = 0


def take_over(
    folder: Path, choices: Choices, progress: Progress, when_done: Callable[[Outcome], None] = lambda outcome: None
) -> Outcome:
    """Write what `check` left in the folder; `when_done` is called within the same transaction.

    Raises TableError when nothing was written: with all rows or none, because of the first rows that can't be written.
    One import at a time: another one waits for its turn.
    """
    counts = counts_of(folder)
    if not choices.only_good_rows and any(counts[kind] for kind in BAD):
        raise refused(ALL_OR_NOTHING)
    while True:
        with locked(settings.SEARCH_INDEX_DIR / "import.lock", PATIENCE) as got:
            if not got:
                progress(0, WAITING)
                continue
            with transaction.atomic(), disable_reference_index_auto_update():
                outcome = _written(folder, choices, progress)
                when_done(outcome)
            if len(outcome.changed) > MANY:
                progress(0.97, "Zoekindex bijwerken")
                case_index().catch_up()
            return outcome


def _written(folder: Path, choices: Choices, progress: Progress) -> Outcome:
    spool, outcome = Spool.opened(folder), Outcome()
    planner = Planner(spool.form, spool.slugs, Words.read(), looks_for_doubles=False)
    checked, done = checked_rows(folder), 0
    # What is written in one import belongs together in the log.
    with MistakeFile(folder) as mistakes, CaseRows(folder, choices.publish, choices.user, uuid4()) as rows:
        for chunk in spool.chunks():
            _lock([slug_of(row) for row in chunk])
            rows.write(list(_agreed(planner.plan(chunk), checked, choices, outcome, mistakes)))
            done += len(chunk)
            progress(0.9 * done / spool.rows, "Casussen overnemen")
        for row, slug in rows.write_relations():
            outcome.left_out += 1
            message = "Deze casus is niet overgenomen. De rij wel, zonder deze verwijzing."
            mistakes.add([Mistake(row, "verwant", shortened(slug), message)])
        progress(0.95, "Afronden")
        rows.finish()
    outcome.changed = rows.changed
    record_changes(ContentChange.Kind.CASE, outcome.changed)
    return outcome


def _lock(slugs: list[str]) -> None:
    """Whoever saves one of these cases now waits until we are done."""
    list(
        Page.objects.select_for_update().filter(slug__in=[slug for slug in slugs if slug]).values_list("pk", flat=True)
    )


def _agreed(
    plans: list[RowPlan], checked: Iterator[list[Any]], choices: Choices, outcome: Outcome, mistakes: MistakeFile
) -> Iterator[RowPlan]:
    """The plans that are still what was looked at. Raises TableError when it is all rows or none."""
    wrong = MistakeList()
    found = []
    for plan in plans:
        _, kind, _, pk, revision = next(checked)
        if kind in BAD:
            outcome.counts[kind] += 1
            if not choices.only_good_rows:
                wrong.add(plan.mistakes)
            continue
        _refuse_when_changed(plan, kind, pk, revision)
        outcome.counts[plan.kind] += 1
        if plan.kind in BAD:
            wrong.add(plan.mistakes)
            mistakes.add(plan.mistakes)
        elif plan.kind in GOOD:
            found.append(plan)
    if wrong.total and not choices.only_good_rows:
        raise TableError(wrong.told, wrong.total - len(wrong.told))
    yield from found


def _refuse_when_changed(plan: RowPlan, kind: str, pk: int | None, revision: int | None) -> None:
    """Somebody may have made, changed or deleted the case between the preview and now."""
    if plan.kind in (*BAD, Kind.SAME) or plan.kind == kind == Kind.NEW:
        return
    existing = plan.existing
    if existing is None:
        message = "Deze casus is na de controle verwijderd."
    elif pk is None:
        message = f"Na de controle is een casus met dit adres gemaakt{told_by(existing)}."
    elif existing.pk != pk or existing.latest_revision_id != revision or kind == Kind.SAME:
        message = f"‘{shortened(existing.title, 80)}’ is na de controle veranderd{told_by(existing)}."
    else:
        return
    plan.refuse("", plan.slug, f"{message} Voer het bestand opnieuw in.", Kind.CONFLICT)

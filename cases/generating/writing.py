"""Invented cases into the database, quickly, and never beside real ones."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from survey.models import ContentChange
from survey.models.changes import record_change

from ..history import FIRST
from ..importing.bulk import insert_many, insert_objects
from ..importing.tree import NewPages, note_for_editors_search
from ..models import CaseLink, CasePage, CasePublicChange, Organisation, Submission
from .cases import CASE_SLUG, MARK_SLUG, case_of, case_slug, organisation_of, organisation_slug
from .facts import (
    CASES_AN_ORGANISATION,
    FIRST_ORGANISATIONS,
    MOST_ORGANISATIONS,
    Schemes,
    case_facts,
    organisation_facts,
)

CHUNK = 1_000
_ELSEWHERE = "Kies een andere, lege map: DATA_DIR=/pad/naar/map script/manage migrate, en dan deze opdracht weer."


class RealContentError(Exception):
    """Invented cases may not stand here; the message says why and what to do."""


def refuse_beside_real_content(seed: int) -> None:
    """Raises RealContentError unless everything here was made by this command with the same seed, or nothing was made yet."""
    if settings.SECURE_SSL_REDIRECT:
        raise RealContentError("Dit is een site voor het internet. Daar komen nooit verzonnen casussen bij.")
    for slug in CasePage.objects.order_by().values_list("slug", flat=True).iterator():
        found = CASE_SLUG.fullmatch(slug)
        if found is None:
            raise RealContentError(f"In deze database staat een echte casus: ‘{slug}’. {_ELSEWHERE}")
        if int(found[1]) != seed:
            raise RealContentError(
                f"Hier staan al verzonnen casussen met --seed {found[1]}. Gebruik die ook nu. {_ELSEWHERE}"
            )
    real = Organisation.objects.exclude(slug__startswith=MARK_SLUG).first()
    if real is not None:
        raise RealContentError(f"In deze database staat een echte organisatie: ‘{real.name}’. {_ELSEWHERE}")
    if Submission.objects.exists():
        raise RealContentError(f"In deze database staat wat mensen inzonden. {_ELSEWHERE}")


def generate(number: int, seed: int, progress: Callable[[int], object] = lambda done: None) -> int:
    """Make what is missing of the first `number` cases; gives how many those were.

    In parts of a thousand: whoever stops and starts again goes on where it stopped. No case gets a revision: readers see
    none, and the form makes the first one.
    """
    refuse_beside_real_content(seed)
    slugs = set(CasePage.objects.order_by().values_list("slug", flat=True))
    missing = [index for index in range(number) if case_slug(seed, index) not in slugs]
    progress(number - len(missing))
    schemes = Schemes.read()
    parts = list(_parts(missing))
    for part in parts:
        with transaction.atomic(), disable_reference_index_auto_update():
            _write(part, seed, schemes)
            if part is parts[-1]:
                record_change(ContentChange.Kind.CASE, None)
        progress(len(part))
    return len(missing)


def _parts(missing: list[int]) -> Iterator[list[int]]:
    rest = iter(missing)
    while part := list(islice(rest, CHUNK)):
        yield part


def _write(part: list[int], seed: int, schemes: Schemes) -> None:
    organisations = _organisations(max(part), seed, schemes)
    own = ContentType.objects.get_for_model(CasePage)
    cases = [case_of(case_facts(schemes, seed, index), seed, index, organisations) for index in part]
    for case in cases:
        case.content_type, case.live, case.has_unpublished_changes = own, True, False
    pages = NewPages()
    pages.add(cases)
    pages.close()
    links = []
    for case in cases:
        for link in case.links.all():
            link.case_id = case.pk
            links.append(link)
    insert_objects(CaseLink, links, ("case", "concept", "evidence", "basis", "effect", "sort_order"))
    insert_many(
        CasePublicChange, ("case", "date", "text"), ((case.pk, case.first_published_at.date(), FIRST) for case in cases)
    )
    note_for_editors_search(cases)


def _organisations(last: int, seed: int, schemes: Schemes) -> dict[int, int]:
    """Number -> key of every organisation that the cases up to `last` may name; makes those that are not there."""
    numbers = range(min(MOST_ORGANISATIONS, FIRST_ORGANISATIONS + last // CASES_AN_ORGANISATION))
    there = set(Organisation.objects.values_list("slug", flat=True))
    Organisation.objects.bulk_create(
        organisation_of(organisation_facts(schemes, seed, number), seed)
        for number in numbers
        if organisation_slug(seed, number) not in there
    )
    keys = dict(Organisation.objects.values_list("slug", "pk"))
    return {number: keys[organisation_slug(seed, number)] for number in numbers}

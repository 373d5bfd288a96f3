"""Cases that a draft may be a double of: so that nobody writes the same story twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from ..index import case_index
from ..models import CasePage
from ..search.analysis import words_of
from ..search.engine import search
from ..search.inflection import stem
from ..search.questions import Question
from ..search.wording import FRAME_WORDS, STOP_WORDS

MOST = 4
LOOK_AT = 12
NEWEST_DRAFTS = 200
"""Drafts are in no index; of these many the titles are compared."""
ALIKE = 0.5
"""Which part of the words of the shorter title the other one has too."""
LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Similar:
    """Another case, why it is shown, and whether it is nearly surely the same story."""

    case: CasePage
    reason: str
    is_strong: bool = False


def similar_cases(case: CasePage) -> list[Similar]:
    """Of a draft that need not be saved; the sure ones first."""
    strong = list(_same(case))
    seen = {found.case.pk for found in strong} | {case.pk}
    alike = [Similar(other, "lijkt op deze titel") for other in _alike(case) if other.pk not in seen]
    return [*strong, *alike][:MOST]


def _same(case: CasePage) -> Iterable[Similar]:
    others = CasePage.objects.exclude(pk=case.pk)
    seen: set[int] = set()
    if case.title:
        titled = Q(title__iexact=case.title) | Q(draft_title__iexact=case.title)
        for other in others.filter(titled, organisation_id=case.organisation_id)[:MOST]:
            seen.add(other.pk)
            yield Similar(other, "zelfde titel en organisatie", True)
    addresses = {variant for source in case.sources.all() if source.url for variant in _variants(source.url)}
    if addresses:
        for other in others.filter(sources__url__in=addresses).exclude(pk__in=seen).distinct()[:MOST]:
            yield Similar(other, "zelfde bron", True)


def _variants(url: str) -> list[str]:
    """The same page written in other ways."""
    rest = url.partition("#")[0].rstrip("/").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return [
        f"{start}{rest}{end}" for start in ("https://", "http://", "https://www.", "http://www.") for end in ("", "/")
    ]


def _alike(case: CasePage) -> list[CasePage]:
    wanted = _title_stems(case.title)
    if len(wanted) < LEAST_SHARED:
        return []
    hits = search(case_index(), Question(text=case.title, page_size=LOOK_AT), []).hits
    drafts = CasePage.objects.filter(live=False).order_by("-latest_revision_created_at")[:NEWEST_DRAFTS]
    titles = dict(drafts.values_list("pk", "draft_title"))
    titles |= dict(CasePage.objects.filter(pk__in=[hit.pk for hit in hits]).values_list("pk", "title"))
    scores = {pk: _overlap(wanted, _title_stems(title)) for pk, title in titles.items()}
    best = sorted((pk for pk in scores if scores[pk] >= ALIKE), key=lambda pk: (-scores[pk], pk))
    return CasePage.objects.in_order_of(best[: MOST + 1])


def _title_stems(title: str) -> set[str]:
    return {stem(word) for word in words_of(title) if word not in STOP_WORDS and word not in FRAME_WORDS}


def _overlap(left: set[str], right: set[str]) -> float:
    shared = len(left & right)
    return shared / min(len(left), len(right)) if shared >= LEAST_SHARED else 0.0

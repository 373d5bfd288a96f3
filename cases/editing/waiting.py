"""What waits for an editor, each as one query: for the numbers on the start page and for the list of just those cases."""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Length
from django.db.models.lookups import Exact
from wagtail.models import Revision, WorkflowState, get_default_page_content_type

from survey.models import CheckedLink

from ..choices import CONDITIONS, Outcome
from ..models import CaseLink, CasePage, CaseSource, ColleagueReviewState, ColleagueReviewTask
from ..schemes import PATTERN
from ..submissions.yearly import overdue_cases

Cases = QuerySet[CasePage]


def may_review(user: Any) -> bool:
    """Whether anything could ever wait for this person's decision."""
    return bool(user.is_superuser) or ColleagueReviewTask.objects.filter(groups__in=user.groups.all()).exists()


def to_review(user: Any) -> QuerySet[ColleagueReviewState]:
    """Rounds that this person may decide on, the oldest first: never her own."""
    waiting = ColleagueReviewState.objects.filter(status=ColleagueReviewState.STATUS_IN_PROGRESS)
    if not user.is_superuser:
        tasks = ColleagueReviewTask.objects.filter(groups__in=user.groups.all())
        waiting = waiting.filter(task__in=tasks.values("pk"))
    own = waiting.filter(submitted_by=user).values("pk")
    return waiting.exclude(pk__in=own).order_by("started_at")


def sent_back(user: Any) -> QuerySet[WorkflowState]:
    """What this person sent in and came back, the newest first."""
    found = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
    return found.order_by("-current_task_state__finished_at")


def in_review() -> Q:
    """For cases: sent in and not decided, or sent back."""
    active = WorkflowState.objects.active().filter(base_content_type=get_default_page_content_type())
    return Q(Exists(active.filter(object_id=Cast(OuterRef("pk"), CharField()))))


def _approved() -> Q:
    planned = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    return Q(Exists(planned.filter(object_id=Cast(OuterRef("pk"), CharField()))))


def own_drafts(user: Any) -> Cases:
    """What this person wrote and nobody was asked to look at yet; the last one first."""
    drafts = CasePage.objects.filter(owner=user, has_unpublished_changes=True)
    return drafts.exclude(in_review()).exclude(_approved()).order_by("-latest_revision_created_at")


def overdue(user: Any) -> Cases:
    """Not looked at for a year, the longest first."""
    return overdue_cases()


def incomplete(user: Any) -> Cases:
    """Cases that miss a point of `completeness`, published ones first. A draft counts as it was first saved."""
    links = CaseLink.objects.filter(case=OuterRef("pk"))
    failure = Q(outcome=Outcome.BRILLIANT_FAILURE)
    missing = (
        Q(organisation=None, own_sector=None)
        | Q(start_year=None, period_note="")
        | ~Exists(links.filter(concept__scheme__slug="factor"))
        | Exists(links.filter(evidence=""))
        | ~Exists(CaseSource.objects.filter(case=OuterRef("pk")))
        | (failure & ~Exists(links.filter(concept__scheme__slug=PATTERN)))
        | (failure & ~Q(**dict.fromkeys(CONDITIONS, True)))
    )
    for name in ("intention", "approach", "result", "lessons"):
        missing |= _empty(name)
    return CasePage.objects.filter(missing).order_by(F("live").desc(), "latest_revision_created_at")


def _empty(rich_text: str) -> Q:
    """No text: nothing at all, or the one paragraph that the editor leaves, which holds only a key of five characters."""
    start, end = '<p data-block-key="', '"></p>'
    paragraph = Q(Exact(Length(rich_text), len(start) + 5 + len(end)))
    return Q(**{rich_text: ""}) | paragraph & Q(**{f"{rich_text}__startswith": start, f"{rich_text}__endswith": end})


def dead_links() -> QuerySet[CheckedLink]:
    """Addresses that don't answer, the longest first."""
    return CheckedLink.objects.filter(state=CheckedLink.State.DEAD).order_by("failing_since", "url")


#: The lists of cases that the start page counts: code in the address -> name, and which cases.
LISTS: dict[str, tuple[str, Callable[[Any], Cases]]] = {
    "concepten": ("Mijn concepten", own_drafts),
    "nakijken": ("Een jaar niet nagekeken", overdue),
    "onvolledig": ("Niet compleet", incomplete),
}

"""The one workflow: a colleague reviews cases and collections before readers see them."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from ..models import ColleagueReviewTask

NAME = "Beoordeling"
#: What Wagtail makes by itself and nobody here uses.
WAGTAILS_OWN = "Moderators approval"


def ensure_review(groups: Iterable[str], kinds: Iterable[type[Page]]) -> Workflow:
    """Make the workflow once, for these groups and these kinds of pages. What an administrator changed in it stays."""
    workflow = Workflow.objects.filter(workflow_tasks__task__in=ColleagueReviewTask.objects.all()).first()
    if workflow is None:
        task = ColleagueReviewTask.objects.create(name=NAME)
        task.groups.set(Group.objects.filter(name__in=list(groups)))
        workflow = Workflow.objects.create(name=NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    if workflow.active:
        for kind in kinds:
            for page in kind.objects.filter(workflowpage=None):
                WorkflowPage.objects.create(workflow=workflow, page=page)
    _remove_wagtails_own()
    return workflow


def _remove_wagtails_own() -> None:
    """The workflow of a fresh Wagtail, as long as nothing was ever sent through it."""
    unused = Workflow.objects.filter(name=WAGTAILS_OWN, workflow_states=None)
    if not unused:
        return
    unused.delete()
    GroupApprovalTask.objects.filter(name=WAGTAILS_OWN, task_states=None, workflow_tasks=None).delete()

"""Mail to reviewers that something waits for them. What senders hear goes through Wagtail's own notices."""

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from ..models import ColleagueReviewState


class ReviewAskedNotice(GroupApprovalTaskStateSubmissionEmailNotifier):
    """To everybody who may decide, except who asks. The texts are `colleague_review_state_submitted*.txt`."""

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> set[Any]:
        """The reviewers; as long as there are none, who may do everything."""
        users = get_user_model()._default_manager.filter(is_active=True)
        reviewers = users.filter(groups__in=task_state.task.specific.groups.all()).distinct()
        found = set(reviewers or users.filter(is_superuser=True))
        return found - {kwargs.get("user")}

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        """With who asks, and whether it comes back after changes."""
        context: dict[str, Any] = super().get_context(task_state, **kwargs)
        earlier = task_state.workflow_state.task_states.exclude(pk=task_state.pk)
        context |= {"sender": kwargs.get("user"), "comes_back": earlier.exists()}
        return context


review_asked = ReviewAskedNotice()
task_submitted.connect(review_asked, sender=ColleagueReviewState, dispatch_uid="review_asked")

"""The review of a page by a colleague: nobody approves what she sent in herself."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.html import format_html
from wagtail.admin.utils import get_user_display_name
from wagtail.forms import TaskStateCommentForm
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState


class ReasonForm(TaskStateCommentForm):
    """Who sends something back says why."""

    comment = forms.CharField(
        label="Wat moet er nog gebeuren?",
        help_text="De inzender leest dit.",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Schrijf wat er nog moet gebeuren."},
    )


class RemarkForm(TaskStateCommentForm):
    """Who approves may say something with it."""

    comment = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea({"rows": 2}))


class ColleagueReviewLock(WorkflowLock):
    """While a colleague reads it, the text stays as it was sent in."""

    def get_message(self, user: Any) -> str | None:
        """Why somebody can't edit now, and what she can do."""
        if not self.for_user(user):
            return None
        sender = self.task.sender(self.object)
        if sender == user:
            return (
                "Je stuurde dit zelf in. Daarom beoordeelt een collega het. "
                "Wil je nog iets veranderen? Trek het dan terug met de knop onderaan."
            )
        who = format_html(" ({} stuurde het in)", get_user_display_name(sender)) if sender else ""
        return format_html("Een beoordelaar leest dit nu{}. Zolang kun je het niet veranderen.", who)

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        """In the panel with the state of the page."""
        if can_lock:
            return "Beoordelaars kunnen dit veranderen. Vergrendel het als alleen jij het nu mag veranderen."
        return "Alleen beoordelaars kunnen dit veranderen en goedkeuren. Niet wie het instuurde."


class ColleagueReviewState(TaskState):
    """One round of a review, and who asked for it: the first sender, or who sent it in again."""

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="ingestuurd door"
    )

    class Meta:
        verbose_name = "ronde van een beoordeling"
        verbose_name_plural = "rondes van een beoordeling"


class ColleagueReviewTask(AbstractGroupApprovalTask):
    """Somebody of these groups approves a page or sends it back, but never who sent it in."""

    task_state_class = ColleagueReviewState
    lock_class = ColleagueReviewLock

    class Meta:
        verbose_name = "beoordeling door een collega"
        verbose_name_plural = "beoordelingen door een collega"

    @classmethod
    def get_description(cls) -> str:
        """For who makes a workflow."""
        return "Iemand uit de gekozen groepen keurt goed of stuurt terug, maar nooit wie het zelf instuurde."

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin a round; remember who asked for it."""
        with transaction.atomic():
            state = super().start(workflow_state, user=user)
            state.submitted_by = user
            state.save(update_fields=["submitted_by"])
        return state

    def sender(self, page: Page) -> Any:
        """Who asked for the round that is going on; None when that account is gone."""
        state = page.current_workflow_task_state
        return getattr(state, "submitted_by", None)

    def may_decide(self, user: Any) -> bool:
        """Whether this person reviews at all."""
        return bool(user.is_superuser or self._user_in_groups(user))

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """For everybody but reviewers; for who sent it in too, so that nobody publishes around the review."""
        return not self.may_decide(user) or self.sender(obj) == user

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        """What this person may do now: code, label, whether she is asked for a comment."""
        if self.locked_for_user(obj, user):
            return []
        return [
            ("approve", "Goedkeuren", False),
            ("approve", "Goedkeuren met opmerking", True),
            ("reject", "Terugsturen met reden", True),
        ]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """The question that goes with it."""
        return ReasonForm if action == "reject" else RemarkForm

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Decide. Looks again at the round itself: an address may name another page than the one it belongs to."""
        round_ = task_state.specific
        if round_.task_id != self.pk or not self.may_decide(user) or round_.submitted_by_id == user.pk:
            raise PermissionDenied
        if action_name == "reject" and not str(kwargs.get("comment", "")).strip():
            raise PermissionDenied("Schrijf wat er nog moet gebeuren.")
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> "QuerySet[TaskState]":
        """What waits for this person."""
        waiting = super().get_task_states_user_can_moderate(user, **kwargs)
        # Asked by key: a round whose sender is gone waits for everybody.
        own = ColleagueReviewState.objects.filter(submitted_by=user).values("pk")
        return waiting.exclude(pk__in=own)

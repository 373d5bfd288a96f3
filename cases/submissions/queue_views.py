"""The pages of the queue in the editing environment: the list, one item, and one page to confirm each action."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import registry as log_registry

from ..editing.doubles import similar_cases
from ..models import Report, Submission, YearlyCheck
from .decisions import AlreadyHandledError
from .drafting import draft_case, places_that_name_it
from .queue import CONTACT_PERMISSION, PERMISSION, Kind, Stage, queue, row
from .queue_actions import ACTIONS, Action
from .reports import KEEP_EMAIL
from .steps import PATTERNS, STEPS
from .texts import LABELS
from .yearly import is_overdue, overdue_cases

TITLE = "Ingezonden"
PER_PAGE = 25
#: Not in the queue, but the same people's work: cases that nobody looked at for more than a year.
OVERDUE = "nakijken"
ADDITION = "Aangevuld na het versturen"
CONTACT = ("contact_name", "contact_email", "contact_consent")
MODELS: dict[str, Any] = {Kind.SUBMISSION: Submission, Kind.REPORT: Report, Kind.YEARLY: YearlyCheck}
RELATED = {
    Kind.SUBMISSION: ("case", "sector", "cluster", "decided_by"),
    Kind.REPORT: ("case", "handled_by"),
    Kind.YEARLY: ("case__keeper", "handled_by"),
}
TEMPLATES = {
    Kind.SUBMISSION: "cases/submissions/queue/submission.html",
    Kind.REPORT: "cases/submissions/queue/report.html",
    Kind.YEARLY: "cases/submissions/queue/yearly.html",
}


class QueueView(WagtailAdminTemplateMixin, View):
    """A page for those who handle what is sent in; others get Wagtail's own refusal."""

    header_icon = "mail"
    page_title = TITLE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look who asks."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the queue, and this page when it is another one."""
        here = [{"url": "", "label": self.page_subtitle}] if self.page_subtitle else []
        return [*self.breadcrumbs_items, {"url": reverse("submission_queue") if here else "", "label": TITLE}, *here]


class ListView(QueueView):
    """What waits, the oldest first; by default only what the editors have to act on."""

    template_name = "cases/submissions/queue/list.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """One page of it; a filter that does not exist is none."""
        kind = request.GET.get("soort", "")
        stage = request.GET.get("stand", Stage.OPEN)
        kind = kind if kind in {*Kind.values, OVERDUE} else ""
        stage = stage if stage in {*Stage.values, ""} else Stage.OPEN.value
        found = overdue_cases().select_related("keeper") if kind == OVERDUE else queue(stage, kind)
        paginator = WagtailPaginator(found, PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        lines = list(page.object_list)
        context = self.get_context_data(
            cases=lines if kind == OVERDUE else [],
            rows=[] if kind == OVERDUE else [row(line) for line in lines],
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            kind=kind,
            stage=stage,
            kinds=[("", "Alles"), *Kind.choices, (OVERDUE, "Te lang niet nagekeken")],
            stages=[*Stage.choices, ("", "Alle standen")],
        )
        return self.render_to_response(context)


class ItemView(QueueView):
    """One thing that was sent in, with what can be done with it."""

    def thing(self, kind: str, pk: int) -> Any:
        """What it is about; a draft that its sender did not send yet is nobody else's business."""
        if kind not in MODELS:
            raise Http404(kind)
        found = get_object_or_404(MODELS[kind].objects.select_related(*RELATED[Kind(kind)]), pk=pk)
        not_yet = (kind == Kind.SUBMISSION and found.state == Submission.State.DRAFT) or (
            kind == Kind.YEARLY and found.answered_at is None
        )
        if not_yet:
            raise Http404(kind)
        return found

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
        """As it was sent."""
        thing = self.thing(kind, pk)
        self.template_name = TEMPLATES[Kind(kind)]
        self.page_subtitle = Kind(kind).label
        case = thing.case
        context = self.get_context_data(
            thing=thing,
            kind=kind,
            actions=[action for action in ACTIONS[Kind(kind)] if action.fits(thing)],
            sees_contact=request.user.has_perm(CONTACT_PERMISSION),
            may_edit_case=bool(case and case.permissions_for_user(request.user).can_edit()),
            is_overdue=bool(case and is_overdue(case)),
            history=log_registry.get_logs_for_instance(thing).select_related("user"),
            **(_as_sent(thing) if kind == Kind.SUBMISSION else {"keep_days": KEEP_EMAIL.days}),
        )
        return self.render_to_response(context)


def _as_sent(submission: Submission) -> dict[str, Any]:
    """What only the page of a submission shows: each answer with its question, and when the contact data go."""
    names = [name for step in STEPS for name in step.fields if name not in (PATTERNS, *CONTACT)]
    days = settings.SUBMISSION_CONTACT_DAYS
    stage = next(iter(queue(kind=Kind.SUBMISSION).filter(pk=submission.pk)))
    return {
        "stage": Stage(stage["stage"]),
        "texts": [(LABELS.get(name, ADDITION), _in_words(submission, name)) for name in [*names, "addition"]],
        "links": submission.links.select_related("concept"),
        "named_in": places_that_name_it(submission),
        "alike": similar_cases(draft_case(submission)) if submission.state == Submission.State.SENT else [],
        "contact_days": days,
        "contact_until": submission.decided_at + timedelta(days=days) if submission.decided_at else None,
    }


def _in_words(submission: Submission, name: str) -> str:
    value = getattr(submission, name)
    if isinstance(value, bool):
        return "ja" if value else ""  # a tick that was not set says nothing
    if isinstance(value, date):
        return date_format(value, "j F Y")
    shown = getattr(submission, f"get_{name}_display", None)
    return str(shown() if shown else value or "")


class ActionView(ItemView):
    """Confirm one action; nothing happens before that."""

    def get(self, request: HttpRequest, kind: str, pk: int, name: str = "") -> HttpResponseBase:
        """What will happen, and what has to be filled in for it."""
        thing, action = self.thing(kind, pk), self._action(kind, name)
        return self._ask(thing, kind, action, action.form() if action.form else None)

    def post(self, request: HttpRequest, kind: str, pk: int, name: str) -> HttpResponseBase:
        """Do it once; who comes second is told so and keeps what was typed."""
        thing, action = self.thing(kind, pk), self._action(kind, name)
        form = action.form(request.POST) if action.form else None
        if form and not form.is_valid():
            return self._ask(thing, kind, action, form)
        try:
            done = action.run(pk, request.user, form.cleaned_data if form else {})
        except AlreadyHandledError as error:
            return self._ask(thing, kind, action, form, refusal=str(error), status=409)
        messages.success(request, done.text)
        if done.warning:
            messages.warning(request, done.warning)
        return redirect(done.address or reverse("submission_queue"))

    def _action(self, kind: str, name: str) -> Action:
        found = next((action for action in ACTIONS[Kind(kind)] if action.name == name), None)
        if found is None:
            raise Http404(name)
        return found

    def _ask(
        self, thing: Any, kind: str, action: Action, form: forms.Form | None, refusal: str = "", status: int = 200
    ) -> HttpResponseBase:
        self.template_name = "cases/submissions/queue/confirm.html"
        self.page_subtitle = action.label
        if not refusal and not action.fits(thing):
            refusal = "Dit is intussen al behandeld. Er is niets veranderd."
        subject = thing if kind == Kind.SUBMISSION else thing.page_title if kind == Kind.REPORT else thing.case
        context = self.get_context_data(
            thing=thing, kind=kind, action=action, form=form, refusal=refusal, subject=subject
        )
        return self.render_to_response(context, status=status)


def urls() -> list[URLPattern]:
    """Below the address of the editing environment."""
    return [
        path("ingezonden/", ListView.as_view(), name="submission_queue"),
        path("ingezonden/<str:kind>/<int:pk>/", ItemView.as_view(), name="submission_item"),
        path("ingezonden/<str:kind>/<int:pk>/<slug:name>/", ActionView.as_view(), name="submission_action"),
    ]

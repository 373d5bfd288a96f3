"""What the pages of every kind of import share: who gets in, choosing a file, throwing it away."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .file_jobs import RUNNING, FileJobs, NotNowError, State
from .models.imports import FileImport

PER_PAGE = 25
#: Seconds.
REFRESH = "3"
#: How a state looks in the list.
STATUS_CLASSES = {State.DONE: "w-status--primary", State.PREVIEW: "w-status--label"}
NOT_KEPT = "De server kon het bestand niet bewaren. Vraag de beheerder om hulp."


class ImportView(WagtailAdminTemplateMixin, View):
    """A page for those who may import; others get Wagtail's own refusal."""

    header_icon = "upload"
    page_title: str
    permission: str
    jobs: FileJobs[Any]
    #: Names of the addresses of the list of imports and of one import.
    listing: str
    detail: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look who asks."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, and this page when it is another one."""
        here = [{"url": "", "label": self.page_subtitle}] if self.page_subtitle else []
        listing = "" if not here else reverse(self.listing)
        return [*self.breadcrumbs_items, {"url": listing, "label": self.page_title}, *here]

    def told_when_not_now(self, request: HttpRequest, pk: int, act: Callable[[], object]) -> bool:
        """Do what somebody asks; False, with a message, when the state of the import does not allow it. 404 without import."""
        get_object_or_404(self.jobs.model, pk=pk)
        try:
            act()
        except NotNowError as error:
            messages.warning(request, str(error))
            return False
        return True


class ImportMenuItem(MenuItem):
    """Only for those who may import."""

    def __init__(self, view: type[ImportView], **options: Any) -> None:
        self.permission = view.permission
        super().__init__(view.page_title, reverse(view.listing), icon_name=view.header_icon, **options)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return request.user.has_perm(self.permission)


@method_decorator(csrf_exempt, name="dispatch")  # `post` asks for the token itself, after looking at the size
class UploadView(ImportView):
    """Choose the file."""

    page_subtitle = "Nieuw bestand"
    form_class: type[Form]
    #: In bytes, of everything that is sent.
    largest_request: int
    too_large: str
    choose_again: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what is far too large before any of it is read."""
        if request.method == "POST" and request.user.has_perm(self.permission):
            size = str(request.META.get("CONTENT_LENGTH") or 0)
            if not size.isdigit() or int(size) > self.largest_request:
                return self._page(self.form_class(), status=413, refusal=self.too_large)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The empty form."""
        return self._page(self.form_class())

    @method_decorator(csrf_protect)
    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the file for a while and start the check."""
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, refusal=self.choose_again if request.FILES else "")
        record = self.make_record(form.cleaned_data)
        record.user = request.user if request.user.is_authenticated else None
        record.save()
        try:
            self.keep(record.pk, form.cleaned_data)
        except OSError:
            self.jobs.finish(record.pk, State.STOPPED, melding=NOT_KEPT)
        else:
            self.jobs.start(record.pk)
        return redirect(self.detail, record.pk)

    def make_record(self, cleaned: dict[str, Any]) -> FileImport:
        """The row of this import, not saved yet."""
        raise NotImplementedError

    def keep(self, pk: int, cleaned: dict[str, Any]) -> None:
        """Put what was sent where the job finds it. Raises OSError."""
        raise NotImplementedError

    def _page(self, form: Form, *, status: int = 200, refusal: str = "") -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(form=form, refusal=refusal), status=status)


class DiscardView(ImportView):
    """Throw the file away."""

    discarded: str

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Not when it is being taken over."""
        if self.told_when_not_now(request, pk, lambda: self.jobs.discard(pk, request.user.get_username())):
            messages.success(request, self.discarded)
        return redirect(self.detail, pk)


def asked_again(response: HttpResponse, record: FileImport) -> HttpResponse:
    """The same page, which the browser asks again while work is going on: also without JavaScript."""
    if record.state in RUNNING:
        response["Refresh"] = REFRESH
    return response

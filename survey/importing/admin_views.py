"""The pages in the editing environment that import a file with answers: choose, preview, confirm, look back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..file_jobs import OPEN, RUNNING, NotNowError, State, plain_name
from ..models import Edition, SurveyImport
from .codebook import ready_codebook_path
from .editions import is_in_place, last_taken_over
from .forms import LARGEST_REQUEST, UploadForm, known_editions
from .uploads import JOBS, keep_files

PERMISSION = "survey.add_surveyimport"
TITLE = "Antwoorden invoeren"
PER_PAGE = 25
#: Seconds.
REFRESH = "3"
TOO_LARGE = "Deze bestanden zijn te groot. Het bestand met antwoorden mag hier hoogstens 200 MB zijn."
CHOOSE_AGAIN = "Er klopt nog iets niet. Verbeter het, en kies daarna je bestanden opnieuw: die zijn niet bewaard."
#: How a state looks in the list.
STATUS_CLASSES = {State.DONE: "w-status--primary", State.PREVIEW: "w-status--label"}


class ImportMenuItem(MenuItem):
    """Only for those who may import."""

    def __init__(self, view: "type[ImportView]", **options: Any) -> None:
        self.permission = view.permission
        super().__init__(view.page_title, reverse(view.listing), icon_name=view.header_icon, **options)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees it."""
        return request.user.has_perm(self.permission)


def menu_item() -> ImportMenuItem:
    """In the menu of the barometer."""
    return ImportMenuItem(ImportView, name="survey-imports", order=100)


class ImportView(WagtailAdminTemplateMixin, View):
    """A page for those who may import; others get Wagtail's own refusal."""

    header_icon = "upload"
    page_title = TITLE
    permission = PERMISSION
    #: Name of the address of the list of imports.
    listing = "survey_imports"

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


class ListView(ImportView):
    """What was imported before, newest first."""

    template_name = "survey/admin/imports.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """One page of them."""
        JOBS.clean_up()
        paginator = WagtailPaginator(SurveyImport.objects.select_related("user"), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        rows = list(page.object_list)
        return self.render_to_response(
            self.get_context_data(
                imports=told(rows), page_obj=page, elided_page_range=paginator.get_elided_page_range(page.number)
            )
        )


def told(records: Iterable[SurveyImport]) -> list[dict[str, Any]]:
    """Each import with its state in words: of those taken over, only the last of an edition still stands there."""
    rows = list(records)
    last = dict(
        SurveyImport.objects.filter(state=State.DONE, edition_slug__in={row.edition_slug for row in rows})
        .order_by()
        .values_list("edition_slug")
        .annotate(Max("finished_at"))
    )
    return [
        {
            "record": row,
            "state": "overgenomen, later vervangen"
            if row.state == State.DONE and row.finished_at != last[row.edition_slug]
            else row.get_state_display(),
            "classname": STATUS_CLASSES.get(State(row.state), ""),
        }
        for row in rows
    ]


@method_decorator(csrf_exempt, name="dispatch")  # `post` asks for the token itself, after looking at the size
class UploadView(ImportView):
    """Choose the files and the edition."""

    template_name = "survey/admin/import_upload.html"
    page_subtitle = "Nieuw bestand"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what is far too large before any of it is read."""
        if request.method == "POST" and request.user.has_perm(PERMISSION):
            size = str(request.META.get("CONTENT_LENGTH") or 0)
            if not size.isdigit() or int(size) > LARGEST_REQUEST:
                return self._page(UploadForm(), status=413, refusal=TOO_LARGE)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The empty form."""
        return self._page(UploadForm())

    @method_decorator(csrf_protect)
    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the files for a while and start the check."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, refusal=CHOOSE_AGAIN if request.FILES else "")
        answers = form.cleaned_data["answers"]
        record = SurveyImport.objects.create(
            edition_slug=form.cleaned_data["edition"],
            file_name=plain_name(answers.name),
            is_example=form.cleaned_data["is_example"],
            user=request.user if request.user.is_authenticated else None,
        )
        try:
            keep_files(record.pk, answers, form.cleaned_data["codebook"])
        except OSError:
            JOBS.finish(
                record.pk, State.STOPPED, melding="De server kon het bestand niet bewaren. Vraag de beheerder om hulp."
            )
        else:
            JOBS.start(record.pk)
        return redirect("survey_import", record.pk)

    def _page(self, form: UploadForm, *, status: int = 200, refusal: str = "") -> HttpResponseBase:
        context = self.get_context_data(form=form, refusal=refusal, editions=known_editions())
        return self.render_to_response(context, status=status)


class DetailView(ImportView):
    """How far an import is, what it would give, or how it ended."""

    template_name = "survey/admin/import.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Whatever the state is."""
        JOBS.stop_silent()
        record = get_object_or_404(SurveyImport.objects.select_related("user"), pk=pk)
        self.page_subtitle = record.file_name
        edition = Edition.objects.filter(slug=record.edition_slug).first()
        response = self.render_to_response(
            self.get_context_data(
                record=record,
                report=record.report,
                told=told([record])[0],
                is_running=record.state in RUNNING,
                may_discard=record.state in OPEN and record.state != State.IMPORTING,
                edition=edition,
                numbers=edition.results.count() if edition and record.state == State.PREVIEW else 0,
                last=last_taken_over(record.edition_slug),
                is_in_place=is_in_place(record.edition_slug, record.file_digest),
                groups=grouped(record.report.get("groepen", [])),
                first_day=_day(record.report.get("eerste_dag")),
                last_day=_day(record.report.get("laatste_dag")),
            )
        )
        if record.state in RUNNING:
            response["Refresh"] = REFRESH  # the browser asks again, also without JavaScript
        return response


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def grouped(groups: Iterable[dict[str, str]]) -> dict[str, dict[str, list[str]]]:
    """List of concepts -> how much of a group is shown -> the groups."""
    found: dict[str, dict[str, list[str]]] = {}
    for group in groups:
        states = found.setdefault(group["lijst"], {"overal": [], "deels": [], "niet": []})
        states[group["stand"].split()[0]].append(group["groep"])
    return found


class ConfirmView(ImportView):
    """Put the numbers in the edition."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Once: the second of two clicks is told so."""
        get_object_or_404(SurveyImport, pk=pk)
        try:
            JOBS.confirm(pk, request.user.get_username())
        except NotNowError as error:
            messages.warning(request, str(error))
        else:
            JOBS.start(pk)
        return redirect("survey_import", pk)


class DiscardView(ImportView):
    """Throw the files away."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Not when they are being taken over."""
        get_object_or_404(SurveyImport, pk=pk)
        try:
            JOBS.discard(pk, request.user.get_username())
        except NotNowError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, "Weggegooid. De bestanden zijn verwijderd en er is niets overgenomen.")
        return redirect("survey_import", pk)


class CodebookView(ImportView):
    """The ready codebook, as an example to start from."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """It holds questions, no answers."""
        return FileResponse(
            ready_codebook_path().open("rb"), as_attachment=True, filename="codeboek-2021.csv", content_type="text/csv"
        )


def urls() -> list[URLPattern]:
    """Below the address of the editing environment."""
    return [
        path("antwoorden-invoeren/", ListView.as_view(), name="survey_imports"),
        path("antwoorden-invoeren/nieuw/", UploadView.as_view(), name="survey_import_upload"),
        path("antwoorden-invoeren/codeboek.csv", CodebookView.as_view(), name="survey_import_codebook"),
        path("antwoorden-invoeren/<int:pk>/", DetailView.as_view(), name="survey_import"),
        path("antwoorden-invoeren/<int:pk>/overnemen/", ConfirmView.as_view(), name="survey_import_confirm"),
        path("antwoorden-invoeren/<int:pk>/weggooien/", DiscardView.as_view(), name="survey_import_discard"),
    ]

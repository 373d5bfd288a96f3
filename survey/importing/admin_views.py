"""The pages in the editing environment that import a file with answers: choose, preview, confirm, look back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Max
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from wagtail.admin.paginator import WagtailPaginator

from ..file_job_views import PER_PAGE, STATUS_CLASSES, ImportMenuItem, ImportView, asked_again
from ..file_job_views import DiscardView as FileDiscardView
from ..file_job_views import UploadView as FileUploadView
from ..file_jobs import OPEN, RUNNING, State, plain_name
from ..models import Edition, SurveyImport
from .codebook import ready_codebook_path
from .editions import is_in_place, last_taken_over
from .forms import LARGEST_REQUEST, UploadForm, known_editions
from .uploads import JOBS, keep_files


class SurveyImportView(ImportView):
    """A page for those who may import answers."""

    page_title = "Antwoorden invoeren"
    permission = "survey.add_surveyimport"
    jobs = JOBS
    listing = "survey_imports"
    detail = "survey_import"


def menu_item() -> ImportMenuItem:
    """In the menu of the barometer."""
    return ImportMenuItem(SurveyImportView, name="survey-imports", order=100)


class ListView(SurveyImportView):
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


class UploadView(SurveyImportView, FileUploadView):
    """Choose the files and the edition."""

    template_name = "survey/admin/import_upload.html"
    form_class = UploadForm
    largest_request = LARGEST_REQUEST
    too_large = "Deze bestanden zijn te groot. Het bestand met antwoorden mag hier hoogstens 200 MB zijn."
    choose_again = "Er klopt nog iets niet. Verbeter het, en kies daarna je bestanden opnieuw: die zijn niet bewaard."

    def make_record(self, cleaned: dict[str, Any]) -> SurveyImport:
        """For an edition, perhaps with made-up answers."""
        name = plain_name(cleaned["answers"].name)
        return SurveyImport(edition_slug=cleaned["edition"], file_name=name, is_example=cleaned["is_example"])

    def keep(self, pk: int, cleaned: dict[str, Any]) -> None:
        """The answers and the codebook."""
        keep_files(pk, cleaned["answers"], cleaned["codebook"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the editions to choose from."""
        return super().get_context_data(**kwargs) | {"editions": known_editions()}


class DetailView(SurveyImportView):
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
        return asked_again(response, record)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def grouped(groups: Iterable[dict[str, str]]) -> dict[str, dict[str, list[str]]]:
    """List of concepts -> how much of a group is shown -> the groups."""
    found: dict[str, dict[str, list[str]]] = {}
    for group in groups:
        states = found.setdefault(group["lijst"], {"overal": [], "deels": [], "niet": []})
        states[group["stand"].split()[0]].append(group["groep"])
    return found


class ConfirmView(SurveyImportView):
    """Put the numbers in the edition."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Once: the second of two clicks is told so."""
        if self.told_when_not_now(request, pk, lambda: JOBS.confirm(pk, request.user.get_username())):
            JOBS.start(pk)
        return redirect("survey_import", pk)


class DiscardView(SurveyImportView, FileDiscardView):
    """Throw the files away."""

    discarded = "Weggegooid. De bestanden zijn verwijderd en er is niets overgenomen."


class CodebookView(SurveyImportView):
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

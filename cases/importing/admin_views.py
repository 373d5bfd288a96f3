"""The pages in the editing environment that import a file with cases: choose, preview, decide, look back."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from wagtail.admin.paginator import WagtailPaginator

from survey.file_job_views import PER_PAGE, STATUS_CLASSES, ImportMenuItem, ImportView, asked_again
from survey.file_job_views import DiscardView as FileDiscardView
from survey.file_job_views import UploadView as FileUploadView
from survey.file_jobs import OPEN, RUNNING, State, plain_name

from ..models import CaseImport, CaseIndexPage
from .forms import DRAFT, GOOD, LARGEST_REQUEST, PUBLISHED, CaseUploadForm, DecideForm
from .plan import BAD, Kind
from .plan import GOOD as GOOD_KINDS
from .preview import LISTED, WARNED, counts_of, page_of
from .preview import PER_PAGE as ROWS_PER_PAGE
from .uploads import JOBS, keep_file, mistakes_path

#: List of the preview -> what stands on its tab.
TABS = {
    Kind.WRONG: "Fout",
    Kind.CONFLICT: "Iemand werkt eraan",
    Kind.CHANGED: "Verandert",
    Kind.NEW: "Nieuw",
    WARNED: "Let op",
}


class CaseImportView(ImportView):
    """A page for those who may import cases."""

    page_title = "Casussen invoeren"
    permission = "cases.add_caseimport"
    jobs = JOBS
    listing = "case_imports"
    detail = "case_import"


def menu_item() -> ImportMenuItem:
    """In the menu with reports and other tools."""
    return ImportMenuItem(CaseImportView, name="case-imports", order=230)


def may_publish(request: HttpRequest) -> bool:
    """Whether this person may publish cases."""
    catalogue = CaseIndexPage.objects.first()
    return bool(catalogue and catalogue.permissions_for_user(request.user).can_publish_subpage())


class ListView(CaseImportView):
    """What was imported before, newest first."""

    template_name = "cases/importing/list.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """One page of them."""
        JOBS.clean_up()
        paginator = WagtailPaginator(CaseImport.objects.select_related("user"), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        elided = paginator.get_elided_page_range(page.number)
        context = self.get_context_data(rows=told(list(page.object_list)), page_obj=page, elided_page_range=elided)
        return self.render_to_response(context)


def told(records: list[CaseImport]) -> list[dict[str, Any]]:
    """Each import with how its state looks."""
    return [{"record": record, "classname": STATUS_CLASSES.get(State(record.state), "")} for record in records]


class UploadView(CaseImportView, FileUploadView):
    """Choose the file."""

    template_name = "cases/importing/upload.html"
    form_class = CaseUploadForm
    largest_request = LARGEST_REQUEST
    too_large = "Dit bestand is te groot. Het mag hier hoogstens 200 MB zijn."

    def make_record(self, cleaned: dict[str, Any]) -> CaseImport:
        """Only its name is known yet."""
        return CaseImport(file_name=plain_name(cleaned["cases"].name))

    def keep(self, pk: int, cleaned: dict[str, Any]) -> None:
        """The one file."""
        keep_file(pk, cleaned["cases"])


class DetailView(CaseImportView):
    """How far an import is, what it would do, or how it ended."""

    template_name = "cases/importing/detail.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Whatever the state is."""
        JOBS.stop_silent()
        record = get_object_or_404(CaseImport.objects.select_related("user"), pk=pk)
        return self._page(request, record)

    def _page(self, request: HttpRequest, record: CaseImport, form: DecideForm | None = None) -> HttpResponseBase:
        self.page_subtitle = record.file_name
        percent, doing = JOBS.progress_of(record)
        response = self.render_to_response(
            self.get_context_data(
                record=record,
                report=record.report,
                told=told([record])[0],
                is_running=record.state in RUNNING,
                may_discard=record.state in OPEN and record.state != State.IMPORTING,
                percent=percent,
                doing=doing,
                has_mistakes=mistakes_path(record.pk).is_file(),
                **(self._preview(request, record, form) if record.state == State.PREVIEW else {}),
            )
        )
        return asked_again(response, record)

    def _preview(self, request: HttpRequest, record: CaseImport, form: DecideForm | None) -> dict[str, Any]:
        folder = JOBS.folder_of(record.pk)
        try:
            counts = counts_of(folder)
        except OSError:  # on another server, or just thrown away
            return {}
        shown = request.GET.get("lijst", "")
        if shown not in LISTED or not counts[shown]:
            shown = next((name for name in LISTED if counts[name]), Kind.NEW)
        pages = WagtailPaginator(range(counts[shown]), ROWS_PER_PAGE)
        page = pages.get_page(request.GET.get("p"))
        return {
            "form": form or self._form(request, counts),
            "tabs": [
                {"name": str(name), "label": TABS[name], "number": counts[name], "is_shown": name == shown}
                for name in LISTED
                if counts[name]
            ],
            "same": counts[Kind.SAME],
            "good": sum(counts[kind] for kind in GOOD_KINDS),
            "bad": sum(counts[kind] for kind in BAD),
            "may_publish": may_publish(request),
            "shown": str(shown),
            "rows": page_of(folder, shown, page.number),
            "page_obj": page,
            "elided_page_range": pages.get_elided_page_range(page.number),
        }

    def _form(self, request: HttpRequest, counts: dict[str, int], data: Any = None) -> DecideForm:
        has_bad_rows = any(counts[kind] for kind in BAD)
        return DecideForm(data, has_bad_rows=has_bad_rows, may_publish=may_publish(request))


class ConfirmView(DetailView):
    """Take the cases over."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Once: the second of two clicks is told so."""
        record = get_object_or_404(CaseImport, pk=pk)
        try:
            form = self._form(request, counts_of(JOBS.folder_of(pk)), request.POST)
        except OSError:
            form = DecideForm({"rows": GOOD, "state": DRAFT}, has_bad_rows=True, may_publish=False)
        if record.state == State.PREVIEW and not form.is_valid():
            return self._page(request, record, form)
        chosen = form.cleaned_data if form.is_valid() else {}
        decision = {
            "only_good_rows": chosen.get("rows") == GOOD,
            "publish": chosen.get("state") == PUBLISHED,
            "user": request.user,
        }
        if self.told_when_not_now(request, pk, lambda: JOBS.confirm(pk, request.user.get_username(), **decision)):
            JOBS.start(pk)
        return redirect("case_import", pk)


class DiscardView(CaseImportView, FileDiscardView):
    """Throw the file away."""

    discarded = "Weggegooid. Het bestand is verwijderd en er is niets overgenomen."


class MistakesView(CaseImportView):
    """The whole list of mistakes, to mend them in a spreadsheet."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """A day at most: it quotes the file."""
        get_object_or_404(CaseImport, pk=pk)
        path = mistakes_path(pk)
        if not path.is_file():
            raise Http404
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"fouten-{pk}.csv", content_type="text/csv")


def urls() -> list[URLPattern]:
    """Below the address of the editing environment."""
    return [
        path("casussen-invoeren/", ListView.as_view(), name="case_imports"),
        path("casussen-invoeren/nieuw/", UploadView.as_view(), name="case_import_upload"),
        path("casussen-invoeren/<int:pk>/", DetailView.as_view(), name="case_import"),
        path("casussen-invoeren/<int:pk>/overnemen/", ConfirmView.as_view(), name="case_import_confirm"),
        path("casussen-invoeren/<int:pk>/weggooien/", DiscardView.as_view(), name="case_import_discard"),
        path("casussen-invoeren/<int:pk>/fouten.csv", MistakesView.as_view(), name="case_import_mistakes"),
    ]

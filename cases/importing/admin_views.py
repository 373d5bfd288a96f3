"""The pages in the editing environment that import a file with cases: choose, preview, decide, look back."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from survey.file_jobs import OPEN, RUNNING, NotNowError, State, plain_name
from survey.importing.admin_views import PER_PAGE, REFRESH, STATUS_CLASSES, ImportMenuItem, ImportView

from ..models import CaseImport, CaseIndexPage
from .forms import DRAFT, GOOD, LARGEST_REQUEST, PUBLISHED, CaseUploadForm, DecideForm
from .plan import BAD, Kind
from .plan import GOOD as GOOD_KINDS
from .preview import LISTED, WARNED, counts_of, page_of
from .preview import PER_PAGE as ROWS_PER_PAGE
from .uploads import JOBS, keep_file, mistakes_path

TOO_LARGE = "Dit bestand is te groot. Het mag hier hoogstens 200 MB zijn."
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
    listing = "case_imports"


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


@method_decorator(csrf_exempt, name="dispatch")  # `post` asks for the token itself, after looking at the size
class UploadView(CaseImportView):
    """Choose the file."""

    template_name = "cases/importing/upload.html"
    page_subtitle = "Nieuw bestand"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what is far too large before any of it is read."""
        if request.method == "POST" and request.user.has_perm(self.permission):
            size = str(request.META.get("CONTENT_LENGTH") or 0)
            if not size.isdigit() or int(size) > LARGEST_REQUEST:
                return self._page(CaseUploadForm(), status=413, refusal=TOO_LARGE)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The empty form."""
        return self._page(CaseUploadForm())

    @method_decorator(csrf_protect)
    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the file for a while and start the check."""
        form = CaseUploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form)
        upload = form.cleaned_data["cases"]
        user = request.user if request.user.is_authenticated else None
        record = CaseImport.objects.create(file_name=plain_name(upload.name), user=user)
        try:
            keep_file(record.pk, upload)
        except OSError:
            told = "De server kon het bestand niet bewaren. Vraag de beheerder om hulp."
            JOBS.finish(record.pk, State.STOPPED, melding=told)
        else:
            JOBS.start(record.pk)
        return redirect("case_import", record.pk)

    def _page(self, form: CaseUploadForm, *, status: int = 200, refusal: str = "") -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(form=form, refusal=refusal), status=status)


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
        if record.state in RUNNING:
            response["Refresh"] = REFRESH  # the browser asks again, also without JavaScript
        return response

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
        try:
            JOBS.confirm(
                pk,
                request.user.get_username(),
                only_good_rows=chosen.get("rows") == GOOD,
                publish=chosen.get("state") == PUBLISHED,
                user=request.user,
            )
        except NotNowError as error:
            messages.warning(request, str(error))
        else:
            JOBS.start(pk)
        return redirect("case_import", pk)


class DiscardView(CaseImportView):
    """Throw the file away."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Not when it is being taken over."""
        get_object_or_404(CaseImport, pk=pk)
        try:
            JOBS.discard(pk, request.user.get_username())
        except NotNowError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, "Weggegooid. Het bestand is verwijderd en er is niets overgenomen.")
        return redirect("case_import", pk)


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

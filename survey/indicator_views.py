"""Indicators, the explorer and their downloads."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from .barometer import IndicatorEntry, barometer
from .models import Result
from .numbers import dutch_editions
from .pages.comparing import differences, differences_in_words
from .pages.explorer import answer, explorer_page, is_example
from .pages.explorer_question import ExplorerForm, Question
from .pages.indicator import indicator_page
from .pages.indicator_list import indicator_themes
from .result_exports import all_results, results_file

Mistakes = list[tuple[str, list[str]]]
#: An address can hold a thousand wrong names; a page that tells so many helps nobody.
MOST_MISTAKES = 10


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Everything that is measured, by subject."""
    return render(request, "survey/indicator_list.html", {"themes": indicator_themes()})


@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """One indicator; `?editie=` chooses whose groups are shown."""
    entry = _indicator(slug)
    mistakes = _wrong_edition(request)
    if mistakes:
        return _refused(request, mistakes)
    page = indicator_page(entry, request.GET.get("editie", ""))
    return render(request, "survey/indicator.html", {"page": page, "indicator": entry})


def _indicator(slug: str) -> IndicatorEntry:
    found = barometer().indicators.get(slug)
    if found is None:
        raise Http404(slug)
    return found


def _wrong_edition(request: HttpRequest) -> Mistakes:
    """The page of an indicator knows one parameter, once, with an edition of the Dutch barometer."""
    slugs = [edition.slug for edition in dutch_editions(barometer())]
    unknown = [
        (name[:40], ["Deze keuze bestaat niet. Deze bestaat wel: editie."]) for name in request.GET if name != "editie"
    ]
    asked = request.GET.getlist("editie")
    if len(asked) > 1:
        return [*unknown, ("Editie", ["Dit mag maar één keer in het adres staan."])]
    if asked and asked[0] not in slugs:
        return [*unknown, ("Editie", [f"“{asked[0][:80]}” kennen we niet. Kies uit: {', '.join(slugs)}."])]
    return unknown


def _refused(request: HttpRequest, mistakes: Mistakes, template: str = "survey/explorer_wrong.html") -> HttpResponse:
    """A readable 400: which parameter, what is wrong, what can be chosen."""
    return render(request, template, {"errors": mistakes[:MOST_MISTAKES]}, status=400)


@require_safe
def indicator_export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """Every number of one indicator, all editions, as a file."""
    entry = _indicator(slug)
    cautions = [entry.caution] if entry.caution else []
    return results_file(Result.objects.filter(indicator=entry.pk), entry.slug, extension, cautions)


@require_safe
def explorer(request: HttpRequest) -> HttpResponse:
    """Indicator, breakdown and edition as a figure and a table; every state is a link."""
    form = ExplorerForm(request.GET)
    if mistakes := form.mistakes():
        return _refused(request, mistakes)
    question = form.question()
    page = explorer_page(form, question) if question else None
    return render(request, "survey/explorer.html", {"page": page})


@require_safe
def explorer_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Exactly the numbers of the page with the same parameters, as a file."""
    form = ExplorerForm(request.GET)
    if mistakes := form.mistakes():
        return _refused(request, mistakes)
    question = form.question()
    if question is None:
        raise Http404
    return results_file(Result.objects.filter(question.where), question.file_name, extension, _cautions(question))


def _cautions(question: Question) -> list[str]:
    """What belongs to the numbers of a file as it belongs to those of the page."""
    own = differences_in_words(question.editions) or [edition.caution for edition in question.editions]
    return [text for text in [question.indicator.caution, *own] if text]


# Pages that vary by cookie are not kept and get no tag: a kept page, or a 304, has the policy that forbids frames.
@require_safe
@vary_on_cookie
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def explorer_embed(request: HttpRequest) -> HttpResponse:
    """Only the figure with its source, for in a page of somebody else."""
    form = ExplorerForm(request.GET)
    mistakes = form.mistakes()
    if not mistakes and not request.GET.get("indicator"):
        mistakes = [("Cijfer", ["Zeg welk cijfer je wilt zien. De verkenner maakt het juiste adres voor je."])]
    question = None if mistakes else form.question()
    if question is None:
        return _refused(request, mistakes, "survey/explorer_embed_wrong.html")
    figure, _ = answer(question)
    context = {
        "question": question,
        "figure": figure,
        "is_example": is_example(question),
        "differs": differences(question.editions),
    }
    response = render(request, "survey/explorer_embed.html", context)
    # A site that isolates itself (COEP) may show it too.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def results_csv(request: HttpRequest) -> HttpResponseBase:
    """Every number of every edition."""
    return all_results()

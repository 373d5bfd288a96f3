"""The search of the whole site, and what may be meant while typing."""

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cases.catalogue import catalogue
from cases.filters import MOST_TEXT, CatalogueFilter
from cases.search_statistics import note_miss
from cases.submissions.limits import client_address

from .finding import site_answer
from .suggestions import suggestions

MOST_CASES = 5
"""So many cases stand on the page; the catalogue has all of them."""
AS_TYPED = {"ensure_ascii": False}
WAYS_ON = (
    ("Alle casussen", "/casussen/"),
    ("Alle begrippen", "/begrippenlijsten/"),
    ("Alle organisaties", "/organisaties/"),
)


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    """Everything that was found, in groups, cases first."""
    filters = CatalogueFilter(request.GET)
    if wrong := _wrong(request.GET) or [("Zoekwoorden", messages) for messages in filters.errors.values()]:
        return render(request, "cases/wrong_question.html", {"errors": wrong}, status=400)
    text = filters.question().text
    if not text:
        return render(request, "barometer_site/site_search.html", {"text": ""})
    cases, found = catalogue(filters), site_answer(text)
    context = {
        "text": text,
        "cases": cases,
        "cards": cases.cards[:MOST_CASES],
        "found": found,
        "sentence": _sentence(cases.total, found.total, text),
        "ways_on": [
            *((f"Zoek op “{word}”", f"?{urlencode({'q': word})}", "") for word, _ in cases.nearest_words),
            *((title, url, "") for title, url in WAYS_ON),
        ],
    }
    response = render(request, "barometer_site/site_search.html", context)
    if not cases.total:
        note_miss(text, client_address(request))
        response["Cache-Control"] = "no-store"  # as in the catalogue: a kept page would not be counted again
    return response


@require_safe
def site_suggestions(request: HttpRequest) -> JsonResponse:
    """Suggestions as JSON, in the order in which they are to be shown."""
    if wrong := _wrong(request.GET):
        return JsonResponse({"fout": wrong[0][1][0]}, status=400, json_dumps_params=AS_TYPED)
    lines = [{"soort": one.kind, "tekst": one.text, "url": one.url} for one in suggestions(request.GET.get("q", ""))]
    return JsonResponse({"suggesties": lines}, json_dumps_params=AS_TYPED)


def _wrong(data: QueryDict) -> list[tuple[str, list[str]]]:
    """What is wrong with an address, as `cases/wrong_question.html` prints it."""
    found = [(name, ["Dit kan hier niet. Alleen q mag in het adres staan."]) for name in data if name != "q"]
    texts = data.getlist("q")
    if len(texts) > 1:
        found.append(("Zoekwoorden", ["Dit mag maar één keer in het adres staan."]))
    elif texts and len(texts[0]) > MOST_TEXT:
        found.append(("Zoekwoorden", [f"Je zoekvraag is te lang: gebruik hoogstens {MOST_TEXT} tekens."]))
    return found


def _sentence(cases: int, others: int, text: str) -> str:
    """How much was found; empty when it is nothing."""
    numbers = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in ((cases, "casus", "casussen"), (others, "andere pagina", "andere pagina’s"))
        if number
    ]
    return f"{' en '.join(numbers)} over “{text}”" if numbers else ""

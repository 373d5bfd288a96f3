"""Pages of the vocabulary: a list, one scheme, one concept, one publication."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import BadRequest
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .care.public_log import told_changes
from .models import Concept, ConceptRelation, ConceptScheme, Guidance, Publication
from .numbers import BREAKDOWNS
from .pages.group import GroupPage, group_page
from .vocabulary import ConceptEntry, SchemeEntry, vocabulary

IN_USE = Q(concepts__retired_on=None)
#: Lines of the log on the page of one concept.
MOST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class ConceptGuidance:
    """The help with one concept, by what it is for."""

    explain: list[Guidance]
    fits: list[Guidance]
    fits_not: list[Guidance]
    recognise: list[Guidance]
    act: list[Guidance]
    ask: list[Guidance]


@require_safe
def scheme_list(request: HttpRequest) -> HttpResponse:
    """All lists of concepts, with what each is about."""
    return render(
        request,
        "survey/scheme_list.html",
        {"schemes": ConceptScheme.objects.annotate(size=Count("concepts", filter=IN_USE))},
    )


@require_safe
def scheme(request: HttpRequest, scheme: SchemeEntry) -> HttpResponse:
    """All concepts of one scheme, under the heads of their groups; `?sector=gemeenten` goes straight there."""
    if asked := request.GET.get(scheme.slug):
        chosen = scheme.concepts.get(asked) or scheme.former.get(asked)
        if chosen is None:
            raise BadRequest(asked)
        return HttpResponseRedirect(chosen.url)
    found = get_object_or_404(ConceptScheme, slug=scheme.slug)
    all_concepts = list(found.concepts.order_by("group", "position", "name"))
    concepts = [concept for concept in all_concepts if concept.retired_on is None]
    groups = [(name, list(members)) for name, members in groupby(concepts, key=lambda concept: concept.group)]
    retired = [entry for entry in scheme.concepts.values() if entry.is_retired]
    context = {"scheme": found, "entry": scheme, "groups": groups, "size": len(concepts), "retired": retired}
    return render(request, "survey/scheme.html", context)


@require_safe
def concept(request: HttpRequest, scheme: SchemeEntry, slug: str) -> HttpResponse:
    """One concept: what it is, how to recognise it, what to do, what to ask; its cases come from a template tag."""
    entry = scheme.concepts.get(slug)
    if entry is None:
        return forwarded(request, scheme, slug)
    found = get_object_or_404(Concept.objects.select_related("scheme"), pk=entry.pk)
    by_kind: dict[str, list[Guidance]] = defaultdict(list)
    for item in found.guidance.select_related("publication"):
        by_kind[item.kind].append(item)
    context = {
        "concept": found,
        "entry": entry,
        "scheme": scheme,
        "guidance": ConceptGuidance(*(by_kind[kind] for kind in Guidance.Kind.values)),
        "related": _related(found),
        "sources": found.sources.select_related("publication"),
        "numbers": _numbers(request, entry, scheme),
        "changes": told_changes(found.changes.all()[:MOST_CHANGES]) if entry.has_changes else [],
    }
    return render(request, "survey/concept.html", context)


def forwarded(request: HttpRequest, scheme: SchemeEntry, slug: str, below: str = "") -> HttpResponsePermanentRedirect:
    """An old code leads to the concept of today; `below` is what stands after its address. Raises Http404 for others."""
    if (entry := scheme.former.get(slug)) is None:
        raise Http404(slug)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponsePermanentRedirect(f"{entry.url}{below}{query}")


def _numbers(request: HttpRequest, entry: ConceptEntry, scheme: SchemeEntry) -> GroupPage | None:
    """The numbers of a group of organisations, in the edition of `?editie=`; a wrong edition is refused."""
    if scheme.slug not in BREAKDOWNS:
        return None
    asked = request.GET.get("editie", "")
    page = group_page(entry, scheme, asked)
    if page is None and asked:
        raise BadRequest(f"De editie ‘{asked}’ heeft geen cijfers over {entry.name}.")
    return page


def _related(concept: Concept) -> list[tuple[ConceptEntry, str]]:
    """Relations in both directions, each with its reason; a pair that names each other is shown once."""
    words = vocabulary()
    relations = list(ConceptRelation.objects.filter(Q(concept=concept) | Q(other=concept)))
    pairs = {relation.other_id: relation.text for relation in relations if relation.concept_id == concept.pk}
    for relation in relations:
        if relation.other_id == concept.pk:
            pairs.setdefault(relation.concept_id, relation.text)
    return [(words.by_pk[pk], text) for pk, text in pairs.items() if pk in words.by_pk]


@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    """All publications."""
    return render(request, "survey/publication_list.html", {"publications": Publication.objects.all()})


@require_safe
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """One publication: what it found and what in this knowledge base leans on it."""
    found = get_object_or_404(Publication, slug=slug)
    points = list(found.points.all())
    context = {
        "publication": found,
        "findings": [point for point in points if point.kind == point.Kind.FINDING],
        "recommendations": [point for point in points if point.kind == point.Kind.RECOMMENDATION],
        "concepts": Concept.objects.filter(sources__publication=found).select_related("scheme").distinct(),
    }
    return render(request, "survey/publication.html", context)

"""What readers see of the log: which words changed, when and why, with the differences marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from ..models import VocabularyChange
from ..vocabulary import ConceptEntry, SchemeEntry, vocabulary

Kind = VocabularyChange.Kind
PER_PAGE = 50
FEED_LENGTH = 50
#: Texts that differ more than this are easier to read one after the other.
LEAST_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: `same`, `removed` or `added`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One line of the log, ready to print."""

    pk: int
    date: date
    kind: str
    sentence: str
    reason: str
    pieces: list[Piece]
    concept: ConceptEntry | None
    successors: list[ConceptEntry]
    scheme: SchemeEntry | None


def told_changes(changes: Iterable[VocabularyChange]) -> list[ToldChange]:
    """The lines in words."""
    words = vocabulary()
    schemes = {entry.slug: entry for entry in words.schemes.values()}
    found = []
    for change in changes:
        concept = words.by_pk.get(change.concept_id or 0)
        of_scheme = schemes.get(concept.scheme) if concept else None
        names = change.after.splitlines() if change.kind == Kind.SPLIT else []
        successors = [entry for entry in (of_scheme.concepts.values() if of_scheme else ()) if entry.name in names]
        found.append(
            ToldChange(
                pk=change.pk,
                date=timezone.localdate(change.changed_at),
                kind=change.get_kind_display(),
                sentence=_sentence(change),
                reason=change.reason,
                pieces=difference(change.before, change.after) if change.kind == Kind.REDEFINED else [],
                concept=concept,
                successors=successors,
                scheme=of_scheme,
            )
        )
    return found


def _sentence(change: VocabularyChange) -> str:
    name, after = change.name, change.after
    match change.kind:
        case Kind.ADDED:
            return f"‘{name}’ is toegevoegd."
        case Kind.RENAMED if change.before == name:
            return f"‘{name}’ heet voortaan ‘{after}’."
        case Kind.RENAMED:
            return f"Het adres van ‘{name}’ is veranderd van ‘{change.before}’ in ‘{after}’."
        case Kind.REDEFINED:
            return f"De omschrijving van ‘{name}’ is veranderd."
        case Kind.MERGED:
            return f"‘{name}’ is opgegaan in ‘{after}’."
        case Kind.SPLIT:
            return f"‘{name}’ is gesplitst in {' en '.join(f'‘{part}’' for part in after.splitlines())}."
    return f"‘{name}’ is vervallen."


def difference(before: str, after: str) -> list[Piece]:
    """What went and what came, word by word; two texts that share little are shown whole."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return [Piece(kind, text) for kind, text in (("removed", before), ("added", after)) if text]
    pieces = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", " ".join(new[c:d])))
            continue
        pieces += [Piece("removed", " ".join(old[a:b]))] if b > a else []
        pieces += [Piece("added", " ".join(new[c:d]))] if d > c else []
    return pieces


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """All changes, newest first; `?lijst=` narrows them to one scheme, `?pagina=` turns the page."""
    scheme = _asked_scheme(request)
    changes = VocabularyChange.objects.all()
    if scheme:
        changes = changes.filter(scheme__slug=scheme.slug)
    asked = request.GET.get("pagina", "1")
    paginator = Paginator(changes, PER_PAGE)
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= paginator.num_pages):
        raise Http404(asked)
    page = paginator.page(int(asked))
    with_changes = set(VocabularyChange.objects.order_by().values_list("scheme__slug", flat=True).distinct())
    return render(
        request,
        "survey/care/changes.html",
        {
            "changes": told_changes(page.object_list),
            "scheme": scheme,
            "schemes": [entry for entry in vocabulary().schemes.values() if entry.slug in with_changes],
            "page": page,
            "pages": [(number, _address(scheme, number), number == page.number) for number in paginator.page_range],
            "previous_url": _address(scheme, page.number - 1) if page.has_previous() else "",
            "next_url": _address(scheme, page.number + 1) if page.has_next() else "",
        },
    )


def _asked_scheme(request: HttpRequest) -> SchemeEntry | None:
    if not (asked := request.GET.get("lijst", "")):
        return None
    if asked not in vocabulary().schemes:
        raise Http404(asked)
    return vocabulary().schemes[asked]


def _address(scheme: SchemeEntry | None, number: int) -> str:
    asked = [f"lijst={scheme.slug}"] if scheme else []
    asked += [f"pagina={number}"] if number > 1 else []
    return reverse("vocabulary_changes") + ("?" + "&".join(asked) if asked else "")


@require_safe
def change_feed(request: HttpRequest) -> HttpResponse:
    """The newest changes as Atom."""
    address = settings.SITE_URL + reverse("vocabulary_changes")
    feed = Atom1Feed(
        title=f"{settings.SITE_NAME}: wijzigingen in begrippen",
        link=address,
        feed_url=settings.SITE_URL + reverse("vocabulary_change_feed"),
        description="Wat er verandert in de woorden waarmee we casussen beschrijven",
        language="nl",
    )
    for change, told in _newest():
        feed.add_item(
            title=told.sentence,
            link=settings.SITE_URL + told.concept.url if told.concept else address,
            unique_id=f"{address}#wijziging-{told.pk}",
            description=" ".join(filter(None, [told.sentence, told.reason])),
            author_name=settings.SITE_NAME,
            pubdate=change.changed_at,
            updateddate=change.changed_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _newest() -> list[tuple[VocabularyChange, ToldChange]]:
    changes = list(VocabularyChange.objects.all()[:FEED_LENGTH])
    return list(zip(changes, told_changes(changes), strict=True))

"""Small worlds for tests: a tree, a vocabulary, organisations and cases, made the way editors make them."""

from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.text import slugify
from wagtail.models import PageViewRestriction

from barometer_site.content import ensure_tree
from barometer_site.models import HomePage, PlainPage
from cases.models import BrilliantFailuresPage, CaseLink, CasePage, CaseRelation, CaseSource, Organisation
from survey.content_files import references_once
from survey.models import Concept, ConceptScheme, Publication

NUMBERS = count(1)
PATHS = {"sector": "barometer/sectoren", "patroon": "patronen", "factor": "klimaat", "strategie": "strategieen"}


def make_scheme(slug: str, **fields: Any) -> ConceptScheme:
    """A list of concepts; once made it is found again."""
    found = ConceptScheme.objects.filter(slug=slug).first()
    if found:
        return found
    defaults = {"name": slug.capitalize(), "plural": f"Lijst {slug}", "path": PATHS.get(slug, f"lijsten-{slug}")}
    return ConceptScheme.objects.create(slug=slug, **(defaults | fields))


def make_concept(key: str, **fields: Any) -> Concept:
    """The concept `scheme/slug`, with its scheme; once made it is found again."""
    scheme, slug = key.split("/")
    found = Concept.objects.filter(scheme__slug=scheme, slug=slug).first()
    if found:
        return found
    fields.setdefault("name", slug.replace("-", " ").capitalize())
    return Concept.objects.create(scheme=make_scheme(scheme), slug=slug, **fields)


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    """An organisation with a name of its own."""
    name = name or f"Organisatie {next(NUMBERS)}"
    return Organisation.objects.create(name=name, **({"slug": slugify(name)} | fields))


def make_publication(title: str = "", **fields: Any) -> Publication:
    """A report."""
    title = title or f"Rapport {next(NUMBERS)}"
    return Publication.objects.create(title=title, **({"slug": slugify(title), "kind": "rapport"} | fields))


def link(key: str, evidence: str = "", **fields: Any) -> CaseLink:
    """A link to the concept `scheme/slug`, with a sentence of evidence."""
    return CaseLink(concept=make_concept(key), evidence=evidence or f"Hieraan zie je {key}.", **fields)


def make_draft(title: str = "", **fields: Any) -> CasePage:
    """A case that nobody but editors can see yet."""
    with references_once() as note:
        return note(_draft(title, **fields))


def _draft(title: str = "", *, links: list[str | CaseLink] | None = None, **fields: Any) -> CasePage:
    title = title or f"Casus {next(NUMBERS)}"
    relations = fields.pop("relations", [])
    sources = fields.pop("sources", [])
    fields = {"slug": slugify(title), "outcome": "geslaagd", "introduction": f"Over {title}."} | fields
    case = CasePage(title=title, live=False, **fields)
    case.links = [link(found) if isinstance(found, str) else found for found in links or []]
    case.relations = [CaseRelation(other=other, reason=reason) for other, reason in relations]
    case.sources = [CaseSource(**source) for source in sources]
    ensure_tree().add_child(instance=case)
    case.save_revision()
    return case


def make_case(title: str = "", **fields: Any) -> CasePage:
    """A case that everybody can read."""
    with references_once() as note:
        case = note(_draft(title, **fields))
        case.get_latest_revision().publish()
    case.refresh_from_db()
    return case


def edit(case: CasePage, **fields: Any) -> CasePage:
    """What an editor does: open, change, publish."""
    draft = case.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    with references_once() as note:
        note(draft).save_revision().publish()
    case.refresh_from_db()
    return case


def make_plain_page(slug: str = "over", **fields: Any) -> PlainPage:
    """A page such as about or privacy."""
    return _page(PlainPage(slug=slug, **({"title": slug.capitalize()} | fields)))


def make_failures_page() -> BrilliantFailuresPage:
    """The page about brilliant failures."""
    return _page(BrilliantFailuresPage(slug="briljante-mislukkingen", title="Briljante mislukkingen"))


def _page(page: Any) -> Any:
    ensure_tree()
    with references_once() as note:
        HomePage.objects.get().add_child(instance=note(page))
        page.save_revision().publish()
    return page


def restrict(page: Any) -> PageViewRestriction:
    """Only for who has signed in."""
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_editor(name: str = "redacteur") -> Any:
    """Somebody who may do everything in the editing environment."""
    return get_user_model()._default_manager.create_superuser(username=name, email="", password="een lang wachtwoord")


def write(folder: Path, name: str, text: str) -> Path:
    """One file of content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path

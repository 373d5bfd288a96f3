"""Loading the files of `content/`: again and again, after editors worked, after being stopped, and with mistakes in them."""

from pathlib import Path

import pytest
from django.core.management import call_command
from factories import edit, write
from wagtail.models import Page, Revision

import cases.content
from barometer_site.models import PlainPage
from cases.models import CaseLink, CasePage, CaseRelation, CaseSource, Organisation
from survey.models import Concept, ConceptScheme, Guidance, LoadedContent, Publication

pytestmark = pytest.mark.django_db

TIJD = """naam: Tijd
omschrijving: Tijd om te proberen.
synoniemen: [geduld]
verwant:
  - {begrip: factor/lef, reason: "", reden: Lef kost tijd.}
doen:
  - {tekst: Plan ruimte in., bron: eigen}
bronnen:
  - {publicatie: rapport, plaats: blz. 2}
""".replace(' reason: "",', "")
CASE = """---
titel: Drone boven de dijk
organisatie: waterschap
uitkomst: geslaagd
fase:
begin: 2019
eind:
koppelingen:
  - {begrip: factor/tijd, toelichting: Er was tijd., grond: vermeld, werking: hielp}
  - {begrip: factor/lef, toelichting: Er was lef., grond: afgeleid}
citaten:
  - {tekst: Het vloog., spreker: Jo}
verwant:
  - {casus: upload-app, reden: Beide zijn nieuw.}
bronnen:
  - {publicatie: rapport, plaats: blz. 3}
  - {titel: Krant, uitgever: Blad, adres: "https://krant.example.nl/1", datum: 2019-05-03}
---

## Samenvatting

Een drone bekeek
de dijk.

## In het kort

- Een drone keek.
- Het werkte.
- Begin klein.

## Wat was de bedoeling?

De dijk **sneller** bekijken.

## Wat kunnen anderen leren?

- Begin klein. *(onze lezing)*
"""
BARE = """---
titel: Upload-app
uitkomst: lopend
---

## Samenvatting

Een app.
"""
OVER = """---
titel: Over
slug: over
intro: Over deze site.
---

### Kop

Tekst.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small but complete set of files."""
    root = tmp_path / "content"
    write(
        root,
        "publications/rapport.yaml",
        "titel: Het rapport\nsoort: rapport\nbevindingen:\n  - {tekst: Tijd helpt.}\n",
    )
    for scheme in ("factor", "sector"):
        write(root, f"concepts/{scheme}/_schema.yaml", f"naam: {scheme}\nmeervoud: {scheme}en\nadres: lijst/{scheme}\n")
    write(root, "concepts/factor/tijd.yaml", TIJD)
    write(root, "concepts/factor/lef.yaml", "naam: Lef\n")
    write(root, "concepts/sector/waterschappen.yaml", "naam: Waterschappen\n")
    write(root, "organisations/waterschap.yaml", "naam: Waterschap\nsector: waterschappen\nsector_grond: afgeleid\n")
    write(root, "pages/over.md", OVER)
    write(root, "pages/briljante-mislukkingen.md", OVER.replace("Over", "Briljante mislukkingen"))
    write(root, "cases/drone.md", CASE)
    write(root, "cases/upload-app.md", BARE)
    return root


def load(folder: Path) -> str:
    """Load, and give the line that is printed."""
    from io import StringIO

    out = StringIO()
    call_command("load_content", folder=folder, verbosity=0, stdout=out)
    return out.getvalue().strip()


def state() -> dict[str, object]:
    """Everything that loading twice may not double or touch."""
    models = (Page, Revision, CaseLink, CaseRelation, CaseSource, Organisation, Concept, ConceptScheme, Guidance)
    counts: dict[str, object] = {
        model.__name__: model.objects.count() for model in (*models, Publication, LoadedContent)
    }
    counts["revisions"] = list(Revision.objects.order_by("pk").values_list("pk", "created_at"))
    counts["links"] = list(CaseLink.objects.order_by("pk").values_list("pk", flat=True))
    return counts


def test_everything_in_the_files_is_there(folder: Path) -> None:
    assert load(folder) == "Inhoud geladen: 11 nieuw, 0 bijgewerkt, 0 ongewijzigd."
    case = CasePage.objects.get(slug="drone")
    assert case.live
    assert case.introduction == "Een drone bekeek de dijk."
    assert case.in_brief_list == ["Een drone keek.", "Het werkte.", "Begin klein."]
    assert case.intention == "<p>De dijk <strong>sneller</strong> bekijken.</p>"
    assert case.approach == ""
    assert (case.start_year, case.end_year, case.phase) == (2019, None, None)
    assert [(link.concept.slug, link.basis, link.effect) for link in case.links.all()] == [
        ("tijd", "vermeld", "hielp"),
        ("lef", "afgeleid", ""),
    ]
    assert [(found.other.slug, found.reason) for found in case.relations.all()] == [("upload-app", "Beide zijn nieuw.")]
    assert [source.date_text for source in case.sources.all()] == ["", "2019-05-03"]
    assert case.body[0].value["speaker"] == "Jo"
    assert case.organisation.sector.name == "Waterschappen"  # type: ignore[union-attr]
    assert [change.text for change in case.public_changes.all()] == ["Toegevoegd aan de kennisbank."]
    assert Concept.objects.get(slug="tijd").guidance.get().is_own
    assert PlainPage.objects.get(slug="over").live


def test_loading_twice_changes_nothing(folder: Path) -> None:
    load(folder)
    before = state()
    assert load(folder) == "Inhoud geladen: 0 nieuw, 0 bijgewerkt, 11 ongewijzigd."
    assert state() == before


def test_concepts_that_name_each_other_can_be_loaded(folder: Path) -> None:
    write(
        folder, "concepts/factor/lef.yaml", "naam: Lef\nverwant:\n  - {begrip: factor/tijd, reden: Tijd geeft lef.}\n"
    )
    load(folder)
    assert {
        concept.slug: concept.relations.get().other.slug for concept in Concept.objects.exclude(slug="waterschappen")
    } == {
        "tijd": "lef",
        "lef": "tijd",
    }
    before = state()
    load(folder)
    assert state() == before


def test_a_changed_file_renews_what_it_made(folder: Path) -> None:
    load(folder)
    pk = CasePage.objects.get(slug="drone").pk
    write(folder, "cases/drone.md", CASE.replace("Drone boven", "Ballon boven").replace("lopend", "gestopt"))
    write(folder, "concepts/factor/lef.yaml", "naam: Durf\n")
    write(folder, "organisations/waterschap.yaml", "naam: Waterschap Zuid\nsector: waterschappen\n")
    write(folder, "pages/over.md", OVER.replace("Tekst.", "Andere tekst."))
    assert load(folder) == "Inhoud geladen: 0 nieuw, 4 bijgewerkt, 7 ongewijzigd."
    case = CasePage.objects.get(slug="drone")
    assert case.pk == pk
    assert case.title == "Ballon boven de dijk"
    assert case.links.count() == 2
    assert case.relations.count() == 1
    assert [change.text for change in case.public_changes.all()] == [
        "Gewijzigd: titel.",
        "Toegevoegd aan de kennisbank.",
    ]
    assert Concept.objects.get(slug="lef").name == "Durf"
    assert Organisation.objects.get().name == "Waterschap Zuid"
    assert "Andere tekst." in PlainPage.objects.get(slug="over").body


def test_a_relation_that_is_added_or_taken_from_a_file(folder: Path) -> None:
    load(folder)
    without = "\n".join(line for line in CASE.splitlines() if "upload-app" not in line and line != "verwant:")
    write(folder, "cases/drone.md", without + "\n")
    load(folder)
    assert not CaseRelation.objects.exists()
    write(folder, "cases/drone.md", CASE)
    load(folder)
    assert CaseRelation.objects.get().other.slug == "upload-app"


def test_what_an_editor_changed_is_left_alone_and_reported(folder: Path) -> None:
    load(folder)
    edit(CasePage.objects.get(slug="drone"), title="Beter verwoord")
    for model, slug in ((Concept, "lef"), (Organisation, "waterschap"), (Publication, "rapport")):
        found = model._default_manager.get(slug=slug)
        found.save_revision()
    write(folder, "cases/drone.md", CASE.replace("Drone boven", "Ballon boven"))
    assert load(folder) == (
        "Inhoud geladen: 0 nieuw, 0 bijgewerkt, 7 ongewijzigd, 4 door redacteuren gewijzigd en met rust gelaten."
    )
    assert CasePage.objects.get(slug="drone").title == "Beter verwoord"


def test_an_editors_draft_is_not_published_by_loading(folder: Path) -> None:
    load(folder)
    draft = CasePage.objects.get(slug="drone").get_latest_revision_as_object()
    draft.title = "Nog niet af"
    draft.save_revision()
    write(folder, "cases/drone.md", CASE.replace("Drone boven", "Ballon boven"))
    load(folder)
    case = CasePage.objects.get(slug="drone")
    assert case.title == "Drone boven de dijk"
    assert case.get_latest_revision_as_object().title == "Nog niet af"


def test_what_an_editor_deleted_is_not_made_again(folder: Path) -> None:
    load(folder)
    CasePage.objects.get(slug="upload-app").delete()
    PlainPage.objects.get(slug="over").delete()
    write(folder, "cases/upload-app.md", BARE.replace("Een app.", "Een nieuwe app."))
    assert "2 door redacteuren gewijzigd" in load(folder)
    assert not CasePage.objects.filter(slug="upload-app").exists()
    assert not PlainPage.objects.filter(slug="over").exists()


def test_what_an_editor_took_offline_stays_offline(folder: Path) -> None:
    load(folder)
    CasePage.objects.get(slug="drone").unpublish()
    PlainPage.objects.get(slug="over").unpublish()
    load(folder)
    assert not CasePage.objects.get(slug="drone").live
    write(folder, "cases/drone.md", CASE.replace("Drone boven", "Ballon boven"))
    write(folder, "pages/over.md", OVER.replace("Tekst.", "Andere tekst."))
    load(folder)
    assert not CasePage.objects.get(slug="drone").live
    assert not PlainPage.objects.get(slug="over").live


class StoppedError(Exception):
    """The plug was pulled."""


@pytest.mark.parametrize("function", ["build_organisation", "build_case", "publish_when_ours", "_other_case"])
def test_stopped_halfway_and_started_again_is_complete_and_not_doubled(
    folder: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    write(folder, "organisations/tweede.yaml", "naam: Tweede\n")
    write(folder, "cases/derde.md", CASE.replace("Drone boven", "Derde boven"))
    original, calls = getattr(cases.content, function), []

    def stop(*args: object, **kwargs: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise StoppedError
        return original(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(cases.content, function, stop)
        with pytest.raises(StoppedError):
            load(folder)
    load(folder)
    assert CasePage.objects.live().count() == CasePage.objects.count() == 3
    assert Organisation.objects.count() == 2
    assert CaseLink.objects.count() == 4
    assert CaseRelation.objects.count() == 2
    assert LoadedContent.objects.count() == 13
    assert all(case.public_changes.count() == 1 for case in CasePage.objects.all())
    before = state()
    load(folder)
    assert state() == before

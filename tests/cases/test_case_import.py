"""Cases from a file: new, changed field by field, unchanged, and as good as those that were published by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from case_import_samples import NEW, csv_file, exported, imported, json_lines, looked_at, preview, xlsx_file
from django.test import Client
from factories import edit, link, make_case, make_concept, make_draft, make_editor, make_organisation, make_publication
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from cases.importing.plan import Kind
from cases.models import CasePage, RefusedLikeness
from survey.models import ContentChange, FormerConcept
from survey.versions import read_versions

pytestmark = pytest.mark.django_db

LINK = {"schema": "factor", "begrip": "tijd", "toelichting": "Er was tijd.", "grond": "afgeleid", "werking": "hielp"}
NASTY = [
    "=1+1",
    "'=1+1",
    '"aangehaald"; =HYPERLINK("x")',
    "regel\r\neen\n\ntwee",
    "emoji 🐢 é",
    "  =spaties  ",
    "-1",
    "x;'=y",
]


def found(client: Client, query: str) -> set[str]:
    response = client.get(f"/casussen/export.json?{query}")
    return {case["slug"] for case in json.loads(b"".join(response.streaming_content))["casussen"]}


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_the_export_can_be_imported_again_and_changes_nothing(extension: str, tmp_path: Path) -> None:
    draft = make_draft("Nog niet te zien")
    organisation = make_organisation("=Rare; =naam", sector=make_concept("sector/gemeenten"))
    source = {"publication": make_publication("Rapport"), "locator": "p. 4", "remark": "=1"}
    for number, text in enumerate([*NASTY, "x" * 40_000]):
        make_case(
            f"{text[:80]} {number}",
            slug=f"c-{number}",
            organisation=organisation if number % 2 else None,
            own_sector=None if number % 2 else make_concept("sector/rijk"),
            phase=make_concept("fase/proef"),
            start_year=2019,
            meant_well=bool(number % 2),
            links=[link("factor/tijd", text, effect="hielp"), link("patroon/brug")],
            sources=[source, {"title": text[:80], "url": "https://example.org/"}],
            relations=[(draft, "Een concept")],
            **dict.fromkeys(("in_brief", "intention", "approach", "lessons", "do_differently"), text),
        )
    before = read_versions()
    path = exported(tmp_path, extension)
    assert preview(path) == {}
    assert looked_at(path).counts[Kind.SAME] == len(NASTY) + 1
    imported(path)
    assert read_versions() == before


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_a_case_can_be_made_from_its_row_alone(extension: str, tmp_path: Path) -> None:
    make_publication("Rapport", slug="rapport")
    other = make_case("Verwant")
    case = make_case(
        "=Alles",
        slug="alles",
        organisation=make_organisation("Gemeente", sector=make_concept("sector/gemeenten")),
        phase=make_concept("fase/proef"),
        start_year=2019,
        end_year=2021,
        period_note="drie jaar",
        certainty="B",
        in_brief="een\ntwee",
        intention="<p>=1 &amp; <b>vet</b></p>",
        shared_lessons=True,
        links=[link("factor/tijd", "'=1 is tijd.", basis="afgeleid", effect="hielp")],
        sources=[{"title": "Krant", "url": "https://example.org/", "date_text": "2020"}],
        relations=[(other, "Lijkt erop")],
    )
    path = exported(tmp_path, extension)
    before = looked_at(path).counts
    case.delete()
    imported(path)
    again = CasePage.objects.get(slug="alles")
    assert (before[Kind.SAME], looked_at(path).counts[Kind.SAME]) == (2, 2)
    assert (again.title, again.period_note, again.certainty, again.shared_lessons) == ("=Alles", "drie jaar", "B", True)
    assert again.intention == "<p>=1 &amp; <b>vet</b></p>"
    assert [relation.other for relation in again.relations.all()] == [other]


def test_a_new_case_is_as_if_it_was_published_by_hand(tmp_path: Path, client: Client) -> None:
    make_concept("factor/tijd")
    by_hand = make_case("Met de hand", introduction="Met de hand.")
    user = make_editor()
    outcome = imported(json_lines(tmp_path, NEW | {"koppelingen": [LINK]}), user=user)
    case = CasePage.objects.get(slug="een-drone-boven-zee")
    assert outcome.counts[Kind.NEW] == 1
    assert client.get(case.get_absolute_url()).status_code == 200
    assert found(client, "q=drone&factor=tijd") == {case.slug}
    assert [change.text for change in case.public_changes.all()] == ["Toegevoegd aan de kennisbank."]
    log = PageLogEntry.objects.filter(page=case.pk).order_by("pk")
    assert [entry.action for entry in log] == ["wagtail.create", "wagtail.publish"]
    assert {entry.user for entry in log} == {user}
    assert case.live_revision == case.latest_revision
    assert not case.has_unpublished_changes
    assert [row.concept_id for row in case.get_latest_revision_as_object().links.all()] == [
        make_concept("factor/tijd").pk
    ]
    assert ReferenceIndex.get_references_to(make_concept("factor/tijd")).count() == 1
    parent = Page.objects.get(pk=by_hand.get_parent().pk)
    assert (parent.numchild, case.depth, case.get_parent().pk) == (2, by_hand.depth, parent.pk)
    assert Page.find_problems() == ([], [], [], [], [])
    edit(case, title="Een ballon boven zee")
    assert "Gewijzigd: titel." in case.public_changes.first().text


def test_what_changes_is_told_field_by_field_and_the_rest_stays(tmp_path: Path, client: Client) -> None:
    case = make_case(
        "Oude titel", slug="c", start_year=2019, in_brief="blijft", links=["factor/tijd"], sources=[{"title": "Blijft"}]
    )
    revision = case.latest_revision_id
    make_concept("factor/geld")
    links = [{"schema": "factor", "begrip": "geld", "toelichting": "Er was geld."}]
    path = json_lines(tmp_path, {"slug": "c", "titel": "Nieuwe titel", "jaar": None, "koppelingen": links})
    row = preview(path)[1]
    changes = [(change.column, change.before, change.after) for change in row.changes]
    assert changes[:2] == [("titel", "Oude titel", "Nieuwe titel"), ("jaar", "2019", "")]
    assert changes[2][0] == "koppelingen"
    assert "tijd" in changes[2][1] and "Er was geld." in changes[2][2]
    imported(path)
    case.refresh_from_db()
    assert (case.title, case.start_year, case.in_brief) == ("Nieuwe titel", None, "blijft")
    assert [source.title for source in case.sources.all()] == ["Blijft"]
    assert [one.concept.slug for one in case.links.all()] == ["geld"]
    assert case.latest_revision_id != revision
    assert case.get_latest_revision_as_object().title == "Nieuwe titel"
    assert case.public_changes.first().text == "Gewijzigd: titel, periode en koppelingen."
    assert found(client, "q=nieuwe+titel") == {"c"}


def test_as_draft_readers_see_nothing(tmp_path: Path, client: Client) -> None:
    case = make_case("Oude titel", slug="c", links=["factor/tijd"])
    before = read_versions()
    imported(json_lines(tmp_path, {"slug": "c", "titel": "Nieuwe titel", "koppelingen": []}, NEW), publish=False)
    case.refresh_from_db()
    assert (case.title, case.draft_title, case.has_unpublished_changes) == ("Oude titel", "Nieuwe titel", True)
    assert case.links.count() == 1
    assert client.get("/casussen/een-drone-boven-zee/").status_code == 404
    assert read_versions() == before
    for waiting in CasePage.objects.all():
        waiting.get_latest_revision().publish()
    assert found(client, "") == {"c", "een-drone-boven-zee"}
    assert CasePage.objects.get(slug="c").links.count() == 0


def test_a_draft_of_an_editor_is_never_overwritten(tmp_path: Path) -> None:
    case = make_case("Casus", slug="c")
    draft = case.get_latest_revision_as_object()
    draft.title = "Half af"
    draft.save_revision(user=make_editor("joke"))
    make_draft("Nog nooit te zien", slug="d")
    path = json_lines(
        tmp_path, {"slug": "c", "titel": "Anders"}, {"slug": "d", "titel": "Anders"}, {"slug": "c2"} | NEW
    )
    rows = preview(path)
    assert {number: row.kind for number, row in rows.items()} == {1: Kind.CONFLICT, 2: Kind.CONFLICT, 3: Kind.NEW}
    assert "joke" in rows[1].mistakes[0].message
    outcome = imported(path, only_good_rows=True)
    assert (outcome.counts[Kind.CONFLICT], outcome.counts[Kind.NEW]) == (2, 1)
    assert CasePage.objects.get(slug="c").get_latest_revision_as_object().title == "Half af"


def test_a_row_without_slug_is_the_case_with_its_title_and_organisation(tmp_path: Path) -> None:
    make_case("Een drone boven zee", slug="drone", organisation=make_organisation("Zee"))
    path = csv_file(tmp_path, NEW | {"organisatie": "Zee"}, NEW | {"organisatie": ""})
    rows = preview(path)
    assert (rows[2].kind, rows[2].slug) == (Kind.CHANGED, "drone")
    assert "dit is de casus ‘drone’" in rows[2].warnings[0]
    assert (rows[3].kind, rows[3].slug) == (Kind.NEW, "een-drone-boven-zee")


def test_another_slug_for_the_same_title_is_warned_for(tmp_path: Path) -> None:
    make_case("Een drone boven zee", slug="drone")
    assert "‘drone’" in preview(json_lines(tmp_path, NEW | {"slug": "anders"}))[1].warnings[0]


def test_cases_without_slug_get_one_that_is_free(tmp_path: Path) -> None:
    make_case("Iets anders", slug="een-drone-boven-zee")
    path = json_lines(tmp_path, NEW, NEW | {"titel": "Een drone boven zee!"}, NEW | {"titel": "🐢"})
    imported(path)
    slugs = set(CasePage.objects.values_list("slug", flat=True))
    assert slugs == {"een-drone-boven-zee", "een-drone-boven-zee-2", "een-drone-boven-zee-3", "casus"}


def test_old_codes_and_names_of_concepts_are_understood(tmp_path: Path) -> None:
    concept = make_concept("factor/tijd", name="Tijd en rust")
    FormerConcept.objects.create(scheme=concept.scheme, slug="geduld", concept=concept)
    imported(
        json_lines(
            tmp_path,
            NEW | {"slug": "een", "koppelingen": [LINK | {"begrip": "geduld"}]},
            NEW | {"slug": "twee", "koppelingen": [LINK | {"begrip": "tijd en rust"}]},
        )
    )
    assert {row.concept for case in CasePage.objects.all() for row in case.links.all()} == {concept}


def test_related_cases_may_come_later_in_the_file(tmp_path: Path) -> None:
    def related(slug: str, other: str) -> dict[str, Any]:
        return NEW | {"slug": slug, "titel": slug, "verwant": [{"casus": other, "reden": "Lijkt erop."}]}

    imported(
        json_lines(
            tmp_path,
            related("een", "twee"),
            related("twee", "een"),
            related("drie", "drie-b"),
            related("drie-b", "een"),
        )
    )
    for slug, other in {"een": "twee", "twee": "een", "drie": "drie-b"}.items():
        case = CasePage.objects.get(slug=slug)
        assert [relation.other.slug for relation in case.relations.all()] == [other]
        draft = case.get_latest_revision_as_object()
        assert [relation.other.slug for relation in draft.relations.all()] == [other]
        case.get_latest_revision().publish()
        assert case.relations.count() == 1


def test_a_reference_to_a_row_that_was_skipped_is_left_out_and_told(tmp_path: Path) -> None:
    good = NEW | {"slug": "een", "verwant": [{"casus": "twee", "reden": "Lijkt erop."}]}
    outcome = imported(json_lines(tmp_path, good, {"slug": "twee", "titel": "Twee"}), only_good_rows=True)
    assert outcome.left_out == 1
    assert "twee" in (tmp_path / "kijk" / "fouten.csv").read_text(encoding="utf-8-sig")


def test_plain_text_becomes_paragraphs_and_foreign_markup_goes(tmp_path: Path) -> None:
    script = '<p onclick="x()">Dag</p><script>alert(1)</script><a href="javascript:x()">weg</a>'
    path = csv_file(tmp_path, NEW | {"slug": "c", "bedoeling": "R&D < 3\n\nTweede", "aanpak": script})
    assert "script" in preview(path)[2].warnings[0]
    imported(path)
    case = CasePage.objects.get()
    assert case.intention == "<p>R&amp;D &lt; 3</p>\n\n<p>Tweede</p>"
    assert "script" not in case.approach and "javascript" not in case.approach and "onclick" not in case.approach
    assert "Dag" in case.approach


def test_a_formula_in_a_workbook_is_text(tmp_path: Path) -> None:
    imported(xlsx_file(tmp_path, NEW | {"slug": "c", "periode": '=HYPERLINK("https://example.org")'}))
    assert CasePage.objects.get().period_note.startswith("=HYPERLINK")


def test_an_organisation_brings_its_own_sector(tmp_path: Path) -> None:
    make_organisation("Zee", slug="zee", sector=make_concept("sector/gemeenten"))
    make_concept("sector/rijk")
    case = make_case("Casus", slug="c", own_sector=make_concept("sector/rijk"))
    imported(csv_file(tmp_path, {"slug": "c", "organisatie_slug": "zee", "sector": ""}))
    case.refresh_from_db()
    assert (case.organisation.slug, case.own_sector) == ("zee", None)
    imported(csv_file(tmp_path, {"slug": "c", "organisatie": "", "organisatie_slug": "", "sector": "gemeenten"}))
    case.refresh_from_db()
    assert (case.organisation, case.own_sector.slug) == (None, "gemeenten")


def test_very_many_cases_are_taken_into_the_index_by_the_import(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.importing.writing.MANY", 2)
    monkeypatch.setattr("cases.importing.spool.CHUNK", 2)
    make_case("Er was al één")
    assert len(found(client, "")) == 1
    changes = ContentChange.objects.count()
    imported(json_lines(tmp_path, *[NEW | {"slug": f"c-{number}", "titel": f"Casus {number}"} for number in range(5)]))
    assert ContentChange.objects.count() == changes + 5

    def never(*args: Any) -> None:
        raise AssertionError("nothing is left for a reader to do")

    monkeypatch.setattr("cases.search.index.take_in", never)
    monkeypatch.setattr("cases.search.index.build", never)
    assert len(found(client, "")) == 6


def test_an_import_keeps_which_cases_were_left_out(tmp_path: Path) -> None:
    """The export tells nothing of it, so a file cannot have the last word."""
    other = make_case("Ander", links=["factor/tijd"])
    case = make_case("Zelf", links=["factor/tijd"])
    edit(case, refused_likenesses=[RefusedLikeness(other=other, reason="Iets anders")])
    path = exported(tmp_path, "json")
    path.write_text(path.read_text(encoding="utf-8").replace("Over Zelf.", "Vernieuwd."), encoding="utf-8")
    imported(path)
    case.refresh_from_db()
    assert case.introduction == "Vernieuwd."
    for version in (case, case.get_latest_revision_as_object()):
        assert [(one.other, one.reason) for one in version.refused_likenesses.all()] == [(other, "Iets anders")]

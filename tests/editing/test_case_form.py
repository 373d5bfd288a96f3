"""The form in which an editor adds a case, above all a brilliant failure."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from factories import link, make_concept, make_draft, make_editor, make_organisation
from people import as_shown, send_case, signed_in, somebody

from barometer_site.content import ensure_tree
from cases.choices import CONDITIONS
from cases.models import CaseIndexPage, CasePage, Organisation

pytestmark = pytest.mark.django_db

BRILLIANT = "briljante-mislukking"
NEW_FAILURE = "/beheer/casussen/nieuwe-briljante-mislukking/"
CONCEPTS = "/beheer/casussen/kies-begrip/results/"


@pytest.fixture
def editor() -> Client:
    return signed_in(make_editor())


def text_of(response: Any) -> str:
    return response.content.decode()


def post_new(client: Client, **fields: str) -> Any:
    index = ensure_tree()
    data = as_shown(client.get(NEW_FAILURE)) | fields
    return client.post(f"/beheer/pages/add/cases/casepage/{index.pk}/", data, follow=True)


def with_links(*rows: dict[str, Any]) -> dict[str, str]:
    """What the script of the form sends for rows that were added."""
    data = {"links-TOTAL_FORMS": str(len(rows)), "links-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"links-{number}-ORDER": str(number + 1), f"links-{number}-basis": "vermeld"}
        data |= {f"links-{number}-{name}": str(value) for name, value in row.items()}
    return data


def test_a_brilliant_failure_begins_with_its_outcome_chosen(editor: Client) -> None:
    ensure_tree()
    page = text_of(editor.get(NEW_FAILURE))
    assert '<option value="briljante-mislukking" selected' in page
    assert "De vier voorwaarden" in page
    assert "zet de uitkomst op ‘Gestopt’" in page


def test_the_menu_leads_to_both(editor: Client) -> None:
    ensure_tree()
    page = text_of(editor.get("/beheer/casussen/nieuw/"))
    assert '<option value="" selected' in page
    assert "/beheer/casussen/nieuw/" in page
    assert NEW_FAILURE in page


def test_who_may_not_add_cases_gets_no_form() -> None:
    ensure_tree()
    analyst = signed_in(somebody("Analist"))
    assert analyst.get(NEW_FAILURE).status_code == 302
    assert not CasePage.objects.exists()


def test_without_a_catalogue_there_is_no_form(editor: Client) -> None:
    CaseIndexPage.objects.all().delete()
    assert editor.get(NEW_FAILURE).status_code == 404


def test_a_draft_may_be_nearly_empty(editor: Client) -> None:
    page = text_of(post_new(editor, title="Een begin"))
    case = CasePage.objects.get()
    assert (case.title, case.outcome, case.introduction, case.live) == ("Een begin", BRILLIANT, "", False)
    assert "Compleet: 2 van 13" in page
    assert "Nog te doen: Schrijf een samenvatting" in page


def test_a_half_done_source_is_no_mistake_in_a_draft(editor: Client) -> None:
    row = {"sources-TOTAL_FORMS": "1", "sources-0-ORDER": "1", "sources-0-url": "https://www.example.nl/a"}
    post_new(editor, title="Een begin", **row)
    assert CasePage.objects.get().sources.get().url == "https://www.example.nl/a"


def test_publishing_asks_for_the_four_conditions_at_the_field(editor: Client) -> None:
    draft = make_draft(outcome=BRILLIANT)
    page = text_of(send_case(editor, draft, meant_well="on", **{"action-publish": "1"}))
    assert page.count("Klopt het niet? Zet de uitkomst dan op ‘Gestopt’") == 3
    draft.refresh_from_db()
    assert not draft.live


def test_a_brilliant_failure_that_meets_them_is_published(editor: Client) -> None:
    draft = make_draft(outcome=BRILLIANT)
    send_case(editor, draft, **dict.fromkeys(CONDITIONS, "on"), **{"action-publish": "1"})
    draft.refresh_from_db()
    assert draft.live
    assert draft.meant_well and draft.shared_lessons


def test_another_outcome_needs_no_conditions(editor: Client) -> None:
    draft = make_draft(outcome="gestopt")
    send_case(editor, draft, **{"action-publish": "1"})
    draft.refresh_from_db()
    assert draft.live


def test_a_title_is_one_line(editor: Client) -> None:
    post_new(editor, title="Een zin\r\nmet een   regeleinde")
    assert CasePage.objects.get().title == "Een zin met een regeleinde"


def test_a_title_that_another_case_has_is_no_reason_to_refuse_a_draft(editor: Client) -> None:
    make_draft("Digitaal loket")
    post_new(editor, title="Digitaal loket", slug="digitaal-loket")
    assert CasePage.objects.filter(title="Digitaal loket", slug="digitaal-loket-2").exists()


def test_a_concept_twice_is_told_in_its_own_row(editor: Client) -> None:
    lef = make_concept("factor/lef", name="Lef")
    rows = with_links({"concept": lef.pk, "evidence": "Zij durfden."}, {"concept": lef.pk, "evidence": "Nog eens."})
    page = text_of(post_new(editor, title="Een begin", **rows))
    second_row = page[page.index('id="inline_child_links-1"') :]
    assert "‘Lef’ staat hierboven al." in second_row
    assert page.count("staat hierboven al") == 1
    assert "Nog eens." in page
    assert not CasePage.objects.exists()


def test_a_retired_concept_comes_nowhere_new_and_stays_where_it_is(editor: Client) -> None:
    case = make_draft(links=["factor/oud"])
    old = make_concept("factor/oud")
    type(old).objects.filter(pk=old.pk).update(retired_on=timezone.localdate())
    assert "Oud" not in text_of(editor.get(CONCEPTS))
    refused = text_of(post_new(editor, title="Een begin", **with_links({"concept": old.pk})))
    assert "is vervallen en kan niet meer worden gekozen" in refused
    assert send_case(editor, case, introduction="Nieuw.").status_code == 302


def test_only_what_can_help_is_said_to_help(editor: Client) -> None:
    theme = make_concept("thema/zorg", name="Zorg")
    page = text_of(post_new(editor, title="Een begin", **with_links({"concept": theme.pk, "effect": "hielp"})))
    assert "‘Zorg’ helpt of hindert niet." in page


def test_concepts_are_found_by_name_synonym_and_definition_in_all_lists(editor: Client) -> None:
    make_concept("factor/lef", name="Lef", synonyms="moed")
    make_concept("patroon/de-olifant", name="De olifant", definition="Iedereen ziet maar een deel.")
    make_concept("thema/zorg", name="Zorg")
    page = text_of(editor.get(CONCEPTS, {"q": "delen", "multiple": "1"}))
    assert "De olifant" in page and "Lef" not in page
    page = text_of(editor.get(CONCEPTS, {"q": "MOED", "multiple": "1"}))
    assert "Lef" in page and "Factor" in page
    page = text_of(editor.get(CONCEPTS, {"lijst": "thema", "multiple": "1"}))
    assert "Zorg" in page and "Lef" not in page


def test_sector_and_land_are_no_links(editor: Client) -> None:
    make_concept("sector/gemeenten", name="Gemeenten")
    assert "Gemeenten" not in text_of(editor.get(CONCEPTS))


def test_an_organisation_is_made_on_the_spot(editor: Client) -> None:
    address = "/beheer/casussen/kies-organisatie/create/"
    response = editor.post(address, {"name": "Gemeente Nergenshuizen"})
    made = Organisation.objects.get()
    assert response.json()["result"]["id"] == str(made.pk)
    assert made.slug == "gemeente-nergenshuizen"
    refused = editor.post(address, {"name": "gemeente nergenshuizen"}).json()["htmlFragment"]
    assert "staat al in de lijst" in refused


def test_an_organisation_is_found_by_its_abbreviation(editor: Client) -> None:
    make_organisation("Dienst Uitvoering Onderwijs", abbreviation="DUO")
    make_organisation("Kadaster")
    page = text_of(editor.get("/beheer/casussen/kies-organisatie/results/", {"q": "duo"}))
    assert "Dienst Uitvoering Onderwijs" in page
    assert "Kadaster" not in page


def test_what_a_script_draws_stays_as_it_is_without_one(editor: Client) -> None:
    case = make_draft(body=[("text", "<p>Het hele verhaal.</p>")], links=[link("factor/lef", "Zij durfden.")])
    data = as_shown(editor.get(f"/beheer/pages/{case.pk}/edit/"))
    del data["body-count"]
    editor.post(f"/beheer/pages/{case.pk}/edit/", data | {"introduction": "Zonder script."})
    case.refresh_from_db()
    saved = case.get_latest_revision_as_object()
    assert saved.introduction == "Zonder script."
    assert "Het hele verhaal." in str(saved.body)


def test_an_address_has_no_accents(editor: Client) -> None:
    post_new(editor, title="De app bleef in één wijk", slug="de-app-bleef-in-één-wijk")
    assert CasePage.objects.get().slug == "de-app-bleef-in-een-wijk"

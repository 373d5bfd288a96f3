"""What the form says while somebody writes."""

from typing import Any

import pytest
from django.test import Client
from factories import link, make_case, make_concept, make_draft, make_editor, make_organisation, make_publication
from people import as_shown, signed_in, somebody

from barometer_site.content import ensure_tree
from cases.choices import CONDITIONS
from cases.editing.advice import advice
from cases.editing.completeness import completeness
from cases.editing.doubles import similar_cases
from cases.editing.suggestions import suggestions
from cases.editing.texts import FieldText
from cases.models import CasePage
from survey.models import Guidance

pytestmark = pytest.mark.django_db

ADVICE = "/beheer/casussen/hulp/"


@pytest.fixture
def editor() -> Client:
    return signed_in(make_editor())


def ask(client: Client, case: CasePage, **fields: str) -> Any:
    shown = as_shown(client.get(f"/beheer/pages/{case.pk}/edit/"))
    return client.post(f"{ADVICE}?casus={case.pk}", shown | fields)


def found_in(text: str, **kwargs: Any) -> list[str]:
    return [found.name for found in suggestions([FieldText("result", "Wat kwam ervan?", text)], **kwargs)]


def test_advice_is_about_what_stands_in_the_form_and_saves_nothing(editor: Client) -> None:
    loket = make_concept("aanpak/proefloket", name="Proefloket")
    case = make_draft("Zo is het", introduction="Er kwamen proefloketten.")
    answer = ask(editor, case, title="", introduction="Het werd door dhr. Jansen geïmplementeerd.").json()
    assert f'data-add-concept="{loket.pk}"' not in answer["parts"]["suggestions"]
    assert "dhr. Jansen" in answer["parts"]["overview"]
    assert "kan gewoner: ingevoerd" in str(answer["hints"])
    assert case.revisions.count() == 1
    answer = ask(editor, case, introduction="De stad opende proefloketten.").json()
    assert f'data-add-concept="{loket.pk}"' in answer["parts"]["suggestions"]
    assert "De stad opende proefloketten." in answer["parts"]["suggestions"]


def test_without_script_the_advice_stands_in_the_page(editor: Client) -> None:
    make_concept("aanpak/proefloket", name="Proefloket")
    case = make_draft(introduction="De stad opende proefloketten. Bel 06 12345678.")
    page = editor.get(f"/beheer/pages/{case.pk}/edit/").content.decode()
    assert "Misschien passen deze begrippen" in page
    assert "Proefloket" in page
    assert "Telefoonnummer" in page


def test_the_script_gets_nothing_that_is_meant_for_who_has_none(editor: Client) -> None:
    """A browser takes a noscript that is put in by script for plain content: everything would unfold."""
    case = make_draft()
    assert "editing-noscript.css" in editor.get(f"/beheer/pages/{case.pk}/edit/").content.decode()
    assert "noscript" not in ask(editor, case).json()["parts"]["overview"]


def test_advice_is_only_for_who_may_edit(client: Client) -> None:
    case = make_draft()
    assert client.post(ADVICE).status_code == 302
    analyst = signed_in(somebody("Analist"))
    assert analyst.post(f"{ADVICE}?casus={case.pk}").status_code in (302, 403)
    assert analyst.post(ADVICE).status_code in (302, 403)


def test_advice_asks_for_the_token(editor: Client) -> None:
    ensure_tree()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    assert strict.post(ADVICE).status_code == 403
    assert editor.get(ADVICE).status_code == 405


def test_a_concept_is_suggested_by_any_form_of_its_name_and_never_twice() -> None:
    loket = make_concept("aanpak/proefloket", name="Proefloket")
    assert found_in("Er kwamen twee proefloketten.") == ["Proefloket"]
    assert found_in("Er kwamen twee proefloketten.", without=[loket.pk]) == []


def test_a_concept_is_suggested_by_the_words_of_its_guidance() -> None:
    pattern = make_concept("patroon/de-lege-plek", name="De lege plek", definition="Iemand ontbrak aan tafel.")
    Guidance.objects.create(
        concept=pattern, kind=Guidance.Kind.RECOGNISE, text="Bewoners hoorden pas achteraf van het besluit."
    )
    for number in range(30):
        make_concept(f"thema/t{number}", definition=f"Iets heel anders, nummer {number}.")
    assert found_in("De bewoners hoorden achteraf welk besluit er lag.") == ["De lege plek"]
    assert found_in("De bewoners waren blij.") == []


def test_completeness_names_what_is_missing_with_its_place() -> None:
    case = make_draft("Half", outcome="briljante-mislukking", introduction="Kort.")
    found = completeness(case)
    assert (found.done, found.total, found.is_complete) == (3, 13, False)
    assert ("Kruis de vier voorwaarden aan", "id_meant_well-label") in found.missing
    assert ("Leg een koppeling met een faalpatroon", "id_links-FORMS") in found.missing


def test_a_whole_case_is_complete() -> None:
    texts = dict.fromkeys(["intention", "approach", "result", "lessons"], "<p>Verteld.</p>")
    case = make_draft(
        outcome="briljante-mislukking",
        organisation=make_organisation(),
        start_year=2020,
        links=["patroon/de-olifant", "factor/lef"],
        sources=[{"title": "Verslag"}],
        **texts,
        **dict.fromkeys(CONDITIONS, True),
    )
    assert completeness(case).missing == []
    assert completeness(case).percentage == 100


def test_an_empty_rich_text_answers_nothing() -> None:
    assert any(anchor == "id_result-label" for _, anchor in completeness(make_draft(result="<p> </p>")).missing)


def test_the_same_title_and_organisation_is_nearly_surely_a_double() -> None:
    organisation = make_organisation()
    first = make_draft("Digitaal loket", organisation=organisation)
    double = CasePage(title="digitaal loket", organisation=organisation)
    assert [(found.case, found.is_strong) for found in similar_cases(double)] == [(first, True)]


def test_the_same_source_is_nearly_surely_a_double() -> None:
    first = make_draft(sources=[{"title": "Verslag", "url": "https://www.example.nl/verslag/"}])
    second = make_draft(sources=[{"title": "Bron", "url": "http://example.nl/verslag"}])
    assert [(found.case, found.reason) for found in similar_cases(second)] == [(first, "zelfde bron")]


def test_a_case_with_a_title_like_it_is_shown_published_or_not() -> None:
    published = make_case("Robot aan de balie van het stadhuis")
    draft = make_draft("Een robot aan de balie")
    make_draft("Iets over water")
    found = similar_cases(CasePage(title="Robot voor de balie"))
    assert {similar.case for similar in found} == {published, draft}
    assert not any(similar.is_strong for similar in found)


def test_the_first_save_tells_what_is_alike(editor: Client) -> None:
    make_draft("Digitaal loket voor bouwers")
    index = ensure_tree()
    data = as_shown(editor.get("/beheer/casussen/nieuw/")) | {"title": "Digitaal loket voor bouwers"}
    page = editor.post(f"/beheer/pages/add/cases/casepage/{index.pk}/", data, follow=True).content.decode()
    assert "Lijkt op: ‘Digitaal loket voor bouwers’ (zelfde titel en organisatie)" in page


def test_names_we_know_are_no_private_persons() -> None:
    make_organisation("Jan van Brabant College")
    make_publication(people="Paul Iske")
    case = make_draft(introduction="Het Jan van Brabant College vroeg Paul Iske en Petra de Boer om hulp.")
    assert [mention.found for mention in advice(case).mentions] == ["Petra de Boer"]


def test_evidence_is_looked_at_too() -> None:
    case = make_draft(links=[link("factor/lef", "Kees Bakker durfde het.")])
    assert [(mention.found, mention.label) for mention in advice(case).mentions] == [("Kees Bakker", "Koppelingen")]

"""Taking care of the vocabulary on the pages of the editing environment: fill in, see what will happen, confirm."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from factories import link, make_case, make_concept, make_editor, make_scheme

from cases.models import CaseLink
from survey.care import forms
from survey.models import Concept, FormerConcept, VocabularyChange

pytestmark = pytest.mark.django_db
CARE = "/beheer/begrippen-verzorgen/"
REASON = {"reason": "In de praktijk bleken ze hetzelfde."}


@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody who may do everything, signed in."""
    client.force_login(make_editor())
    return client


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def confirmed(client: Client, address: str, data: dict[str, Any]) -> str:
    preview = client.post(address, data)
    assert "Dit gaat er gebeuren" in text(preview), text(preview)[:3000]
    return text(client.post(address, data | {"getoond": preview.context["digest"]}, follow=True))


def test_several_merges_in_one_go_with_a_preview(editor: Client) -> None:
    """As with twenty patterns that become sixteen."""
    for slug in "abcd":
        make_case(f"Casus {slug}", links=[f"factor/{slug}"])
    found = {concept.slug: concept.pk for concept in Concept.objects.all()}
    data = REASON | {f"begrip-{found['a']}": found["b"], f"begrip-{found['c']}": found["b"]}
    data |= {f"begrip-{found['d']}": "vervalt"}
    page = text(editor.post(f"{CARE}factor/", data))
    assert "‘A’ gaat op in ‘B’." in page
    assert "leiden voortaan naar /klimaat/b/." in page
    assert "‘D’ vervalt" in page
    assert Concept.objects.count() == 4, "a preview changes nothing"
    assert "Gedaan." in confirmed(editor, f"{CARE}factor/", data)
    assert {concept.slug: bool(concept.retired_on) for concept in Concept.objects.all()} == {"b": False, "d": True}
    assert CaseLink.objects.filter(concept=found["b"]).count() == 3
    log = set(VocabularyChange.objects.values_list("kind", "reason"))
    assert log == {("samengevoegd", REASON["reason"]), ("vervallen", REASON["reason"])}


def test_going_back_from_the_preview_keeps_what_was_typed(editor: Client) -> None:
    concept = make_concept("factor/tijd")
    data = REASON | {"name": "Uren", "slug": "uren"}
    page = text(editor.post(f"{CARE}begrip/{concept.pk}/naam/", data | {"wijzigen": "1"}))
    assert 'value="Uren"' in page
    assert REASON["reason"] in page
    assert "Dit gaat er gebeuren" not in page


def test_what_changed_since_the_preview_is_shown_first(editor: Client) -> None:
    old, new = make_concept("factor/tijd"), make_concept("factor/ruimte")
    data = REASON | {f"begrip-{old.pk}": new.pk}
    shown = editor.post(f"{CARE}factor/", data).context["digest"]
    make_case("Net gemaakt", links=["factor/tijd"])
    page = text(editor.post(f"{CARE}factor/", data | {"getoond": shown}))
    assert "Er is intussen iets veranderd." in page
    assert "1 casus verhuist" in page
    assert Concept.objects.filter(pk=old.pk).exists()


def test_mistakes_are_told_and_nothing_typed_is_lost(editor: Client) -> None:
    concept, other = make_concept("factor/tijd"), make_concept("factor/ruimte")
    rename = f"{CARE}begrip/{concept.pk}/naam/"
    page = text(editor.post(rename, REASON | {"name": "Iets nieuws", "slug": "ruimte"}))
    assert "De code ‘ruimte’ is al van een ander begrip in deze lijst." in page
    assert 'value="Iets nieuws"' in page
    assert "Verander er minstens één." in text(editor.post(rename, REASON | {"name": "Tijd", "slug": "tijd"}))
    assert "Schrijf in één zin waarom." in text(editor.post(rename, {"name": "Uren", "slug": "uren"}))
    assert "Er verandert nog niets." in text(editor.post(f"{CARE}factor/", REASON))
    data = REASON | {f"begrip-{concept.pk}": other.pk, f"begrip-{other.pk}": "vervalt"}
    assert "er gaat een ander begrip in op" in text(editor.post(f"{CARE}factor/", data))
    assert editor.get(f"{CARE}bestaat-niet/").status_code == 404
    assert editor.get(f"{CARE}begrip/999999/splitsen/").status_code == 404
    assert not VocabularyChange.objects.exists()


def test_splitting_shows_every_link_with_its_sentence_and_makes_what_is_new(editor: Client) -> None:
    make_scheme("factor")
    concept = make_concept("factor/tijd", definition="Alles met tijd.")
    make_case("Drukke casus", links=[link("factor/tijd", "Er waren te weinig uren.")])
    address = f"{CARE}begrip/{concept.pk}/splitsen/"
    page = text(editor.get(address))
    assert "Drukke casus" in page
    assert "Er waren te weinig uren." in page
    row = f"cases.caselink.concept-{CaseLink.objects.get().pk}"
    data = REASON | {
        "name_1": "Uren",
        "definition_1": "Genoeg uren.",
        "name_2": "Rust",
        row: "beide",
        "retire_it": "on",
    }
    confirmed(editor, address, data)
    assert set(CaseLink.objects.values_list("concept__name", flat=True)) == {"Uren", "Rust"}
    assert Concept.objects.get(slug="uren").definition == "Genoeg uren."
    page = text(Client().get("/klimaat/tijd/"))
    assert "Dit begrip is vervallen" in page
    assert 'href="/klimaat/rust/"' in page


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"name_1": "Uren", "name_2": "uren"}, "andere naam dan het eerste"),
        ({"name_1": "Tijd", "name_2": "Rust"}, "het begrip dat je splitst"),
        ({"name_1": "!!!", "name_2": "Rust"}, "minstens één letter of cijfer"),
        ({"name_1": "Geld!", "name_2": "Rust"}, "De code ‘geld’ is al van een ander begrip."),
    ],
)
def test_names_for_the_parts_that_cannot_be(editor: Client, names: dict[str, str], message: str) -> None:
    make_concept("factor/geld")
    concept = make_concept("factor/tijd")
    assert message in text(editor.post(f"{CARE}begrip/{concept.pk}/splitsen/", REASON | names))
    assert Concept.objects.count() == 2


def test_more_links_than_somebody_can_divide_are_refused(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_ROWS", 0)
    make_case(links=["factor/tijd"])
    address = f"{CARE}begrip/{Concept.objects.get().pk}/splitsen/"
    assert "horen 1 koppelingen: te veel" in text(editor.get(address))
    page = text(editor.post(address, REASON | {"name_1": "Uren", "name_2": "Rust"}))
    assert "te veel om met de hand te verdelen" in page
    assert Concept.objects.count() == 1


def test_the_ordinary_form_leaves_a_line_and_a_forwarding_address_too(editor: Client) -> None:
    concept = make_concept("factor/tijd", definition="Oud.")
    formsets = {
        f"{name}-{part}": value
        for name in ("guidance", "relations", "sources")
        for part, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 9))
    }
    data = {
        "scheme": concept.scheme_id,
        "name": "Uren",
        "slug": "uren",
        "position": 1,
        "definition": "Nieuw.",
    } | formsets
    page = text(editor.post(f"/beheer/snippets/survey/concept/edit/{concept.pk}/", data, follow=True))
    assert Concept.objects.get().slug == "uren", page[:2000]
    kinds = VocabularyChange.objects.values_list("kind", "changed_by__username")
    assert set(kinds) == {("hernoemd", "redacteur"), ("omschrijving", "redacteur")}
    assert FormerConcept.objects.get().slug == "tijd"


def test_a_word_that_is_somebody_elses_name_gives_a_warning(editor: Client) -> None:
    make_concept("thema/wonen", synonyms="huizen")
    concept = make_concept("thema/bouwen")
    formsets = {
        f"{name}-{part}": value
        for name in ("guidance", "relations", "sources")
        for part, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 9))
    }
    data = {"scheme": concept.scheme_id, "name": "Bouwen", "slug": "bouwen", "position": 1} | formsets
    address = f"/beheer/snippets/survey/concept/edit/{concept.pk}/"
    page = text(editor.post(address, data | {"synonyms": "Huizen\nstenen"}, follow=True))
    assert "‘Huizen’ is ook een naam of ander woord van ‘Wonen (thema)’." in page
    assert "‘stenen’" not in page
    assert Concept.objects.get(slug="bouwen").synonym_list == ["Huizen", "stenen"]


def test_the_ways_in_are_in_the_menu_the_list_and_the_form(editor: Client) -> None:
    concept = make_concept("factor/tijd")
    assert CARE in text(editor.get("/beheer/"))
    overview = text(editor.get(CARE))
    assert f'href="{CARE}factor/"' in overview
    for address in ("/beheer/snippets/survey/concept/", f"/beheer/snippets/survey/concept/edit/{concept.pk}/"):
        page = text(editor.get(address))
        assert f"{CARE}begrip/{concept.pk}/splitsen/" in page, address
        assert f"{CARE}factor/?begrip={concept.pk}" in page


def test_only_who_may_remove_concepts(client: Client) -> None:
    concept = make_concept("factor/tijd")
    user = User.objects.create_user("bijdrager")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_concept"]))
    client.force_login(user)
    addresses = [CARE, f"{CARE}factor/", f"{CARE}begrip/{concept.pk}/naam/", f"{CARE}begrip/{concept.pk}/splitsen/"]
    for address in addresses:
        assert client.get(address)["Location"] == "/beheer/", address
    client.post(f"{CARE}begrip/{concept.pk}/naam/", REASON | {"name": "X", "slug": "x", "getoond": "x"})
    assert Concept.objects.get().name == "Tijd"
    user.user_permissions.add(Permission.objects.get(codename="delete_concept"))
    assert client.get(CARE).status_code == 200

"""Old addresses, filters and codes lead to the concept of today, for ever."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from factories import make_case, make_concept

from survey.care import concepts
from survey.codes import concept_keys, concept_with_code
from survey.content import load_vocabulary
from survey.content_files import LoadReport
from survey.models import Concept, FormerConcept, VocabularyChange

pytestmark = pytest.mark.django_db


def renamed(concept: Concept, slug: str) -> Concept:
    concept.slug = slug
    concept.save()
    return concept


def goes_to(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 301, (address, response.status_code)
    return response["Location"]


def test_old_addresses_of_pages_files_and_filters_lead_on(client: Client) -> None:
    concept = make_concept("factor/tijd")
    make_case(links=["factor/tijd"])
    renamed(concept, "uren")
    assert goes_to(client, "/klimaat/tijd/") == "/klimaat/uren/"
    assert goes_to(client, "/klimaat/tijd/export.csv?editie=2021") == "/klimaat/uren/export.csv?editie=2021"
    for address in ("/casussen/", "/casussen/feed/", "/casussen/export.csv"):
        asked = f"{address}?q=x&factor=tijd&factor=uren&uitkomst=geslaagd"
        assert goes_to(client, asked) == f"{address}?q=x&factor=uren&uitkomst=geslaagd"
    assert client.get("/klimaat/?factor=tijd")["Location"] == "/klimaat/uren/"
    assert client.get("/klimaat/nooit-geweest/").status_code == 404
    assert client.get("/casussen/?factor=nooit-geweest").status_code == 400


def test_chains_collapse_and_loops_cannot_be(client: Client) -> None:
    concept = make_concept("factor/a")
    renamed(concept, "b")
    renamed(concept, "c")
    assert goes_to(client, "/klimaat/a/") == goes_to(client, "/klimaat/b/") == "/klimaat/c/"
    renamed(concept, "a")
    assert client.get("/klimaat/a/").status_code == 200
    assert goes_to(client, "/klimaat/c/") == "/klimaat/a/"
    assert set(FormerConcept.objects.values_list("slug", flat=True)) == {"b", "c"}


def test_what_led_to_a_merged_concept_leads_to_its_successor(client: Client) -> None:
    first, second, third = (make_concept(f"factor/{slug}") for slug in ("een", "twee", "drie"))
    concepts.merge({first: second})
    concepts.merge({Concept.objects.get(pk=second.pk): third})
    assert goes_to(client, "/klimaat/een/") == goes_to(client, "/klimaat/twee/") == "/klimaat/drie/"


def test_a_code_that_is_in_use_again_wins(client: Client) -> None:
    renamed(make_concept("factor/tijd"), "uren")
    make_concept("factor/tijd", name="Weer tijd")
    assert "Weer tijd" in client.get("/klimaat/tijd/").content.decode()
    assert client.get("/casussen/?factor=tijd").status_code == 200


def test_a_concept_that_moves_to_another_list_takes_its_filter_along(client: Client) -> None:
    concept = make_concept("factor/tijd")
    concept.scheme = make_concept("strategie/samen").scheme
    concept.save()
    assert goes_to(client, "/klimaat/tijd/") == "/strategieen/tijd/"
    assert goes_to(client, "/casussen/?factor=tijd") == "/casussen/?strategie=tijd"


def test_a_retired_concept_can_be_read_and_asked_but_is_not_offered(client: Client) -> None:
    concept = make_concept("factor/tijd")
    make_case(links=["factor/tijd", "factor/geld"])
    concepts.retire(concept)
    page = client.get("/klimaat/tijd/").content.decode()
    assert "Dit begrip is vervallen" in page
    assert "factor=tijd" not in client.get("/casussen/").content.decode()
    assert 'Vervallen: <a class="nl-link" href="/klimaat/tijd/">' in client.get("/klimaat/").content.decode()
    assert "1 casus met Tijd" in client.get("/casussen/?factor=tijd").content.decode()
    concepts.restore(Concept.objects.get(pk=concept.pk))
    assert "vervallen" not in client.get("/klimaat/tijd/").content.decode().split("Wijzigingen in deze omschrijving")[0]


def test_files_and_codebooks_may_go_on_using_old_codes() -> None:
    concept = renamed(make_concept("factor/tijd"), "uren")
    assert concept_with_code("factor", "tijd") == concept_with_code("factor", "uren") == concept
    assert concept_keys() == {"factor/tijd": concept.pk, "factor/uren": concept.pk}


def test_loading_files_after_a_merge_goes_on_and_is_no_news(tmp_path: Path) -> None:
    """Files name the merged concept; a definition that changes in a file later is told."""
    folder = tmp_path / "concepts" / "factor"
    folder.mkdir(parents=True)
    (folder / "_schema.yaml").write_text("naam: Factor\nmeervoud: Factoren\nadres: klimaat\n")
    (folder / "tijd.yaml").write_text("naam: Tijd\nomschrijving: Genoeg uren.\n")
    (folder / "ruimte.yaml").write_text("naam: Ruimte\n")
    (folder / "geld.yaml").write_text("naam: Geld\nverwant:\n  - begrip: factor/tijd\n    reden: Tijd is geld.\n")
    load_vocabulary(tmp_path, LoadReport(), lambda: None)
    assert not VocabularyChange.objects.exists()
    found = {concept.slug: concept for concept in Concept.objects.all()}
    concepts.merge({found["tijd"]: found["ruimte"]})
    load_vocabulary(tmp_path, LoadReport(), lambda: None)
    assert found["geld"].relations.get().other == found["ruimte"]
    assert set(Concept.objects.values_list("slug", flat=True)) == {"ruimte", "geld"}
    (folder / "geld.yaml").write_text("naam: Geld\nomschrijving: Genoeg euro's.\n")
    load_vocabulary(tmp_path, LoadReport(), lambda: None)
    assert list(VocabularyChange.objects.values_list("kind", "name")) == [
        ("omschrijving", "Geld"),
        ("samengevoegd", "Tijd"),
    ]


def test_the_log_tells_what_when_and_why_with_the_differences_marked(client: Client) -> None:
    concept = make_concept("factor/tijd", definition="Er is genoeg tijd om te proberen.")
    concept.definition = "Er is genoeg tijd  om te leren."
    concept.save()
    concept.definition = "Er is genoeg tijd om te leren.\n"
    concept.save()
    assert VocabularyChange.objects.count() == 1, "white space is no change"
    VocabularyChange.objects.update(reason="Leren is het doel.", changed_at=date(2026, 3, 1).isoformat() + "T12:00Z")
    for address in ("/begrippenlijsten/wijzigingen/", "/begrippenlijsten/wijzigingen/?lijst=factor", "/klimaat/tijd/"):
        page = client.get(address).content.decode()
        assert "De omschrijving van ‘Tijd’ is veranderd." in page
        assert 'vervallen: </span>proberen.<span class="ib-hidden">]</span></del>' in page
        assert 'nieuw: </span>leren.<span class="ib-hidden">]</span></ins>' in page
        assert "1 maart 2026" in page
        assert "Leren is het doel." in page
    assert "De omschrijving van" in client.get("/begrippenlijsten/wijzigingen/feed/").content.decode()
    for wrong in ("?lijst=bestaat-niet", "?pagina=2", "?pagina=0", "?pagina=x"):
        assert client.get(f"/begrippenlijsten/wijzigingen/{wrong}").status_code == 404


def test_an_empty_log_says_so(client: Client) -> None:
    assert "Er is nog niets veranderd." in client.get("/begrippenlijsten/wijzigingen/").content.decode()

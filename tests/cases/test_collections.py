"""Collections: cases that an editor put together."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import make_case, make_draft, make_editor, make_organisation, write
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from barometer_site.content import ensure_tree
from cases.collection_content import ensure_collection_index, load_collections
from cases.models import CasePage, CollectionItem, CollectionPage
from survey.content_files import ContentError, LoadReport

pytestmark = pytest.mark.django_db


def home() -> Page:
    return ensure_tree().get_parent()


def make_collection(*cases: CasePage, title: str = "Vijf lessen", remark: str = "") -> CollectionPage:
    index = ensure_collection_index(home())
    index.refresh_from_db()
    made = CollectionPage(title=title, slug="vijf-lessen", introduction="Waarom deze vijf.")
    made.items = [CollectionItem(case=case, remark=remark) for case in cases]
    index.add_child(instance=made)
    made.save_revision().publish()
    return made


def text_at(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_cases_stand_in_the_order_of_the_editor_with_why(client: Client) -> None:
    make_collection(make_case("Zand"), make_case("Aarde"), remark="Let op het einde.")
    text = text_at(client, "/verzamelingen/vijf-lessen/")
    assert text.index(">Zand<") < text.index(">Aarde<")
    assert text.count("Let op het einde.") == 2
    assert "2 casussen" in text


def test_a_case_that_is_not_public_is_not_in_it(client: Client) -> None:
    make_collection(make_case("Zichtbaar"), make_draft("Geheim"))
    for address in ("", "feed/", "afdrukken/"):
        text = text_at(client, f"/verzamelingen/vijf-lessen/{address}")
        assert "Zichtbaar" in text
        assert "Geheim" not in text
    assert "1 casus" in text_at(client, "/verzamelingen/")


def test_a_case_that_goes_offline_leaves_it_at_once(client: Client) -> None:
    case = make_case("Zichtbaar")
    make_collection(case)
    assert "Zichtbaar" in text_at(client, "/verzamelingen/vijf-lessen/")
    case.unpublish()
    assert "Zichtbaar" not in text_at(client, "/verzamelingen/vijf-lessen/")


def test_on_paper_each_case_is_there_in_full(client: Client) -> None:
    make_collection(make_case("Zand", lessons="<p>Vraag het eerst.</p>", organisation=make_organisation("Gemeente")))
    text = text_at(client, "/verzamelingen/vijf-lessen/afdrukken/")
    assert "Wat kunnen anderen leren?" in text
    assert "Vraag het eerst." in text
    assert "Gemeente" in text


def test_the_feed_has_the_same_order(client: Client) -> None:
    make_collection(make_case("Zand"), make_case("Aarde"))
    text = text_at(client, "/verzamelingen/vijf-lessen/feed/")
    assert text.index("Zand") < text.index("Aarde")


def test_a_collection_that_is_a_draft_is_nowhere(client: Client) -> None:
    make_collection(make_case()).unpublish()
    for address in ("", "feed/", "afdrukken/"):
        assert client.get(f"/verzamelingen/vijf-lessen/{address}").status_code == 404
    assert "Er zijn nog geen verzamelingen" in text_at(client, "/verzamelingen/")


def test_a_long_collection_costs_no_more_questions(client: Client) -> None:
    make_collection(*[make_case() for _ in range(6)])
    client.get("/casussen/")  # the vocabulary is in memory
    for address in ("", "feed/", "afdrukken/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/verzamelingen/vijf-lessen/{address}")
        # version · who may see it · collection · items · who may see cases · cases with organisation · their links
        assert len(asked) <= 7, [query["sql"] for query in asked]


def test_an_editor_makes_and_publishes_one(client: Client) -> None:
    case = make_case("Zand")
    index = ensure_collection_index(home())
    client.force_login(make_editor())
    form = nested_form_data(
        {
            "title": "Vijf lessen",
            "slug": "vijf-lessen",
            "introduction": "Waarom deze.",
            "body": rich_text("<p>Lees ze samen.</p>"),
            "items": inline_formset([{"case": case.pk, "remark": "Om de les."}]),
            "action-publish": "1",
        }
    )
    response = client.post(f"/beheer/pages/add/cases/collectionpage/{index.pk}/", form)
    assert response.status_code == 302
    assert "Om de les." in text_at(client, "/verzamelingen/vijf-lessen/")


FILE = """---
titel: Drie lessen
intro: Waarom deze.
casussen:
- casus: zand
  waarom: Om de les.
---

Lees ze samen.
"""


def load(folder: Path) -> LoadReport:
    report = LoadReport()
    load_collections(folder, home(), report, lambda: None)
    return report


def test_collections_are_loaded_from_files_once(tmp_path: Path, client: Client) -> None:
    make_case("Zand")
    write(tmp_path, "collections/drie.md", FILE)
    assert load(tmp_path).made == 1
    assert load(tmp_path).same == 1
    assert "Om de les." in text_at(client, "/verzamelingen/drie/")


def test_a_file_that_names_an_unknown_case_says_so(tmp_path: Path) -> None:
    write(tmp_path, "collections/drie.md", FILE)
    with pytest.raises(ContentError, match=r"drie\.md: de casus ‘zand’ bestaat niet"):
        load(tmp_path)

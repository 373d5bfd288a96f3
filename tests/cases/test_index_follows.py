"""Search shows what was just published, in the very next request, with the index on disk."""

import json
from typing import Any

import pytest
from django.test import Client
from factories import edit, make_case, make_concept, make_draft, make_organisation
from wagtail.models import Page

from cases.index import case_index
from cases.models import CasePage
from survey.models import ContentChange, ContentVersion
from survey.models.changes import record_change
from survey.versions import one_version_per_request, read_versions
from survey.vocabulary import vocabulary

pytestmark = pytest.mark.django_db


def found(client: Client, query: str) -> set[str]:
    response = client.get(f"/casussen/export.json?{query}")
    assert response.status_code == 200
    return {case["slug"] for case in json.loads(b"".join(response.streaming_content))["casussen"]}


def test_publishing_changing_and_taking_away(client: Client) -> None:
    assert found(client, "q=drone") == set()
    case = make_draft("Een drone boven zee", slug="een")
    assert found(client, "q=drone") == set()
    case.get_latest_revision().publish()
    assert found(client, "q=drone") == {"een"}
    edit(case, title="Een ballon boven zee", introduction="Een ballon.")
    assert found(client, "q=drone") == set()
    assert found(client, "q=ballon") == {"een"}
    CasePage.objects.get(slug="een").unpublish()
    assert found(client, "q=ballon") == set()


def test_another_name_of_an_organisation_or_a_concept_is_found_at_once(client: Client) -> None:
    organisation = make_organisation("Waterschap Rivierenland", abbreviation="WSRL")
    make_case("Een", organisation=organisation, links=["factor/tijd"])
    make_case("Twee")
    assert found(client, "q=rivierenland") == found(client, "q=wsrl") == {"een"}
    organisation.name = "Waterschap Zeeland"
    organisation.save()
    assert found(client, "q=rivierenland") == set()
    assert found(client, "q=zeeland") == {"een"}
    concept = make_concept("factor/tijd")
    concept.name, concept.synonyms = "Geduld", "Uithoudingsvermogen"
    concept.save()
    assert found(client, "q=geduld") == found(client, "q=uithoudingsvermogen") == {"een"}


def test_an_organisation_that_moves_takes_its_cases_with_it(client: Client) -> None:
    organisation = make_organisation("Een", sector=make_concept("sector/gemeenten"), country=make_concept("land/a"))
    make_concept("sector/provincies")
    make_concept("land/b")
    make_case("Casus", organisation=organisation)
    assert found(client, "sector=gemeenten&land=a") == {"casus"}
    organisation.sector, organisation.country = make_concept("sector/provincies"), make_concept("land/b")
    organisation.save()
    assert found(client, "sector=gemeenten") == found(client, "land=a") == set()
    assert found(client, "sector=provincies&land=b") == {"casus"}


def test_a_concept_with_another_code_moves_its_cases(client: Client) -> None:
    make_case("Casus", links=["factor/tijd"])
    assert found(client, "factor=tijd") == {"casus"}
    concept = make_concept("factor/tijd")
    concept.slug = "geduld"
    concept.save()
    assert client.get("/casussen/export.json?factor=tijd")["Location"] == "/casussen/export.json?factor=geduld"
    assert found(client, "factor=geduld") == {"casus"}


def test_another_address_of_a_case(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    case = make_case("Oud adres", links=["factor/tijd"])
    make_case("Ander")
    assert "/casussen/oud-adres/" in client.get("/casussen/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        edit(case, slug="nieuw-adres")
    listed = client.get("/casussen/").content.decode()
    assert "/casussen/nieuw-adres/" in listed
    assert "/casussen/oud-adres/" not in listed
    assert client.get("/casussen/nieuw-adres/").status_code == 200
    old = client.get("/casussen/oud-adres/")
    assert old.status_code == 301, "who kept the old address comes along"
    assert old["Location"].endswith("/casussen/nieuw-adres/")


def test_a_case_that_is_deleted_with_everything_above_it(client: Client) -> None:
    case = make_case("Een")
    assert found(client, "") == {"een"}
    Page.objects.get(pk=case.get_parent().pk).specific.delete()
    assert found(client, "") == set()


def test_a_page_that_is_made_while_search_is_behind_is_kept_by_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_case("Een")
    assert client.get("/casussen/")["ETag"]
    monkeypatch.setattr("cases.search.index.AT_ONCE", 1)
    monkeypatch.setattr("cases.search.index.LAST_FEW", 0)
    monkeypatch.setattr(case_index(), "_call_helper", lambda: None)
    make_case("Twee")
    page = client.get("/casussen/")
    assert (page["Cache-Control"], page.has_header("ETag"), "Twee" in page.content.decode()) == (
        "no-store",
        False,
        False,
    )
    case_index().catch_up()
    page = client.get("/casussen/")
    assert "Twee" in page.content.decode()
    assert page["ETag"]


def test_what_is_published_while_all_cases_are_read_again_is_found_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole branch was closed to visitors or opened: the log says no more than that."""
    make_case("Een")
    assert found(client, "q=een") == {"een"}
    monkeypatch.setattr(case_index(), "_call_helper", lambda: None)
    record_change(ContentChange.Kind.CASE, None)
    make_case("Een drone", slug="twee")
    assert found(client, "q=drone") == {"twee"}
    make_case("Nog een drone", slug="drie")
    assert found(client, "q=drone") == {"twee", "drie"}
    CasePage.objects.get(slug="twee").unpublish()
    case_index().catch_up()
    assert found(client, "") == {"een", "drie"}


def test_within_one_request_everything_sees_one_version_until_something_changes_there() -> None:
    make_concept("factor/tijd")
    with one_version_per_request() as seen:
        assert seen == read_versions()
        record_change(ContentChange.Kind.OTHER, None)  # by somebody else
        assert case_index().source.version() == seen.content
    assert case_index().source.version() > seen.content


def test_versions_only_grow_and_each_change_is_in_the_log_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the clock stands still or goes back."""
    first = read_versions().content
    monkeypatch.setattr("survey.models.changes.time.time_ns", lambda: 5)
    record_change(ContentChange.Kind.CASE, 7)
    record_change(ContentChange.Kind.CONCEPT, 8)
    record_change(ContentChange.Kind.ORGANISATION, 9)
    record_change(ContentChange.Kind.OTHER, None)
    log = list(ContentChange.objects.filter(version__gt=first).order_by("version").values_list("version", "kind"))
    assert [kind for _, kind in log] == ["case", "concept", "organisation", "other"]
    last = log[-1][0]
    assert read_versions() == (last, last)
    record_change(ContentChange.Kind.CASE, 7)
    assert read_versions().content > last
    assert read_versions().beside_cases == last, "a case does not change the vocabulary"
    monkeypatch.undo()
    record_change(ContentChange.Kind.CASE, 7)
    assert read_versions().content > 1_000_000_000_000, "a database put back from a copy never gives an old number"
    assert ContentVersion.objects.count() == 1


def test_the_vocabulary_in_memory_follows_and_is_not_read_again_for_nothing(
    django_assert_num_queries: Any,
) -> None:
    concept = make_concept("factor/tijd", name="Tijd")
    assert vocabulary().by_pk[concept.pk].name == "Tijd"
    with django_assert_num_queries(1):  # the version
        assert vocabulary().by_path["klimaat"].slug == "factor"
    with one_version_per_request(), django_assert_num_queries(0):
        vocabulary()
    concept.name = "Geduld"
    concept.save()
    assert vocabulary().concept("factor", "tijd").name == "Geduld"  # type: ignore[union-attr]
    concept.delete()
    assert vocabulary().concept("factor", "tijd") is None
    assert vocabulary().concept("bestaat", "niet") is None

"""Renaming and merging organisations: the cases move along, old names are found and old addresses lead on."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from factories import make_case, make_concept, make_draft, make_editor, make_organisation
from wagtail.models import PageLogEntry

from cases.care import merge_organisations, organisation_with_address, rename_organisation
from cases.models import CasePage, FormerOrganisation, Organisation
from survey.care.noting import because

pytestmark = pytest.mark.django_db
REASON = {"reason": "Samengegaan op 1 januari."}


@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody who may do everything, signed in."""
    client.force_login(make_editor())
    return client


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_cases_drafts_names_and_addresses_move_along(client: Client) -> None:
    old = make_organisation("Gemeente Haren", abbreviation="GH", synonyms="Haren", website="https://haren.example/")
    new = make_organisation("Gemeente Groningen")
    case = make_case("Openbaar", organisation=old)
    draft = make_draft("Nog niet", organisation=old)
    with because(REASON["reason"]):
        told = merge_organisations(old, new, {})
    assert "2 casussen verhuizen naar ‘Gemeente Groningen’." in told
    for page in (case, draft):
        page.refresh_from_db()
        assert page.organisation == page.get_latest_revision_as_object().organisation == new
    new.refresh_from_db()
    assert new.names == ("Gemeente Groningen", "GH", "Gemeente Haren", "Haren")
    assert new.website == "https://haren.example/"
    response = client.get("/organisaties/gemeente-haren/")
    assert (response.status_code, response["Location"]) == (301, "/organisaties/gemeente-groningen/")
    assert "Openbaar" in text(client.get("/casussen/?q=haren"))
    entry = PageLogEntry.objects.get(page=case, action="survey.care.moved")
    assert (entry.message, entry.comment) == ("‘Gemeente Haren’ werd ‘Gemeente Groningen’", REASON["reason"])


def test_old_addresses_never_make_a_loop_and_one_in_use_wins(client: Client) -> None:
    first = make_organisation("Een")
    rename_organisation(first, "Twee", "twee", keep_old_name=True)
    second = make_organisation("Drie")
    merge_organisations(Organisation.objects.get(pk=first.pk), second, {})
    assert client.get("/organisaties/een/")["Location"] == client.get("/organisaties/twee/")["Location"]
    assert organisation_with_address("een") == second
    second.refresh_from_db()
    assert set(second.names) == {"Drie", "Twee", "Een"}
    make_organisation("Een")
    assert client.get("/organisaties/een/").status_code == 200
    assert set(FormerOrganisation.objects.values_list("slug", flat=True)) == {"twee"}
    assert client.get("/organisaties/nooit/").status_code == 404


def test_another_name_is_found_at_once_also_by_the_old_one(client: Client) -> None:
    organisation = make_organisation("Dienst Wegverkeer")
    make_case("Kentekens", organisation=organisation)
    assert "Kentekens" in text(client.get("/casussen/?q=wegverkeer"))
    rename_organisation(organisation, "Autodienst", "autodienst", keep_old_name=True)
    for asked in ("autodienst", "wegverkeer"):
        assert "Kentekens" in text(client.get(f"/casussen/?q={asked}")), asked


def test_what_they_disagree_about_is_asked(editor: Client) -> None:
    old = make_organisation("Oud", sector=make_concept("sector/gemeenten"), sector_basis="afgeleid")
    new = make_organisation("Nieuw", sector=make_concept("sector/provincies"))
    make_case(organisation=old)
    address = f"/beheer/organisaties-verzorgen/{old.pk}/samenvoegen/"
    page = text(editor.post(address, REASON | {"target": "nieuw"}))
    assert "De twee organisaties verschillen hierin. Kies welke klopt." in page
    assert "Gemeenten (van Oud)" in page
    data = REASON | {"target": "nieuw", "sector": "old"}
    preview = editor.post(address, data)
    assert "‘Nieuw’ krijgt sector ‘Gemeenten’ van ‘Oud’." in text(preview)
    assert Organisation.objects.count() == 2
    assert "Gedaan." in text(editor.post(address, data | {"getoond": preview.context["digest"]}, follow=True))
    new = Organisation.objects.get()
    assert (new.name, new.sector.slug, new.sector_basis) == ("Nieuw", "gemeenten", "afgeleid")
    assert CasePage.objects.get().organisation == new


def test_mistakes_are_told(editor: Client) -> None:
    one = make_organisation("Een")
    make_organisation("Twee")
    make_organisation("Twee", slug="twee-b")
    merge, rename = (f"/beheer/organisaties-verzorgen/{one.pk}/{what}/" for what in ("samenvoegen", "naam"))
    assert "Deze organisatie kennen we niet." in text(editor.post(merge, REASON | {"target": "Een"}))
    assert "Vul in plaats van de naam het adres in: twee, twee-b." in text(
        editor.post(merge, REASON | {"target": "Twee"})
    )
    assert "Dit gaat er gebeuren" in text(editor.post(merge, REASON | {"target": "twee-b"}))
    page = text(editor.post(rename, REASON | {"name": "Een", "slug": "twee"}))
    assert "Het adres ‘twee’ is al van een andere organisatie." in page
    assert "Verander er minstens één." in text(editor.post(rename, REASON | {"name": "Een", "slug": "een"}))
    assert editor.get("/beheer/organisaties-verzorgen/999999/naam/").status_code == 404


def test_the_ordinary_form_leaves_a_forwarding_address_and_warns_about_names(editor: Client) -> None:
    organisation = make_organisation("Ministerie van Voorbeelden")
    make_organisation("Rijksdienst", abbreviation="RD")
    data = {"name": "Ministerie", "slug": "ministerie", "sector_basis": "vermeld", "synonyms": "rd"}
    edit = f"/beheer/snippets/cases/organisation/edit/{organisation.pk}/"
    page = text(editor.post(edit, data, follow=True))
    assert "‘rd’ is ook een naam of ander woord van ‘Rijksdienst’." in page
    assert editor.get("/organisaties/ministerie-van-voorbeelden/")["Location"] == "/organisaties/ministerie/"
    assert f"/beheer/organisaties-verzorgen/{organisation.pk}/samenvoegen/" in text(editor.get(edit))
    assert "/samenvoegen/" in text(editor.get("/beheer/snippets/cases/organisation/"))


def test_only_who_may_change_organisations(client: Client) -> None:
    organisation = make_organisation("Een")
    user = User.objects.create_user("bijdrager")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for what in ("naam", "samenvoegen"):
        assert client.get(f"/beheer/organisaties-verzorgen/{organisation.pk}/{what}/")["Location"] == "/beheer/"

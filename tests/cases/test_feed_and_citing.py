"""Following the newest cases with a feed reader, and citing one."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.http import urlencode
from factories import edit, make_case, make_concept, make_draft, make_organisation

from cases import views
from cases.citing import bibtex, citation
from cases.models import CasePage

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, query: str = "") -> ElementTree.Element:
    response = client.get(f"/casussen/feed/{query}")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314  made by ourselves


def titles(found: ElementTree.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry")]


def test_the_feed_is_atom_with_everything_that_atom_asks(client: Client) -> None:
    make_case("Een & ander <b>", slug="een", organisation=make_organisation("Waterschap"), introduction="Kort & goed.")
    root = feed(client)
    assert root.tag == f"{ATOM}feed"
    for name in ("title", "id", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    [entry] = root.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Een & ander <b>"
    assert entry.findtext(f"{ATOM}summary") == "Kort & goed."
    assert entry.findtext(f"{ATOM}id") == "http://testserver/casussen/een/"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/casussen/een/"  # type: ignore[union-attr]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Waterschap"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "").tzinfo
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"


def test_the_feed_follows_the_same_question_as_the_page(client: Client) -> None:
    make_concept("sector/gemeenten")
    make_case("Drone een", outcome="gestopt", own_sector=make_concept("sector/gemeenten"))
    make_case("Drone twee", outcome="geslaagd")
    make_case("Iets anders", outcome="gestopt")
    for query in ("", "?q=drone", "?uitkomst=gestopt", "?sector=gemeenten&uitkomst=gestopt", "?jaar=1999"):
        shown = {str(card.case.title) for card in client.get(f"/casussen/{query}").context["catalogue"].cards}
        found = feed(client, query)
        assert set(titles(found)) == shown, query
        links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
        assert links["self"] == f"http://testserver/casussen/feed/{query}"


def test_the_newest_stands_first_whatever_the_page_sorts_by(client: Client) -> None:
    for title in ("Aap", "Noot", "Mies"):
        make_case(title)
    assert titles(feed(client, "?sorteer=titel")) == ["Mies", "Noot", "Aap"]


def test_a_correction_does_not_make_an_old_case_new(client: Client) -> None:
    old = make_case("Oud")
    make_case("Nieuw")
    edit(old, introduction="Verbeterd.")
    assert titles(feed(client)) == ["Nieuw", "Oud"]


def links_of(found: ElementTree.Element) -> dict[str, str]:
    return {str(link.get("rel")): str(link.get("href")) for link in found.findall(f"{ATOM}link")}


def test_who_follows_the_links_to_the_next_page_reads_every_case_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "FEED_LENGTH", 2)
    for number in range(5):
        make_case(f"Drone {number}")
    make_case("Iets anders")
    start = "http://testserver/casussen/feed/"
    found, query = [], "?q=drone"
    while True:
        page = feed(client, query)
        links = links_of(page)
        found += titles(page)
        assert links["self"] == start + query
        assert links["alternate"] == "http://testserver/casussen/?q=drone"
        assert page.findtext(f"{ATOM}id") == "http://testserver/casussen/?q=drone", "all pages are one feed"
        assert (links["first"], links["last"]) == (f"{start}?q=drone", f"{start}?q=drone&pagina=3")
        if "next" not in links:
            break
        query = links["next"].removeprefix(start)
    assert found == [f"Drone {number}" for number in (4, 3, 2, 1, 0)]
    assert links["previous"] == f"{start}?q=drone&pagina=2"
    assert "previous" not in links_of(feed(client, "?q=drone"))


def test_a_feed_that_fits_on_one_page_names_no_others(client: Client) -> None:
    make_case()
    assert set(links_of(feed(client))) == {"alternate", "self"}


def test_a_page_of_the_feed_that_is_not_there_is_refused(client: Client) -> None:
    make_case()
    response = client.get("/casussen/feed/?pagina=2")
    assert response.status_code == 400
    assert "Pagina 2 bestaat niet: er zijn er 1." in response.content.decode()


def test_the_feed_was_updated_when_the_last_of_its_cases_was(client: Client) -> None:
    old = make_case("Oud")
    make_case("Nieuw")
    changed = edit(old, introduction="Verbeterd.").last_published_at
    assert datetime.fromisoformat(feed(client).findtext(f"{ATOM}updated") or "") == changed
    empty = feed(client, "?jaar=1999").findtext(f"{ATOM}updated")
    assert empty == "1970-01-01T00:00:00+00:00", "not now: nothing happened"


def test_a_title_with_a_sign_that_xml_does_not_know_leaves_the_feed_whole(client: Client) -> None:
    make_case("Vreemd\x0b teken", slug="vreemd", introduction="Ook \x01 hier.")
    assert titles(feed(client)) == ["Vreemd teken"]


def test_the_page_announces_the_feed_of_its_own_question(client: Client) -> None:
    make_case("Drone")
    body = client.get("/casussen/?q=drone").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in body
    assert f'href="/casussen/feed/?{urlencode({"q": "drone"})}"' in body


def cited(title: str = "Een casus", moment: datetime = datetime(2026, 3, 5, 12, tzinfo=UTC)) -> CasePage:
    case = make_case(title, slug="een-casus")
    CasePage.objects.filter(pk=case.pk).update(last_published_at=moment)
    case.refresh_from_db()
    return case


def test_a_citation_names_the_version_that_was_read() -> None:
    assert citation(cited()) == (
        "Innovatiebarometer Kennisbank (2026). Een casus. Versie van 5 maart 2026. "
        "http://testserver/casussen/een-casus/"
    )


def test_year_and_date_agree_at_midnight_on_new_years_eve() -> None:
    case = cited(moment=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))  # 1 January here
    assert "(2026)" in citation(case)
    assert "1 januari 2026" in citation(case)
    assert "year = {2026}" in bibtex(case)


def test_bibtex_escapes_what_means_something_to_tex(client: Client) -> None:
    cited(r"50% & $5 #1 a_b {c} ~d ^e \f")
    response = client.get("/casussen/een-casus/bibtex/")
    assert response["Content-Disposition"] == 'attachment; filename="een-casus.bib"'
    text = response.content.decode()
    assert r"title = {{50\% \& \$5 \#1 a\_b \{c\} \textasciitilde{}d \textasciicircum{}e \textbackslash{}f}}," in text
    assert text.startswith("@misc{een-casus,\n")
    unescaped = text.replace(r"\{", "").replace(r"\}", "")
    assert unescaped.count("{") == unescaped.count("}")


def test_the_case_page_shows_how_to_cite_it(client: Client) -> None:
    cited()
    body = client.get("/casussen/een-casus/").content.decode()
    assert "Versie van 5 maart 2026" in body
    assert "/casussen/een-casus/bibtex/" in body


def test_only_a_published_case_can_be_cited(client: Client) -> None:
    make_draft("Kladje")
    assert client.get("/casussen/kladje/bibtex/").status_code == 404
    assert client.get("/casussen/bestaat-niet/bibtex/").status_code == 404

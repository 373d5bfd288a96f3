"""The catalogue as a reader meets it: every state is a link, and every mistake in an address is explained."""

import re
from html import unescape

import pytest
from django.test import Client
from factories import make_case, make_concept, make_organisation

pytestmark = pytest.mark.django_db


def text_of(response) -> str:  # type: ignore[no-untyped-def]
    """What a reader sees, without tags."""
    body = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", body)))


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/casussen/{query}")
    assert response.status_code == 200
    return [str(card.case.title) for card in response.context["catalogue"].cards]


@pytest.fixture
def few() -> None:
    gemeenten = make_concept("sector/gemeenten", name="Gemeenten")
    utrecht = make_organisation("Gemeente Utrecht", sector=gemeenten)
    make_case("Zonnepanelen", organisation=utrecht, links=["factor/tijd"])
    make_case("Appartement delen", organisation=utrecht, outcome="gestopt")
    make_case("Énergie sparen", outcome="lopend")


#: Mistake in an address -> what the reader is told.
MISTAKES = [
    ("?pagina=0", "Vul een paginanummer in: 1 of hoger."),
    ("?pagina=-1", "Vul een paginanummer in: 1 of hoger."),
    ("?pagina=abc", "Vul een paginanummer in: 1 of hoger."),
    ("?pagina=1.5", "Vul een paginanummer in: 1 of hoger."),
    ("?pagina=99", "Pagina 99 bestaat niet: er zijn er 1."),
    ("?pagina=99999999999", "Zo veel pagina's zijn er niet."),
    ("?sorteer=oudste", "Kies uit: relevantie, nieuwste, titel."),
    ("?sector=hemellichamen", "Kies uit: gemeenten."),
    ("?sector=gemeenten&sector=hemellichamen", "Kies uit: gemeenten."),
    ("?sector=Gemeenten", "Kies uit: gemeenten."),
    ("?uitkomst=mislukt", "Kies uit: geslaagd, lopend, gestopt, briljante-mislukking."),
    ("?factor=gemeenten", "Kies uit: tijd."),
    ("?jaar=20", "is geen jaar. Vul vier cijfers in, zoals 2021."),
    ("?jaar=2021;", "is geen jaar."),
    ("?jaar=२०२१", "is geen jaar."),
    ("?kleur=rood", "Dit filter bestaat niet. Deze bestaan wel: q, sorteer, pagina, uitkomst"),
    ("?Q=delen", "Dit filter bestaat niet."),
    ("?q=a&q=b", "Dit mag maar één keer in het adres staan."),
    ("?pagina=1&pagina=2", "Dit mag maar één keer in het adres staan."),
    ("?sorteer=titel&sorteer=titel", "Dit mag maar één keer in het adres staan."),
    ("?q=" + "a" * 401, "niet meer dan 400 tekens"),
    ("?q=a%00b", "Null-tekens zijn niet toegestaan"),
    ("?sector=a%00b", "Kies uit: gemeenten."),
]


@pytest.mark.usefixtures("few")
class TestOneReaderNarrowsTheList:
    """Chips, sentence, sort and the ways out."""

    def test_the_sentence_says_what_was_found(self, client: Client) -> None:
        for query, sentence in {
            "": "3 casussen",
            "?q=zonnepanelen": "1 casus over “zonnepanelen”",
            "?sector=gemeenten": "2 casussen in Gemeenten",
            "?uitkomst=geslaagd&uitkomst=gestopt": "2 casussen met Geslaagd of Gestopt",
            "?sector=gemeenten&uitkomst=gestopt&q=delen": "1 casus in Gemeenten over “delen” met Gestopt",
            "?jaar=1999": "Geen casussen met 1999",
        }.items():
            response = client.get(f"/casussen/{query}")
            assert response.context["catalogue"].sentence == sentence
            assert f'role="status" tabindex="-1">{sentence}</p>' in response.content.decode()

    def test_a_chip_takes_one_choice_away_and_leaves_the_rest(self, client: Client) -> None:
        page = client.get("/casussen/?uitkomst=geslaagd&uitkomst=gestopt&sector=gemeenten&q=delen&pagina=1")
        chips = {chip.remove_label: chip.url for chip in page.context["catalogue"].chips}
        assert chips == {
            "Uitkomst: Geslaagd": "/casussen/?uitkomst=gestopt&sector=gemeenten&q=delen",
            "Uitkomst: Gestopt": "/casussen/?uitkomst=geslaagd&sector=gemeenten&q=delen",
            "Sector: Gemeenten": "/casussen/?uitkomst=geslaagd&uitkomst=gestopt&q=delen",
        }
        assert "Verwijder filter Sector: Gemeenten" in text_of(page)
        assert 'href="/casussen/?q=delen"' in page.content.decode(), "one click clears all filters, not the words"

    def test_sorting(self, client: Client) -> None:
        assert titles(client, "?sorteer=titel") == ["Appartement delen", "Énergie sparen", "Zonnepanelen"]
        assert titles(client, "?sorteer=nieuwste")[0] == "Énergie sparen"
        chosen = re.findall(r'<option value="(\w+)" selected>', client.get("/casussen/?sorteer=titel").content.decode())
        assert chosen == ["titel"]

    def test_without_result_the_page_says_which_filter_to_drop_and_what_that_gives(self, client: Client) -> None:
        page = client.get("/casussen/?sector=gemeenten&uitkomst=lopend")
        ways = {way.label: (way.count, way.url) for way in page.context["catalogue"].ways_out}
        assert ways == {
            "zonder sector: Gemeenten": (1, "/casussen/?uitkomst=lopend"),
            "zonder uitkomst: Lopend": (2, "/casussen/?sector=gemeenten"),
        }
        for count, url in ways.values():
            assert client.get(url).context["catalogue"].total == count
        text = text_of(page)
        assert "Zonder uitkomst: Lopend 2 casussen" in text
        assert "Stuur het in" in text
        assert "Download" not in text

    def test_a_word_that_nobody_wrote_leads_to_the_nearest_word(self, client: Client) -> None:
        page = client.get("/casussen/?q=%22zonnepannelen%22")
        words = dict(page.context["catalogue"].nearest_words)
        assert [word.casefold() for word in words] == ["zonnepanelen"]
        assert [client.get(url).context["catalogue"].total for url in words.values()] == [1]

    def test_a_result_of_choices_is_not_for_search_engines(self, client: Client) -> None:
        assert "noindex" not in client.get("/casussen/").content.decode()
        assert "noindex, follow" in client.get("/casussen/?sector=gemeenten").content.decode()
        assert "noindex, follow" in client.get("/casussen/?q=delen").content.decode()
        assert 'rel="canonical" href="http://testserver/casussen/"' in client.get("/casussen/").content.decode()

    def test_empty_fields_of_the_form_ask_nothing(self, client: Client) -> None:
        assert len(titles(client, "?q=&sorteer=&pagina=")) == 3

    def test_the_same_choice_twice_is_one_choice(self, client: Client) -> None:
        page = client.get("/casussen/?uitkomst=lopend&uitkomst=lopend")
        assert page.context["catalogue"].total == 1
        assert len(page.context["catalogue"].chips) == 1

    def test_downloads_carry_the_same_question(self, client: Client) -> None:
        body = unescape(client.get("/casussen/?sector=gemeenten&q=delen&pagina=1").content.decode())
        for address in ("export.csv", "export.xlsx", "export.json", "feed/"):
            assert f'href="/casussen/{address}?sector=gemeenten&q=delen"' in body

    def test_any_words_are_a_fair_question(self, client: Client) -> None:
        for words in ("🚁", "“", "a b c d", "%", "<b>", "AND OR NOT", '"', "*", "zon\u200bne", "a" * 400):
            page = client.get("/casussen/", {"q": words})
            assert page.status_code == 200, words
            assert "<b>" not in page.content.decode()

    def test_a_wrong_value_is_refused_and_explained(self, client: Client) -> None:
        for query, explanation in MISTAKES:
            for address in ("", "export.csv", "export.xlsx", "export.json", "feed/"):
                if address and query == "?pagina=99":
                    continue  # files and feed hold all pages
                response = client.get(f"/casussen/{address}{query}")
                assert response.status_code == 400, (address, query)
                text = text_of(response)
                assert explanation.casefold() in text.casefold(), (address, query)
                assert "Naar alle casussen" in text
                assert "noindex" in response.content.decode()

    def test_a_wrong_value_cannot_write_on_the_page(self, client: Client) -> None:
        for query in ({"sector": "<script>x</script>"}, {"<script>x</script>": "1"}, {"jaar": "<script>"}):
            body = client.get("/casussen/", query).content.decode()
            assert "<script>" not in body

    def test_several_mistakes_are_named_together(self, client: Client) -> None:
        text = text_of(client.get("/casussen/?sector=x&jaar=y&kleur=rood&pagina=0"))
        assert all(word in text for word in ("Sector", "Begonnen in", "kleur", "Pagina"))


def test_without_any_case_the_catalogue_still_stands(client: Client) -> None:
    for address in ("", "export.csv", "export.xlsx", "export.json", "feed/"):
        assert client.get(f"/casussen/{address}").status_code == 200
    assert "Geen casussen gevonden" in text_of(client.get("/casussen/"))


def test_a_long_result_comes_in_pages_without_a_case_twice(client: Client) -> None:
    for number in range(23):
        make_case(f"Casus nummer {number:02}", links=["factor/tijd"] if number % 2 else [])
    first, page = client.get("/casussen/?sorteer=titel"), client.get("/casussen/?sorteer=titel&pagina=2")
    seen = [str(card.case.title) for found in (first, page) for card in found.context["catalogue"].cards]
    assert seen == [f"Casus nummer {number:02}" for number in range(23)]
    assert page.context["catalogue"].page_urls == {
        1: "/casussen/?sorteer=titel",
        2: "/casussen/?sorteer=titel&pagina=2",
    }
    assert 'aria-current="page"' in page.content.decode()
    assert client.get("/casussen/?pagina=3").status_code == 400
    narrowed = page.context["catalogue"].facets
    assert all("pagina" not in value.url for facet in narrowed for value in facet.values), "a choice starts at page 1"


def test_a_title_cannot_run_code(client: Client) -> None:
    evil = "<script>alert(1)</script> & \"quotes\" 'enkel'"
    organisation = make_organisation("<b>Vet</b>", slug="vet")
    case = make_case(
        evil,
        slug="kwaad",
        introduction="</p><img src=x onerror=1>",
        organisation=organisation,
        outcome="briljante-mislukking",
    )
    concept = make_concept("factor/x", name="<i>Factor</i>")
    make_case("Buur", links=["factor/x"], relations=[(case, "<u>reden</u>")])
    for address in (
        "/",
        "/casussen/",
        "/casussen/?q=alert",
        "/casussen/kwaad/",
        "/casussen/buur/",
        "/organisaties/vet/",
        "/organisaties/",
        concept.get_absolute_url(),
        "/klimaat/",
        "/matrix/?rij=factor",
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        body = response.content.decode()
        for raw in ("<script>alert", "<img src=x", "<b>Vet", "<i>Factor", "<u>reden"):
            assert raw not in body, (address, raw)


def test_addresses_are_for_reading_only(client: Client) -> None:
    fixed = ("casussen/", "casussen/export.csv", "casussen/feed/", "matrix/", "organisaties/", "publicaties/")
    for address in (*fixed, "gezond/", "robots.txt", "begrippenlijsten/", ".well-known/security.txt"):
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(f"/{address}").status_code == 405, address

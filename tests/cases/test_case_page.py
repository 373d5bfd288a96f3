"""One case: everything that is known is shown, nothing that is not known leaves an empty place."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from factories import link, make_case, make_concept, make_draft, make_editor, make_organisation, make_publication

from cases.choices import Certainty
from cases.models import CasePage, CaseRelation, CaseSource
from survey.models import Guidance

pytestmark = pytest.mark.django_db


def page(client: Client, slug: str) -> str:
    response = client.get(f"/casussen/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def main(html: str) -> str:
    return html.split("<main")[1].split("</main>")[0]


def headings(html: str) -> list[str]:
    found = re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", main(html), re.DOTALL)
    return [re.sub(r"^\d(?=\D)", "", re.sub(r"<[^>]+>", "", text)).strip() for text in found]


@pytest.fixture
def full() -> CasePage:
    """A case with everything that a case can have."""
    pattern = make_concept("patroon/brug", name="De brug van Honduras", definition="De omgeving veranderde.")
    advice = Guidance(concept=pattern, kind=Guidance.Kind.ACT, text="Kijk elk kwartaal opnieuw.", is_own=True)
    advice.save()
    other = make_case("Upload-app")
    return make_case(
        "Vol verhaal",
        organisation=make_organisation(
            "Sociale Verzekeringsbank",
            sector=make_concept("sector/zbo", name="Zelfstandige organen"),
            cluster=make_concept("cluster/uitkeringen", name="Uitkeringen"),
            country=make_concept("land/nederland", name="Nederland"),
        ),
        outcome="briljante-mislukking",
        phase=make_concept("fase/proef", name="Proef"),
        start_year=2018,
        end_year=2020,
        certainty=Certainty.SECONDARY,
        introduction="De inleiding.",
        in_brief="Wat het is.\nWat ervan kwam.\n\nDe les.",
        intention="<p>De bedoeling.</p>",
        approach="<p>De aanpak.</p>",
        result="<p>Het gevolg.</p>",
        lessons="<ul><li>Les een <em>(onze lezing)</em></li></ul>",
        transfer="<p>Ook bij jullie.</p>",
        early_signals="<ul><li>Een signaal.</li></ul>",
        do_differently="<ul><li>Begin klein.</li></ul>",
        body=[
            (
                "quotation",
                {"text": "Wij leerden veel.", "speaker": "Jo Jansen", "role": "projectleider", "source": "Blad"},
            ),
            (
                "quotation",
                {"text": "We learned.", "translation": "Wij leerden.", "speaker": "", "role": "", "source": ""},
            ),
            ("text", "<p>Nog een stuk.</p>"),
            ("video", {"title": "De film", "url": "https://video.example.nl/1"}),
        ],
        contact="Bel Jo\n030 123",
        links=[
            link("factor/tijd", "Er was tijd.", effect="hielp"),
            link("factor/geld", "Het geld was op.", effect="hinderde", basis="afgeleid"),
            link("patroon/brug", "De wereld veranderde.", basis="afgeleid"),
            link("type/dienst", "Het is een dienst."),
        ],
        relations=[(other, "Hieruit kwam de Upload-app voort.")],
        sources=[
            {"publication": make_publication("Het rapport", publisher="ICTU"), "locator": "pagina 12"},
            {
                "title": "Een artikel",
                "publisher": "Blad",
                "url": "https://blad.example.nl/a",
                "date_text": "2019-05-03",
            },
            {"title": "Zonder adres", "date_text": "2019-05", "remark": "Alleen op papier."},
        ],
    )


def test_a_full_case_shows_all_it_has_in_the_order_of_reading(client: Client, full: CasePage) -> None:
    html = page(client, "vol-verhaal")
    assert headings(html) == [
        "Vol verhaal",
        "In het kort",
        "In één oogopslag",
        "Wat was de bedoeling?",
        "Hoe is het aangepakt?",
        "Wat kwam ervan?",
        "Wat kunnen anderen leren?",
        "Kan dit bij ons?",
        "Wat waren de vroege signalen?",
        "Wat kun je anders doen?",
        "Wat deze casus laat zien",
        "Lijst factor",
        "Lijst type",
        "Patronen in dit verhaal",
        "De brug van Honduras",
        "Wat kun je hieraan doen?",
        "Lees ook",
        "Upload-app",
        "Bronnen",
        "Meer weten?",
    ]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main(html)))
    for shown in (
        "Briljante mislukking",
        "Sociale Verzekeringsbank",
        "2018–2020",
        "Proef",
        "Uitkeringen",
        "De les.",
        "Er was tijd.",
        "hielp",
        "hinderde",
        "Jo Jansen",
        "projectleider",
        "Wij leerden veel.",
        "Nog een stuk.",
        "Kijk elk kwartaal opnieuw. eigen advies",
        "Hieruit kwam de Upload-app voort.",
        "Het rapport ICTU pagina 12",
        "Een artikel Blad 3 mei 2019",
        "Zonder adres mei 2019 Alleen op papier.",
        "Bel Jo",
        "Toegevoegd aan de kennisbank.",
        "Laatst gewijzigd op",
    ):
        assert shown in text, shown
    for address in (
        "/klimaat/tijd/",
        "/patronen/brug/",
        "/organisaties/sociale-verzekeringsbank/",
        "/casussen/upload-app/",
    ):
        assert f'href="{address}"' in html, address


def test_every_link_of_a_case_leads_somewhere(client: Client, full: CasePage) -> None:
    addresses = set(re.findall(r'href="(/[^"#]*)"', main(page(client, "vol-verhaal"))))
    assert len(addresses) > 12
    for address in addresses - {"/inzenden/", "/over/"}:
        assert client.get(address).status_code == 200, address


def test_our_own_reading_is_marked_and_what_the_source_says_is_not(client: Client, full: CasePage) -> None:
    html = page(client, "vol-verhaal")
    assert re.search(r'Het geld was op\. <span class="ib-quiet">onze lezing</span>', html)
    assert not re.search(r"Er was tijd\.\s*<span", html)
    assert "De wereld veranderde. (onze lezing)" in html
    assert '<span class="ib-quiet">onze lezing</span>' in html.split("Les een")[1][:80]


def test_a_story_that_the_owner_did_not_confirm_says_so(client: Client, full: CasePage) -> None:
    notice = "De organisatie heeft het nog niet bevestigd."
    assert notice in page(client, "vol-verhaal")
    make_case("Zeker", certainty=Certainty.OWNER)
    assert notice not in page(client, "zeker")


def test_a_bare_case_shows_nothing_empty(client: Client) -> None:
    make_case("Kaal", introduction="Meer weten we niet.")
    html = page(client, "kaal")
    assert headings(html) == ["Kaal", "In één oogopslag"]
    for empty in (
        r"<p[^>]*>\s*</p>",
        r"<ul[^>]*>\s*</ul>",
        r"<ol[^>]*>\s*</ol>",
        r"<dd>\s*</dd>",
        r"<h\d[^>]*>\s*</h\d>",
    ):
        assert not re.search(empty, main(html)), empty
    assert "None" not in main(html)
    facts = re.findall(r"<dt>(.*?)</dt>", html)
    assert facts == ["Uitkomst", "Organisatie", "Zekerheid"]
    assert "Niet genoemd" in html


def test_a_case_without_an_organisation_shows_its_own_sector_and_country(client: Client) -> None:
    make_case(
        "Anoniem",
        own_sector=make_concept("sector/gemeenten", name="Gemeenten"),
        own_country=make_concept("land/denemarken", name="Denemarken"),
        start_year=2021,
        outcome="lopend",
    )
    html = page(client, "anoniem")
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["Uitkomst", "Organisatie", "Sector", "Land", "Periode", "Zekerheid"]
    assert "sinds 2021" in html


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"start_year": 2019, "end_year": 2021}, "2019–2021"),
        ({"start_year": 2019, "end_year": 2019}, "2019"),
        ({"start_year": 2019}, "2019"),
        ({"end_year": 2021}, "2021"),
        ({"start_year": 2019, "outcome": "lopend"}, "sinds 2019"),
        ({"start_year": 2019, "period_note": "voorjaar 2019"}, "voorjaar 2019"),
    ],
)
def test_the_period_in_words(client: Client, fields: dict[str, object], shown: str) -> None:
    make_case("Tijd", **fields)
    assert f"<dt>Periode</dt><dd>{shown}</dd>" in page(client, "tijd")


def test_data_for_search_engines_is_right_and_safe(client: Client) -> None:
    make_case("</script><script>alert(1)</script>", slug="kwaad", organisation=make_organisation("A & B"))
    html = page(client, "kwaad")
    [raw] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data = json.loads(raw)
    assert data["headline"] == "</script><script>alert(1)</script>"
    assert data["about"] == {"@type": "GovernmentOrganization", "name": "A & B"}
    assert data["url"] == "http://testserver/casussen/kwaad/"
    assert data["datePublished"]
    assert '<link rel="canonical" href="http://testserver/casussen/kwaad/">' in html


def test_an_editor_sees_a_draft_with_everything_in_it_before_publishing(client: Client, full: CasePage) -> None:
    draft = make_draft(
        "Eerste versie",
        links=[link("factor/tijd", "Nog te toetsen.")],
        relations=[(full, "Lijkt erop.")],
        sources=[{"title": "Krant"}, {"publication": make_publication("Later rapport")}],
        phase=make_concept("fase/proef"),
    )
    assert client.get("/casussen/eerste-versie/").status_code == 404
    client.force_login(make_editor())
    html = client.get(f"/beheer/pages/{draft.pk}/view_draft/").content.decode()
    for shown in ("Eerste versie", "Nog te toetsen.", "Lijkt erop.", "Krant", "Later rapport"):
        assert shown in html
    assert client.get("/casussen/eerste-versie/").status_code == 404


def test_the_form_refuses_what_contradicts_itself() -> None:
    sector = make_concept("sector/gemeenten")
    organisation = make_organisation(sector=sector)
    for fields, field in (
        ({"start_year": 2021, "end_year": 2020}, "end_year"),
        ({"organisation": organisation, "own_sector": sector}, "own_sector"),
        ({"start_year": 1700}, "start_year"),
        ({"outcome": "mislukt"}, "outcome"),
        ({"introduction": "a" * 301}, "introduction"),
    ):
        case = CasePage(**({"title": "X", "slug": "x", "outcome": "gestopt", "introduction": "X."} | fields))
        with pytest.raises(ValidationError) as refused:
            case.full_clean(exclude=["path", "depth"])
        assert field in refused.value.message_dict


def test_a_case_is_no_relative_of_itself_and_a_source_names_something() -> None:
    case = make_case("Zelf")
    with pytest.raises(ValidationError, match="niet verwant aan zichzelf"):
        CaseRelation(case=case, other=case, reason="Zelfde.").clean()
    with pytest.raises(ValidationError, match="Kies een publicatie of vul een titel in"):
        CaseSource(case=case).clean()


def test_a_case_cannot_take_an_address_that_is_in_use() -> None:
    case = make_case("Verhaal")
    case.slug = "feed"
    with pytest.raises(ValidationError, match="al bezet"):
        case.full_clean()


def test_quotations_stand_once_after_the_approach_or_after_the_last_part(client: Client) -> None:
    quotation = [("quotation", {"text": "Wij probeerden het gewoon.", "speaker": "Jo"})]
    make_case("Met aanpak", intention="<p>A</p>", approach="<p>B</p>", body=quotation)
    make_case("Zonder aanpak", intention="<p>A</p>", result="<p>C</p>", lessons="<p>D</p>", body=quotation)
    for slug in ("met-aanpak", "zonder-aanpak"):
        assert page(client, slug).count("Wij probeerden het gewoon.") == 1, slug

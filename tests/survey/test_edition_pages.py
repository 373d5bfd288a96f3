"""The barometer's front page and the page of one edition."""

import json
import re
from html import unescape

import pytest
from barometer_factories import make_edition, make_example, make_finding, make_indicator, make_result
from django.test import Client
from factories import make_concept, make_publication

from survey.models import Association, Figure, FrequentWord

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(" ".join(re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", response.content.decode()).split()))


def test_the_front_page_begins_with_the_newest_real_number(client: Client) -> None:
    innovating = make_indicator("innoveert", phrase="van de organisaties voerde iets nieuws in")
    make_result(make_edition("b-2021", year=2021), innovating, 86, n=366)
    make_result(make_edition("b-2027", year=2027), innovating, 75, n=400)
    make_result(make_example(year=2030), innovating, 11, n=366)
    page = text(client, "/barometer/")
    assert "75% van de organisaties voerde iets nieuws in" in page
    assert "86%" not in page and "11%" not in page


def test_bijna_stands_before_the_number_in_words_and_in_the_table(client: Client) -> None:
    indicator = make_indicator("technologie", phrase="van de innovaties had technologie als belangrijk deel")
    make_result(make_edition("b-2021"), indicator, 60, qualifier="bijna", wording="bijna 60 procent")
    page = text(client, "/barometer/edities/b-2021/")
    assert "Bijna 60% van de innovaties had technologie als belangrijk deel" in page
    assert not re.search(r"(?<!ijna )\b60%", page)


def test_a_number_the_source_lost_says_so(client: Client) -> None:
    edition = make_edition("b-2021")
    question = "Met wie werkte u samen?"
    make_result(edition, make_indicator("bedrijven", question=question), 48)
    make_result(edition, make_indicator("sector", question=question), qualifier="onbekend")
    assert "niet leesbaar in de bron" in text(client, "/barometer/edities/b-2021/")


def test_each_question_has_a_figure_of_its_own(client: Client) -> None:
    edition = make_edition("b-2021")
    for slug, question in (("type-a", "Wat voor?"), ("type-b", "Wat voor?"), ("breedte", "Hoe breed?")):
        make_result(edition, make_indicator(slug, question=question, theme="Soort"), 40)
    page = client.get("/barometer/edities/b-2021/").content.decode()
    assert page.count('class="ib-figure"') == 2


def test_subjects_are_folded_below_their_finding(client: Client) -> None:
    edition = make_edition("b-2021", caution="Tel ze niet op.")
    for number in range(5):
        indicator = make_indicator(theme=f"Onderwerp {number}", theme_position=number, phrase="deed dit")
        make_result(edition, indicator, 40 + number)
    page = text(client, "/barometer/edities/b-2021/")
    assert "Onderwerp 3: 43% deed dit" in page
    assert page.count("Let op Tel ze niet op.") == 1
    assert page.index("Tel ze niet op.") < page.index("Onderwerp 0:")
    assert "<details open" not in client.get("/barometer/edities/b-2021/").content.decode().replace(
        ' class="ib-fold"', ""
    )


def test_what_all_answers_share_to_mind_stands_below_their_figure(client: Client) -> None:
    edition = make_edition("b-2021")
    for slug, value in (("minder", 45), ("gelijk", 35), ("meer", 28)):
        indicator = make_indicator(slug, question="Wat deed de pandemie?", caution="Samen is dit 108.")
        make_result(edition, indicator, value)
    assert "Samen is dit 108." in text(client, "/barometer/edities/b-2021/")


def test_a_number_from_abroad_says_who_was_counted_there(client: Client) -> None:
    edition = make_edition("d-2020", country="denemarken", survey="COI", unit="werkplekken")
    make_result(edition, make_indicator("zelf", base="organisaties met een innovatie"), 18)
    page = text(client, "/barometer/edities/d-2020/")
    assert "Organisaties met een innovatie (in dit onderzoek: werkplekken)" in page
    assert "Antwoord van werkplekken" in page and "Editie:" not in page


def test_who_took_part_per_sector_with_a_row_for_all(client: Client) -> None:
    edition = make_edition("b-2021")
    filled = make_indicator("ingevuld", unit="aantal", short_name="Ingevuld")
    make_result(edition, filled, 85, group="sector/gemeenten", statistic="aantal")
    make_result(edition, filled, 366, statistic="aantal")
    page = text(client, "/barometer/edities/b-2021/")
    assert "Wie meedeed, per sector" in page and "Gemeenten 85" in page and "Alle organisaties 366" in page


def test_findings_lead_to_the_cases_behind_them(client: Client) -> None:
    finding = make_finding(make_edition("b-2021"), "Zbo's maken vernieuwing vaker zelf.")
    finding.concepts.add(make_concept("herkomst/zelf-ontwikkeld", name="Zelf ontwikkeld"))
    page = client.get("/barometer/edities/b-2021/").content.decode()
    assert "Zbo&#x27;s maken vernieuwing vaker zelf." in page and ">Zelf ontwikkeld</a>" in page


def test_what_goes_together_comes_with_its_caution(client: Client) -> None:
    publication = make_publication("Rapport")
    edition = make_edition("b-2021", publication=publication)
    Figure.objects.create(
        publication=publication, code="Tekstvak 2", caption="Analyses", remark="Het gaat om lichte verbanden."
    )
    quality = make_concept("waarde/kwaliteit", name="Kwaliteit")
    for feature, direction in (("Lef", "positief"), ("Alleen technologie", "negatief")):
        Association.objects.create(
            edition=edition, outcome=quality, feature=feature, direction=direction, provenance="gepubliceerd"
        )
    page = text(client, "/barometer/edities/b-2021/")
    assert "Het gaat om lichte verbanden." in page
    assert "Lef vaker" in page and "Alleen technologie minder vaak" in page


def test_words_of_open_answers_stand_in_the_groups_they_form(client: Client) -> None:
    edition = make_example()
    for word, number, cluster in (("digitaal", 40, 1), ("data", 30, 1), ("thuiswerken", 25, 2), ("drone", 11, None)):
        FrequentWord.objects.create(edition=edition, word=word, organisations=number, cluster=cluster)
    FrequentWord.objects.create(edition=edition, word="digitaal", other_word="data", organisations=20)
    page = text(client, "/barometer/edities/voorbeeld/")
    assert page.index("digitaal: 40") < page.index("data: 30") < page.index("thuiswerken: 25") < page.index("drone: 11")
    assert "digitaal en data: 20 organisaties" in page


def test_an_example_says_on_top_that_everything_is_made_up(client: Client) -> None:
    make_result(make_example(), make_indicator("innoveert"), 80, n=366)
    page = text(client, "/barometer/edities/voorbeeld/")
    assert "Alle cijfers hier zijn verzonnen" in page
    assert "Voorbeeld: verzonnen antwoorden" in page


def test_an_editor_may_give_an_edition_any_code_that_fits_an_address(client: Client) -> None:
    make_result(make_edition("Proef_27"), make_indicator("Vernieuwt_ook"), 75, n=40)
    assert "75%" in text(client, "/barometer/edities/Proef_27/")
    assert client.get("/barometer/edities/Proef_27/export.csv").status_code == 200
    assert client.get("/barometer/indicatoren/Vernieuwt_ook/export.json").status_code == 200


def test_a_download_knows_no_other_addresses(client: Client) -> None:
    make_result(make_edition("b-2021"), make_indicator("innoveert"), 86, n=366)
    assert client.get("/barometer/edities/b-2021/export.xlsx?x=1").status_code == 400


def test_an_exact_share_is_also_said_in_words_that_people_use(client: Client) -> None:
    edition = make_edition("b-2021")
    make_result(edition, make_indicator("innoveert", phrase="van de organisaties vernieuwt"), 86, n=366)
    make_result(edition, make_indicator("klimaatscore", unit="score"), 3.7, statistic="gemiddelde", n=366)
    assert "86% van de organisaties vernieuwt: bijna 9 op de 10" in text(client, "/barometer/")


def test_all_numbers_of_an_edition_can_be_taken_along(client: Client) -> None:
    edition = make_edition("b-2021", caution="Alleen wie meedeed.")
    make_result(edition, make_indicator("innoveert"), 86, n=366)
    make_result(make_edition("b-2025"), make_indicator("anders"), 20)
    csv = client.get("/barometer/edities/b-2021/export.csv")
    assert len(b"".join(csv).decode().splitlines()) == 2
    data = json.loads(b"".join(client.get("/barometer/edities/b-2021/export.json")))
    assert data["aantal"] == 1 and "Alleen wie meedeed." in data["let_op"]
    assert client.get("/barometer/edities/b-2021/export.xlsx").status_code == 200
    assert client.get("/barometer/edities/nergens/export.csv").status_code == 404
    assert client.get("/barometer/edities/nergens/").status_code == 404

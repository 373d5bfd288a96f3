"""A figure of the explorer in a page of somebody else: bare, with its source, and the only page that may be framed."""

import html
import re

import pytest
from barometer_factories import make_edition, make_example, make_indicator, make_result
from django.test import Client

from survey.models import Edition, Indicator
from survey.pages.explorer import ExplorerPage

pytestmark = pytest.mark.django_db

EXPLORER = "/barometer/verkenner/"
EMBED = "/barometer/verkenner/insluiten/"


@pytest.fixture
def edition() -> Edition:
    return make_edition("editie-2021", name="Barometer 2021", short_name="2021", year=2021)


@pytest.fixture
def indicator() -> Indicator:
    return make_indicator("innoveert", short_name="Vernieuwt")


def page(client: Client, query: str) -> ExplorerPage:
    response = client.get(f"{EXPLORER}?{query}")
    assert response.status_code == 200
    return response.context["page"]


def test_the_embed_code_leads_to_a_bare_page_with_the_figure_and_its_source(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(make_example(), indicator, 20)
    shown = page(client, "indicator=innoveert&uitsplitsing=geen&editie=voorbeeld")
    page_text = client.get(f"{EXPLORER}?{shown.question.query}").content.decode()
    [box] = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page_text)
    assert html.unescape(box) == shown.embed_code
    [address] = re.findall(r'<iframe src="([^"]+)"', shown.embed_code)
    response = client.get(html.unescape(address).removeprefix("http://testserver"))
    text = response.content.decode()
    assert response.status_code == 200
    assert "ib-figure" in text
    assert "Deze cijfers zijn verzonnen" in text
    assert f"{EXPLORER}?indicator=innoveert&amp;uitsplitsing=geen&amp;editie=voorbeeld" in text
    assert "ib-nav" not in text
    assert "<script" not in text


def test_only_the_embedded_page_may_stand_in_a_page_of_somebody_else(
    client: Client, edition: Edition, indicator: Indicator
) -> None:
    make_result(edition, indicator, 86)
    tag = ""
    for _ in range(3):
        embed = client.get(f"{EMBED}?indicator=innoveert", headers={"if-none-match": tag} if tag else {})
        tag = embed.get("ETag", "")
        assert "frame-ancestors *" in embed["Content-Security-Policy"], "also when it was asked before"
        assert "X-Frame-Options" not in embed
    assert "default-src 'none'" in embed["Content-Security-Policy"], "all else stays as strict as elsewhere"
    for address in (EXPLORER, f"{EXPLORER}?indicator=innoveert", "/barometer/indicatoren/innoveert/"):
        other = client.get(address)
        assert "frame-ancestors 'self'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "SAMEORIGIN"


def test_an_embed_that_asks_nothing_is_refused(client: Client, edition: Edition, indicator: Indicator) -> None:
    response = client.get(EMBED)
    assert response.status_code == 400
    assert "Zeg welk cijfer je wilt zien" in response.content.decode()


def test_a_title_with_signs_stays_within_the_embed_code(client: Client, edition: Edition) -> None:
    make_result(edition, make_indicator("scherp", short_name='"><b>Scherp</b>'), 5)
    code = page(client, "indicator=scherp").embed_code
    assert re.fullmatch(
        r'<iframe src="[^"<>]+" title="[^"<]+" width="100%" height="\d+" loading="lazy"></iframe>', code
    )

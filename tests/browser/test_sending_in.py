"""Somebody without an account sends in a case on a phone, without script and with the keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

PHONE = 320
ANSWERS = {
    "Naam van de organisatie": "Gemeente Nergensveen",
    "Wat was de bedoeling?": "Inwoners begrepen de brieven niet.",
    "Hoe is het aangepakt?": "We belden honderd mensen.",
    "Wat kwam ervan?": "Veel mensen namen niet op.",
    "Wat kunnen anderen leren?": "Vraag eerst wanneer het uitkomt.",
    "Samenvatting": "De gemeente belde inwoners in plaats van te schrijven.",
}


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Go to a button with the keyboard and press it."""
    page.get_by_role("button", name=name).first.press("Enter")


def only_the_one_cookie(page: Page) -> None:
    """The protection of the form, and nothing that stays when the browser closes."""
    cookies = page.context.cookies()
    assert [(cookie["name"], cookie["expires"]) for cookie in cookies] == [("csrftoken", -1)]
    page.context.clear_cookies()


def test_from_the_start_to_the_status(visit: Callable[..., Any]) -> None:
    tab = visit(width=PHONE, javascript=False)
    page = tab.open("/inzenden/")
    page.get_by_role("link", name="Eén vraag per scherm").press("Enter")
    page.get_by_label("Titel van je casus").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").press("Enter")
    expect(page.get_by_label("Titel van je casus")).to_be_focused()
    page.keyboard.type("Gemeente belt inwoners op")
    page.keyboard.press("Enter")
    hurried = page.get_by_text("Dat ging wel heel snel")
    expect(hurried.or_(page.get_by_role("heading", name="Bewaar deze link"))).to_be_visible()
    if hurried.is_visible():
        expect(page.get_by_label("Titel van je casus")).to_have_value("Gemeente belt inwoners op")
        press(page, "Bewaar en ga verder")
    link = page.get_by_label("Je link").input_value()
    page.get_by_role("link", name="Ga verder").press("Enter")
    page.get_by_label("Naam van de organisatie").press_sequentially(ANSWERS["Naam van de organisatie"])
    press(page, "Stop en ga later verder")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaar deze link")
    only_the_one_cookie(page)

    later = visit(width=PHONE, javascript=False)
    page = later.open(link[link.index("/inzenden/") :])
    page.get_by_role("link", name="Bekijk het voorbeeld").first.press("Enter")
    expect(page.get_by_text("Dit is nog nodig").first).to_be_visible()
    page.get_by_role("link", name="Verander iets").first.press("Enter")
    page.get_by_role("link", name="Alles op één pagina").press("Enter")
    expect(page.get_by_label("Naam van de organisatie")).to_have_value(ANSWERS["Naam van de organisatie"])
    page.get_by_label("Gestopt").press("Space")
    for label, text in ANSWERS.items():
        page.get_by_role("textbox", name=label).fill(text)
    elephant = page.get_by_role("textbox", name="Waaraan zie je dit? (De olifant)")
    expect(elephant).to_be_hidden()
    page.get_by_label("De olifant", exact=True).press("Space")
    elephant.press_sequentially("Ieder deed iets anders.")
    press(page, "Bewaar en bekijk het voorbeeld")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemeente belt inwoners op")
    expect(page.get_by_text("Ieder deed iets anders.")).to_be_visible()
    assert later.overflow() == 0
    press(page, "Verstuur mijn casus")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je casus is verstuurd")
    assert later.overflow() == 0
    only_the_one_cookie(page)


@pytest.mark.parametrize("address", ["/inzenden/", "/inzenden/nieuw/", "/inzenden/nieuw/alles/"])
def test_everybody_can_use_the_form(visit: Callable[..., Any], address: str) -> None:
    tab = visit(width=PHONE)
    page = tab.open(address)
    if address.endswith("alles/"):
        page.get_by_label("Begonnen in").fill("ooit")
        press(page, "Bewaar en bekijk het voorbeeld")
        expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    assert not tab.accessibility_errors()
    assert tab.overflow() == 0
    page.context.clear_cookies()

"""Every kind of page: accessible, as wide as the window, and without a complaint of the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

#: Kind of page -> an address, and the status when that is not 200.
PAGES: dict[str, tuple[str, int]] = {
    "home": ("/", 200),
    "catalogue": ("/casussen/", 200),
    "catalogue with filters": ("/casussen/?q=data&uitkomst=geslaagd&uitkomst=gestopt&sector=gemeenten&factor=lef", 200),
    "catalogue, last page": ("/casussen/?pagina=8", 200),
    "nothing found": ("/casussen/?q=blockchain&land=denemarken", 200),
    "nothing like it": ("/casussen/?q=zxqwvy", 200),
    "whole site": ("/zoeken/?q=gemeente", 200),
    "nothing on the whole site": ("/zoeken/?q=zxqwvy", 200),
    "case": ("/casussen/algoritmeregister-amsterdam/", 200),
    "brilliant failure": ("BRILLIANT", 200),
    "brilliant failures": ("/briljante-mislukkingen/", 200),
    "patterns": ("/patronen/", 200),
    "pattern": ("/patronen/de-olifant/", 200),
    "climate": ("/klimaat/", 200),
    "factor": ("/klimaat/lef/", 200),
    "strategies": ("/strategieen/", 200),
    "sectors": ("/barometer/sectoren/", 200),
    "sector in an edition with everything": ("/barometer/sectoren/gemeenten/?editie=voorbeeld", 200),
    "sector without numbers": ("/barometer/sectoren/provincies/", 200),
    "barometer": ("/barometer/", 200),
    "edition": ("/barometer/edities/innovatie-barometer-2021/", 200),
    "indicators": ("/barometer/indicatoren/", 200),
    "indicator": ("/barometer/indicatoren/aanleiding-eigen-medewerkers/", 200),
    "explorer": ("/barometer/verkenner/", 200),
    "explorer with an answer": (
        "/barometer/verkenner/?indicator=klimaatscore&uitsplitsing=sector&editie=voorbeeld",
        200,
    ),
    "embedded figure": ("/barometer/verkenner/insluiten/?indicator=innoveert&uitsplitsing=land", 200),
    "country": ("/landen/denemarken/", 200),
    "organisations": ("/organisaties/", 200),
    "organisation": ("/organisaties/gemeente-amsterdam/", 200),
    "matrix": ("/matrix/", 200),
    "plain page": ("/over/", 200),
    "accessibility": ("/toegankelijkheid/", 200),
    "lists": ("/begrippenlijsten/", 200),
    "publications": ("/publicaties/", 200),
    "publication": ("/publicaties/archetypen-briljante-mislukkingen/", 200),
    "not found": ("/bestaat-niet/", 404),
    "wrong question": ("/casussen/?sector=bestaat-niet&kleur=blauw", 400),
}
WIDE, NARROW = 1280, 320
ZOOMED = 640  # a window of 1280 at 200 % has 640 pixels of its own
PAPER = 720  # the text width of a sheet of A4


def go(visited: Any, kind: str) -> None:
    """Open this kind of page; which case is a brilliant failure is asked from the catalogue."""
    address, status = PAGES[kind]
    if address != "BRILLIANT":
        visited.open(address, status)
        return
    page = visited.open("/casussen/?uitkomst=briljante-mislukking")
    page.locator("main .ib-card, main article").first.get_by_role("link").first.click()
    page.wait_for_url("**/casussen/*/")


@pytest.mark.parametrize("kind", PAGES)
def test_everybody_can_use_it(visit: Callable[..., Any], kind: str) -> None:
    """Wide, on a phone, at twice the size and on paper. The browser may not complain either: see `visit`."""
    tab = visit(width=WIDE)
    go(tab, kind)
    page = tab.page
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    assert page.title()
    assert page.locator("html").get_attribute("lang") == "nl"

    problems = {}
    for width in (WIDE, NARROW):
        tab.resize(width)
        problems[f"accessibility at {width}"] = tab.accessibility_errors()
    for width in (WIDE, ZOOMED, NARROW):
        tab.resize(width)
        problems[f"wider than {width}"] = tab.overflow()
    page.emulate_media(media="print")
    tab.resize(PAPER)
    problems["wider than paper"] = tab.overflow()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not {what: found for what, found in problems.items() if found}


def test_titles_tell_pages_apart(visit: Callable[..., Any]) -> None:
    tab = visit()
    titles = {name: tab.open(*PAGES[name]).title() for name in PAGES if PAGES[name][0].startswith("/")}
    assert len(titles) > 20
    assert len(set(titles.values())) >= len(titles) - 1, titles  # two pages of one list share theirs

"""How visitors find a case."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


def number_found(page: Page) -> int:
    """The number in the sentence above the results."""
    found = re.match(r"\d+", page.locator("#resultaten").inner_text())
    return int(found[0]) if found else 0


def open_filters(page: Page) -> None:
    """On a narrow window the filters are behind a button, which is a plain link without script."""
    button = page.locator(".ib-filter-button")
    if button.is_visible():
        button.click()


def facet(page: Page, label: str) -> Any:
    """One facet, unfolded."""
    found = page.locator("details.ib-facet").filter(
        has=page.locator("summary").filter(has_text=re.compile(f"^\\s*{label}"))
    )
    if found.get_attribute("open") is None:
        found.locator("summary").first.click()
    return found


def first_choice(page: Page, label: str) -> tuple[str, int]:
    """Tick the first choice of a facet; its name and the number behind it."""
    choice = facet(page, label).locator("li").first
    name = choice.locator("label span").first.inner_text()
    count = int(re.findall(r"\d+", choice.locator(".ib-check__count").inner_text())[0])
    choice.locator("label").click()
    expect(choice.get_by_role("checkbox")).to_be_checked()
    return name, count


def test_a_visitor_searches_from_the_home_page_and_reads_a_case(visit: Callable[..., Any]) -> None:
    page = visit().open("/")
    page.get_by_role("combobox", name="Waar wil je iets over weten?").first.fill("blockchain")
    page.get_by_role("button", name="Zoeken").first.click()
    expect(page.get_by_role("status").first).to_contain_text("blockchain")
    assert number_found(page) >= 1
    expect(page.locator("main mark").first).to_be_visible()
    first = page.locator("main article, main .ib-card").first.get_by_role("link").first
    first.click()
    expect(page).to_have_url(re.compile(r"/casussen/[a-z0-9-]+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_text(re.compile("blockchain", re.IGNORECASE)).first).to_be_attached()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_visitor_narrows_with_a_facet_and_the_count_comes_true(
    visit: Callable[..., Any], javascript: bool, width: int
) -> None:
    page = visit(javascript=javascript, width=width).open("/casussen/")
    before = number_found(page)
    open_filters(page)
    name, promised = first_choice(page, "Sector")
    page.get_by_role("button", name="Toon casussen").first.click()
    expect(page).to_have_url(re.compile(r"[?&]sector="))
    assert number_found(page) == promised < before
    expect(page.get_by_role("link", name=re.compile(f"Verwijder filter.*{re.escape(name)}"))).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_chip_takes_one_choice_away(visit: Callable[..., Any], javascript: bool) -> None:
    page = visit(javascript=javascript).open(
        "/casussen/?uitkomst=gestopt&uitkomst=briljante-mislukking&sector=gemeenten"
    )
    both = number_found(page)
    chips = page.get_by_role("link", name=re.compile("^Verwijder filter"))
    expect(chips).to_have_count(3)
    page.get_by_role("link", name=re.compile("Verwijder filter.*Gemeenten")).click()
    expect(chips).to_have_count(2)
    assert "sector" not in page.url
    assert number_found(page) > both
    page.get_by_role("link", name="Wis alles").click()
    expect(chips).to_have_count(0)


def test_the_question_stays_when_a_visitor_adds_a_filter(visit: Callable[..., Any]) -> None:
    page = visit().open("/casussen/?q=data&sorteer=titel")
    first_choice(page, "Uitkomst")
    page.get_by_role("button", name="Toon casussen").first.click()
    assert "q=data" in page.url
    assert "uitkomst=" in page.url
    assert "sorteer=titel" in page.url
    expect(page.get_by_role("combobox", name="Zoek in de casussen")).to_have_value("data")


def test_a_visitor_pages_through_and_comes_back(visit: Callable[..., Any]) -> None:
    page = visit().open("/casussen/?sorteer=titel")
    first = page.locator("main .ib-card h2, main article h2").first.inner_text()
    page.get_by_role("navigation", name=re.compile("[Pp]agina")).get_by_role(
        "link", name=re.compile("[Vv]olgende")
    ).click()
    expect(page).to_have_url(re.compile("pagina=2"))
    assert page.locator("main .ib-card h2, main article h2").first.inner_text() != first
    page.go_back()
    assert page.locator("main .ib-card h2, main article h2").first.inner_text() == first


def test_nothing_found_gives_a_way_out(visit: Callable[..., Any]) -> None:
    page = visit().open("/casussen/?q=blockchain&land=denemarken")
    assert number_found(page) == 0
    out = page.locator("main").get_by_role("link", name=re.compile("zonder", re.IGNORECASE)).first
    promised = int(re.findall(r"\d+", out.locator("xpath=ancestor-or-self::li").inner_text())[-1])
    out.click()
    assert number_found(page) == promised >= 1


def test_a_wrong_address_is_explained(visit: Callable[..., Any]) -> None:
    page = visit().open("/casussen/?sector=bestaat-niet", status=400)
    expect(page.locator("main")).to_contain_text("bestaat-niet")
    expect(page.locator("main").get_by_role("link", name=re.compile("casussen", re.IGNORECASE)).first).to_be_visible()


def test_a_long_facet_can_be_searched_with_script_only(visit: Callable[..., Any]) -> None:
    page = visit().open("/casussen/")
    themes = facet(page, "Land")
    box = themes.get_by_role("searchbox")
    expect(box).to_be_visible()
    box.fill("denem")
    expect(themes.locator("li:visible")).to_have_count(1)
    plain = visit(javascript=False).open("/casussen/")
    expect(facet(plain, "Land").get_by_role("searchbox")).to_have_count(0)

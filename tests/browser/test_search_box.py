"""Suggestions below the search box: with the keyboard, for a screen reader, with a finger, and without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


def typed(page: Page, text: str) -> Any:
    """Type in the first search box of the page, wait for the list, and give the box."""
    box = page.get_by_role("combobox").first
    box.focus()
    page.keyboard.type(text)
    expect(page.get_by_role("listbox", name="Suggesties")).to_be_visible()
    return box


def active(page: Page) -> str:
    """What a screen reader says: the text of the option that the box points at."""
    return str(
        page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent || ''")
    )  # fmt: skip


def test_suggestions_are_walked_through_with_the_keyboard(visit: Callable[..., Any]) -> None:
    page = visit().open("/casussen/")
    before = page.locator("#resultaten").bounding_box()
    box = typed(page, "watersch")
    options = page.get_by_role("listbox").get_by_role("option")
    number = options.count()
    assert page.locator("#resultaten").bounding_box() == before, "nothing moves"
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text(f"{number} suggesties. Kies met de pijltjestoetsen.")).to_be_attached()
    page.keyboard.press("ArrowDown")
    assert active(page) == options.first.text_content()
    page.keyboard.press("ArrowUp")
    assert active(page) == ""
    page.keyboard.press("ArrowUp")
    assert active(page) == options.last.text_content()
    page.keyboard.press("Home")
    assert active(page) == ""
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("watersch")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    promised = re.match(r"\d+ casus", active(page))
    assert promised
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/casussen/\?sector=waterschappen$"))
    expect(page.locator("#resultaten")).to_contain_text(promised[0])


def test_the_list_never_stands_in_the_way(visit: Callable[..., Any]) -> None:
    page = visit().open("/")
    box = typed(page, "drones")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Zoeken").first).to_be_focused()
    box.focus()
    page.keyboard.press("End")
    page.keyboard.type(" ")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/casussen/\?q=drones"))


@pytest.mark.parametrize("width", [1280, 320])
def test_the_open_list_is_accessible_and_a_finger_can_choose(visit: Callable[..., Any], width: int) -> None:
    tab = visit(width=width)
    page = tab.open("/zoeken/")
    typed(page, "onder de rad")
    page.keyboard.press("ArrowDown")
    assert tab.overflow() == 0
    tab.resize(width, 901)
    assert tab.accessibility_errors() == []
    page.get_by_role("option", name="Strategie: Onder de radar").click()
    expect(page).to_have_url(re.compile(r"/strategieen/onder-de-radar/$"))


def test_without_script_it_is_a_search_box(visit: Callable[..., Any]) -> None:
    page = visit(javascript=False).open("/zoeken/?q=stiekem+uitproberen")
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("link", name="Onder de radar").first).to_be_visible()
    page.get_by_role("searchbox").fill("drones")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("heading", name=re.compile("^Casussen"))).to_be_visible()
    expect(page.locator("main mark").first).to_have_text(re.compile("drone", re.IGNORECASE))

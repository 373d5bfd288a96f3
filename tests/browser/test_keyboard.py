"""A visitor who uses only the keyboard."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

#: A line around the focused element, or around the whole card that it opens (drawn by its ::after).
MARKED = """() => [null, '::after'].some((part) => {
  const style = getComputedStyle(document.activeElement, part);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
})"""
#: Something that stays in view while the page scrolls lies over the focused element.
HIDDEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  let over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  for (; over && !over.contains(document.activeElement); over = over.parentElement) {
    if (['sticky', 'fixed'].includes(getComputedStyle(over).position)) return true;
  }
  return false;
}"""


def tab_until(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the focus is on such an element; on the way every focus must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(MARKED), f"The focus cannot be seen on {where}"
        assert not page.evaluate(HIDDEN), f"The focus is behind something on {where}"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Never reached {selector}")


def test_from_the_skip_link_to_a_case(visit: Callable[..., Any]) -> None:
    page = visit().open("/casussen/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Direct naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_until(page, "input[name=q]", most=3)
    page.keyboard.type("blockchain")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=blockchain"))
    tab_until(page, "main .ib-card a, main article a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/casussen/[a-z0-9-]+/$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_facet_is_chosen_with_the_keyboard(visit: Callable[..., Any]) -> None:
    page = visit().open("/casussen/")
    tab_until(page, "details.ib-facet summary")
    if page.evaluate("!document.activeElement.parentElement.open"):
        page.keyboard.press("Enter")
    tab_until(page, "details.ib-facet input[type=checkbox]", most=3)
    page.keyboard.press("Space")
    tab_until(page, "#filters button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("^Verwijder filter"))).to_have_count(1)


def test_every_stop_of_the_catalogue_can_be_seen(visit: Callable[..., Any]) -> None:
    page = visit(height=600).open("/casussen/")
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    tab_until(page, "main .ib-card a", most=600)


def test_the_menu_and_the_filters_on_a_phone(visit: Callable[..., Any]) -> None:
    page = visit(width=320).open("/casussen/")
    for name, inside in (("Menu", "#hoofdmenu"), ("Filters", "#filters")):
        button = page.get_by_role("button", name=re.compile(f"^{name}"))
        expect(page.locator(inside)).to_be_hidden()
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(page.locator(inside)).to_be_visible()
        tab_until(page, f"{inside} a, {inside} summary, {inside} input", most=4)
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        expect(page.locator(inside)).to_be_hidden()


def test_the_menu_on_a_phone_without_script(visit: Callable[..., Any]) -> None:
    page = visit(width=320, javascript=False).open("/")
    page.get_by_role("link", name="Menu").click()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Patronen").click()
    expect(page).to_have_url(re.compile("/patronen/$"))

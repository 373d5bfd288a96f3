"""An editor who adds a brilliant failure: a concept from the window, saved by itself, previewed on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect


@pytest.fixture
def editor(site: str, browser: Browser, first_editor: tuple[str, str]) -> Iterator[Page]:
    """The first editor, signed in."""
    context: BrowserContext = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.goto(f"{site}/beheer/")
    name, password = first_editor
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Wat wacht er op mij?")).to_be_visible()
    yield page
    context.close()
    assert not mistakes


def test_a_brilliant_failure_with_a_link(editor: Page, site: str) -> None:
    page = editor
    page.goto(f"{site}/beheer/casussen/nieuwe-briljante-mislukking/")
    expect(page.get_by_label("Goed bedoeld")).to_be_visible()
    page.select_option("#id_outcome", "gestopt")
    expect(page.get_by_label("Goed bedoeld")).to_be_hidden()
    page.select_option("#id_outcome", "briljante-mislukking")
    page.fill("#id_title", "Proef in de browser: een deur die niemand opendeed")
    page.fill("#id_introduction", "Wij maakten een deur. Niemand deed haar open.")
    page.get_by_role("button", name="Voeg koppeling toe").click()
    page.get_by_label("Zoek", exact=True).fill("olifant")
    expect(page.locator("[data-multiple-choice-select]")).to_have_count(1)
    page.get_by_role("checkbox", name="De olifant").check()
    page.get_by_role("button", name="Selectie bevestigen").click()
    page.fill("#id_links-0-evidence", "Ieder zag alleen zijn eigen kant van de deur.")
    expect(page.locator("#id_links-0-effect_0")).to_be_hidden()  # a pattern neither helps nor hinders
    page.get_by_role("button", name="Bewaar concept").click()
    page.wait_for_url("**/edit/")
    expect(page.locator("#id_links-0-evidence")).to_have_value("Ieder zag alleen zijn eigen kant van de deur.")
    expect(page.get_by_text("Compleet: 5 van 14").first).to_be_visible()
    page.locator('[data-side-panel-toggle="preview"]').click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Proef in de browser: een deur die niemand opendeed")

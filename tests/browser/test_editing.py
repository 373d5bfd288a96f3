"""An editor who adds a brilliant failure: a concept from the window, saved by itself, previewed on a phone."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
user = get_user_model().objects.filter(is_superuser=True).first()
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
"""


@pytest.fixture
def editor(site: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The first editor, signed in; with TEST_SITE its data folder must be named in DATA_DIR."""
    made = next(iter(sorted(tmp_path_factory.getbasetemp().glob("site*/data"))), None)
    data = os.environ.get("DATA_DIR") or made
    assert data, "With TEST_SITE, name its data folder in DATA_DIR."
    manage = Path(settings.BASE_DIR) / "script" / "manage"
    environment = os.environ | {"DATA_DIR": str(data)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    made_key = subprocess.run(
        [manage, "shell", "-v0", "-c", SIGN_IN], env=environment, check=True, capture_output=True, text=True
    )
    context: BrowserContext = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "sessionid", "value": made_key.stdout.split()[-1], "url": site}])
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
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

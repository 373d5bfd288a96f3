"""A whole site as an operator starts it, and a real browser as a visitor uses it."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(settings.BASE_DIR)
START_SECONDS = 420
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
#: WCAG 2.2 A and AA, and what the makers of axe advise beyond it.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(slots=True)
class Visit:
    """One visitor in one tab: the page, and everything the browser complained about."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str, status: int = 200) -> Page:
        """Go to an address of the site."""
        response = self.page.goto(self.site + address)
        assert isinstance(response, Response)
        assert response.status == status, f"{address}: {response.status}"
        return self.page

    def resize(self, width: int, height: int = 900) -> None:
        """Give the window another size."""
        self.page.set_viewport_size({"width": width, "height": height})

    def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return max(0, int(wider))

    def accessibility_errors(self) -> list[str]:
        """What axe finds wrong, contrast included: rule, what it is about, and where.

        The window is made as high as the page: what a sticky bar covers comes into view by scrolling.
        """
        size = self.page.viewport_size
        assert size
        height = int(self.page.evaluate("document.documentElement.scrollHeight"))
        self.resize(size["width"], height)
        # Only what is wrong is worked out to the last element: that takes half the time.
        options = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options)
        return [
            f"{violation['id']}: {violation['help']} [{'; '.join(str(node['target']) for node in violation['nodes'][:4])}]"
            for violation in found.response["violations"]
        ]


OpenVisit = Callable[..., Visit]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site set up by `script/server` in an empty folder. TEST_SITE names one that runs already."""
    if running := os.environ.get("TEST_SITE"):
        yield running.rstrip("/")
        return
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR", "PYTHON"}}
    environment = kept | {
        "PORT": str(port),
        "DATA_DIR": str(folder / "data"),
        "WEB_CONCURRENCY": "1",
        "DRAW_CHARTS": "0",
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [ROOT / "script" / "server"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_open(address, server, log)
        # Some charts are there and others are not yet: both must be fine.
        draw = [ROOT / "script" / "manage", "draw_charts", "--most", "16", "-v0"]
        subprocess.run(draw, env=environment, check=True, capture_output=True)
        yield address
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def first_editor(site: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Name and password of the account that the first start made. With TEST_SITE: the file is named in TEST_SITE_ACCOUNT."""
    made = tmp_path_factory.getbasetemp().glob("site*/data/eerste-redacteur.txt")
    account = Path(os.environ.get("TEST_SITE_ACCOUNT") or next(made))
    found = dict(line.split(": ", 1) for line in account.read_text().splitlines())
    return found["naam"], found["wachtwoord"]


def _wait_until_open(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/gezond/", timeout=5):  # noqa: S310  our own site
                return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail(
        "The site does not open:\n" + "\n".join(log.read_text(errors="replace").splitlines()[-20:]), pytrace=False
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; CHROMIUM names another one."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.fail("There is no Chromium: install it, or name one in CHROMIUM.", pytrace=False)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield found
        found.close()


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[OpenVisit]:
    """Start a visit; at the end of the test no browser may have complained and no request may have left the site."""
    contexts, visits = [], []

    def start(*, width: int = 1280, height: int = 900, javascript: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="nl-NL",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        made = Visit(page, site)
        visits.append(made)

        def heard(kind: str, text: str, url: str) -> None:
            # A page that is meant to be a 404 or 400 is reported by the browser as a failed load of itself.
            if not (text.startswith("Failed to load resource") and url == page.url):
                made.complaints.append(f"{kind}: {text} ({url})")

        page.on(
            "console",
            lambda message: (
                heard("console", message.text, message.location.get("url", "")) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: heard("script", str(error), page.url))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((site, "data:")) else heard("outside", request.method, request.url)
            ),
        )
        return made

    yield start
    complaints = [complaint for made in visits for complaint in made.complaints]
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert not complaints
    assert not cookies, "A reader got a cookie."

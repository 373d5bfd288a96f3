"""Visiting links: politely, and never into our own network."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest

from survey.care import visiting
from survey.care.visiting import RefusedError, Visit, is_public, public_address, visit

GOOD = Visit(200)


class Handler(BaseHTTPRequestHandler):
    """`/301/waarheen` answers 301; `/no-head` knows GET only."""

    seen: list[tuple[str, str, str]] = []

    def answer(self) -> None:
        Handler.seen.append((self.command, self.path, self.headers["User-Agent"]))
        status, _, target = self.path.strip("/").partition("/")
        if status == "no-head":
            status = "405" if self.command == "HEAD" else "200"
        self.send_response(int(status))
        if target:
            self.send_header("Location", unquote(target) if "//" in target else f"/{target}")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"x" * 10)

    do_HEAD = do_GET = answer  # noqa: N815  names of the library

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server of our own, which counts as public here under the name `buiten.example`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    Handler.seen = []
    monkeypatch.setattr(visiting, "is_public", lambda address: address == "127.0.0.1")
    yield f"http://buiten.example:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def names(host: str, port: int) -> list[str]:
    """What the names of these tests answer."""
    return {"buiten.example": ["127.0.0.1"], "binnen.example": ["10.0.0.8"]}[host]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "ff02::1",
    ],
)
def test_addresses_within_a_network_are_not_public(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(RefusedError):
        public_address("binnen.example", 80, lambda host, port: [address])


def test_addresses_of_the_internet_are_public() -> None:
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert public_address("x.example", 80, lambda host, port: ["10.0.0.1", "93.184.215.14"]) == "93.184.215.14"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://buiten.example/",
        "file:///etc/passwd",
        "http://binnen.example/",
        "http://piet:geheim@buiten.example/",
        "http:///leeg",
        "http://buiten.example:x/",
        f"http://{'a' * 70}.example/",
    ],
)
def test_what_is_not_the_open_web_is_not_visited(url: str) -> None:
    assert visit(url, names).is_refused


def test_numbers_that_mean_this_machine_are_not_visited() -> None:
    for url in ("http://127.0.0.1:1/", "http://[::1]:1/", "http://2130706433:1/", "http://0x7f000001:1/"):
        assert visit(url).is_refused, url


def test_a_redirect_into_the_network_is_not_followed(site: str) -> None:
    assert visit(f"{site}/302/http://binnen.example/beheer", names).is_refused


def test_a_redirect_to_no_address_at_all_is_a_failure(site: str) -> None:
    found = visit(f"{site}/302/http://[", names)
    assert found.is_failure
    assert "geen webadres" in found.problem


def test_the_name_is_looked_up_once_for_each_connection(site: str) -> None:
    """A name that answers with an inside address the second time (DNS rebinding) is never asked a second time."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.8"]

    assert visit(f"{site}/200", rebinding) == GOOD
    assert asked == ["buiten.example"]


def test_a_good_address_costs_one_short_question_with_our_name(site: str) -> None:
    assert visit(f"{site}/200", names) == GOOD
    assert Handler.seen == [("HEAD", "/200", "kennisbank-linkcontrole/1.0 (+http://testserver)")]


def test_a_site_that_knows_no_short_question_is_asked_the_ordinary_one(site: str) -> None:
    assert visit(f"{site}/no-head", names) == GOOD
    assert [method for method, *_ in Handler.seen] == ["HEAD", "GET"]


def test_where_an_address_moved_for_good_is_suggested(site: str) -> None:
    assert visit(f"{site}/301/200", names).moved_to == f"{site}/200"
    assert visit(f"{site}/302/200", names).moved_to == ""
    assert visit(f"{site}/308/302/200", names).moved_to == f"{site}/302/200"
    assert visit(f"{site}/301/404", names).is_failure


@pytest.mark.parametrize(
    ("path", "is_failure", "problem"),
    [
        ("404", True, "bestaat niet"),
        ("410", True, "weggehaald"),
        ("500", True, "fout (500)"),
        ("403", False, "niet binnen (403)"),
        ("429", False, "niet binnen (429)"),
        ("302/302/302/302/302/302/302", True, "blijft doorverwijzen"),
    ],
)
def test_how_an_answer_is_told(site: str, path: str, is_failure: bool, problem: str) -> None:
    found = visit(f"{site}/{path}", names)
    assert found.is_failure is is_failure
    assert problem in found.problem


def test_what_does_not_answer_is_a_failure(site: str) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise visiting.socket.gaierror

    assert "naam bestaat niet" in visit(f"{site}/200", nowhere).problem
    assert visit("http://buiten.example:1/", names).is_failure
    assert "certificaat" in visit(site.replace("http", "https"), names).problem

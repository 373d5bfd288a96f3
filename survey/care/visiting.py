"""Visiting an address elsewhere without becoming anybody's way into this network.

Only http and https, only public addresses, at every step of a redirect. A name is looked up once and the connection goes
to the address that was looked at, so that a name that answers differently the next moment (DNS rebinding) gains nothing.
That is why this is `http.client` and not `requests`, which looks a name up by itself.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

#: Host and port -> the addresses behind it.
Resolver = Callable[[str, int], list[str]]

TIMEOUT = 15.0
"""Seconds that a server may be silent, and twice that for a whole answer."""
MOST_REDIRECTS = 5
PERMANENT = {301, 308}
REDIRECTS = {*PERMANENT, 302, 303, 307}
#: The server is there and keeps programs out, or wants less of us: no sign that the page is gone.
KEPT_OUT = {401, 403, 407, 429, 451}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "/%:@!$&'()*+,;=~-._?"


class RefusedError(Exception):
    """An address we don't visit; the message says why."""


@dataclass(frozen=True, slots=True)
class Visit:
    """How an address answered. `problem` is empty when all is well; `moved_to` where it moved for good."""

    status: int | None = None
    problem: str = ""
    moved_to: str = ""
    is_refused: bool = False
    is_failure: bool = False


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet, also when it wraps another one."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if address.sixtofour or address.teredo or address in _NAT64 or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def public_address(host: str, port: int, resolve: Resolver) -> str:
    """The one address to connect to. Raises RefusedError, or OSError when there is no such name."""
    for found in resolve(host, port):
        if is_public(found):
            return found
    raise RefusedError("Dit adres ligt niet op het openbare internet.")


def visit(url: str, resolve: Resolver = look_up, timeout: float = TIMEOUT) -> Visit:
    """First the short question (HEAD); when that gets no good answer, the ordinary one (GET), of which nothing is read."""
    try:
        found = _follow(url, "HEAD", resolve, timeout)
        if found.is_failure or (found.status or 0) in KEPT_OUT:
            found = _follow(url, "GET", resolve, timeout)
    except RefusedError as error:
        return Visit(problem=str(error), is_refused=True)
    return found


def _follow(url: str, method: str, resolve: Resolver, timeout: float) -> Visit:
    here, moved_to, for_good = url, "", True
    for _ in range(MOST_REDIRECTS + 1):
        try:
            status, location = _ask(here, method, resolve, timeout)
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            return Visit(problem=_in_words(error), is_failure=True)
        if status not in REDIRECTS or not location:
            break
        try:
            here = urljoin(here, location).partition("#")[0]
        except ValueError:
            return Visit(status, "Dit adres verwijst door naar iets wat geen webadres is.", is_failure=True)
        for_good = for_good and status in PERMANENT
        moved_to = here if for_good else moved_to
    else:
        return Visit(status, "Dit adres blijft doorverwijzen.", is_failure=True)
    if status in KEPT_OUT:
        return Visit(status, f"De site laat ons programma niet binnen ({status}). Kijk zelf of de pagina er is.")
    if status >= 400:
        return Visit(status, _STATUS.get(status, f"De site antwoordt met een fout ({status})."), is_failure=True)
    return Visit(status, moved_to=moved_to)


_STATUS = {404: "Deze pagina bestaat niet (404).", 410: "Deze pagina is weggehaald (410)."}


def _in_words(error: Exception) -> str:
    match error:
        case socket.gaierror():
            return "Deze naam bestaat niet op het internet."
        case ssl.SSLError():
            return "De beveiligde verbinding lukt niet. Het certificaat klopt niet."
        case TimeoutError():
            return "De site antwoordt niet op tijd."
        case ConnectionError():
            return "De site weigert of verbreekt de verbinding."
    return f"De site is niet te bereiken ({type(error).__name__})."


def _ask(url: str, method: str, resolve: Resolver, timeout: float) -> tuple[int, str]:
    """Status and `Location` of one request; the body is never read. Raises RefusedError, OSError, HTTPException."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:  # also what is no host name
        raise RefusedError("Dit is geen geldig webadres.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise RefusedError("Dit is geen adres van het web (http of https).")
    if parts.username is not None:
        raise RefusedError("In dit adres staat een inlognaam.")
    port = port or (443 if parts.scheme == "https" else 80)
    address = public_address(host, port, resolve)
    made = (_Https if parts.scheme == "https" else _Http)(host, address, port, timeout)
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    limit = threading.Timer(2 * timeout, made.give_up)  # a server may not keep us by a byte now and then
    limit.daemon = True
    limit.start()
    try:
        made.request(method, path, headers={"User-Agent": user_agent(), "Accept": "*/*", "Connection": "close"})
        with made.getresponse() as response:
            return response.status, response.headers.get("Location", "")
    finally:
        limit.cancel()
        made.close()


def user_agent() -> str:
    """Who we are and where to complain."""
    return f"kennisbank-linkcontrole/1.0 (+{settings.SITE_URL})"


class _Http(http.client.HTTPConnection):
    """To the address that was looked at, whatever the name would answer now."""

    def __init__(self, host: str, address: str, port: int, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.address = address

    def connect(self) -> None:
        """Without looking up the name again."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)

    def give_up(self) -> None:
        """From another thread: whoever waits for an answer gets an error."""
        with contextlib.suppress(OSError):  # it may just have come, or never have begun
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


class _Https(_Http):
    """The same; the certificate must be that of the name."""

    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """First the address, then the handshake in the name of the host."""
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

"""Whole pages in this process, none of them kept: each request comes for another host name."""

import statistics
from typing import Any

from scale.measuring import milliseconds
from scale.questions import ASKED

#: At most so many times as long at a hundred thousand cases as at ten thousand.
MOST_GROWTH = 2.0
#: No kind of page may take longer, in milliseconds.
MOST_EACH = 1000.0
RUNS = 5
#: One of each kind of page that shows cases or what belongs to them.
OTHERS = (
    "/",
    "/casussen/verzonnen-1-1/",
    "/casussen/feed/",
    "/klimaat/lef/",
    "/patronen/de-olifant/",
    "/patronen/",
    "/themas/water/",
    "/barometer/sectoren/gemeenten/",
    "/organisaties/",
    "/organisaties/verzonnen-organisatie-1-0/",
    "/briljante-mislukkingen/",
    "/matrix/",
    "/matrix/?rij=factor&kolom=strategie",
    "/begrippenlijsten/",
    "/sitemap.xml",
    "/sitemap-casussen.xml",
    "/sitemap-casussen.xml?p=2",
)


def run() -> dict[str, Any]:
    """Milliseconds of processor time: of each question's page, and of each other page."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    hosts = iter(range(1_000_000))

    def once(address: str, parameters: dict[str, str]) -> tuple[float, int, int]:
        answers: list[Any] = []
        host = f"run-{next(hosts)}.example.nl"

        def ask() -> None:
            response = client.get(address, parameters or None, headers={"host": host})
            answers.append((response.status_code, len(response.getvalue() if response.streaming else response.content)))

        taken = milliseconds(ask)
        return taken, *answers[0]

    def asked(address: str, parameters: dict[str, str]) -> dict[str, Any]:
        first, status, size = once(address, parameters)
        with CaptureQueriesContext(connection) as captured:
            once(address, parameters)
        queries = len(captured)  # the next request forgets them
        runs = [once(address, parameters)[0] for _ in range(RUNS if first < MOST_EACH else 1)]
        return {"ms": statistics.median(runs), "first": first, "status": status, "kB": size / 1024, "queries": queries}

    return {
        "search": {one.kind: asked("/casussen/", one.parameters) for one in ASKED},
        "others": {address: asked(*parted(address)) for address in OTHERS},
    }


def parted(address: str) -> tuple[str, dict[str, str]]:
    """Path and parameters."""
    path, _, query = address.partition("?")
    return path, dict(pair.split("=", 1) for pair in query.split("&")) if query else {}

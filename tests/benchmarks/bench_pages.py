"""How much more a page of the barometer costs than a constant template of the same size, behind the same middleware.

    DATA_DIR=var python tests/benchmarks/bench_pages.py

Needs a filled site (`script/server` once). Each page is asked some times; the median of processor time counts. Not kept:
each request comes for another host name, so that no kept page answers. Kept: the same request again.
"""

import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "/barometer/",
    "/barometer/sectoren/gemeenten/",
    "/barometer/sectoren/gemeenten/?editie=voorbeeld",
    "/barometer/verkenner/?indicator=klimaatscore&uitsplitsing=sector&editie=voorbeeld",
    "/barometer/indicatoren/aanleiding-eigen-medewerkers/",
)
CONSTANT = "/voor-de-meting/"
RUNS = 30


def seconds(client: "Client", address: str, host: str) -> float:
    """Processor time of one request."""
    start = time.process_time()
    response = client.get(address, headers={"host": host})
    taken = time.process_time() - start
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return taken


def median(client: "Client", address: str, *, kept: bool) -> float:
    """The middle of some runs, after one to warm up."""
    name = "kept.example.nl" if kept else "warm.example.nl"
    seconds(client, address, name)
    return statistics.median(seconds(client, address, name if kept else f"run-{run}.example.nl") for run in range(RUNS))


def main() -> None:
    """Print a line for each page."""
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.test import Client
    from django.urls import path

    from barometer_site import urls

    def constant(request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render({"text": text}, request))

    urls.urlpatterns.insert(0, path(CONSTANT.strip("/") + "/", constant))
    client = Client()
    for address in PAGES:
        text = client.get(address, headers={"host": "size.example.nl"}).content.decode()
        template = engines["django"].from_string("{{ text|safe }}")
        for kept in (False, True):
            ours, base = median(client, address, kept=kept), median(client, CONSTANT, kept=kept)
            what = "kept    " if kept else "not kept"
            sys.stdout.write(
                f"{address:<90} {what} {1000 * ours:7.1f} ms, constant template of {len(text) // 1024:>3} kB "
                f"{1000 * base:6.1f} ms: {ours / base:.1f} times\n"
            )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barometer_site.settings.local")
    main()

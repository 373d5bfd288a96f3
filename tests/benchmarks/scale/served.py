"""The site as gunicorn serves it: to one visitor, and to one and eight while an editor publishes a case every second."""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scale.measuring import percentile

ROOT = Path(__file__).resolve().parents[3]
WORKERS = 2
SECONDS = 12
#: Milliseconds of the middle request with one visitor; MB of a process that serves.
MOST_MS, MOST_MB = 50.0, 250.0
#: Publishes another case every second, and prints how many that were when it is told to stop.
EDITOR = """
import signal, sys, time
import django
django.setup()
from cases.models import CasePage
stop = []
signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
pks = list(CasePage.objects.order_by("-pk").values_list("pk", flat=True)[:500])
done = 0
print("ready", flush=True)
while not stop:
    draft = CasePage.objects.get(pk=pks[done % len(pks)]).get_latest_revision_as_object()
    draft.in_brief = f"Bijgewerkt om {time.time():.0f}."
    draft.save_revision().publish()
    done += 1
    time.sleep(1)
print(done, flush=True)
"""


def run() -> dict[str, Any]:
    """Number of visitors, and whether somebody publishes -> their requests."""
    with our_server() as (port, server):
        workers, others = _children(server)
        _ask(port, 2, 3, 0)  # warm
        found: dict[str, Any] = {}
        for number, (clients, editor) in enumerate(((1, _nobody), (1, _editor), (8, _editor)), start=1):
            with editor() as published:
                before = {pid: _processor(pid) for pid in workers}
                asked = _ask(port, clients, SECONDS, 2000 * number)
                spent = sum(_processor(pid) - before[pid] for pid in workers)
            times = asked["times"]
            found[f"{clients} {'quiet' if editor is _nobody else 'publishing'}"] = {
                "requests": len(times),
                "middle": statistics.median(times),
                "p95": percentile(times, 0.95),
                "most": max(times),
                "errors": asked["number of errors"],
                "first errors": asked["errors"][:3],
                "processor": 1000 * spent / len(times),
                "published": published[0],
            }
        found["MB"] = [_memory(pid) for pid in workers]
        found["other MB"] = [_memory(pid) for pid in others]
    return found


def _ask(port: int, clients: int, seconds: int, first: int) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name("clients.py")), *map(str, (port, clients, seconds, first))]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(json.loads(out))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until_it_answers(address: str) -> None:
    """Wait for a server that was just started, a minute at most."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=30).close()  # noqa: S310  our own server
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


@contextmanager
def our_server() -> Iterator[tuple[int, int]]:
    """The site of this data folder as gunicorn serves it: its port, and its process."""
    port = free_port()
    environment = os.environ | {
        **{"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": str(WORKERS)},
        **{"DRAW_CHARTS": "0", "RUN_PLANNED": "0"},
    }
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "script/gunicorn_config.py")]
    server = subprocess.Popen(
        [*command, "barometer_site.wsgi:application"], env=environment, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        until_it_answers(f"http://127.0.0.1:{port}/gezond/")
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def _nobody() -> Iterator[list[int]]:
    yield [0]


@contextmanager
def _editor() -> Iterator[list[int]]:
    """How many cases were published stands in the list afterwards."""
    published: list[int] = []
    editor = subprocess.Popen([sys.executable, "-c", EDITOR], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert editor.stdout is not None and editor.stdout.readline() == "ready\n"
    try:
        yield published
    finally:
        editor.terminate()
        published.append(int(editor.communicate()[0] or 0))


def _children(pid: int) -> tuple[list[int], list[int]]:
    """The processes that serve, and those that stand beside them."""
    found = [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    serving = [one for one in found if b"gunicorn" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return serving, [one for one in found if one not in serving]


def _processor(pid: int) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> dict[str, float]:
    """Its own memory, and all that is resident: with the pages of index and database files.

    Those are shared by all processes, and the machine takes them back whenever it needs memory.
    """
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {name: int(lines[key].split()[0]) / 1024 for name, key in (("own", "RssAnon"), ("all", "VmRSS"))}

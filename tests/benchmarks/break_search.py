"""Breaks the search index while people search, and counts what they notice. Not a test: it takes minutes.

    script/manage generate_cases 10000   # or any folder with a site in it: it is copied, never changed
    .venv/bin/python tests/benchmarks/break_search.py --folder DATA_DIR [--port 8021] [--seconds 90] [--follower]
        [--only remove_all cut_in_place ...]

Starts gunicorn with two workers on a copy. Four clients search without a pause, an editor publishes each second and looks
whether it is found, another one counts the cases of one year, which never change, and every few seconds something is
deleted, damaged, cut, rebuilt or killed. Prints what was done, and at the end: requests, errors, wrong answers, how long a
publication took to be found, the slowest answers, and how long after the damage the last thing went wrong.
"""

import argparse
import json
import random
import re
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from breaking import DAMAGE, OTHER_DAMAGE, Site

WORDS = ("innovatie", "gemeente", "water", "zorg", "samenwerking", "data", "energie", "leren", "drone", "wijk")
#: Publishes as an editor does, once for each line of input: a number; answers when it is saved.
EDITOR = """
import sys, django
django.setup()
from cases.models import CasePage
pks = list(CasePage.objects.published().order_by("pk").values_list("pk", flat=True)[:50])
for line in sys.stdin:
    case = CasePage.objects.get(pk=pks[int(line) % len(pks)])
    case.introduction = "Kenmerk uniek%sx in de samenvatting." % line.strip()
    case.save_revision().publish()
    print("ok", flush=True)
"""


class Tally:
    """What clients and the editor noticed."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.answers: Counter[str] = Counter()
        self.times: list[float] = []
        self.visible: list[float] = []
        self.wrong: list[str] = []
        self.damaged = "", 0.0
        self.longest: dict[str, float] = {}

    def went_wrong(self) -> None:
        """How long after the last damage that still happens."""
        name, moment = self.damaged
        self.longest[name] = max(self.longest.get(name, 0.0), time.monotonic() - moment)


def get(address: str) -> tuple[str, bytes]:
    """Status (or the kind of error) and content."""
    try:
        with urlopen(Request(address), timeout=90) as response:  # noqa: S310  our own server
            return str(response.status), response.read()
    except HTTPError as error:
        return str(error.code), b""
    except (URLError, OSError) as error:
        return f"connection: {type(getattr(error, 'reason', error)).__name__}", b""


def found(site: Site, text: str) -> tuple[str, int]:
    """Status, and how many cases."""
    status, content = get(f"{site.address}/casussen/export.json?q={quote(text)}")
    if status != "200":
        return status, -1
    return status, len(json.loads(content)["casussen"])


def search_on(site: Site, tally: Tally, number: int) -> None:
    """One client: pages of the catalogue, each with a word that has hits."""
    chance = random.Random(number)
    while not tally.stopped.is_set():
        begun = time.monotonic()
        status, content = get(f"{site.address}/casussen/?q={chance.choice(WORDS)}+{chance.choice(WORDS)}")
        tally.times.append(time.monotonic() - begun)
        tally.answers[status] += 1
        if status != "200":
            tally.went_wrong()
        elif b"Geen casussen" in content:
            tally.went_wrong()
            tally.wrong.append(f"nothing found at {time.strftime('%X')}")


def count_on(site: Site, tally: Tally) -> None:
    """All cases are there, all the time."""
    right = None
    while not tally.stopped.is_set():
        status, content = get(f"{site.address}/casussen/?jaar=2019")
        tally.answers[f"count {status}"] += 1
        found_number = re.search(r"([0-9.]+) casussen met", content.decode())
        counted = found_number and found_number[1]
        right = right or counted
        if status != "200" or counted != right:
            tally.went_wrong()
            tally.wrong.append(f"{status}: {counted} instead of {right} at {time.strftime('%X')}")
        time.sleep(0.1)


def publish_on(site: Site, tally: Tally) -> None:
    """The editor: one publication a second, each looked for until it is found."""
    editor = site.program(EDITOR)
    assert editor.stdin
    assert editor.stdout
    number = 0
    while not tally.stopped.is_set():
        number += 1
        editor.stdin.write(f"{number}\n")
        editor.stdin.flush()
        if not editor.stdout.readline():
            tally.wrong.append("the editor could not save")
            return
        begun = time.monotonic()
        while True:
            status, amount = found(site, f"uniek{number}x")
            tally.answers[f"editor {status}"] += 1
            if amount == 1:
                break
            if time.monotonic() - begun > 30:
                tally.wrong.append(f"publication {number} not found in 30 seconds ({status}, {amount})")
                break
            time.sleep(0.05)
        tally.visible.append(time.monotonic() - begun)
        time.sleep(max(0.0, 1 - (time.monotonic() - begun)))
    editor.stdin.close()
    editor.wait()


def shares(times: list[float]) -> str:
    """The times within which parts were ready."""
    ordered = sorted(times) or [0.0]
    parts = {"half": 0.5, "95%": 0.95, "99%": 0.99, "all": 1.0}
    return ", ".join(f"{ordered[int(part * (len(ordered) - 1))]:.2f} s ({name})" for name, part in parts.items())


def say(line: str) -> None:
    """To whoever started this."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """See the top of this file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8021)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--pause", type=float, default=9, help="seconds between two kinds of damage")
    parser.add_argument("--follower", action="store_true", help="with the process that follows beside the server")
    names = {damage.__name__: damage for damage in (*DAMAGE, *OTHER_DAMAGE)}
    parser.add_argument("--only", nargs="+", choices=names, help="these kinds of damage, in this order")
    chosen = parser.parse_args()
    damages = [names[name] for name in chosen.only or ()] or DAMAGE
    site, tally = Site(chosen.folder, chosen.port, chosen.follower), Tally()
    try:
        while get(f"{site.address}/gezond/")[0] != "200":
            time.sleep(0.2)
        threads = [threading.Thread(target=search_on, args=(site, tally, number)) for number in range(4)]
        threads.extend(threading.Thread(target=work, args=(site, tally)) for work in (publish_on, count_on))
        for thread in threads:
            thread.start()
        begun, number = time.monotonic(), 0
        while time.monotonic() - begun < chosen.seconds:
            time.sleep(chosen.pause)
            damage = damages[number % len(damages)]
            number += 1
            before = Counter(tally.answers)
            tally.damaged = damage.__name__, time.monotonic()
            try:
                damage(site)
            except OSError as error:
                say(f"{damage.__name__}: {error}")
            say(f"{time.monotonic() - begun:5.0f} s  {damage.__name__:18} so far {dict(before)}")
        time.sleep(chosen.pause)
        tally.stopped.set()
        for thread in threads:
            thread.join(120)
    finally:
        site.stop()
    errors = {name: count for name, count in tally.answers.items() if "200" not in name}
    say(f"answers {dict(tally.answers)}; errors {errors or 'none'}; wrong {tally.wrong or 'none'}")
    say(
        f"last error or wrong answer after: {({name: round(took, 1) for name, took in tally.longest.items()}) or 'none'}"
    )
    say(f"published {len(tally.visible)}, found within {shares(tally.visible)}")
    say(f"searches {len(tally.times)}, answered within {shares(tally.times)}; log: {site.place / 'server.log'}")


if __name__ == "__main__":
    main()

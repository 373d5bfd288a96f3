"""Breaks the search index while people search, and counts what they notice. Not a test: it takes minutes.

    script/manage generate_cases 10000   # or any folder with a site in it: it is copied, never changed
    .venv/bin/python tests/benchmarks/break_search.py --folder DATA_DIR [--port 8021] [--seconds 90] [--follower]

Starts gunicorn with two workers on a copy. Four clients search without a pause, an editor publishes each second and looks
whether it is found, and every few seconds something is deleted, damaged, cut, rebuilt or killed. Prints what was done,
and at the end: requests, errors, wrong answers, how long a publication took to be found, the slowest answers.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]
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
BULK = """
import sys, django
django.setup()
from cases.models import CasePage
from survey.models import ContentChange
from survey.models.changes import record_changes
pks = list(CasePage.objects.published().order_by("-pk").values_list("pk", flat=True)[: int(sys.argv[1])])
record_changes(ContentChange.Kind.CASE, pks)
"""


class Site:
    """A running copy of a site."""

    def __init__(self, folder: Path, port: int, follower: bool) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="break-search-"))
        for name in ("db.sqlite3", "secret-key", "index"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, self.place / name)
            elif (folder / name).exists():
                shutil.copy2(folder / name, self.place / name)
        self.address = f"http://127.0.0.1:{port}"
        self.environment = os.environ | {
            "DATA_DIR": str(self.place),
            "DJANGO_SETTINGS_MODULE": "barometer_site.settings.local",
            "PORT": str(port),
            "WEB_CONCURRENCY": "2",
            "DRAW_CHARTS": "0",
            "RUN_PLANNED": "0",
            "FOLLOW_INDEX": "1" if follower else "0",
            "PYTHONPATH": str(ROOT),
        }
        self.manage("migrate", "--no-input", "-v0").wait()
        self.manage("collectstatic", "--no-input", "-v0").wait()
        self.manage("rebuild_index", "--if-needed").wait()
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            str(ROOT / "script/gunicorn_config.py"),
            "barometer_site.wsgi",
        ]
        self.log = (self.place / "server.log").open("wb")
        self.server = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=self.log, stderr=self.log)

    def manage(self, *args: str) -> "subprocess.Popen[bytes]":
        """A command of the site."""
        command = [sys.executable, str(ROOT / "manage.py"), *args]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL)

    def program(self, text: str, *args: str) -> "subprocess.Popen[str]":
        """A program within the site."""
        command = [sys.executable, "-c", text, *args]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def home(self) -> Path:
        """Where the index of this format lies."""
        return max((self.place / "index").glob("v*-*"), key=lambda path: path.stat().st_mtime)

    def live(self) -> Path:
        """The files of the live generation."""
        return self.home() / (self.home() / "CURRENT").read_text().strip() / "index"

    def workers(self) -> list[int]:
        """The processes that serve."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        return [int(pid) for pid in children if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()]


class Tally:
    """What clients and the editor noticed."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.answers: Counter[str] = Counter()
        self.times: list[float] = []
        self.visible: list[float] = []
        self.wrong: list[str] = []


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
        if status == "200" and b"Geen casussen" in content:
            tally.wrong.append(f"nothing found at {time.strftime('%X')}")


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


def flip_bytes(site: Site) -> None:
    """A damaged file instead of a whole one."""
    path = max(site.live().glob("*.idx"), key=lambda path: path.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0x10
    path.unlink()
    path.write_bytes(content)


def cut_in_place(site: Site) -> None:
    """What never should happen: a file is cut under processes that have it open."""
    for path in site.live().glob("*.store"):
        os.truncate(path, path.stat().st_size // 2)


def forget_current(site: Site) -> None:
    """Nobody knows which generation is live."""
    (site.home() / "CURRENT").unlink()


def remove_all(site: Site) -> None:
    """The whole folder is gone."""
    shutil.rmtree(site.place / "index", ignore_errors=True)


def rebuild(site: Site) -> None:
    """An administrator builds it anew."""
    site.manage("rebuild_index", "-v0")


def kill_worker(site: Site) -> None:
    """No memory, says the system."""
    os.kill(random.choice(site.workers()), signal.SIGKILL)


def kill_a_rebuild(site: Site) -> None:
    """In the middle, or at the switch."""
    process = site.manage("rebuild_index", "-v0")
    time.sleep(random.uniform(2, 8))
    process.kill()
    process.wait()


def change_very_many(site: Site) -> None:
    """An import, or a merge of large concepts."""
    site.program(BULK, "3000")


DAMAGE: tuple[Callable[[Site], None], ...] = (
    rebuild,
    change_very_many,
    kill_worker,
    forget_current,
    remove_all,
    flip_bytes,
    kill_a_rebuild,
    cut_in_place,
)


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
    chosen = parser.parse_args()
    site, tally = Site(chosen.folder, chosen.port, chosen.follower), Tally()
    try:
        while get(f"{site.address}/gezond/")[0] != "200":
            time.sleep(0.2)
        threads = [threading.Thread(target=search_on, args=(site, tally, number)) for number in range(4)]
        threads.append(threading.Thread(target=publish_on, args=(site, tally)))
        for thread in threads:
            thread.start()
        begun, number = time.monotonic(), 0
        while time.monotonic() - begun < chosen.seconds:
            time.sleep(chosen.pause)
            damage = DAMAGE[number % len(DAMAGE)]
            number += 1
            before = Counter(tally.answers)
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
        site.server.terminate()
        site.server.wait(60)
    errors = {name: count for name, count in tally.answers.items() if "200" not in name}
    say(f"answers {dict(tally.answers)}; errors {errors or 'none'}; wrong {tally.wrong or 'none'}")
    say(f"published {len(tally.visible)}, found within {shares(tally.visible)}")
    say(f"searches {len(tally.times)}, answered within {shares(tally.times)}; log: {site.place / 'server.log'}")


if __name__ == "__main__":
    main()

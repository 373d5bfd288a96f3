"""A running copy of a site, and everything that can happen to its search index."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".store", ".idx", ".pos", ".term", ".fast", ".fieldnorm", "meta.json", ".managed.json")
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

    def stop(self) -> None:
        """Only the log stays."""
        self.server.terminate()
        self.server.wait(60)
        shutil.rmtree(self.place / "index", ignore_errors=True)
        for path in self.place.glob("db.sqlite3*"):
            path.unlink()

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

    def followers(self) -> list[int]:
        """The processes that follow: the last child of those that were started."""
        found = []
        for pid in children(self.server.pid):
            if b"rebuild_index" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.extend(children(pid) or [pid])
        return found

    def workers(self) -> list[int]:
        """The processes that serve."""
        found = children(self.server.pid)
        return [pid for pid in found if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def children(pid: int) -> list[int]:
    """Of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


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


def scribble_in_place(site: Site) -> None:
    """Nor this: nonsense over a part of every kind of file."""
    for suffix in SUFFIXES:
        for path in site.live().glob(f"*{suffix}"):
            with path.open("r+b") as file:
                file.seek(path.stat().st_size // 3)
                file.write(os.urandom(min(5000, path.stat().st_size // 2)))


def empty_all(site: Site) -> None:
    """Every file is there, with nothing in it."""
    for path in (site.place / "index").rglob("*"):
        if path.is_file():
            os.truncate(path, 0)


def stop_the_follower(site: Site) -> None:
    """It hangs, and lets go of nothing."""
    for pid in site.followers():
        os.kill(pid, signal.SIGSTOP)


def kill_the_follower(site: Site) -> None:
    """And nobody takes in very many changes, unless there is another one."""
    for pid in site.followers():
        os.kill(pid, signal.SIGKILL)
    change_very_many(site)


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
    scribble_in_place,
    kill_the_follower,
    empty_all,
)
OTHER_DAMAGE = (stop_the_follower,)

"""Two machines on one database, as a program: on each some processes that serve, on the first one a follower.

`python search_nodes.py FOLDER` with DATABASE_URL of a database that is filled as for tests. Does what editors do and asks
every process the same question right after it; prints a line of JSON for each step: its name and what each of them found.
"""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "barometer_site.settings.test"
HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE)]

import django  # noqa: E402  after the settings

django.setup()

from case_import_samples import NEW, json_lines, looked_at  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from factories import edit, make_case, make_concept, make_organisation  # noqa: E402

import cases.index  # noqa: E402
from cases.catalogue import answer  # noqa: E402
from cases.importing.writing import Choices, take_over  # noqa: E402
from cases.management.commands.rebuild_index import Command, WatchedCases  # noqa: E402
from cases.models import CasePage  # noqa: E402
from cases.search import building  # noqa: E402
from cases.search import index as index_module  # noqa: E402
from cases.search.index import CaseIndex  # noqa: E402
from cases.search.questions import Question  # noqa: E402
from cases.search_source import DatabaseCases  # noqa: E402
from survey.care.concepts import merge, rename  # noqa: E402
from survey.versions import one_version_per_request  # noqa: E402

fork = multiprocessing.get_context("fork")
#: Few is many.
for module in (building, index_module):
    module.LOCK_WAIT = 20.0  # type: ignore[attr-defined]  # however busy this machine is
    module.AT_ONCE, module.LAST_FEW, module.PIECE = 8, 2, 5  # type: ignore[attr-defined]


helpers: "list[subprocess.Popen[bytes]]" = []


def serve(folder: Path, pipe: "Connection[Any, Any]") -> None:
    """One process that serves; when it needs help, another one is made."""
    settings.SEARCH_INDEX_DIR = folder
    settings.SEARCH_INDEX_HELPER = True
    cases.index.start_helper = lambda: helpers.append(subprocess.Popen([sys.executable, __file__, "help", str(folder)]))
    while (question := pipe.recv()) is not None:
        with one_version_per_request():
            pks = answer(Question(page_size=1, **question)).all_pks()
        pipe.send(
            sorted(CasePage.objects.filter(pk__in=pks).values_list("slug", flat=True)) if len(pks) < 9 else len(pks)
        )
    for helper in helpers:
        helper.wait(60)


def help_once(folder: Path) -> None:
    """What `rebuild_index --catch-up` does."""
    CaseIndex(folder, DatabaseCases()).catch_up()


def follow(folder: Path) -> None:
    """What `rebuild_index --follow` does."""
    source = WatchedCases()
    Command().follow(CaseIndex(folder, source), source.is_alive, os.getppid())


class Nodes:
    """The processes, and what they find."""

    def __init__(self, folder: Path) -> None:
        self.folders = folder / "een", folder / "twee"
        self.pipes: list[Any] = []
        self.processes: list[Any] = []
        for node in (0, 0, 1):
            ours, theirs = fork.Pipe()
            self.start(serve, self.folders[node], theirs)
            self.pipes.append(ours)
        self.start(follow, self.folders[0])

    def start(self, target: Any, *args: Any) -> None:
        """A process of its own."""
        self.processes.append(fork.Process(target=target, args=args))
        self.processes[-1].start()

    def found(self, text: str = "", **choices: str) -> list[Any]:
        """What each process answers; all are asked at the same time."""
        for pipe in self.pipes:
            pipe.send({"text": text, "choices": {name: (slug,) for name, slug in choices.items()}})
        return [pipe.recv() if pipe.poll(30) else "nothing" for pipe in self.pipes]

    def found_by_all(self, number: int, text: str) -> list[Any]:
        """The same, as soon as all of them find so many."""
        for _ in range(200):
            if self.found(text) == [number] * 3:
                break
            time.sleep(0.05)
        return self.found(text)

    def stop(self) -> None:
        """End all."""
        for pipe in self.pipes:
            pipe.send(None)
        os.kill(self.processes[-1].pid, signal.SIGTERM)
        for process in self.processes:
            process.join(20)


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens within never happened."""
    try:
        with transaction.atomic():
            yield
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass


def steps(nodes: Nodes, folder: Path) -> Iterator[tuple[str, list[Any]]]:
    """What editors do, and what is found right after it."""
    organisation = make_organisation("Waterschap Rivierenland")
    make_concept("factor/lef")
    case = make_case("Een zeearend", slug="een", links=["factor/tijd", "factor/durf"], organisation=organisation)
    make_case("Twee", slug="twee", links=["factor/lef"])
    yield "published", nodes.found("zeearend")
    first = case.get_latest_revision()
    edit(case, title="Een bever", introduction="Een bever.")
    yield "changed", nodes.found("zeearend") + nodes.found("bever")
    first.publish()
    yield "version put back", nodes.found("zeearend") + nodes.found("bever")
    organisation.name = "Hoogheemraadschap"
    organisation.save()
    yield "organisation renamed", nodes.found("rivierenland") + nodes.found("hoogheemraadschap")
    concept = make_concept("factor/tijd")
    with transaction.atomic():
        rename(concept, "Geduld", "geduld", keep_old_name=False)
    yield "concept renamed", nodes.found(factor="tijd") + nodes.found(factor="geduld") + nodes.found("geduld")
    with transaction.atomic():
        merge({make_concept("factor/durf"): make_concept("factor/lef")})
    yield "concepts merged", nodes.found(factor="durf") + nodes.found(factor="lef")
    settings.SEARCH_INDEX_DIR = nodes.folders[0]
    with rolled_back():
        make_case("Spookschip", slug="spook")
        answer(Question("spookschip"))  # the editor searches within the same transaction
        during = nodes.found("spookschip") + nodes.found("zeearend")
    make_case("Veerpont", slug="pont")
    yield "rolled back", during + nodes.found("spookschip") + nodes.found("veerpont")
    CasePage.objects.get(slug="pont").unpublish()
    yield "unpublished", nodes.found("veerpont")
    rows = [NEW | {"slug": f"c-{number}", "titel": f"Ooievaar {number}"} for number in range(20)]
    path = json_lines(folder, *rows)
    looked_at(path)
    take_over(folder / "kijk", Choices(only_good_rows=False, publish=True), lambda share, text: None)
    case = make_case("Reiger", slug="reiger")
    yield "published after an import", nodes.found("reiger")
    yield "imported", nodes.found_by_all(20, "ooievaar")
    for there in nodes.folders:
        gone = there.rename(there.with_name(f"{there.name}-weg"))
        shutil.rmtree(gone, ignore_errors=True)
    yield "index removed", nodes.found("ooievaar")
    edit(case, title="Lepelaar", introduction="Een lepelaar.")
    for _ in range(200):
        if nodes.found("lepelaar") == [["reiger"]] * 3:
            break
        time.sleep(0.05)
    yield "healed", nodes.found("lepelaar") + nodes.found("reiger")


if __name__ == "__main__" and sys.argv[1] == "help":
    help_once(Path(sys.argv[2]))
elif __name__ == "__main__":
    place = Path(sys.argv[1])
    running = Nodes(place)
    try:
        for name, found in steps(running, place):
            sys.stdout.write(json.dumps([name, found]) + "\n")
            sys.stdout.flush()
    finally:
        running.stop()

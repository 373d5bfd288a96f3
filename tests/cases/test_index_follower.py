"""The process beside the server that keeps the index up to date: when it dies or hangs, another one takes over."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

#: Follows, but its first look says which process it is, and goes on for ever while it gives signs of life.
PROGRAM = """
import os, time, django
django.setup()
from cases.search_source import DatabaseCases
from django.core.management import call_command
from cases.management.commands import rebuild_index

def look(command, index):
    print(os.getpid(), flush=True)
    while True:
        index.source.newest_version()
        time.sleep(0.05)

DatabaseCases.newest_version = lambda source: 0
rebuild_index.Command.look = look
rebuild_index.PAUSE_AFTER_FAILURE = 0.0
rebuild_index.HANGS = {hangs}
call_command("rebuild_index", follow=True)
"""


@pytest.mark.parametrize(("sent", "hangs"), [(signal.SIGKILL, 600), (signal.SIGSTOP, 0.5)], ids=["dies", "hangs"])
def test_another_one_follows_and_all_of_them_end_quietly(tmp_path: Path, sent: signal.Signals, hangs: float) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "barometer_site.settings.local"}
    command = [sys.executable, "-c", PROGRAM.format(hangs=hangs)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, cwd=settings.BASE_DIR, stdout=pipe, stderr=pipe, text=True
    ) as started:
        try:
            assert started.stdout
            first = int(started.stdout.readline())
            with suppress(ProcessLookupError):
                os.kill(first, sent)
            second = int(started.stdout.readline())
            started.terminate()
            _, told = started.communicate(timeout=30)
        finally:
            started.kill()
    assert second not in (first, started.pid)
    assert (started.returncode, told) == (0, "")
    for pid in (first, second):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

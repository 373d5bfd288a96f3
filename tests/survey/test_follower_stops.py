"""The process beside the server ends when it is told to, without a word about it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_the_follower_stops_quietly(tmp_path: Path, sent: signal.Signals) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "barometer_site.settings.local"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "draw_charts", "--follow"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as follower:
        try:
            assert follower.stderr
            # An empty folder has no tables, so the first look fails and is told: by then it follows.
            assert "De database is er even niet" in follower.stderr.readline()
            follower.send_signal(sent)
            _, rest = follower.communicate(timeout=30)
        finally:
            follower.kill()
    assert follower.returncode == 0
    assert "Traceback" not in rest

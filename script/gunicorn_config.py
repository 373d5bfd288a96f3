"""How gunicorn serves the site. Run as a program it only looks whether the port is free."""

import gc
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = int(os.environ.get("PORT") or 8000)

pythonpath = str(Path(__file__).resolve().parents[1])
bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
worker_class = "gthread"  # a thread that sends a large file for an hour keeps no heartbeat back
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4  # half of them for large files at most (survey/downloads.py)
preload_app = False  # each worker opens its own database connection and search index
timeout = 60
graceful_timeout = 20
keepalive = 5
#: Seconds in which a reader takes nothing of what is sent; then its thread is free for others.
STALLED = 60
forwarder_headers = ""  # no visitor moves the site below another path, also when a proxy passes on a header SCRIPT_NAME
control_socket_disable = True
loglevel = "warning"
if Path("/dev/shm").is_dir():  # noqa: S108  gunicorn's heartbeat files: in memory, so a slow disk kills no worker
    worker_tmp_dir = "/dev/shm"  # noqa: S108


#: Beside the server: one that draws the charts that pages show (the engine may not be used in a process that serves), one
#: that keeps the search index up to date (so that no reader has to),
#: and one that does what is due, such as publishing at a planned moment.
COMPANIONS = {"DRAW_CHARTS": "draw_charts", "FOLLOW_INDEX": "rebuild_index", "RUN_PLANNED": "run_planned"}
_companions: list[subprocess.Popen[bytes]] = []


def address() -> str:
    """Where a browser on this machine finds the site."""
    host = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(HOST, HOST)  # noqa: S104
    return f"http://[{host}]:{PORT}/" if ":" in host else f"http://{host}:{PORT}/"


def when_ready(server: Any) -> None:
    """Called by gunicorn as soon as it listens."""
    for listener in server.LISTENERS:  # every connection takes this over from the socket that it came in by
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", STALLED, 0))
    print(f"\nDe kennisbank staat open op {address()}", flush=True)
    print(f"Redactie: {address()}beheer/    Stoppen: Ctrl-C", flush=True)
    for setting, command in COMPANIONS.items():
        if os.environ.get(setting) != "0":
            follower = [sys.executable, f"{pythonpath}/manage.py", command, "--follow"]
            _companions.append(subprocess.Popen(follower))  # noqa: S603  our own program


def post_worker_init(worker: Any) -> None:
    """Called by gunicorn in each worker when the site is loaded: what will always be there need not be looked over again."""
    gc.collect()
    gc.freeze()


def on_exit(server: Any) -> None:
    """Called by gunicorn when it stops."""
    for companion in _companions:
        companion.terminate()


def port_is_free() -> bool:
    """Whether gunicorn will be able to listen here."""
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    raise SystemExit(0 if port_is_free() else 1)

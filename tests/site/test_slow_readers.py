"""The server gives up a reader who takes nothing, so that no thread waits for ever."""

import runpy
import socket
import struct
from types import SimpleNamespace

import pytest
from django.conf import settings


def test_a_connection_that_is_accepted_waits_a_minute_for_its_reader(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = runpy.run_path(str(settings.BASE_DIR / "script" / "gunicorn_config.py"))
    for setting in config["COMPANIONS"]:
        monkeypatch.setenv(setting, "0")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config["when_ready"](SimpleNamespace(LISTENERS=[SimpleNamespace(sock=listener)]))
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            seconds, _ = struct.unpack("@ll", accepted.getsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, 16))
    assert seconds == config["STALLED"]
    assert capsys.readouterr().out, "who starts it is told where it is"
    assert config["worker_class"] == "gthread", "others stop a long download when their timeout has passed"

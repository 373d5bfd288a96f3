"""Reading the environment: the only place where settings get a value from outside."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PROJECT_DIR = Path(__file__).resolve().parents[2]


def required(name: str, why: str) -> str:
    """Return an environment variable, or stop the start with its name and what it is for."""
    if value := os.environ.get(name, "").strip():
        return value
    raise ImproperlyConfigured(f"Set {name}: {why} (see docs/operator.md).")


def data_dir() -> Path:
    """The folder that holds everything this installation may not lose: database, media, index, secret."""
    path = Path(os.environ.get("DATA_DIR") or PROJECT_DIR / "var").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def kept_secret(path: Path) -> str:
    """A secret made at the first start and kept, readable by its owner only.

    Two processes that start at the same moment get the same secret: the file is made exclusively.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()

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

    Two processes that start at the same moment get the same secret, and one that is stopped here leaves no half secret:
    the file gets its name when it is complete.
    """
    if not path.exists() or not path.read_text().strip():
        beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(beside, path)
        except FileExistsError:
            if not path.read_text().strip():
                beside.replace(path)
        beside.unlink(missing_ok=True)
    return path.read_text().strip()

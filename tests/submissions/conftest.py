"""Senders in tests answer faster than people do."""

import pytest

from cases.submissions import spam


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the sender took the time."""
    monkeypatch.setattr(spam, "LEAST_SECONDS", 0)

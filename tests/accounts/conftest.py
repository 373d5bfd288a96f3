"""What tests of accounts share."""

from typing import Any

import pytest


@pytest.fixture
def required(settings: Any) -> None:
    """As in production: nobody edits without a second factor."""
    settings.SECOND_FACTOR = "required"

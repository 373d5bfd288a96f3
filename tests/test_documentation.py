"""Documentation is a test: what others build on is explained, by the name they use."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from cases.exports import COLUMNS
from cases.filters import FIXED, SORTS, CatalogueFilter

ROOT = Path(settings.BASE_DIR)


def facets_in_the_content() -> set[str]:
    """The schemes of the content that are a facet of the catalogue."""
    schemas = list((ROOT / "content" / "concepts").glob("*/_schema.yaml"))
    assert len(schemas) >= 10
    return {
        path.parent.name for path in schemas if not re.search(r"^filter:\s*(false|nee)", path.read_text(), re.MULTILINE)
    }


@pytest.mark.django_db
def test_every_parameter_and_every_column_is_explained() -> None:
    text = (ROOT / "docs" / "data.md").read_text()
    names = {*COLUMNS, *FIXED, *SORTS, *CatalogueFilter({}).facets, *facets_in_the_content()}
    assert len(names) > 25
    assert not [name for name in sorted(names) if f"`{name}`" not in text]


def test_every_setting_from_outside_is_explained() -> None:
    sources = [*(ROOT / "barometer_site" / "settings").glob("*.py"), ROOT / "script" / "gunicorn_config.py"]
    code = "\n".join(path.read_text() for path in sources)
    names = set(re.findall(r"environ\.get\(\"([A-Z_]+)\"|required\(\"([A-Z_]+)\"", code))
    found = {name for pair in names for name in pair if name}
    assert {"DATA_DIR", "SECRET_KEY", "ALLOWED_HOSTS"} <= found
    text = (ROOT / "docs" / "operator.md").read_text()
    assert not [name for name in sorted(found) if f"`{name}`" not in text]


def test_every_command_is_explained() -> None:
    ours = [name for name, app in get_commands().items() if app in {"barometer_site", "cases", "survey"}]
    assert len(ours) >= 3
    text = "\n".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    assert not [name for name in sorted(ours) if f"`{name}`" not in text and f"script/manage {name}" not in text]

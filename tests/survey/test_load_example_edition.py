"""The edition with made-up answers: filled once, and gone when an editor wants that."""

from io import StringIO

import pytest
from barometer_factories import make_edition, make_example, make_indicator, make_result
from django.core.management import call_command
from django.utils import timezone

from survey.management.commands import load_example_edition
from survey.models import Edition, LoadedContent, SurveyImport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def imports(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that would run; `test_import_example` runs the real one."""
    found: list[str] = []
    monkeypatch.setattr(load_example_edition, "call_command", lambda name, *rest, **options: found.append(name))
    return found


def load() -> str:
    out = StringIO()
    call_command("load_example_edition", stdout=out, verbosity=0)
    return out.getvalue()


def test_the_edition_of_the_content_is_filled(imports: list[str]) -> None:
    make_example("voorbeeld")
    LoadedContent.objects.create(kind="edition", key="voorbeeld", file_digest="x")
    load()
    assert imports == ["import_survey"]


def test_it_is_made_where_there_is_no_content(imports: list[str]) -> None:
    load()
    assert imports == ["import_survey"]


def test_an_example_that_an_editor_threw_away_stays_away(imports: list[str]) -> None:
    edition = make_example("voorbeeld")
    make_result(edition, make_indicator("zelf"), 30)
    SurveyImport.objects.create(
        edition_slug="voorbeeld", state=SurveyImport.State.DONE, is_example=True, finished_at=timezone.now()
    )
    edition.delete()
    make_edition("b-2021")
    assert "blijft weg" in load()
    assert imports == []
    assert not Edition.objects.filter(slug="voorbeeld").exists()


def test_it_stays_away_also_when_it_was_never_filled(imports: list[str]) -> None:
    LoadedContent.objects.create(kind="edition", key="voorbeeld", file_digest="x")
    load()
    assert imports == []

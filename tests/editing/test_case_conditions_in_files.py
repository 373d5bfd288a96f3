"""The four conditions of a brilliant failure in a file of `content/cases/`."""

from pathlib import Path

import pytest
from factories import write

from barometer_site.content import ensure_tree
from cases.choices import CONDITIONS
from cases.content import build_case
from cases.models import CasePage
from survey.content_files import ContentError, markdown_file

pytestmark = pytest.mark.django_db

ALL_FOUR = "[goed-bedoeld, goed-voorbereid, anders-gelopen, geleerd-en-gedeeld]"


def load(folder: Path, head: str) -> CasePage:
    path = write(folder, "cases/c.md", f"---\ntitel: Casus\n{head}\n---\n\n## Samenvatting\n\nKort.\n")
    return build_case(markdown_file("case", path), None, ensure_tree())


def met(case: CasePage) -> set[bool]:
    return {getattr(case, name) for name in CONDITIONS}


def test_who_wrote_the_file_judged_them(tmp_path: Path) -> None:
    assert met(load(tmp_path, "uitkomst: briljante-mislukking")) == {True}


def test_naming_them_all_is_the_same(tmp_path: Path) -> None:
    assert met(load(tmp_path, f"uitkomst: briljante-mislukking\nvoorwaarden: {ALL_FOUR}")) == {True}


def test_another_outcome_may_meet_some(tmp_path: Path) -> None:
    case = load(tmp_path, "uitkomst: gestopt\nvoorwaarden: [goed-bedoeld]")
    assert case.meant_well
    assert not case.shared_lessons


def test_a_brilliant_failure_without_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"‘goed-voorbereid’ ontbreekt.*‘gestopt’"):
        load(tmp_path, "uitkomst: briljante-mislukking\nvoorwaarden: [goed-bedoeld]")


def test_an_unknown_condition_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="‘leuk’ is onbekend"):
        load(tmp_path, "uitkomst: gestopt\nvoorwaarden: [leuk]")

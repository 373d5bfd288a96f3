"""Synonyms: kept by editors, first filled from a file."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from cases.models import SearchSynonym
from cases.synonym_content import load_synonyms
from survey.content_files import ContentError, LoadReport

pytestmark = pytest.mark.django_db


def load(folder: Path, text: str) -> LoadReport:
    (folder / "synonyms.yaml").write_text(text, encoding="utf-8")
    report = LoadReport()
    load_synonyms(folder, report, lambda: None)
    return report


def groups() -> set[str]:
    return {str(group) for group in SearchSynonym.objects.all()}


def test_each_group_of_the_file_is_made_and_followed(tmp_path: Path) -> None:
    assert load(tmp_path, "groepen:\n- [AI, kunstmatige intelligentie]\n- [KvK, Kamer van Koophandel]\n").made == 2
    report = load(tmp_path, "groepen:\n- [KvK, Kamer van Koophandel]\n- [AI, machinaal leren]\n")
    assert (report.made, report.renewed, report.same) == (0, 1, 1)
    assert groups() == {"AI, machinaal leren", "KvK, Kamer van Koophandel"}


def test_what_an_editor_changed_or_deleted_stays_so(tmp_path: Path) -> None:
    load(tmp_path, "groepen:\n- [AI, kunstmatige intelligentie]\n- [KvK, handelsregister]\n")
    changed = SearchSynonym.objects.get(expressions__startswith="AI")
    changed.expressions = "AI\nslimme computer"
    changed.save()
    changed.save_revision()
    SearchSynonym.objects.get(expressions__startswith="KvK").delete()
    assert len(load(tmp_path, "groepen:\n- [AI, iets anders]\n- [KvK, nog iets]\n").kept) == 2
    assert groups() == {"AI, slimme computer"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("groepen:\n- AI\n", "een groep is een lijst van woorden"),
        ("groepen:\n- [AI, 3]\n", "een groep is een lijst van woorden"),
        ("groepen:\n- [AI, a]\n- [ai, b]\n", "twee groepen beginnen met ‘ai’"),
        ("woorden: []\n", "‘woorden’ is onbekend"),
        ("groepen:\n- [AI]\n", "Vul ten minste twee regels in"),
    ],
)
def test_a_mistake_in_the_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        load(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("alleen dit", "ten minste twee regels"),
        ("dit\n\n dit ", "ten minste twee regels"),
        ("\n".join(f"woord {number}" for number in range(13)), "hoogstens 12 regels"),
        ("kort\n" + "lang " * 20, "langer dan 80 tekens"),
        ("kort\nje doet het stiekem en zegt het aan niemand", "meer dan 8 woorden"),
        ("kort\n!?", "geen letter of cijfer"),
    ],
)
def test_a_group_that_says_nothing_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        SearchSynonym(expressions=text).full_clean()

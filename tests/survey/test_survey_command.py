"""From a file with answers to the numbers of an edition: all of it or nothing, and nobody recognisable."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from answer_files import CODEBOOK, answer_file
from barometer_factories import make_edition, make_indicator, make_result
from django.core.management import CommandError, call_command
from django.db import connection
from factories import make_concept

from survey.importing import saving
from survey.importing.editions import edition_for
from survey.importing.run import fingerprint
from survey.management.commands.import_survey import Command
from survey.models import Association, ContentVersion, Edition, Indicator, Result, SurveyImport

pytestmark = pytest.mark.django_db


def respondent(number: int, sector: str, innovated: bool, climate: str = "3") -> list[str]:
    day = f"{1 + number % 27:02}-03-2024"
    asked = [str(number % 2), str((number + 1) % 2)] if innovated else ["", ""]
    yes = "1" if innovated else "2"
    return [str(number), f"{day} 08:00", f"{day} 08:20", "Voltooid", sector, yes, *asked, climate, ""]


def forty(municipalities: int = 25) -> list[list[str]]:
    """Some municipalities and the rest zbo's; four of five innovated, three statements of the climate differ."""
    return [
        respondent(number, "1" if number <= municipalities else "9", number % 5 != 0, str(1 + number % 3))
        for number in range(1, 41)
    ]


@pytest.fixture(autouse=True)
def _groups() -> None:
    make_concept("sector/gemeenten", name="Gemeenten")
    make_concept("sector/zelfstandige-bestuursorganen", name="Zbo's")
    for slug in ("beperkt", "gemiddeld", "krachtig"):
        make_concept(f"klimaatgroep/{slug}")
        make_indicator(f"klimaatgroep-{slug}")
    make_indicator("klimaatscore", unit="score")
    make_indicator("innoveert")


def run(folder: Path, rows: list[list[str]], *options: str, edition: str = "2027", codebook: str = CODEBOOK) -> str:
    (folder / "codeboek.csv").write_text(codebook, encoding="utf-8")
    out = StringIO()
    arguments = (str(answer_file(folder, rows)), "--codebook", str(folder / "codeboek.csv"), "--edition", edition)
    call_command("import_survey", *arguments, *options, stdout=out, verbosity=0)
    return out.getvalue()


def share(slug: str, group: str = "") -> Result:
    found = Result.objects.filter(indicator__slug=slug, edition__slug="2027", statistic="aandeel")
    return found.get(group__slug=group) if group else found.get(group=None)


def test_answers_become_numbers_with_base_and_interval(tmp_path: Path) -> None:
    said = run(tmp_path, forty())
    assert "40 volledige antwoorden; 0 niet afgemaakt" in said
    result = share("innoveert")
    assert (result.value, result.n, result.provenance) == (80, 40, "berekend")
    assert result.low and result.high and result.low < 80 < result.high
    assert share("innoveert", "gemeenten").n == 25
    edition = Edition.objects.get(slug="2027")
    assert (edition.year, edition.is_example) == (2024, False)
    assert Indicator.objects.get(slug="product").question == "Wat voor?"


def test_an_answer_to_a_new_question_makes_its_indicator(tmp_path: Path) -> None:
    said = run(tmp_path, forty(), "--preview")
    assert "Nieuwe indicatoren:" in said and "Dienst" in said
    assert not Indicator.objects.filter(slug="dienst").exists()


def test_a_preview_changes_nothing(tmp_path: Path) -> None:
    before = ContentVersion.objects.get().number
    said = run(tmp_path, forty(), "--preview")
    assert "er is niets veranderd" in said
    assert not Edition.objects.exists() and not Result.objects.exists() and not SurveyImport.objects.exists()
    assert ContentVersion.objects.get().number == before


def test_unfinished_answers_are_left_out_and_counted(tmp_path: Path) -> None:
    unfinished = respondent(99, "1", innovated=True)
    unfinished[3] = "Niet voltooid"
    assert "40 volledige antwoorden; 1 niet afgemaakt" in run(tmp_path, [*forty(), unfinished])
    assert share("innoveert").n == 40


def test_a_small_sector_is_withheld_and_so_is_what_would_betray_it(tmp_path: Path) -> None:
    said = run(tmp_path, forty(municipalities=34))
    small, large = share("innoveert", "zelfstandige-bestuursorganen"), share("innoveert", "gemeenten")
    assert (small.withheld, small.value, small.n) == ("te-weinig", None, None)
    assert (large.withheld, large.value, large.n) == ("beschermt-anderen", None, None)
    assert share("innoveert").n == 40
    assert "Sector ‘Zbo's’: niet getoond" in said


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, forty())
    before = (ContentVersion.objects.get().number, sorted(Result.objects.values_list("pk", flat=True)))
    assert "Er is niets veranderd" in run(tmp_path, forty())
    assert before == (ContentVersion.objects.get().number, sorted(Result.objects.values_list("pk", flat=True)))


def test_a_corrected_file_takes_the_place_of_the_old_one_and_history_tells(tmp_path: Path) -> None:
    run(tmp_path, forty())
    run(tmp_path, [respondent(number, "1", number % 4 != 0) for number in range(1, 41)])
    assert share("innoveert").value == 75
    assert [record.state for record in SurveyImport.objects.all()] == ["klaar", "klaar"]


def test_a_file_with_a_mistake_is_refused_and_the_old_numbers_stay(tmp_path: Path) -> None:
    run(tmp_path, forty())
    wrong = forty()
    wrong[4][4] = "77"
    with pytest.raises(CommandError) as told:
        run(tmp_path, wrong)
    assert told.value.returncode == 1
    for part in ("Niet overgenomen", "Rij 6", "sector", "77"):
        assert part in str(told.value)
    assert share("innoveert").value == 80
    assert SurveyImport.objects.first().state == "geweigerd"  # type: ignore[union-attr]


def test_stopped_halfway_nothing_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, forty())
    before = ContentVersion.objects.get().number

    def stopped(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Association.objects, "bulk_create", stopped)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, [respondent(number, "1", innovated=True) for number in range(1, 41)])
    assert share("innoveert").value == 80
    assert ContentVersion.objects.get().number == before


def test_made_up_and_real_answers_never_share_an_edition(tmp_path: Path) -> None:
    run(tmp_path, forty(), "--example")
    assert set(Result.objects.values_list("provenance", flat=True)) == {"voorbeeld"}
    with pytest.raises(CommandError, match="Verzonnen en echte antwoorden gaan niet samen"):
        run(tmp_path, forty(34))


def test_published_numbers_are_never_replaced(tmp_path: Path) -> None:
    edition = make_edition("barometer-2021")
    make_result(edition, Indicator.objects.get(slug="innoveert"), 86, n=366)
    with pytest.raises(CommandError, match="bevat cijfers uit een publicatie"):
        run(tmp_path, forty(), edition="barometer-2021")
    assert Result.objects.get().value == 86


def test_a_codebook_with_a_mistake_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as told:
        run(tmp_path, forty(), codebook=CODEBOOK.replace("meervoudig", "veelvoudig"))
    assert "veelvoudig" in str(told.value)
    assert not Result.objects.exists()


def test_a_group_that_the_vocabulary_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as told:
        run(tmp_path, forty(), codebook=CODEBOOK.replace("sector/gemeenten", "sector/atlantis"))
    assert "sector/atlantis" in str(told.value) and "Dit begrip (bij sector) bestaat niet" in str(told.value)


def test_what_is_computed_has_a_name_also_when_the_content_was_never_loaded(tmp_path: Path) -> None:
    Indicator.objects.all().delete()
    run(tmp_path, forty())
    assert Indicator.objects.get(slug="klimaatscore").unit == "score"
    assert share("klimaatgroep-krachtig").n == 40


def test_an_edition_that_was_emptied_gets_its_numbers_again(tmp_path: Path) -> None:
    run(tmp_path, forty())
    Edition.objects.get(slug="2027").delete()
    make_edition("2027")
    run(tmp_path, forty())
    assert share("innoveert").n == 40


def test_another_ready_codebook_may_give_other_numbers(tmp_path: Path, settings: Any) -> None:
    """A codebook that leaves columns out is completed from it."""
    path, codebook = answer_file(tmp_path, forty()), tmp_path / "codeboek.csv"
    codebook.write_text(CODEBOOK, encoding="utf-8")
    settings.CONTENT_DIR = tmp_path / "inhoud"
    ready = settings.CONTENT_DIR / "barometer" / "vragenlijst-2021.csv"
    ready.parent.mkdir(parents=True)
    ready.write_text(CODEBOOK, encoding="utf-8")
    before = fingerprint(path, codebook, is_example=False)
    assert fingerprint(path, codebook, is_example=False) == before
    ready.write_text(CODEBOOK.replace("sector/gemeenten", "sector/provincies"), encoding="utf-8")
    assert fingerprint(path, codebook, is_example=False) != before


def test_of_two_imports_that_make_the_same_edition_the_second_replaces_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL both may look before either has made it."""
    run(tmp_path, forty())
    answers = iter([None])

    def too_early(slug: str, is_example: bool) -> Edition | None:
        return next(answers, edition_for(slug, is_example))

    monkeypatch.setattr(saving, "edition_for", too_early)
    run(tmp_path, forty(municipalities=20))
    assert Edition.objects.filter(slug="2027").count() == 1
    assert share("innoveert", "gemeenten").n == 20


def test_no_answer_reaches_the_database(tmp_path: Path) -> None:
    """A text that only one organisation wrote is nowhere in any table."""
    rows = forty()
    rows[0][-1] = "Aquaductkwartiermeester"
    run(tmp_path, rows)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  names of our own tables
            assert "quaductkwartier" not in str(cursor.fetchall()).lower(), table


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nergens.csv", "--codebook", "nergens.csv", "--edition", "2027"],
        [__file__, "--edition", "2027"],
        [__file__, "--codebook", __file__],
        [__file__, "--codebook", __file__, "--edition", "jaar 2027"],
        [__file__, "--codebook", __file__, "--edition", "Proef_2027"],
        [__file__, "--codebook", __file__, "--edition", "2" * 81],
        [__file__, "--codebook", __file__, "--edition", "2027", "--onbekend"],
    ],
)
def test_wrong_use_ends_with_status_two(arguments: list[str]) -> None:
    command = Command()
    command._called_from_command_line = True
    with pytest.raises(SystemExit) as stopped:
        command.create_parser("manage.py", "import_survey").parse_args(arguments)
    assert stopped.value.code == 2

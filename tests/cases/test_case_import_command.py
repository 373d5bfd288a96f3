"""The command `import_cases`: what it says, what it leaves, and how it ends."""

from pathlib import Path

import pytest
from case_import_samples import NEW, csv_file, json_lines
from django.core.management import CommandError, call_command
from factories import make_case

from cases.management.commands.import_cases import Command
from cases.models import CaseImport, CasePage

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("import_cases", str(path), *options, verbosity=0)
    return capsys.readouterr().out


def test_it_publishes_and_leaves_a_line_in_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "1 nieuw en 0 gewijzigd, gepubliceerd." in run(json_lines(tmp_path, NEW), capsys=capsys)
    assert CasePage.objects.get().live
    assert CaseImport.objects.get().report["uitkomst"]["nieuw"] == 1


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_case("Oude titel", slug="c")
    out = run(csv_file(tmp_path, {"slug": "c", "titel": "Nieuw"}), "--dry-run", capsys=capsys)
    assert "1 gewijzigd" in out and "rij 2, c, titel: ‘Oude titel’ -> ‘Nieuw’" in out
    assert CasePage.objects.get().title == "Oude titel"
    assert not CaseImport.objects.exists()


def test_drafts_for_editors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "als concept" in run(json_lines(tmp_path, NEW), "--draft", capsys=capsys)
    assert not CasePage.objects.get().live


def test_a_mistake_refuses_all_or_only_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = json_lines(tmp_path, NEW, {"slug": "fout"})
    with pytest.raises(CommandError, match="Rij 2, kolom titel"):
        run(path, capsys=capsys)
    assert not CasePage.objects.exists()
    assert "1 nieuw" in run(path, "--only-good-rows", capsys=capsys)


def test_a_file_that_is_no_table_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"%PDF")
    with pytest.raises(CommandError, match="PDF"):
        run(path, capsys=capsys)


@pytest.mark.parametrize("arguments", [[], ["nergens.csv"], [__file__, "--onbekend"]])
def test_wrong_use_ends_with_status_two(arguments: list[str]) -> None:
    command = Command()
    command._called_from_command_line = True
    with pytest.raises(SystemExit) as stopped:
        command.create_parser("manage.py", "import_cases").parse_args(arguments)
    assert stopped.value.code == 2

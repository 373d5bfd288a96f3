"""A mistake in a file of `content/` is told in words, with the file, and nothing of that file is loaded."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from factories import make_case, make_concept, make_organisation, make_publication, write

from cases.models import CasePage
from survey.models import LoadedContent

pytestmark = pytest.mark.django_db

HEAD = "titel: Casus\nuitkomst: geslaagd\n"
TEXT = "## Samenvatting\n\nKort.\n"
LINK = "koppelingen:\n  - {begrip: factor/tijd, toelichting: Zo., %s}\n"


def case(head: str = HEAD, text: str = TEXT) -> str:
    return f"---\n{head}---\n\n{text}"


#: File, what stands in it, and what the message says about it.
MISTAKES = [
    ("cases/c.md", case(HEAD + "kleur: rood\n"), "‘kleur’ is onbekend"),
    ("cases/c.md", case(HEAD + "begin: ooit\n"), "‘begin’ heeft niet de goede vorm"),
    ("cases/c.md", case(HEAD + "begin: true\n"), "‘begin’ heeft niet de goede vorm"),
    ("cases/c.md", case(HEAD + "koppelingen: factor/tijd\n"), "‘koppelingen’ heeft niet de goede vorm"),
    ("cases/c.md", case(HEAD + "koppelingen: [factor/tijd]\n"), "koppelingen"),
    ("cases/c.md", case(HEAD + "koppelingen:\n  - {toelichting: Zo.}\n"), "begrip"),
    ("cases/c.md", case(HEAD + "koppelingen:\n  - {begrip: factor/tijd}\n"), "toelichting"),
    ("cases/c.md", case(HEAD + LINK % "grond: gevoel"), "gevoel"),
    ("cases/c.md", case(HEAD + LINK % "werking: beide"), "beide"),
    ("cases/c.md", case(HEAD + LINK % "kleur: rood"), "kleur"),
    (
        "cases/c.md",
        case(HEAD + "koppelingen:\n" + "  - {begrip: factor/tijd, toelichting: Zo.}\n" * 2),
        "factor/tijd",
    ),
    (
        "cases/c.md",
        case(HEAD + "koppelingen:\n  - {begrip: factor/nee, toelichting: Zo.}\n"),
        "‘factor/nee’ bestaat niet",
    ),
    ("cases/c.md", case(HEAD + "koppelingen:\n  - {begrip: tijd, toelichting: Zo.}\n"), "‘tijd’ bestaat niet"),
    ("cases/c.md", case(HEAD + "organisatie: nergens\n"), "de organisatie ‘nergens’ bestaat niet"),
    ("cases/c.md", case(HEAD + "fase: nergens\n"), "‘fase/nergens’ bestaat niet"),
    ("cases/c.md", case(HEAD + "bronnen:\n  - {publicatie: nergens}\n"), "de publicatie ‘nergens’ bestaat niet"),
    ("cases/c.md", case(HEAD + "bronnen:\n  - {plaats: blz. 3}\n"), "kies een publicatie of vul een titel in"),
    ("cases/c.md", case(HEAD + "verwant:\n  - {casus: nergens, reden: Zo.}\n"), "‘nergens’ bestaat niet"),
    ("cases/c.md", case(HEAD + "verwant:\n  - {reden: Zo.}\n"), "casus"),
    ("cases/c.md", case(HEAD + "verwant:\n  - {casus: c, reden: Zo.}\n"), "zichzelf"),
    ("cases/c.md", case(HEAD + "citaten:\n  - {spreker: Jo}\n"), "tekst"),
    ("cases/c.md", case("titel: Casus\nuitkomst: mislukt\n"), "mislukt"),
    ("cases/c.md", case("titel: Casus\n"), "uitkomst"),
    ("cases/c.md", case("uitkomst: geslaagd\n"), "titel"),
    ("cases/c.md", case(HEAD, "## Inleiding\n\nKort.\n"), "onbekend kopje: Inleiding"),
    ("cases/c.md", case(HEAD, TEXT + TEXT), "Samenvatting"),
    ("cases/c.md", case(HEAD, "Losse tekst.\n\n" + TEXT), "kopje"),
    ("cases/c.md", case(HEAD, f"## Samenvatting\n\n{'lang ' * 61}\n"), "samenvatting"),
    ("cases/c.md", case(HEAD + "begin: 2021\neind: 2020\n"), "eindjaar"),
    ("cases/c.md", case(HEAD + "organisatie: bestaat\nsector: s\n"), "Laat dit leeg"),
    ("cases/c.md", "titel: zonder streepjes\n", "begin met een regel ---"),
    ("cases/c.md", case("titel: [\n"), "line"),
    ("cases/c.md", case("- een lijst\n"), "naam: waarde"),
    ("cases/C met spatie.md", case(), "slug"),
    ("concepts/factor/c.yaml", "naam: C\nkleur: rood\n", "‘kleur’ is onbekend"),
    (
        "concepts/factor/c.yaml",
        "naam: C\nverwant:\n  - {begrip: factor/nee, reden: Zo.}\n",
        "‘factor/nee’ bestaat niet",
    ),
    ("concepts/factor/c.yaml", "naam: C\ndoen: [Zomaar een zin.]\n", "doen"),
    ("concepts/factor/c.yaml", "naam: C\ndoen:\n  - {bron: eigen}\n", "tekst"),
    ("concepts/factor/c.yaml", "omschrijving: Zonder naam.\n", "naam"),
    ("concepts/nergens/c.yaml", "naam: C\n", "nergens"),
    ("publications/p.yaml", "soort: boek\n", "titel"),
    ("publications/p.yaml", "titel: P\nsoort: boek\nadres: geen adres\n", "adres"),
    ("organisations/o.yaml", "naam: O\nsector: nergens\n", "‘sector/nergens’ bestaat niet"),
    ("organisations/o.yaml", "naam: O\nsector_grond: gevoel\n", "gevoel"),
    ("pages/p.md", case("titel: P\nkleur: rood\n"), "‘kleur’ is onbekend"),
]


@pytest.fixture(autouse=True)
def world() -> None:
    make_concept("factor/tijd")
    make_concept("sector/s")
    make_organisation("Bestaat", slug="bestaat")
    make_publication("Bestaat", slug="bestaat")
    make_case("Bestaat", slug="bestaat")


def refused(folder: Path) -> str:
    with pytest.raises(CommandError) as error:
        call_command("load_content", folder=folder, verbosity=0)
    assert error.value.returncode == 1
    return str(error.value)


def test_the_message_names_the_file_and_what_is_wrong(tmp_path: Path) -> None:
    for number, (name, text, message) in enumerate(MISTAKES):
        folder = tmp_path / str(number)
        path = write(folder, name, text)
        told = refused(folder)
        assert str(path) in told
        assert message.casefold() in told.casefold(), text
        assert not CasePage.objects.filter(slug="c", live=True).exists()
        LoadedContent.objects.all().delete()
        CasePage.objects.exclude(slug="bestaat").delete()
    assert len(MISTAKES) > 40


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "organisations/o.yaml", "")
    path.write_bytes("naam: Coöperatie\n".encode("latin-1"))
    told = refused(tmp_path)
    assert str(path) in told
    assert "UTF-8" in told


def test_a_file_from_an_editor_that_marks_utf_8_can_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, "cases/c.md", "")
    path.write_bytes(b"\xef\xbb\xbf" + case().replace("\n", "\r\n").encode())
    call_command("load_content", folder=tmp_path, verbosity=0)
    assert CasePage.objects.get(slug="c").live


def test_what_stands_before_the_mistake_stays_and_mending_the_file_finishes_the_work(tmp_path: Path) -> None:
    write(tmp_path, "cases/a.md", case())
    write(tmp_path, "cases/b.md", case(HEAD + "organisatie: nergens\n"))
    refused(tmp_path)
    write(tmp_path, "cases/b.md", case())
    call_command("load_content", folder=tmp_path, verbosity=0)
    assert CasePage.objects.live().filter(slug__in=["a", "b"]).count() == 2


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "bestaat niet" in refused(tmp_path / "weg")

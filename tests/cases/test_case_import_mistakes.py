"""Files with mistakes, and files that are no table at all: told by row, column and value, with what to do."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from case_import_samples import NEW, csv_file, imported, json_lines, looked_at, mistake, written
from factories import make_case, make_concept, make_organisation
from openpyxl import Workbook

from cases.importing import rows
from cases.importing.plan import Kind
from cases.models import CasePage
from survey.importing.mistakes import TableError
from survey.models import FormerConcept

pytestmark = pytest.mark.django_db

LINK = {"schema": "factor", "begrip": "tijd", "toelichting": "Er was tijd."}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"uitkomst": "geslagd"}, "kolom uitkomst, waarde ‘geslagd’: Kies geslaagd"),
        ({"titel": " "}, "kolom titel: Dit mag niet leeg zijn"),
        ({"samenvatting": "x" * 301}, "301 tekens; hoogstens 300"),
        ({"jaar": "19"}, "kolom jaar, waarde ‘19’: Schrijf een jaar met vier cijfers"),
        ({"jaar": 2020, "jaar_einde": 2019}, "Dit ligt voor het beginjaar 2020"),
        ({"jaar": True}, "Hier hoort tekst te staan"),
        ({"zekerheid": ""}, "Dit mag niet leeg zijn. Kies A of B"),
        ({"goed_bedoeld": "misschien"}, "Vul ja of nee in"),
        ({"slug": "Niet Goed"}, "Bijvoorbeeld ‘niet-goed’"),
        ({"slug": "feed"}, "is nog vrij"),
        ({"titel": {"nl": "x"}}, "kolom titel"),
        ({"sector": "gemeente"}, "Bedoel je ‘gemeenten’?"),
        ({"sector": "oud"}, "‘oud’ is vervallen"),
        ({"organisatie": "Gemeente Utregt"}, "Bedoel je ‘Gemeente Utrecht’?"),
        ({"organisatie": "GU"}, "Bedoel je ‘Gemeente Utrecht’?"),
        ({"organisatie_slug": "utregt"}, "Bedoel je ‘utrecht’?"),
        ({"organisatie": "Iemand anders", "organisatie_slug": "utrecht"}, "heet ‘Gemeente Utrecht’"),
        ({"organisatie": "Gemeente Utrecht", "sector": "rijk"}, "Dit hoort bij de organisatie"),
        ({"koppelingen": "tijd"}, 'Schrijf dit als lijst: [{"schema"'),
        (
            {"koppelingen": [LINK | {"begrip": "tijt"}]},
            "Nummer 1: ‘tijt’ staat niet in de lijst ‘factor’. Bedoel je ‘tijd’?",
        ),
        ({"koppelingen": [LINK | {"schema": "factoor"}]}, "Bedoel je ‘factor’"),
        ({"koppelingen": [LINK, LINK]}, "Nummer 2: ‘tijd’ staat hier twee keer"),
        ({"koppelingen": [LINK | {"toelichting": ""}]}, "de toelichting ontbreekt"),
        ({"koppelingen": [LINK | {"grond": "gezien"}]}, "kies bij grond vermeld of afgeleid"),
        ({"koppelingen": [LINK | {"werking": "helpt"}]}, "kies bij werking hielp of hinderde"),
        ({"koppelingen": [{"begrip": "tijd", "schemma": "factor"}]}, "‘schemma’ hoort hier niet"),
        ({"koppelingen": [[[]]]}, "Nummer 1: Schrijf dit als lijst"),
        ({"bronnen": [{"publicatie": "raport"}]}, "Nummer 1: De publicatie ‘raport’ bestaat niet"),
        ({"bronnen": [{"titel": "Krant", "adres": "javascript:x()"}]}, "webadres"),
        ({"verwant": [{"casus": "nergens", "reden": "x"}]}, "Deze casus bestaat niet en staat niet in dit bestand"),
        ({"verwant": [{"casus": "c", "reden": "x"}]}, "een casus is niet verwant aan zichzelf"),
        ({"titl": "x"}, "De kolom ‘titl’ bestaat niet. Bedoel je ‘titel’?"),
        ({"titel": "half \ud83d"}, "teken zonder betekenis"),
        ({"titel": "nul \0"}, "teken zonder betekenis"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(cells: dict[str, Any], told: str, tmp_path: Path) -> None:
    sector = make_concept("sector/gemeenten")
    make_concept("sector/rijk")
    make_concept("factor/tijd")
    FormerConcept.objects.create(scheme=sector.scheme, slug="oud", concept=None)
    make_organisation("Gemeente Utrecht", slug="utrecht", abbreviation="GU", sector=sector)
    path = written(tmp_path, json.dumps({"slug": "c"} | NEW | cells))
    assert told in mistake(path)
    assert "Rij 1" in mistake(path)


def test_all_or_nothing_and_only_the_good_rows(tmp_path: Path) -> None:
    path = csv_file(tmp_path, NEW | {"slug": "goed"}, NEW | {"slug": "fout", "uitkomst": "?"})
    with pytest.raises(TableError):
        imported(path)
    assert not CasePage.objects.exists()
    outcome = imported(path, only_good_rows=True)
    assert (outcome.counts[Kind.NEW], outcome.counts[Kind.WRONG]) == (1, 1)
    assert [case.slug for case in CasePage.objects.all()] == ["goed"]
    listed = (tmp_path / "kijk" / "fouten.csv").read_text(encoding="utf-8-sig")
    assert listed.splitlines()[1].startswith("3,uitkomst,?,")


def test_a_new_case_needs_its_columns(tmp_path: Path) -> None:
    told = [str(one) for one in looked_at(csv_file(tmp_path, {"slug": "nieuw", "titel": "Nieuw"})).mistakes.told]
    assert ["uitkomst" in told[0], "samenvatting" in told[1], len(told)] == [True, True, 2]


def test_one_case_stands_in_a_file_once(tmp_path: Path) -> None:
    make_case("Er al", slug="er-al")
    path = csv_file(
        tmp_path,
        NEW | {"slug": "c"},
        NEW | {"slug": "c"},
        NEW | {"slug": "", "titel": "Zelfde"},
        NEW | {"slug": "", "titel": "Zelfde"},
        NEW | {"slug": "er-al"},
        NEW | {"slug": "", "titel": "Er al"},
    )
    told = {one.row: one.message for one in looked_at(path).mistakes.told}
    assert "rij 2" in told[3] and "rij 4" in told[5] and "‘er-al’" in told[7]
    assert set(told) == {3, 5, 7}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_dialect_is_understood(delimiter: str, encoding: str, tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, {"Titel": "Één casus", "uitkomst": "Geslaagd", "IN HET KORT": "een\ntwee"}, delimiter=delimiter
    )
    text = path.read_text(encoding="utf-8").replace("uitkomst", "Uitkomst")
    path.write_bytes(f"Lijst van casussen{delimiter}{delimiter}\r\n{text}\r\n\r\n".encode(encoding))
    (told,) = looked_at(path).mistakes.told
    assert (told.row, told.column) == (3, "samenvatting"), "everything else was read"


CASE = json.dumps({"slug": "c"} | NEW)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "leeg"),
        ("titel,uitkomst\n", "geen enkele casus"),
        ("[]", "geen enkele casus"),
        ("naam,plaats\na,b\n", "Geen van de kolommen van een casus"),
        ("titel,titel\na,b\n", "‘titel’ staat er twee keer"),
        ("titel,uitkomst,titl\na,b,c\n", "Bedoel je ‘titel’?"),
        ("titel,uitkomst,\na,b,c\n", "Deze rij heeft 3 cellen en de kop 2"),
        ('titel,uitkomst\n"open,b\n', "halverwege"),
        ('titel,uitkomst\n"a"x,b\n', "aanhalingsteken op een verkeerde plaats"),
        ("titel,uitkomst\na\n", "het einde ontbreekt"),
        ("titel,uitkomst\na,b,c\n", "Staat er een scheidingsteken in een tekst?"),
        (f"[{CASE}, {CASE[:30]}", "halverwege"),
        (f"[{CASE}", "halverwege"),
        ('{"aantal": 1, "casussen": [{"titel": ', "halverwege"),
        (f"[{CASE}, onzin]", "Casus 2: Dit is geen JSON"),
        ("[" + '{"a":' * 100_000, "JSON"),
        (f"{CASE}\n[1]\n", "Rij 2: Hier hoort één casus te staan"),
        (f"{CASE}\n{{onzin}}\n", "Rij 2: Dit is geen JSON"),
        (f'{CASE}\n{{"jaar": NaN}}\n', "Rij 2: Dit is geen JSON"),
        (f'{CASE}\n{{"jaar": {"9" * 5000}}}\n', "Rij 2: Dit is geen JSON"),
        ('{"titel": "a", "titel": "b"}', "‘titel’ staat twee keer in één casus"),
        (b"%PDF-1.7 x", "Dit is een PDF"),
        (bytes(range(256)) * 20, "zonder betekenis"),
        (b"PK\x03\x04 geen zip", "geen XLSX of is beschadigd"),
        ("<html><table></table></html>", "webpagina"),
    ],
)
def test_whatever_is_sent_is_refused_in_words(content: str | bytes, told: str, tmp_path: Path) -> None:
    try:
        messages = [str(one) for one in looked_at(written(tmp_path, content)).mistakes.told]
    except TableError as error:
        messages = [str(error)]
    assert told in " ".join(messages)


def test_a_line_that_never_ends_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LONGEST_ROW", 10_000)
    for start in ('titel,uitkomst\n"', "titel,uitkomst\n", '{"titel": "', '[{"titel": "'):
        with pytest.raises(TableError, match="te lang"):
            looked_at(written(tmp_path, start + "x" * 5_000_000))


def test_a_workbook_that_is_made_to_fill_a_disk_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    with pytest.raises(TableError, match="veel te groot"):
        looked_at(path)


def test_a_workbook_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["titel"])
    book.save(tmp_path / "heel.xlsx")
    with pytest.raises(TableError, match="beschadigd"):
        looked_at(written(tmp_path, (tmp_path / "heel.xlsx").read_bytes()[:-200]))


def test_a_file_of_nothing_but_mistakes_tells_the_first_and_counts_the_others(tmp_path: Path) -> None:
    mistakes = looked_at(json_lines(tmp_path, *[{"slug": f"c-{number}"} for number in range(60)])).mistakes
    assert (len(mistakes.told), mistakes.total) == (50, 180)

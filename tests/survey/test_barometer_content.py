"""The files with published numbers: what they become, and what is said when a row is wrong."""

from pathlib import Path

import pytest
from barometer_factories import make_indicator
from django.core.management import CommandError, call_command
from factories import make_concept, make_editor, make_publication, write

from survey.barometer import barometer
from survey.models import Association, ContentVersion, Edition, Figure, Finding, Indicator, Qualifier, Result

pytestmark = pytest.mark.django_db

EDITION = "naam: Barometer 2021\nkort: 2021\nonderzoek: Innovatie Barometer Overheid\njaar: 2021\n"
INDICATOR = "naam: Onder de radar\nkort: Onder de radar\nthema: Strategie\nbegrippen: [strategie/onder-de-radar]\n"
FIGURES = "publicatie,code,bijschrift,n,bronvermelding,leesbaar,bronregel,opmerking,volgorde\n"
RESULTS = (
    "id,editie,indicator,uitsplitsing,groep,maat,waarde,waarde_tot,nauwkeurigheid,verwoording,n,publicatie,figuur,"
    "plaats,bronregel,opmerking\n"
)
FINDINGS = "id,editie,tekst,begrippen,indicatoren,publicatie,figuur,plaats,bronregel\n"
ASSOCIATIONS = "id,editie,uitkomst,kenmerk,begrip,richting,publicatie,figuur,plaats,bronregel,opmerking\n"
RESULT = "r1,e2021,radar,,,aandeel,17,,precies,17 procent,313,rapport,Figuur 12,H3,454,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_publication("Rapport")
    make_concept("strategie/onder-de-radar")
    make_concept("sector/gemeenten")
    make_concept("waarde/kwaliteit")
    write(tmp_path, "barometer/editions/e2021.yaml", EDITION)
    write(tmp_path, "barometer/indicators/radar.yaml", INDICATOR)
    write(tmp_path, "barometer/figures.csv", FIGURES + "rapport,Figuur 12,Strategie,313,BZK,nee,456,,12\n")
    write(tmp_path, "barometer/results.csv", RESULTS + RESULT)
    return tmp_path


def load(folder: Path) -> None:
    call_command("load_content", folder=folder, verbosity=0)


def test_a_row_becomes_a_number_that_knows_where_it_stands(folder: Path) -> None:
    load(folder)
    result = Result.objects.get()
    assert (result.value, result.n, result.wording) == (17, 313, "17 procent")
    assert (result.figure and result.figure.code, result.locator, result.text_line) == ("Figuur 12", "H3", 454)
    number = barometer().number("e2021", "radar")
    assert number and number.value == 17
    assert [entry.slug for entry in barometer().by_concept[make_concept("strategie/onder-de-radar").pk]] == ["radar"]


def test_bijna_stays_bijna_and_a_number_the_source_lost_stays_unknown(folder: Path) -> None:
    rows = "r1,e2021,radar,,,aandeel,60,,bijna,bijna 60 procent,,rapport,,H3,1,\n"
    rows += "r2,e2021,radar,sector,gemeenten,aandeel,,,onbekend,,,rapport,,H3,2,\n"
    write(folder, "barometer/results.csv", RESULTS + rows)
    load(folder)
    almost, unknown = Result.objects.order_by("key")
    assert (almost.qualifier, almost.value) == (Qualifier.ALMOST, 60)
    assert (unknown.qualifier, unknown.value) == (Qualifier.UNKNOWN, None)


def test_a_changed_table_replaces_the_old_one_and_pages_are_fresh(folder: Path) -> None:
    load(folder)
    before = ContentVersion.objects.get().number
    load(folder)
    assert ContentVersion.objects.get().number == before, "Nothing changed, and yet every page was made stale."
    write(folder, "barometer/results.csv", RESULTS + RESULT.replace(",17,", ",18,"))
    load(folder)
    assert Result.objects.get().value == 18
    assert ContentVersion.objects.get().number > before


def test_findings_and_associations_are_loaded_with_what_they_are_about(folder: Path) -> None:
    row = "f1,e2021,Gemeenten doen minder mee.,sector/gemeenten strategie/onder-de-radar,radar,rapport,,H3,1\n"
    write(folder, "barometer/findings.csv", FINDINGS + row)
    row = "a1,e2021,waarde/kwaliteit,Onder de radar werken,strategie/onder-de-radar,negatief,rapport,,H4,2,\n"
    write(folder, "barometer/associations.csv", ASSOCIATIONS + row)
    load(folder)
    assert {concept.slug for concept in Finding.objects.get().concepts.all()} == {"gemeenten", "onder-de-radar"}
    assert Association.objects.get().direction == "negatief"


def test_what_an_editor_changed_in_an_edition_stays(folder: Path) -> None:
    load(folder)
    edition = Edition.objects.get()
    edition.caution = "Lees dit eerst."
    edition.save()
    edition.save_revision()
    write(folder, "barometer/editions/e2021.yaml", EDITION + "let_op: Iets anders.\n")
    load(folder)
    assert Edition.objects.get().caution == "Lees dit eerst."


def test_a_file_says_better_what_an_import_was_the_first_to_name(folder: Path) -> None:
    made_by_import = make_indicator("radar", name="v12 Onder de radar")
    made_by_import.save_revision()
    load(folder)
    found = Indicator.objects.get()
    assert (found.pk, found.name) == (made_by_import.pk, "Onder de radar")


def test_what_an_editor_named_is_not_overwritten_by_a_new_file(folder: Path) -> None:
    make_indicator("radar", name="Door een mens benoemd").save_revision(user=make_editor())
    with pytest.raises(CommandError, match=r"radar\.yaml"):
        load(folder)
    assert Indicator.objects.get().name == "Door een mens benoemd"


def test_a_cell_may_hold_several_lines(folder: Path) -> None:
    write(folder, "barometer/results.csv", RESULTS + RESULT.replace(",454,", ',454,"Eerste regel\ntweede regel"'))
    load(folder)
    assert Result.objects.get().remark == "Eerste regel\ntweede regel"


def test_a_figure_that_left_the_table_goes(folder: Path) -> None:
    load(folder)
    write(folder, "barometer/results.csv", RESULTS + RESULT.replace("Figuur 12", ""))
    load(folder)
    write(folder, "barometer/figures.csv", FIGURES + "rapport,Figuur 13,Andere,313,BZK,nee,456,,13\n")
    load(folder)
    assert [figure.code for figure in Figure.objects.all()] == ["Figuur 13"]


def test_an_edition_that_an_editor_deleted_stays_away_and_stops_nothing(folder: Path) -> None:
    load(folder)
    Edition.objects.get().delete()
    write(folder, "barometer/results.csv", RESULTS + RESULT.replace(",17,", ",18,"))
    load(folder)
    assert not Edition.objects.exists() and not Result.objects.exists()


def test_a_published_number_never_lands_among_computed_ones(folder: Path) -> None:
    load(folder)
    Result.objects.update(provenance="berekend")
    write(folder, "barometer/results.csv", RESULTS + RESULT.replace(",17,", ",18,"))
    with pytest.raises(CommandError, match="bevat cijfers uit een bestand"):
        load(folder)
    assert Result.objects.get().value == 17


#: File, what stands in it, what the message says.
MISTAKES = [
    ("results.csv", RESULTS + RESULT.replace("e2021", "e1999"), "r1: ‘e1999’ onder ‘editie’ bestaat niet"),
    ("results.csv", RESULTS + RESULT.replace("radar", "lidar"), "‘lidar’ onder ‘indicator’ bestaat niet"),
    ("results.csv", RESULTS + RESULT.replace("Figuur 12", "Figuur 99"), "figuur ‘Figuur 99’ staat niet"),
    ("results.csv", RESULTS + RESULT.replace(",17,", ",,"), "alleen bij ‘onbekend’ ontbreekt de waarde"),
    ("results.csv", RESULTS + RESULT.replace("precies", "ruwweg"), "ruwweg"),
    ("results.csv", RESULTS + RESULT.replace("aandeel", "deel"), "deel"),
    ("results.csv", RESULTS + RESULT.replace(",17,", ",zeventien,"), "zeventien"),
    ("results.csv", RESULTS + RESULT.replace(",17,", ",nan,"), "‘nan’ onder ‘waarde’ is geen getal"),
    ("results.csv", RESULTS + RESULT.replace(",17,", ",1e999,"), "‘1e999’ onder ‘waarde’ is geen getal"),
    ("results.csv", RESULTS + RESULT + RESULT, "r1 staat er twee keer in"),
    ("results.csv", RESULTS + RESULT + RESULT.replace("r1", "r2"), "r2: dit cijfer staat er al, bij r1"),
    ("results.csv", RESULTS + RESULT.replace("e2021", ""), "r1: ‘editie’ is leeg"),
    ("results.csv", "id,editie\nr1,e2021\n", "results.csv"),
    ("findings.csv", FINDINGS + "f1,e2021,Tekst.,sector/nergens,,rapport,,H3,1\n", "‘sector/nergens’"),
    ("associations.csv", ASSOCIATIONS + "a1,e2021,waarde/nee,X,,positief,rapport,,H4,2,\n", "‘waarde/nee’"),
    ("associations.csv", ASSOCIATIONS + "a1,e2021,waarde/kwaliteit,X,,soms,rapport,,H4,2,\n", "soms"),
    ("figures.csv", FIGURES + "nergens,Figuur 1,X,,,nee,1,,1\n", "‘nergens’ onder ‘publicatie’ bestaat niet"),
    ("editions/e2021.yaml", EDITION + "land: atlantis\n", "‘land/atlantis’ bestaat niet"),
    ("editions/e2021.yaml", EDITION + "kleur: rood\n", "‘kleur’ is onbekend"),
    ("indicators/radar.yaml", INDICATOR.replace("onder-de-radar]", "boven-de-radar]"), "boven-de-radar"),
    ("indicators/radar.yaml", INDICATOR + "eenheid: euro\n", "euro"),
]


@pytest.mark.parametrize(("name", "text", "said"), MISTAKES)
def test_a_mistake_names_the_file_and_the_row_and_leaves_the_old_numbers(
    folder: Path, name: str, text: str, said: str
) -> None:
    load(folder)
    write(folder, f"barometer/{name}", text)
    with pytest.raises(CommandError) as told:
        load(folder)
    assert said in str(told.value)
    assert name.rsplit("/", 1)[-1] in str(told.value)
    assert Result.objects.get().value == 17
    assert Figure.objects.count() == 1
    assert Indicator.objects.get().unit == "procent"

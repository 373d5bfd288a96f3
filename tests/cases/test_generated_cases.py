"""Invented cases: always the same ones, never beside real ones."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from factories import make_case, make_concept, make_draft, make_organisation

from cases.generating import writing
from cases.generating.writing import RealContentError, generate
from cases.models import CasePage, CasePublicChange, Organisation
from survey.models import ContentChange
from survey.vocabulary import vocabulary

pytestmark = pytest.mark.django_db

CONCEPTS = {
    "sector": ["gemeenten", "waterschappen"],
    "land": ["nederland", "belgie"],
    "thema": ["water", "zorg"],
    "type": ["dienst"],
    "factor": ["tijd", "geld", "lef"],
    "patroon": ["brug", "olifant"],
    "waarde": ["kwaliteit", "nut", "rust", "vreugde", "kracht"],
}


@pytest.fixture
def words() -> None:
    for scheme, slugs in CONCEPTS.items():
        for slug in slugs:
            make_concept(f"{scheme}/{slug}")


def stored() -> list[tuple[Any, ...]]:
    """Everything of each case that readers see."""
    cases = CasePage.objects.order_by("path").select_related("organisation").prefetch_related("links")
    return [
        (
            *(case.slug, case.title, case.introduction, case.approach, case.lessons, case.outcome, case.start_year),
            *(case.first_published_at, case.organisation and (case.organisation.slug, case.organisation.name)),
            *((link.concept_id, link.evidence, link.effect) for link in case.links.all()),
        )
        for case in cases
    ]


@pytest.mark.usefixtures("words")
class TestCases:
    """In a small vocabulary."""

    def test_the_same_seed_gives_the_same_cases_also_in_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        generate(12, seed=3)
        at_once = stored()
        CasePage.objects.all().delete()
        Organisation.objects.all().delete()
        monkeypatch.setattr(writing, "CHUNK", 4)
        assert generate(5, seed=3) == 5
        assert stored() == at_once[:5]
        done: list[int] = []
        assert generate(12, seed=3, progress=done.append) == 7
        assert done == [5, 4, 3]
        assert stored() == at_once

    def test_another_seed_gives_other_cases(self) -> None:
        generate(1, seed=1)
        first = CasePage.objects.get().approach
        CasePage.objects.all().delete()
        generate(1, seed=2)
        assert CasePage.objects.get().approach != first

    def test_nobody_takes_them_for_real(self) -> None:
        generate(3, seed=1)
        for case in CasePage.objects.all():
            assert case.introduction.startswith("Verzonnen casus.")
            assert case.slug.startswith("verzonnen-")
        assert all(one.name.startswith("Verzonnen ") for one in Organisation.objects.all())

    def test_they_are_whole_cases(self) -> None:
        generate(8, seed=1)
        for case in CasePage.objects.prefetch_related("links"):
            case.full_clean()
            assert 4 <= len(case.links.all()) <= 10
            links = {link.concept_id: link.effect for link in case.links.all()}
            effects = {entry.scheme: links[entry.pk] for entry in vocabulary().entries(links)}
            assert effects["factor"] in ("hielp", "hinderde") and effects["thema"] == ""
        assert CasePage.objects.first().get_parent().numchild == 8
        assert CasePage.find_problems() == ([], [], [], [], [])

    def test_readers_find_and_read_them(self, client: Client) -> None:
        version = ContentChange.objects.count()
        generate(8, seed=1)
        assert ContentChange.objects.count() == version + 1
        case = CasePage.objects.first()
        word = case.title.split()[1]
        assert case.slug in client.get("/casussen/", {"q": word}).content.decode()
        page = client.get(case.get_absolute_url()).content.decode()
        assert case.title in page and case.links.first().evidence in page

    def test_an_editor_can_open_and_publish_one(self) -> None:
        generate(1, seed=1)
        case = CasePage.objects.get()
        draft = case.get_latest_revision_as_object()
        draft.title = "Een andere titel"
        draft.save_revision(clean=True).publish()
        assert CasePage.objects.get().title == "Een andere titel"
        assert CasePublicChange.objects.count() == 2

    def test_never_beside_a_real_case(self) -> None:
        make_case("Een echte casus", slug="echt")
        with pytest.raises(RealContentError, match="een echte casus: ‘echt’"):
            generate(1, seed=1)
        assert CasePage.objects.count() == 1

    def test_never_beside_a_draft_of_one(self) -> None:
        generate(1, seed=1)
        make_draft("Nog niet klaar", slug="verzonnen-verhaal")
        with pytest.raises(RealContentError, match="‘verzonnen-verhaal’"):
            generate(2, seed=1)

    def test_never_beside_a_real_organisation(self) -> None:
        make_organisation("Gemeente Echt")
        with pytest.raises(RealContentError, match="‘Gemeente Echt’"):
            generate(1, seed=1)

    def test_two_seeds_do_not_mix(self) -> None:
        generate(1, seed=1)
        with pytest.raises(RealContentError, match="met --seed 1"):
            generate(2, seed=2)


SCHEME = "naam: Thema\nmeervoud: Thema's\nadres: themas\n"


def test_the_command_is_everything_after_migrate(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CONTENT_DIR = tmp_path
    folder = tmp_path / "concepts" / "thema"
    folder.mkdir(parents=True)
    (folder / "_schema.yaml").write_text(SCHEME)
    (folder / "water.yaml").write_text("naam: Water\n")
    call_command("generate_cases", "2", verbosity=0)
    assert "2 verzonnen casussen gemaakt; 0 waren er al." in capsys.readouterr().out
    assert {link.concept.name for link in CasePage.objects.first().links.all()} == {"Water"}


def test_not_on_a_site_for_the_internet(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    with pytest.raises(CommandError, match="site voor het internet"):
        call_command("generate_cases", "2", verbosity=0)


def test_the_command_refuses_before_it_loads_anything(settings: Any) -> None:
    make_case(slug="echt")
    with pytest.raises(CommandError, match="DATA_DIR="):
        call_command("generate_cases", "2", verbosity=0)
    assert not vocabulary().schemes


@pytest.mark.parametrize("arguments", [["0"], ["2", "--seed", "-1"]])
def test_numbers_that_make_no_sense(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="aantal van 1 of meer"):
        call_command("generate_cases", *arguments, verbosity=0)

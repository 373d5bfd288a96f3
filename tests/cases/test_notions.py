"""Everyday words find our concepts, and follow the vocabulary at once."""

from typing import Any

import pytest
from factories import make_case, make_concept

from cases.notions import concepts_meant
from survey.models import Guidance
from survey.versions import one_version_per_request

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [concept.slug for concept, _ in concepts_meant(text)]


def test_a_concept_is_meant_by_its_name_its_other_words_and_how_it_is_recognised() -> None:
    radar = make_concept("strategie/onder-de-radar", synonyms="stiekem uitproberen\nin stilte")
    radar.guidance = [Guidance(kind=Guidance.Kind.RECOGNISE, text="Niemand in de top weet van de proef.")]
    radar.save()
    assert found("radar") == ["onder-de-radar"]
    assert found("iets stiekem uitproberen") == ["onder-de-radar"]
    assert found("de top wist niet van onze proef") == ["onder-de-radar"]
    assert found("blockchain") == []


def test_a_new_name_is_known_at_once() -> None:
    concept = make_concept("thema/ai", name="Slimme computers")
    assert found("slimme computers") == ["ai"]
    concept.name = "Kunstmatige intelligentie"
    concept.save()
    assert found("slimme computers") == []
    assert found("kunstmatige intelligentie") == ["ai"]


def test_a_published_case_costs_the_concepts_nothing(django_assert_num_queries: Any) -> None:
    make_concept("thema/ai", name="Kunstmatige intelligentie")
    concepts_meant("kunstmatige")
    make_case("Iets nieuws")
    with one_version_per_request(), django_assert_num_queries(0):
        concepts_meant("kunstmatige")

"""The barometer in memory: fresh when anything changed, and never one number in the place of another."""

import pytest
from barometer_factories import make_edition, make_indicator, make_result
from factories import make_concept

from survey.barometer import barometer, numbers_of
from survey.models import Concept, Result
from survey.versions import one_version_per_request

pytestmark = pytest.mark.django_db


def test_a_new_number_is_there_at_the_next_question() -> None:
    edition, indicator = make_edition("b-2021"), make_indicator("zelf")
    assert barometer().number("b-2021", "zelf") is None
    make_result(edition, indicator, 30)
    found = barometer().number("b-2021", "zelf")
    assert found and found.value == 30


def test_a_group_that_came_during_a_request_is_not_taken_for_everybody() -> None:
    edition, indicator = make_edition("b-2021"), make_indicator("zelf")
    make_result(edition, indicator, 30)
    scheme = make_concept("sector/gemeenten").scheme
    with one_version_per_request():
        barometer()
        # Another process, so this one hears of it at its next request only.
        Concept.objects.bulk_create([Concept(scheme=scheme, slug="provincies", name="Provincies")])
        group = Concept.objects.get(slug="provincies")
        Result.objects.bulk_create([Result(edition=edition, indicator=indicator, group=group, value=90)])
        assert [number.value for number in numbers_of(Result.objects.all())] == [30]

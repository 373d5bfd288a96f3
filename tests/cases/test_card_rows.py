"""A card made of a plain row says what a card made of the whole page says."""

from typing import Any

import pytest
from factories import link, make_case, make_concept, make_draft, make_organisation

from cases.catalogue import card
from cases.models import CasePage
from cases.templatetags.case_tags import card_context

pytestmark = pytest.mark.django_db


def test_a_row_makes_the_same_card_as_a_page(django_assert_num_queries: Any) -> None:
    sector, land = make_concept("sector/waterschappen"), make_concept("land/belgie")
    with_all = make_case(
        "Slimme sluis",
        organisation=make_organisation("Waterschap Rivierenland", sector=sector),
        links=[link("thema/water"), link("patroon/de-olifant")],
        start_year=2019,
        end_year=2021,
    )
    without = make_case("Digitale balie", own_country=land, period_note="najaar 2020", links=[])
    make_draft("Nog niet klaar")
    pks = [without.pk, with_all.pk, 999_999]
    pages = CasePage.objects.published().with_card_data().in_order_of(pks)
    with django_assert_num_queries(3):  # which pages are closed to visitors, cases, their links
        rows = CasePage.objects.published().card_rows(pks)
    assert [row.pk for row in rows] == [without.pk, with_all.pk]
    assert [card_context(card(row)) for row in rows] == [card_context(card(page)) for page in pages]
    assert card_context(card(rows[1]))["meta"] == ["Waterschap Rivierenland", "Waterschappen", "2019–2021"]

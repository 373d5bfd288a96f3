"""The matrix: numbers of cases as a way in, each the number that the catalogue gives."""

import pytest
from django.test import Client
from factories import make_case, make_concept, make_organisation

from cases.matrix import AXES, COLUMN_AXES, matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    for scheme in (*AXES, *COLUMN_AXES[1:]):
        make_concept(f"{scheme}/niets", name=f"Niets van {scheme}")
    gemeenten = make_organisation(sector=make_concept("sector/gemeenten"))
    make_case("Een", organisation=gemeenten, links=["factor/tijd", "factor/geld", "strategie/samen"])
    make_case("Twee", organisation=gemeenten, outcome="gestopt", links=["factor/tijd", "patroon/brug"])
    make_case("Drie", outcome="gestopt", phase=make_concept("fase/proef"), links=["factor/tijd", "strategie/spot"])


@pytest.mark.usefixtures("world")
class TestNumbers:
    """In a world of three cases."""

    def test_every_number_is_what_the_click_gives(self, client: Client) -> None:
        clicks = 0
        for row, column in (
            ("factor", "uitkomst"),
            ("strategie", "sector"),
            ("factor", "strategie"),
            ("patroon", "fase"),
        ):
            for line in matrix(row, column).rows:
                for cell in line.cells:
                    page = client.get(cell.url)
                    if page.context is not None:  # not a kept page
                        assert page.context["catalogue"].total == cell.count, (cell.name, cell.url)
                        clicks += 1
        assert clicks > 20

    def test_a_row_adds_up_where_a_case_has_exactly_one_value(self, client: Client) -> None:
        sums = {line.label: sum(cell.count for cell in line.cells) for line in matrix("factor", "uitkomst").rows}
        assert sums == {"Tijd": 3, "Geld": 1, "Niets van factor": 0}

    def test_shades_run_from_none_to_the_most(self) -> None:
        shades = {cell.count: cell.shade for line in matrix("factor", "uitkomst").rows for cell in line.cells}
        assert shades == {0: 0, 1: 3, 2: 5}

    def test_the_page_is_a_table_with_words_for_every_number(self, client: Client) -> None:
        html = client.get("/matrix/").content.decode()
        assert "Aantal casussen per factor en uitkomst" in html
        assert '>2<span class="ib-hidden"> casussen: Tijd en Gestopt</span></a>' in html
        assert 'href="/casussen/?factor=tijd&amp;uitkomst=gestopt"' in html
        assert html.count('<th scope="row">') == 3

    def test_every_pair_of_axes_that_is_offered_can_be_asked(self, client: Client) -> None:
        asked = 0
        for row in AXES:
            for column in COLUMN_AXES:
                status = client.get(f"/matrix/?rij={row}&kolom={column}").status_code
                assert status == (400 if row == column else 200), (row, column)
                asked += 1
        assert asked == len(AXES) * len(COLUMN_AXES)

    @pytest.mark.parametrize(
        "query", ["?rij=kleur", "?kolom=kleur", "?rij=sector", "?kolom=factor", "?rij=", "?rij=a%00b", "?rij=<b>"]
    )
    def test_wrong_axes_are_refused_with_what_can_be_chosen(self, client: Client, query: str) -> None:
        response = client.get(f"/matrix/{query}")
        assert response.status_code == 400
        html = response.content.decode()
        assert "factor, strategie, patroon" in html
        assert "uitkomst, sector" in html
        assert "<b>" not in html


def test_a_matrix_of_a_list_that_is_not_there_is_refused(client: Client) -> None:
    make_concept("factor/tijd")
    assert client.get("/matrix/").status_code == 200
    assert client.get("/matrix/?rij=patroon").status_code == 400
    assert client.get("/matrix/?rij=factor&kolom=sector").status_code == 400

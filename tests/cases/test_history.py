"""The public history of a case: one line in words for each publication that changed something."""

from typing import Any

import pytest
from django.test import Client
from factories import edit, link, make_case, make_concept, make_draft, make_organisation

from cases.models import CasePage, CaseRelation, CaseSource

pytestmark = pytest.mark.django_db

FIRST = "Toegevoegd aan de kennisbank."
QUOTE = {"text": "Ja.", "translation": "", "speaker": "Jo", "role": "", "source": ""}


def history(case: CasePage) -> list[str]:
    return [change.text for change in case.public_changes.all()]


def test_a_draft_has_no_history_and_the_first_publication_one_line(client: Client) -> None:
    case = make_draft("Verhaal")
    assert history(case) == []
    case.get_latest_revision().publish()
    assert history(case) == [FIRST]
    assert FIRST in client.get("/casussen/verhaal/").content.decode()


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"title": "Anders"}, "Gewijzigd: titel."),
        ({"title": "Anders", "result": "<p>Meer.</p>"}, "Gewijzigd: titel en wat ervan kwam."),
        ({"start_year": 2018, "end_year": 2020}, "Gewijzigd: periode."),
        (
            {"outcome": "gestopt", "introduction": "B.", "lessons": "<p>C</p>"},
            "Gewijzigd: uitkomst, samenvatting en de lessen.",
        ),
        ({"body": [("quotation", QUOTE)]}, "Gewijzigd: het verhaal."),
    ],
)
def test_changed_parts_are_named_in_words(fields: dict[str, Any], line: str) -> None:
    assert history(edit(make_case("Verhaal"), **fields)) == [line, FIRST]


def test_changed_links_and_relations_are_named() -> None:
    case, other = make_case("Verhaal", links=["factor/tijd"]), make_case("Ander")
    edit(case, links=[link("factor/tijd"), link("factor/geld")])
    edit(case, relations=[CaseRelation(other=other, reason="Lijkt erop.")])
    edit(case, organisation=make_organisation("Gemeente"), phase=make_concept("fase/proef"))
    assert history(case) == [
        "Gewijzigd: organisatie en fase.",
        "Gewijzigd: verwante casussen.",
        "Gewijzigd: koppelingen.",
        FIRST,
    ]


def test_the_same_rows_and_blocks_made_anew_are_no_change() -> None:
    case = make_case("Verhaal", links=["factor/tijd"], body=[("quotation", QUOTE)])
    edit(case, links=[link("factor/tijd")], body=[("quotation", QUOTE)])
    assert history(case) == [FIRST]


def test_publishing_without_a_change_tells_nothing() -> None:
    case = make_case("Verhaal")
    edit(case)
    edit(case, search_description="Voor zoekmachines")
    assert history(case) == [FIRST]


def test_the_editors_own_sentence_comes_instead_and_only_once() -> None:
    case = make_case("Verhaal")
    edit(case, title="Anders", change_note="De gemeente stuurde een verbetering.")
    edit(case, result="<p>Meer.</p>")
    assert history(case) == ["Gewijzigd: wat ervan kwam.", "De gemeente stuurde een verbetering.", FIRST]


def test_when_nearly_everything_changed_the_line_stays_short() -> None:
    names = ["introduction", "in_brief", "intention", "approach", "result", "lessons", "transfer", "early_signals"]
    texts = dict.fromkeys([*names, "do_differently", "title"], "Nieuw.")
    case = edit(
        make_case("Verhaal"),
        **texts,
        outcome="gestopt",
        certainty="B",
        start_year=2020,
        organisation=make_organisation(),
        phase=make_concept("fase/proef"),
        body=[("text", "<p>x</p>")],
        links=[link("factor/tijd")],
        relations=[CaseRelation(other=make_case("Ander"), reason="Lijkt erop.")],
        sources=[CaseSource(title="Krant")],
    )
    assert history(case)[0] == "Op veel plaatsen herschreven."


def test_taken_offline_and_back_is_not_a_first_publication() -> None:
    case = make_case("Verhaal")
    case.unpublish()
    edit(case)
    assert history(case) == [FIRST]


def test_a_draft_in_between_is_told_when_it_is_published() -> None:
    case = make_case("Verhaal")
    draft = case.get_latest_revision_as_object()
    draft.title = "Klad"
    draft.save_revision()
    assert history(case) == [FIRST]
    edit(case, introduction="Beter.")
    assert history(case) == ["Gewijzigd: titel en samenvatting.", FIRST]

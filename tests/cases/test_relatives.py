"""Which cases are worth reading next, and why."""

import re

import pytest
from django.test import Client
from factories import edit, make_case

from cases.likeness import relatives
from cases.models import CasePage, RefusedLikeness

pytestmark = pytest.mark.django_db


def test_related_cases_share_links_and_say_which(client: Client) -> None:
    both = ["factor/tijd", "patroon/brug"]
    make_case("Zelf", links=[*both, "factor/geld", "land/nederland"])
    make_case("Deelt twee", links=both)
    make_case("Deelt er een", links=["factor/tijd"])
    make_case("Deelt het land", links=["land/nederland", "factor/tijd"])
    make_case("Deelt drie", links=[*both, "factor/geld"])
    html = client.get("/casussen/zelf/").content.decode().split("Lees ook")[1]
    related = re.findall(r'class="ib-card__title"><a[^>]*>(.*?)</a>', html)
    assert related[:2] == ["Deelt drie", "Deelt twee"]
    assert "Zelf" not in related
    assert "Deelt ‘Brug’ en ‘Tijd’" in html
    assert "Deelt ‘Geld’, ‘Brug’ en ‘Tijd’" in html


def test_what_the_editor_chose_comes_first_and_not_twice(client: Client) -> None:
    shared = ["factor/tijd", "patroon/brug"]
    chosen = make_case("Gekozen", links=shared)
    make_case("Lijkt erop", links=shared)
    case = make_case("Zelf", links=shared, relations=[(chosen, "Hieruit voortgekomen.")])
    assert [(found.case.title, found.reason) for found in relatives(case, list(case.links.all()))] == [
        ("Gekozen", "Hieruit voortgekomen."),
        ("Lijkt erop", "Deelt ‘Tijd’ en ‘Brug’"),
    ]


def shown(case: CasePage) -> list[tuple[str, str]]:
    return [(found.case.title, found.reason) for found in relatives(case, list(case.links.all()))]


def test_the_rarest_that_is_shared_is_named_first() -> None:
    for number in range(3):
        make_case(f"Ander {number}", links=["factor/tijd"])
    make_case("Buur", links=["factor/tijd", "patroon/brug"])
    case = make_case("Zelf", links=["factor/tijd", "patroon/brug"])
    assert shown(case)[0] == ("Buur", "Deelt ‘Brug’ en ‘Tijd’")


ABOUT = "<p>Met sensoren in de dijk. Die sensoren meten de dijk.</p>"


def test_cases_without_a_shared_concept_are_alike_by_what_they_are_about() -> None:
    make_case("Sensoren in elke dijk", result=ABOUT)
    make_case("Een bus", introduction="Hij reed met sensoren.", result="<p>Niemand zag de dijk.</p>")
    case = make_case("Waakzaam", introduction="Er waken sensoren in de dijk.", result=ABOUT)
    assert shown(case) == [("Sensoren in elke dijk", "Gaat ook over ‘sensoren’ en ‘dijk’")]


def test_a_word_that_many_cases_are_about_is_no_reason() -> None:
    for number in range(12):
        make_case(f"Sensoren bij de dijk {number}", result=ABOUT)
    assert shown(CasePage.objects.get(slug="sensoren-bij-de-dijk-3")) == []


def refuse(case: CasePage, *others: CasePage, **fields: str) -> CasePage:
    return edit(case, refused_likenesses=[RefusedLikeness(other=other, **fields) for other in others])


@pytest.fixture
def eight() -> list[CasePage]:
    return [make_case(f"Casus {number}", links=["factor/tijd", "patroon/brug"]) for number in range(8)]


def test_a_refused_likeness_is_not_shown_at_either_case_and_the_next_best_comes_instead(eight: list[CasePage]) -> None:
    case = eight[0]
    before = [title for title, _ in shown(case)]
    assert len(before) == 6
    gone = CasePage.objects.get(title=before[2])
    refuse(case, gone)
    after = [title for title, _ in shown(case)]
    assert len(after) == 6
    assert set(before) - set(after) == {gone.title}
    assert case.title not in [title for title, _ in shown(gone)]


def test_a_refusal_that_is_taken_back_is_as_if_it_had_never_been(eight: list[CasePage]) -> None:
    case = eight[0]
    before = shown(case)
    refuse(case, CasePage.objects.get(title=before[2][0]))
    assert shown(refuse(case)) == before


def test_what_an_editor_chose_stays_though_it_was_refused() -> None:
    other = make_case("Ander", links=["factor/tijd"])
    case = make_case("Zelf", links=["factor/tijd"], relations=[(other, "Lijkt erop.")])
    assert shown(refuse(case, other)) == [("Ander", "Lijkt erop.")]


def test_a_refusal_in_a_draft_counts_for_the_draft_only(client: Client) -> None:
    other = make_case("Buurman", links=["factor/tijd"])
    case = make_case("Zelf", links=["factor/tijd"])
    draft = case.get_latest_revision_as_object()
    draft.refused_likenesses = [RefusedLikeness(other=other)]
    draft.save_revision()
    assert shown(case.get_latest_revision_as_object()) == []
    for slug, title in (("zelf", "Buurman"), ("buurman", "Zelf")):
        assert f">{title}</a>" in client.get(f"/casussen/{slug}/").content.decode()


def test_a_case_that_is_deleted_takes_its_refusals_along() -> None:
    other = make_case("Ander", links=["factor/tijd"])
    case = refuse(make_case("Zelf", links=["factor/tijd"]), other)
    other.delete()
    assert not RefusedLikeness.objects.exists()
    edit(case, introduction="Nog eens gepubliceerd.")
    assert shown(case) == []


def test_readers_are_told_nothing_of_a_refusal(client: Client) -> None:
    other = make_case("Ander", links=["factor/tijd"])
    case = refuse(make_case("Zelf", links=["factor/tijd"]), other, reason="Geheime afweging")
    assert [change.text for change in case.public_changes.all()] == ["Toegevoegd aan de kennisbank."]
    for address in ("/casussen/zelf/", "/casussen/ander/", "/casussen/export.json"):
        assert b"Geheime afweging" not in b"".join(client.get(address))

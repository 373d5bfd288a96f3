"""Renaming, merging, splitting and retiring concepts: what moves along, and what is never lost."""

from datetime import timedelta

import pytest
from barometer_factories import make_edition, make_indicator, make_result
from django.test import Client
from django.utils import timezone
from factories import edit, link, make_case, make_concept, make_draft, make_editor, make_organisation
from wagtail.models import PageLogEntry

from cases.models import CaseLink, CasePage, Submission, SubmissionLink
from survey.care import concepts
from survey.care.noting import because
from survey.care.telling import CareError, digest, rehearse
from survey.models import Concept, ConceptRelation, FormerConcept, Guidance, VocabularyChange

pytestmark = pytest.mark.django_db


def merge(*pairs: tuple[Concept, Concept]) -> str:
    with because("Ze bleken hetzelfde."):
        return "\n".join(concepts.merge(dict(pairs)))


def evidence(case: CasePage) -> dict[str, str]:
    return {row.concept.slug: row.evidence for row in CaseLink.objects.filter(case=case).select_related("concept")}


def test_cases_move_along_and_doubled_links_are_joined() -> None:
    old, new = make_concept("factor/tijd"), make_concept("factor/ruimte")
    moves = make_case("Verhuist", links=[link("factor/tijd", "Er was tijd.", effect="hielp")])
    both = make_case(
        "Heeft beide",
        links=[link("factor/ruimte", "Er was ruimte.", effect="hielp"), link("factor/tijd", "Er was tijd.")],
    )
    told = merge((old, new))
    assert evidence(moves) == {"ruimte": "Er was tijd."}
    assert evidence(both) == {"ruimte": "Er was ruimte. Er was tijd."}
    assert "2 casussen verhuizen naar ‘Ruimte’. 1 heeft beide al" in told
    assert "‘Heeft beide’" in told
    assert not Concept.objects.filter(pk=old.pk).exists()


def test_a_factor_that_helped_and_hindered_keeps_both_sentences() -> None:
    old, new = make_concept("factor/tijd"), make_concept("factor/ruimte")
    case = make_case(
        links=[link("factor/ruimte", "Ruim.", effect="hielp"), link("factor/tijd", "Krap.", effect="hinderde")]
    )
    merge((old, new))
    row = CaseLink.objects.get(case=case)
    assert (row.effect, row.evidence) == ("", "Hielp: Ruim. Hinderde: Krap.")


def test_drafts_planned_versions_and_history_can_still_be_opened() -> None:
    old, new = make_concept("factor/tijd"), make_concept("factor/ruimte")
    phase, next_phase = make_concept("fase/proef"), make_concept("fase/pilot")
    case = make_case("Met concept", links=["factor/ruimte"], phase=phase)
    draft = case.get_latest_revision_as_object()
    draft.links.add(link("factor/tijd", "Pas in het concept."))
    draft.go_live_at = timezone.now() + timedelta(days=7)
    draft.save_revision().publish()
    merge((old, new), (phase, next_phase))
    versions = [revision.as_object() for revision in CasePage.objects.get(pk=case.pk).revisions.order_by("pk")]
    assert [version.phase for version in versions] == [next_phase] * len(versions)
    [row] = versions[-1].links.all()
    assert row.concept == new
    assert "Pas in het concept." in row.evidence
    published = CasePage.objects.get(pk=case.pk)
    published.get_latest_revision_as_object().save_revision().publish()
    assert CaseLink.objects.filter(case=case).count() == 1


def test_everything_that_points_to_a_concept_moves() -> None:
    old, new, third = make_concept("sector/oud"), make_concept("sector/nieuw"), make_concept("sector/derde")
    organisation = make_organisation(sector=old)
    case = make_draft(own_sector=old)
    submission = Submission.objects.create(token_digest="x", sector=old)
    SubmissionLink.objects.create(submission=submission, concept=old, evidence="Dit.")
    SubmissionLink.objects.create(submission=submission, concept=new, evidence="Dat.")
    indicator = make_indicator("aandeel", concepts=["sector/oud", "sector/nieuw"])
    ConceptRelation.objects.create(concept=old, other=third, text="Hoort erbij.")
    ConceptRelation.objects.create(concept=third, other=old, text="Omgekeerd.")
    ConceptRelation.objects.create(concept=old, other=new, text="Wordt hetzelfde.")
    Guidance.objects.create(concept=old, kind="act", text="Doe dit.")
    told = merge((old, new))
    organisation.refresh_from_db()
    case.refresh_from_db()
    submission.refresh_from_db()
    assert organisation.sector == case.own_sector == submission.sector == new
    assert submission.links.get().evidence == "Dat. Dit."
    assert list(indicator.concepts.all()) == [new]
    assert {(row.concept, row.other) for row in ConceptRelation.objects.all()} == {(new, third), (third, new)}
    assert new.guidance.get().text == "Doe dit."
    assert "1 organisatie verhuist naar ‘Nieuw’ in het veld ‘sector’." in told
    assert "1 indicator" in told
    assert "oud" in Concept.objects.get(pk=new.pk).synonyms.lower()


def test_the_trail_of_a_case_says_what_moved_and_why() -> None:
    old, new = make_concept("factor/tijd"), make_concept("factor/ruimte")
    case = make_case(links=["factor/tijd"])
    merge((old, new))
    entry = PageLogEntry.objects.get(page=case, action="survey.care.moved")
    assert entry.message == "‘Tijd’ werd ‘Ruimte’"
    assert entry.comment == "Ze bleken hetzelfde."


def test_groups_with_numbers_are_neither_merged_nor_split() -> None:
    old, new = make_concept("sector/gemeenten"), make_concept("sector/provincies")
    make_result(make_edition("ronde"), make_indicator("aandeel"), 10, group="sector/gemeenten", n=40)
    with pytest.raises(CareError, match="1 cijfers van de barometer"):
        merge((old, new))
    with pytest.raises(CareError, match="niet worden gesplitst"):
        concepts.split(old, [new, make_concept("sector/anders")], {}, retire_it=False)
    concepts.retire(old)
    assert Concept.objects.get(pk=old.pk).retired_on


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("a", "a")], "in zichzelf"),
        ([("a", "b"), ("b", "c")], "gaat zelf op in ‘C’"),
        ([("a", "b"), ("b", "a")], "gaat zelf op in"),
        ([("a", "vervallen")], "is vervallen"),
    ],
)
def test_merges_that_make_no_sense_are_refused(pairs: list[tuple[str, str]], message: str) -> None:
    for slug in "abc":
        make_concept(f"factor/{slug}")
    make_concept("factor/vervallen", retired_on=timezone.localdate())
    found = {concept.slug: concept for concept in Concept.objects.all()}
    with pytest.raises(CareError, match=message):
        merge(*((found[old], found[new]) for old, new in pairs))
    assert Concept.objects.count() == 4


def test_a_link_goes_to_one_part_to_both_or_stays() -> None:
    old, first, second = make_concept("factor/tijd"), make_concept("factor/uren"), make_concept("factor/rust")
    cases = [
        make_case(name, links=[link("factor/tijd", f"Zin {name}.")]) for name in ("een", "twee", "allebei", "blijft")
    ]
    label = "cases.caselink.concept"
    rows = {row.case_id: row.pk for row in CaseLink.objects.all()}
    wanted = dict(zip(cases, [(1,), (2,), (1, 2), (0,)], strict=True))
    told = concepts.split(old, [first, second], {(label, rows[c.pk]): n for c, n in wanted.items()}, retire_it=True)
    assert [sorted(evidence(case)) for case in cases] == [["uren"], ["rust"], ["rust", "uren"], ["tijd"]]
    assert set(evidence(cases[2]).values()) == {"Zin allebei."}
    draft = cases[2].get_latest_revision_as_object()
    assert {row.concept.slug for row in draft.links.all()} == {"uren", "rust"}
    assert "1 koppeling blijft bij ‘Tijd’." in told
    assert Concept.objects.get(pk=old.pk).retired_on


def test_a_part_that_was_linked_already_takes_in_the_sentence() -> None:
    old, first, second = make_concept("factor/tijd"), make_concept("factor/uren"), make_concept("factor/rust")
    case = make_case(links=[link("factor/tijd", "Er was tijd."), link("factor/uren", "Er waren uren.")])
    row = CaseLink.objects.get(concept=old)
    concepts.split(old, [first, second], {("cases.caselink.concept", row.pk): (1,)}, retire_it=False)
    assert evidence(case) == {"uren": "Er waren uren. Er was tijd."}
    assert [link.concept for link in case.get_latest_revision_as_object().links.all()] == [first]


def test_a_rehearsal_tells_the_same_and_changes_nothing() -> None:
    old, new = make_concept("factor/tijd"), make_concept("factor/ruimte")
    case = make_case(links=["factor/tijd"])
    pks = old.pk, new.pk
    told = rehearse(lambda: concepts.merge({old: new}))
    assert evidence(case) == {"tijd": "Hieraan zie je factor/tijd."}
    assert not VocabularyChange.objects.exists()
    old, new = (Concept.objects.get(pk=pk) for pk in pks)
    assert digest(concepts.merge({old: new})) == digest(told)


def test_readers_get_the_new_name_at_once_also_by_searching_the_old_one(client: Client) -> None:
    old, new = make_concept("factor/speeltijd"), make_concept("factor/ruimte")
    make_case("Een verhaal", links=["factor/speeltijd"])
    assert "1 casus" in client.get("/casussen/?factor=speeltijd").content.decode()
    merge((old, new))
    assert "1 casus met Ruimte" in client.get("/casussen/?factor=ruimte").content.decode()
    assert "Een verhaal" in client.get("/casussen/?q=speeltijd").content.decode()


def test_publishing_after_a_merge_tells_readers_nothing_about_links_that_only_moved() -> None:
    old, new = make_concept("factor/tijd"), make_concept("factor/ruimte")
    case = make_case(links=["factor/tijd"])
    merge((old, new))
    edit(CasePage.objects.get(pk=case.pk), title="Andere titel")
    assert case.public_changes.first().text == "Gewijzigd: titel."


def test_an_editors_name_stands_in_the_log_of_the_editors_and_not_in_public(client: Client) -> None:
    concept = make_concept("factor/tijd")
    client.force_login(make_editor("piet"))
    client.post(
        f"/beheer/begrippen-verzorgen/begrip/{concept.pk}/naam/",
        data := {"name": "Uren", "slug": "uren", "reason": "Duidelijker."},
    )
    shown = client.post(f"/beheer/begrippen-verzorgen/begrip/{concept.pk}/naam/", data).context["digest"]
    client.post(f"/beheer/begrippen-verzorgen/begrip/{concept.pk}/naam/", data | {"getoond": shown})
    assert VocabularyChange.objects.get().changed_by.username == "piet"
    page = Client().get("/begrippenlijsten/wijzigingen/").content.decode()
    assert "‘Tijd’ heet voortaan ‘Uren’." in page
    assert "Duidelijker." in page
    assert "piet" not in page
    assert FormerConcept.objects.get().slug == "tijd"

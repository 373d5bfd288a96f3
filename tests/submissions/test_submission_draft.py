"""From what was sent in to a case: for the preview of the sender, and for the editors."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from factories import make_concept, make_organisation
from senders import COMPLETE, draft_of, shown

from cases.models import CaseIndexPage
from cases.submissions.drafting import draft_case

pytestmark = pytest.mark.django_db


def test_text_becomes_paragraphs_and_nothing_else() -> None:
    _, submission = draft_of(
        **COMPLETE | {"intention": "Eén <b>ding</b>.\r\n\r\nEn nog\niets.", "introduction": "In\nhet  kort."}
    )
    case = draft_case(submission)
    assert case.intention == "<p>Eén &lt;b&gt;ding&lt;/b&gt;.</p>\n\n<p>En nog<br>iets.</p>"
    assert case.introduction == case.search_description == "In het kort."
    assert (case.pk, case.live, case.transfer, case.contact) == (None, False, "", "")


def test_markup_of_the_editor_is_text_here() -> None:
    text = '<a linktype="page" id="1">lees</a><embed embedtype="image" id="1"/><em>(onze lezing)</em>'
    token, _ = draft_of(**COMPLETE | {"result": text})
    html = shown(Client().get(f"/inzenden/{token}/voorbeeld/"))
    for shown_as_text in ("&lt;a linktype", "&lt;embed", "&lt;em&gt;(onze lezing)&lt;/em&gt;"):
        assert shown_as_text in html


def test_the_draft_can_be_put_among_the_cases() -> None:
    _, submission = draft_of(**COMPLETE)
    submission.links.create(concept=make_concept("patroon/de-olifant"), evidence="Ieder deed iets anders.")
    case = draft_case(submission)
    CaseIndexPage.objects.get().add_child(instance=case)
    revision = case.save_revision(clean=True)
    assert case.slug == "gemeente-belt-inwoners-op"
    assert [found.evidence for found in revision.as_object().links.all()] == ["Ieder deed iets anders."]
    assert not case.live


@pytest.mark.parametrize("typed", ["Gemeente Nergensveen", "gemeente nergensveen ", "GNV"])
def test_an_organisation_that_we_know_is_taken(typed: str) -> None:
    ours = make_organisation("Gemeente Nergensveen", abbreviation="GNV")
    _, submission = draft_of(**COMPLETE | {"organisation_name": typed}, sector=make_concept("sector/gemeenten"))
    case = draft_case(submission)
    assert case.organisation == ours
    assert case.own_sector is None, "sector is said once"


def test_an_organisation_that_we_do_not_know_is_shown_and_left_to_the_editors(client: Client) -> None:
    token, submission = draft_of(**COMPLETE, sector=make_concept("sector/gemeenten"))
    case = draft_case(submission)
    assert case.organisation is None
    assert case.own_sector == submission.sector
    assert "Gemeente Nergensveen" in shown(client.get(f"/inzenden/{token}/voorbeeld/"))


def test_who_is_anonymous_appears_nowhere(client: Client) -> None:
    make_organisation("Gemeente Nergensveen")
    token, submission = draft_of(
        **COMPLETE,
        is_anonymous=True,
        sector=make_concept("sector/gemeenten"),
        cluster=make_concept("cluster/ggd"),
        contact_name="Jan Jansen",
        contact_email="jan@voorbeeld.nl",
        contact_consent=True,
    )
    case = draft_case(submission)
    assert case.organisation is None
    assert (case.own_sector, case.own_cluster) == (submission.sector, submission.cluster)
    stored = str(case.serializable_data())
    html = client.get(f"/inzenden/{token}/voorbeeld/").content.decode()
    for private in ("Nergensveen", "Jan", "jan@"):
        assert private not in stored
        assert private not in html
    assert "Gemeenten" in shown(client.get(f"/inzenden/{token}/voorbeeld/"))


def test_an_anonymous_text_that_names_the_organisation_is_pointed_out(client: Client) -> None:
    texts = COMPLETE | {"approach": "Bij gemeente nergensveen belden we."}
    token, _ = draft_of(**texts, is_anonymous=True, sector=make_concept("sector/gemeenten"))
    html = shown(client.get(f"/inzenden/{token}/voorbeeld/"))
    assert "Let op: de naam van de organisatie staat nog in je tekst</strong>, bij: Hoe is het aangepakt?." in html


@pytest.mark.parametrize(
    ("line", "title", "url"),
    [
        ("Rapport https://a.nl/rapport.", "Rapport", "https://a.nl/rapport"),
        ("https://a.nl/b", "a.nl/b", "https://a.nl/b"),
        ("Krant van 2021", "Krant van 2021", ""),
        ("Klik javascript:alert(1)", "Klik javascript:alert(1)", ""),
        ("https://", "https://", ""),
        ("Lang https://a.nl/" + "x" * 500, ("Lang https://a.nl/" + "x" * 500)[:255], ""),
    ],
)
def test_a_source_becomes_a_link_only_when_it_is_one(line: str, title: str, url: str) -> None:
    _, submission = draft_of(**COMPLETE | {"sources": f"\n{line}\n\n"})
    sources = list(draft_case(submission).sources.all())
    assert [(source.title, source.url) for source in sources] == [(title, url)]


@pytest.mark.parametrize(("from_organisation", "certainty"), [(True, "A"), (False, "B")])
def test_only_the_organisation_itself_makes_it_certain(from_organisation: bool, certainty: str) -> None:
    _, submission = draft_of(**COMPLETE, from_organisation=from_organisation)
    assert draft_case(submission).certainty == certainty


def test_an_embargo_becomes_the_planned_moment() -> None:
    day = timezone.localdate() + timedelta(days=40)
    _, submission = draft_of(**COMPLETE, embargo_until=day)
    assert draft_case(submission).go_live_at == timezone.make_aware(datetime(day.year, day.month, day.day))
    submission.embargo_until = timezone.localdate() - timedelta(days=1)
    assert draft_case(submission).go_live_at is None


def test_what_was_answered_for_another_outcome_does_not_come_along() -> None:
    _, submission = draft_of(**COMPLETE | {"outcome": "geslaagd"}, meant_well=True)
    submission.links.create(concept=make_concept("patroon/de-olifant"), evidence="Eerst dachten we van wel.")
    case = draft_case(submission)
    assert not case.meant_well
    assert not case.links.all()
    submission.outcome = "briljante-mislukking"
    case = draft_case(submission)
    assert case.meant_well
    assert len(case.links.all()) == 1


def test_the_preview_of_hardly_anything_works(client: Client) -> None:
    token, _ = draft_of()
    html = shown(client.get(f"/inzenden/{token}/voorbeeld/"))
    assert "Nog zonder titel" in html
    assert "Verstuur mijn casus" not in html


def test_the_preview_keeps_the_promise_about_the_four_conditions(client: Client) -> None:
    conditions = dict.fromkeys(("meant_well", "prepared_well", "ended_otherwise"), True)
    token, submission = draft_of(**COMPLETE | {"outcome": "briljante-mislukking"}, **conditions)
    html = shown(client.get(f"/inzenden/{token}/voorbeeld/"))
    assert "Je kruiste niet alle vier de voorwaarden aan" in html
    assert ">Gestopt<" in html
    submission.shared_lessons = True
    submission.save()
    html = shown(client.get(f"/inzenden/{token}/voorbeeld/"))
    assert "Je kruiste niet" not in html
    assert ">Gestopt<" not in html

"""What waits for whom on the start page, and the lists behind the numbers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_case, make_draft, make_organisation
from people import signed_in, somebody
from test_review import decide, sent_in

from barometer_site.accounts.roles import ADMINISTRATOR, ANALYST, CONTRIBUTOR, EDITOR, REVIEWER
from cases.editing.completeness import completeness
from cases.editing.start_page import Card, StartPage, start_page
from cases.editing.waiting import incomplete
from cases.models import CasePage, Report, Submission, YearlyCheck
from survey.models import CheckedLink, SurveyImport

pytestmark = pytest.mark.django_db

REVIEW, BACK, DRAFTS = "Te beoordelen", "Teruggestuurd naar mij", "Mijn concepten"
QUEUE, OVERDUE, INCOMPLETE = "Ingestuurd en gemeld", "Een jaar niet nagekeken", "Niet compleet"
DEAD, IMPORTS = "Links die niet antwoorden", "Antwoorden om te bevestigen"
EDITS = {BACK, DRAFTS, QUEUE, OVERDUE, INCOMPLETE, DEAD}


def seen_by(user: Any) -> StartPage:
    """What the page tells this person."""
    request = RequestFactory().get("/beheer/")
    request.user = type(user)._default_manager.get(pk=user.pk)  # rights are looked up once a request
    return start_page(request)


def card(user: Any, heading: str) -> Card:
    return next(found for found in seen_by(user).cards if found.heading == heading)


def long_ago(case: CasePage, days: int = 400) -> CasePage:
    CasePage.objects.filter(pk=case.pk).update(first_published_at=timezone.now() - timedelta(days=days))
    return case


def listed(user: Any, found: Card) -> str:
    return signed_in(user).get(found.url).content.decode()


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (CONTRIBUTOR, {BACK, DRAFTS}),
        (EDITOR, EDITS),
        (REVIEWER, EDITS | {REVIEW}),
        (ANALYST, {IMPORTS}),
        (ADMINISTRATOR, EDITS | {REVIEW, IMPORTS}),
    ],
)
def test_each_role_is_told_what_it_can_act_on(role: str, told: set[str]) -> None:
    page = seen_by(somebody(role))
    assert {found.heading for found in page.cards} | set(page.quiet) == told
    assert [label for label, _ in page.buttons] == (
        ["Antwoorden invoeren"] if role == ANALYST else ["Nieuwe casus", "Nieuwe briljante mislukking"]
    )


def test_the_page_itself_tells_what_waits() -> None:
    user = somebody(REVIEWER)
    sent_in(somebody(EDITOR, name="anna"), "Een <b>balie</b>")
    page = signed_in(user).get("/beheer/").content.decode()
    assert "Wat wacht er op mij?" in page
    assert "Een &lt;b&gt;balie&lt;/b&gt;" in page
    assert "van anna" in page
    assert "Verder wacht er niets bij: teruggestuurd naar mij" in page
    assert 'value="Search"' not in page


def test_who_may_decide_sees_what_waits_and_not_her_own() -> None:
    reviewer = somebody(REVIEWER)
    sent_in(somebody(EDITOR), "Van een ander")
    sent_in(reviewer, "Van mijzelf")
    found = card(reviewer, REVIEW)
    assert [line.text for line in found.lines] == ["Van een ander"]
    assert found.count == 1
    page = listed(reviewer, found)
    assert "Van een ander" in page
    assert "Van mijzelf" not in page


def test_what_came_back_is_told_with_the_reason() -> None:
    editor, reviewer = somebody(EDITOR), somebody(REVIEWER)
    case = sent_in(editor, "Teruggekomen")
    sent_in(editor, "Nog onderweg")
    decide(reviewer, case, "reject", "Noem de bron.")
    found = card(editor, BACK)
    assert [(line.text, line.note) for line in found.lines] == [("Teruggekomen", "Noem de bron.")]
    page = listed(editor, found)
    assert "Teruggekomen" in page
    assert "Nog onderweg" not in page
    form = signed_in(editor).get(found.lines[0].url).content.decode()
    assert "stuurde dit terug: “Noem de bron.”" in form
    assert "stuurde dit in. Lees het" in signed_in(reviewer).get(card(reviewer, REVIEW).lines[0].url).content.decode()


def test_drafts_are_my_own_and_not_those_in_review() -> None:
    editor = somebody(EDITOR)
    make_draft("Van mij", owner=editor)
    make_draft("Van niemand")
    make_case("Al gepubliceerd", owner=editor)
    sent_in(editor, "Ingestuurd")
    later = make_draft("Gepland", owner=editor, go_live_at=timezone.now() + timedelta(days=1))
    later.get_latest_revision().publish()
    found = card(editor, DRAFTS)
    assert [line.text for line in found.lines] == ["Van mij"]
    page = listed(editor, found)
    assert "Van mij" in page
    for other in ("Van niemand", "Al gepubliceerd", "Gepland"):
        assert other not in page


def test_a_year_unchecked_is_overdue_and_the_longest_comes_first() -> None:
    long_ago(make_case("Lang niet bekeken"), 900)
    long_ago(make_case("Pas een jaar"), 370)
    long_ago(make_case("Onlangs nagekeken", checked_on=timezone.localdate()), 900)
    editor = somebody(EDITOR)
    found = card(editor, OVERDUE)
    assert [line.text for line in found.lines] == ["Lang niet bekeken", "Pas een jaar"]
    assert "Onlangs nagekeken" not in listed(editor, found)


def test_what_is_sent_in_reported_and_answered_is_counted_with_the_oldest() -> None:
    moment = timezone.now()
    for days, state in ((9, "verstuurd"), (2, "verstuurd"), (30, "concept"), (30, "afgewezen")):
        Submission.objects.create(
            token_digest=f"{days}{state}", state=state, title="Inzending", sent_at=moment - timedelta(days=days)
        )
    Report.objects.create(address="/", message="Klopt niet")
    Report.objects.create(address="/", message="Al bekeken", state=Report.State.KEPT)
    case = make_case()
    YearlyCheck.objects.create(case=case, state=YearlyCheck.State.ASKED)
    found = card(somebody(EDITOR), QUEUE)
    assert found.count == 3
    assert [line.text for line in found.lines] == ["2 inzendingen", "1 melding"]
    oldest = timezone.localtime(moment - timedelta(days=9))
    assert f"de oudste van {oldest.day} " in found.lines[0].note


def complete(**fields: Any) -> CasePage:
    """A case with everything that a reader may expect."""
    told = dict.fromkeys(("intention", "approach", "result", "lessons"), "<p>Zo ging het.</p>")
    fields = {"links": ["factor/tijd"], "sources": [{"title": "Verslag"}], "start_year": 2020} | told | fields
    return make_case(**({"organisation": make_organisation()} | fields))


@pytest.mark.parametrize(
    "lacking",
    [
        {},
        {"organisation": None},
        {"start_year": None},
        {"links": []},
        {"links": ["thema/zorg"]},
        {"links": ["patroon/de-olifant"]},
        {"sources": []},
        {"lessons": ""},
        {"result": '<p data-block-key="a1b2c"></p>'},
        {"outcome": "briljante-mislukking"},
    ],
    ids=[
        "nothing",
        "who",
        "when",
        "links",
        "factor",
        "pattern only",
        "sources",
        "lessons",
        "empty paragraph",
        "failure",
    ],
)
def test_the_list_of_incomplete_cases_agrees_with_the_meter_in_the_form(lacking: dict[str, Any]) -> None:
    case = complete(**lacking)
    assert completeness(case).is_complete == (not lacking)
    assert list(incomplete(None)) == ([case] if lacking else [])


def test_dead_links_are_told_with_where_they_stand() -> None:
    case = make_case("Met bron", sources=[{"title": "Verslag", "url": "https://weg.example.nl/"}])
    use = {"model": "cases.casesource", "pk": case.sources.get().pk, "field": "url"}
    for number, state in enumerate(CheckedLink.State.values):
        address = "https://weg.example.nl/" if state == CheckedLink.State.DEAD else f"https://{number}.example.nl/"
        CheckedLink.objects.create(url=address, state=state, checked_at=timezone.now(), used_in=[use])
    editor = somebody(EDITOR)
    found = card(editor, DEAD)
    assert found.count == 1
    assert [(line.text, line.note) for line in found.lines] == [("Met bron", "https://weg.example.nl/")]
    page = listed(editor, found)
    assert "https://weg.example.nl/" in page
    assert "https://0.example.nl/" not in page


def test_pairs_without_a_case_are_named_the_most_telling_first() -> None:
    make_case(links=["factor/tijd", "strategie/samen", "factor/geld"])
    make_case(links=["factor/tijd"])
    make_case(links=["strategie/alleen"])
    found = card(somebody(CONTRIBUTOR), "Hier ontbreken casussen")
    assert found.count == 2
    assert [line.text for line in found.lines] == ["Geld + Alleen", "Tijd + Alleen"]
    assert "Van 4 paren van een factor en een strategie hebben er 2 nog geen casus" in found.explanation


def test_answers_that_wait_for_a_decision_are_told_to_the_analyst() -> None:
    SurveyImport.objects.create(file_name="wacht.csv", edition_slug="x", state=SurveyImport.State.PREVIEW)
    SurveyImport.objects.create(file_name="klaar.csv", edition_slug="x", state=SurveyImport.State.DONE)
    found = card(somebody(ANALYST), IMPORTS)
    assert (found.count, [line.text for line in found.lines]) == (1, ["wacht.csv → x"])


def asked_for(user: Any) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        seen_by(user)
    return [query["sql"] for query in asked]


def test_the_page_asks_the_same_number_of_questions_however_much_waits() -> None:
    reviewer, editor = somebody(REVIEWER), somebody(EDITOR)
    seen_by(reviewer)  # what a process keeps in memory
    numbers = []
    for round_ in range(2):
        for number in range(1 + round_):
            sent_in(editor, f"In beoordeling {round_} {number}")
            decide(reviewer, sent_in(editor, f"Terug {round_} {number}"), "reject", "Nog eens.")
            make_draft(f"Concept {round_} {number}", owner=reviewer)
            long_ago(make_case(f"Oud {round_} {number}"))
        numbers.append(len(asked_for(reviewer)))
    first, second = numbers
    assert first == second
    # Account 1, catalogue 1, rights 3, to review 3, sent back 2, from outside 3, drafts 2, overdue 3 (closed pages too),
    # incomplete 2, dead links 2, version of the content 1.
    assert first == 23

"""Answers that can't be kept as they are: the form says what to do, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from factories import make_concept
from senders import COMPLETE, draft_of, hidden, shown

from cases.models import Submission
from cases.submissions.forms import MOST_TEXT

pytestmark = pytest.mark.django_db

ELSEWHERE = "ook op een ander scherm veranderd"
WRONG = {
    "a title that is too long": ("titel", {"title": "x" * 161}, "title", "hooguit 160 tekens. Het zijn er nu 161."),
    "a story that is too long": ("aanpak", {"approach": "x" * (MOST_TEXT + 1)}, "approach", "hooguit 6000 tekens"),
    "a NUL": ("aanpak", {"approach": "Wij deden\x00 iets"}, "approach", "onzichtbaar teken na “Wij deden”"),
    "text turned around": ("titel", {"title": "\u202eneppigens"}, "title", "onzichtbaar teken aan het begin"),
    "a year in letters": ("uitkomst", {"start_year": "vorig jaar"}, "start_year", "vier cijfers"),
    "a year too big": ("uitkomst", {"end_year": "99999999999"}, "end_year", "vier cijfers"),
    "a year long ago": ("uitkomst", {"start_year": "12"}, "start_year", "vier cijfers"),
    "a year to come": ("uitkomst", {"start_year": "2099"}, "start_year", "moet nog komen"),
    "an end before the start": (
        "uitkomst",
        {"start_year": "2020", "end_year": "2019"},
        "end_year",
        "ligt voor het beginjaar",
    ),
    "an outcome of one's own": ("uitkomst", {"outcome": "mwah"}, "outcome_0", "Maak een keuze uit de lijst"),
    "a sector that is none": ("organisatie", {"sector": "0"}, "sector", "Maak een keuze uit de lijst"),
    "a day in the past": ("moment", {"embargo_until": "2020-01-01"}, "embargo_until", "Kies een dag na vandaag"),
    "a day far away": ("moment", {"embargo_until": "9999-12-31"}, "embargo_until", "binnen 5 jaar"),
    "no day at all": ("moment", {"embargo_until": "ooit"}, "embargo_until", "31-12-2030"),
    "no e-mail address": (
        "contact",
        {"contact_email": "jan", "contact_consent": "on"},
        "contact_email",
        "Dit is geen e-mailadres",
    ),
    "contact without consent": (
        "contact",
        {"contact_name": "Jan"},
        "contact_consent",
        "Mogen we je gegevens gebruiken?",
    ),
    "consent without an address": ("contact", {"contact_consent": "on"}, "contact_email", "Vul je e-mailadres in"),
}


@pytest.mark.parametrize("what", WRONG)
def test_it_says_what_is_wrong_and_where(client: Client, what: str) -> None:
    slug, answers, anchor, message = WRONG[what]
    token, submission = draft_of(title="Een begin")
    html = shown(client.post(f"/inzenden/{token}/vraag/{slug}/", answers))
    summary, form = html.split("<form", 1)
    assert re.search(
        rf'role="alert" tabindex="-1" autofocus>.*href="#id_{anchor}">[^<]*{re.escape(message)}', summary, re.S
    )
    assert f'id="id_{anchor}"' in form
    assert message in form, "at the field"
    for typed in set(answers.values()) - {"on", "mwah", "0"}:  # ticks and choices that do not exist
        assert typed in form
    submission.refresh_from_db()
    assert submission.title == "Een begin"
    assert not submission.contact_name
    assert not submission.contact_email


def test_a_wrong_answer_does_not_cost_the_others_on_the_page(client: Client) -> None:
    token, _ = draft_of(title="Een begin")
    html = shown(client.post(f"/inzenden/{token}/alles/", COMPLETE | {"end_year": "ooit"}))
    for typed in COMPLETE.values():
        assert typed in html
    assert "ooit" in html


def test_the_evidence_of_a_pattern_has_limits_too(client: Client) -> None:
    elephant = make_concept("patroon/de-olifant")
    token, submission = draft_of(title="Een begin", outcome="gestopt")
    answers = {"patterns": elephant.pk, f"patterns-{elephant.pk}": "y" * 501}
    html = shown(client.post(f"/inzenden/{token}/vraag/herkennen/", answers))
    assert "De olifant: Maak dit korter" in html
    assert "y" * 501 in html
    assert not submission.links.exists()


def test_a_pattern_that_is_retired_is_offered_only_to_who_chose_it_already(client: Client) -> None:
    swan = make_concept("patroon/de-zwarte-zwaan", retired_on=timezone.localdate())
    (token, chooser), (other, _) = draft_of(outcome="gestopt"), draft_of(outcome="gestopt")
    chooser.links.create(concept=swan, evidence="Niemand zag het aankomen.")
    answers = {"patterns": swan.pk, f"patterns-{swan.pk}": "Niemand zag het echt aankomen."}
    assert "De zwarte zwaan" not in shown(client.get(f"/inzenden/{other}/vraag/herkennen/"))
    assert "De zwarte zwaan" in shown(client.get(f"/inzenden/{token}/vraag/herkennen/"))
    client.post(f"/inzenden/{token}/vraag/herkennen/", answers)
    assert chooser.links.get().evidence == "Niemand zag het echt aankomen."


@pytest.mark.parametrize("value", ["0", "abc", "99999999999999999999", "²"])
def test_a_pattern_that_is_none_is_passed_over(client: Client, value: str) -> None:
    token, submission = draft_of(title="Een begin", outcome="gestopt")
    assert client.post(f"/inzenden/{token}/vraag/herkennen/", {"patterns": value}).status_code == 302
    assert not submission.links.exists()


def test_only_fields_of_the_question_are_stored(client: Client) -> None:
    token, submission = draft_of(title="Een begin")
    extra = {
        "approach": "Zo.",
        "title": "Gekaapt",
        "state": "bewerkt",
        "decision": "Prima",
        "suspicion": "",
        "case": "1",
    }
    client.post(f"/inzenden/{token}/vraag/aanpak/", extra)
    submission.refresh_from_db()
    assert (submission.approach, submission.title, submission.state) == ("Zo.", "Een begin", Submission.State.DRAFT)
    assert not submission.decision


def test_an_embargo_that_passed_meanwhile_is_no_mistake(client: Client) -> None:
    day = timezone.localdate() - timedelta(days=1)
    token, _ = draft_of(title="Een begin", embargo_until=day)
    page = client.get(f"/inzenden/{token}/vraag/moment/")
    response = client.post(f"/inzenden/{token}/vraag/moment/", hidden(page) | {"embargo_until": day.isoformat()})
    assert response.status_code == 302


def test_script_in_every_answer_is_shown_as_text(client: Client) -> None:
    script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    fields = ("title", "organisation_name", "introduction", "intention", "approach", "result", "lessons", "sources")
    token, submission = draft_of(**dict.fromkeys(fields, script), outcome="gestopt", contact_name=script)
    submission.links.create(concept=make_concept("patroon/de-olifant"), evidence=script)
    for page in ("", "alles/", "voorbeeld/"):
        html = shown(client.get(f"/inzenden/{token}/{page}"))
        assert "alert(1)" in html
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    submission.state, submission.addition = Submission.State.SENT, script
    submission.save()
    html = shown(client.get(f"/inzenden/{token}/"))
    assert html.count("&lt;script&gt;alert(1)") >= 2
    assert "<script>alert" not in html


# --- two tabs ------------------------------------------------------------------------------------
def test_two_tabs_with_different_questions_keep_both_answers(client: Client) -> None:
    token, submission = draft_of(title="Een begin", intention="Oud")
    everything = client.get(f"/inzenden/{token}/alles/")
    client.post(f"/inzenden/{token}/vraag/bedoeling/", {"intention": "Nieuw uit de andere tab"})
    answers = hidden(everything) | {"title": "Een begin", "intention": "Oud", "approach": "Aanpak uit deze tab"}
    assert client.post(f"/inzenden/{token}/alles/", answers).status_code == 302
    submission.refresh_from_db()
    assert submission.intention == "Nieuw uit de andere tab"
    assert submission.approach == "Aanpak uit deze tab"


def test_two_tabs_with_the_same_question_ask_which_answer_counts(client: Client) -> None:
    token, submission = draft_of(title="Een begin")
    address = f"/inzenden/{token}/vraag/bedoeling/"
    first = client.get(address)
    client.post(address, {"intention": "Uit de andere tab"})
    asked = client.post(address, hidden(first) | {"intention": "Uit deze tab"})
    assert ELSEWHERE in shown(asked)
    assert "Uit de andere tab" in shown(asked)
    assert "Uit deze tab" in shown(asked)
    submission.refresh_from_db()
    assert submission.intention == "Uit de andere tab"
    assert client.post(address, hidden(asked) | {"intention": "Uit deze tab"}).status_code == 302
    submission.refresh_from_db()
    assert submission.intention == "Uit deze tab"


def test_two_tabs_with_the_patterns_ask_too(client: Client) -> None:
    elephant, swan = make_concept("patroon/de-olifant"), make_concept("patroon/de-zwarte-zwaan")
    token, submission = draft_of(title="Een begin", outcome="gestopt")
    address = f"/inzenden/{token}/vraag/herkennen/"
    first = client.get(address)
    client.post(address, hidden(first) | {"patterns": elephant.pk})
    assert ELSEWHERE in shown(client.post(address, hidden(first) | {"patterns": swan.pk}))
    assert submission.links.get().concept == elephant


@pytest.mark.parametrize("before", ["", "geen json", "[]", '{"intention": 3}', "null", "[" * 5000])
def test_a_form_without_its_memory_is_stored_or_asks(client: Client, before: str) -> None:
    token, _ = draft_of(title="Een begin", intention="Oud")
    response = client.post(f"/inzenden/{token}/vraag/bedoeling/", {"intention": "Nieuw", "before": before})
    assert response.status_code == 302 or ELSEWHERE in shown(response)

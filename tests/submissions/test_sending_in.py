"""Sending in a case without an account: from the first answer to the editors."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from factories import make_concept
from senders import COMPLETE, begin, draft_of, hidden, sent_by, shown, token_in

from cases.models import Submission, SubmissionLink
from cases.models.submissions import new_token, token_digest
from cases.submissions.steps import STEPS

pytestmark = pytest.mark.django_db


def step(token: str, slug: str) -> str:
    return f"/inzenden/{token}/vraag/{slug}/"


def test_the_start_explains_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/inzenden/")
    assert "Eén vraag per scherm" in shown(response)
    assert "Alles op één pagina" in shown(response)
    assert not response.cookies
    assert client.get("/inzenden/", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_the_form_has_one_cookie_and_no_session(client: Client) -> None:
    response = client.get("/inzenden/nieuw/")
    assert list(response.cookies) == ["csrftoken"]
    assert not response.cookies["csrftoken"]["expires"], "it goes when the browser closes"


def test_from_the_first_answer_to_the_editors(client: Client, unhurried: None) -> None:
    response = begin(client, title="Gemeente belt inwoners op")
    token = token_in(response)
    assert response["Location"].endswith("/link/?verder=organisatie")
    assert f"http://testserver/inzenden/{token}/" in shown(client.get(response["Location"]))

    rest = {name: value for name, value in COMPLETE.items() if name != "title"}
    asked, address = [], step(token, "organisatie")
    while "/vraag/" in address:
        page = client.get(address)
        fields = re.findall(r'name="(\w+)"', shown(page))
        answers = {name: value for name, value in rest.items() if name in fields}
        asked.append(address.split("/")[-2])
        address = client.post(address, hidden(page) | answers)["Location"]
    assert asked == [s.slug for s in STEPS if s.slug not in ("titel", "voorwaarden")]
    assert address == f"/inzenden/{token}/voorbeeld/"
    preview = client.get(address)
    assert "We belden honderd mensen." in shown(preview)
    assert client.post(f"/inzenden/{token}/versturen/").status_code == 302

    found = Submission.objects.get()
    assert found.state == Submission.State.SENT
    assert found.sent_at
    assert not found.suspicion
    assert found.organisation_name == "Gemeente Nergensveen"
    assert "Je casus is verstuurd" in shown(client.get(f"/inzenden/{token}/"))


def test_all_on_one_page(client: Client, unhurried: None) -> None:
    page = client.get("/inzenden/nieuw/alles/")
    response = client.post("/inzenden/nieuw/alles/", hidden(page) | COMPLETE)
    assert response["Location"].endswith("/link/?verder=voorbeeld")
    assert "Nog iets" not in shown(client.get(f"/inzenden/{token_in(response)}/voorbeeld/"))
    assert Submission.objects.get().lessons == COMPLETE["lessons"]


@pytest.mark.parametrize(
    ("wish", "leads_to"),
    [
        ("alles", "alles/"),
        ("terug", "vraag/uitkomst/"),
        ("link", "link/"),
        ("overzicht", ""),
        ("verder", "vraag/aanpak/"),
    ],
)
def test_every_button_keeps_what_was_typed(client: Client, wish: str, leads_to: str) -> None:
    token, submission = draft_of(title="Een begin")
    response = client.post(step(token, "bedoeling"), {"intention": "Half af", "ga": wish})
    assert response["Location"] == f"/inzenden/{token}/{leads_to}"
    submission.refresh_from_db()
    assert submission.intention == "Half af"


def test_from_all_to_one_question_leads_to_the_first_open_one(client: Client) -> None:
    token, _ = draft_of(title="Een begin", organisation_name="Gemeente Nergensveen")
    response = client.post(f"/inzenden/{token}/alles/", {"title": "Een begin", "outcome": "gestopt", "ga": "vraag"})
    assert response["Location"] == step(token, "organisatie"), "it was emptied on the page with all"


def test_switching_before_anything_was_typed(client: Client) -> None:
    assert client.post("/inzenden/nieuw/", {"ga": "alles"})["Location"] == "/inzenden/nieuw/alles/"
    assert client.post("/inzenden/nieuw/alles/", {"ga": "vraag"})["Location"] == "/inzenden/nieuw/"
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("outcome", "asked"), [("geslaagd", False), ("briljante-mislukking", True)])
def test_only_a_brilliant_failure_is_asked_for_the_conditions(client: Client, outcome: str, asked: bool) -> None:
    token, _ = draft_of(title="Een begin", outcome=outcome)
    page = shown(client.get(f"/inzenden/{token}/"))
    assert ("Was het een briljante mislukking?" in page) is asked
    assert ("Herken je een van deze patronen?" in page) is asked


def test_a_pattern_is_recognised_with_a_sentence(client: Client) -> None:
    elephant, swan = make_concept("patroon/de-olifant"), make_concept("patroon/de-zwarte-zwaan")
    make_concept("factor/tijd")
    token, submission = draft_of(title="Een begin", outcome="gestopt")
    page = client.get(step(token, "herkennen"))
    assert shown(page).count('type="checkbox"') == 2
    answers = {
        "patterns": [elephant.pk],
        f"patterns-{elephant.pk}": "Ieder deed iets anders.",
        f"patterns-{swan.pk}": "Nee.",
    }
    client.post(step(token, "herkennen"), hidden(page) | answers)
    assert list(submission.links.values_list("concept", "evidence")) == [(elephant.pk, "Ieder deed iets anders.")]
    again = client.get(step(token, "herkennen"))
    assert "Ieder deed iets anders." in shown(again)
    client.post(step(token, "herkennen"), hidden(again))
    assert not SubmissionLink.objects.exists()


def test_the_way_back_is_the_link_alone(client: Client) -> None:
    token, submission = draft_of(title="Mijn geheime begin")
    assert "Mijn geheime begin" in shown(client.get(f"/inzenden/{token}/"))
    assert submission.token_digest == token_digest(token)
    assert token not in str(Submission.objects.values().get())
    stranger = client.get(f"/inzenden/{new_token()}/")
    assert stranger.status_code == 404
    assert "Mijn geheime begin" not in stranger.content.decode()


def test_no_page_with_the_link_is_kept_found_or_told_elsewhere(client: Client) -> None:
    token, _ = draft_of(**COMPLETE)
    for name in ("submission", "submission_all", "submission_link", "submission_preview"):
        response = client.get(reverse(name, args=[token]))
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "strict-origin"
        assert "noindex" in response["X-Robots-Tag"]
        html = response.content.decode()
        assert 'rel="canonical"' not in html
        assert "og:url" not in html
        assert f"Afgedrukt van http://testserver/inzenden/{token}" not in html


def test_what_is_still_needed_stands_above_the_preview_and_stops_sending(client: Client) -> None:
    token, submission = draft_of(**COMPLETE | {"lessons": "", "outcome": ""})
    address = f"/inzenden/{token}"
    assert f'href="{step(token, "lessen")}#id_lessons"' in shown(client.get(f"{address}/voorbeeld/"))
    refused = shown(client.post(f"{address}/versturen/"))
    assert "Er is niets verstuurd." in refused
    assert f'href="{step(token, "uitkomst")}#id_outcome_0"' in refused
    submission.refresh_from_db()
    assert submission.state == Submission.State.DRAFT


def test_who_stays_anonymous_names_a_sector_instead(client: Client) -> None:
    token, submission = draft_of(**COMPLETE | {"organisation_name": "", "is_anonymous": True})
    assert "Kies een sector." in shown(client.post(f"/inzenden/{token}/versturen/"))
    submission.sector = make_concept("sector/gemeenten")
    submission.save()
    assert client.post(f"/inzenden/{token}/versturen/").status_code == 302


def test_who_comes_back_goes_on_at_the_first_question_that_is_still_needed(client: Client) -> None:
    answers = COMPLETE | {"approach": "", "is_anonymous": True}  # anonymous, and so without a sector
    token, submission = draft_of(**answers)
    html = shown(client.get(f"/inzenden/{token}/"))
    assert "zijn nog 2 antwoorden nodig" in html
    assert html.count("nog nodig") == 2
    assert f'href="/inzenden/{token}/vraag/organisatie/"><span class="nl-button__label">Ga verder<' in html
    submission.approach, submission.is_anonymous = "We belden.", False
    submission.save()
    html = shown(client.get(f"/inzenden/{token}/"))
    assert ">Ga verder<" not in html
    assert "Bekijk het voorbeeld en verstuur" in html


def test_sending_twice_sends_once(client: Client) -> None:
    token, submission = draft_of(**COMPLETE)
    client.post(f"/inzenden/{token}/versturen/")
    submission.refresh_from_db()
    first = submission.sent_at
    assert client.post(f"/inzenden/{token}/versturen/")["Location"] == f"/inzenden/{token}/"
    submission.refresh_from_db()
    assert submission.sent_at == first


def test_what_is_typed_after_sending_in_another_tab_is_given_back(client: Client) -> None:
    token, submission = sent_by()
    response = client.post(step(token, "lessen"), {"lessons": "Nog een les."})
    assert response.status_code == 409
    assert "Nog een les." in shown(response)
    submission.refresh_from_db()
    assert submission.lessons == COMPLETE["lessons"]
    assert client.get(step(token, "lessen"))["Location"] == f"/inzenden/{token}/"


def test_a_question_that_does_not_exist_leads_to_the_overview(client: Client) -> None:
    token, _ = draft_of(title="Een begin")
    assert client.get(step(token, "kleur"))["Location"] == f"/inzenden/{token}/"

"""Rounds of link checks: every link that readers see, the oldest first, and the report for editors."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from factories import edit, make_case, make_concept, make_draft, make_editor, make_organisation, make_publication

import survey.link_checks
from survey.care.links import all_links, links_in
from survey.care.visiting import Visit
from survey.link_checks import Report, check_links, taking_turns
from survey.models import CheckedLink, ConceptSource, Guidance

MONDAY = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
GOOD = Visit(200)
BAD = Visit(404, "Deze pagina bestaat niet (404).", is_failure=True)
State = CheckedLink.State


def test_links_are_found_in_fields_text_and_blocks() -> None:
    html = '<p><a href="https://a.example/?x=1&amp;y=2#kop">a</a> <a linktype="page" id="3">b</a></p>'
    assert list(links_in(html)) == ["https://a.example/?x=1&y=2"]
    assert list(links_in("https://b.example/#deel")) == ["https://b.example/"]
    assert not list(links_in("http://testserver/casussen/"))
    assert not list(links_in("Zie https://los.example in de tekst"))


@pytest.mark.django_db
def test_every_kind_of_link_that_readers_see_is_checked() -> None:
    case = make_case(
        sources=[{"title": "Krant", "url": "https://krant.example/"}],
        lessons='<p><a href="https://les.example/">les</a></p>',
        body=[("video", {"title": "Film", "url": "https://film.example/"})],
    )
    make_draft(sources=[{"title": "Geheim", "url": "https://concept.example/"}])
    make_publication(url="https://rapport.example/")
    make_organisation(website="https://org.example/")
    concept = make_concept("factor/tijd")
    ConceptSource.objects.create(concept=concept, url="https://bron.example/")
    Guidance.objects.create(concept=concept, kind="act", text="x", source_url="https://advies.example/")
    found = all_links()
    expected = ["krant", "les", "film", "rapport", "org", "bron", "advies"]
    assert sorted(found) == sorted(f"https://{name}.example/" for name in expected)
    assert found["https://les.example/"] == [{"model": "cases.casepage", "pk": case.pk, "field": "lessons"}]


@pytest.mark.django_db
def test_dead_after_three_bad_days_and_alive_after_one_good_one() -> None:
    make_publication(url="https://rapport.example/")

    def round_(day: int, answer: Visit, hours: int = 0) -> CheckedLink:
        moment = MONDAY + timedelta(days=day, hours=hours)
        check_links(visitor=lambda url: answer, now=lambda: moment, sleep=lambda seconds: None)
        return CheckedLink.objects.get()

    assert round_(0, BAD).state == State.FAILING
    assert round_(0, BAD, hours=3).failures == 1, "once a day"
    assert round_(1, BAD).state == State.FAILING
    dead = round_(2, BAD)
    assert (dead.state, dead.failing_since, dead.status) == (State.DEAD, MONDAY, 404)
    assert round_(3, Visit(200, moved_to="https://nieuw.example/")).state == State.MOVED
    alive = round_(4, GOOD)
    assert (alive.state, alive.failures, alive.failing_since, alive.moved_to) == (State.GOOD, 0, None, "")


@pytest.mark.django_db
def test_the_oldest_first_at_most_so_many_and_stopping_loses_nothing() -> None:
    for name in "abc":
        make_publication(name, url=f"https://{name}.example/")
    visited: list[str] = []

    def visitor(url: str) -> Visit:
        if len(visited) == 2:
            raise KeyboardInterrupt
        visited.append(url)
        return GOOD

    with pytest.raises(KeyboardInterrupt):
        check_links(visitor=visitor, now=lambda: MONDAY)
    visited_again: list[str] = []
    report = check_links(most=1, visitor=lambda url: visited_again.append(url) or GOOD, now=lambda: MONDAY)
    assert visited == ["https://a.example/", "https://b.example/"]
    assert visited_again == ["https://c.example/"]
    assert (report.visited, report.waiting) == (1, 0)
    CheckedLink.objects.filter(url="https://b.example/").update(checked_at=MONDAY - timedelta(days=3))
    report = check_links(most=1, visitor=visitor_of(again := []), now=lambda: MONDAY + timedelta(days=1))
    assert again == ["https://b.example/"]
    assert report.waiting == 2


def visitor_of(seen: list[str]) -> Any:
    def visitor(url: str) -> Visit:
        seen.append(url)
        return GOOD

    return visitor


@pytest.mark.django_db
def test_without_a_way_to_the_internet_no_link_is_called_dead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abcde":
        make_publication(name, url=f"https://{name}.example/")
    nobody = Visit(problem="Deze naam bestaat niet op het internet.", is_failure=True)
    answers = dict.fromkeys((f"https://{name}.example/" for name in "abcde"), nobody)
    assert check_links(visitor=answers.__getitem__, now=lambda: MONDAY).is_offline
    assert not CheckedLink.objects.exclude(checked_at=None).exists()
    answers["https://e.example/"] = GOOD
    assert not check_links(visitor=answers.__getitem__, now=lambda: MONDAY).is_offline
    assert CheckedLink.objects.filter(state=State.FAILING).count() == 4
    monkeypatch.setattr(
        "survey.management.commands.check_links.check_links", lambda *args, **options: Report(is_offline=True)
    )
    call_command("check_links", verbosity=0)
    assert "er is niets genoteerd" in capsys.readouterr().out


@pytest.mark.django_db
def test_hosts_take_turns_and_are_left_in_peace() -> None:
    urls = ["https://a.example/1", "https://a.example/2", "https://b.example/1"]
    assert [link.url for link in taking_turns([CheckedLink(url=url) for url in urls])] == [urls[0], urls[2], urls[1]]
    assert len(list(taking_turns([CheckedLink(url="https://[geen adres")]))) == 1
    for number, url in enumerate(urls):
        make_publication(f"Rapport {number}", url=url, slug=f"r{number}")
    pauses: list[float] = []
    check_links(visitor=lambda url: GOOD, sleep=pauses.append)
    assert len(pauses) == 1
    assert 0 < pauses[0] <= survey.link_checks.PAUSE


@pytest.mark.django_db
def test_the_report_says_what_is_dead_where_it_stands_and_where_to_mend_it(client: Client) -> None:
    case = make_case("Met dode link", sources=[{"title": "Krant", "url": "https://krant.example/"}])
    make_publication("Verhuisd", url="https://rapport.example/")
    answers = {"https://krant.example/": BAD, "https://rapport.example/": Visit(200, moved_to="https://nieuw.example/")}
    for day in range(3):
        moment = MONDAY + timedelta(days=day)
        check_links(visitor=answers.__getitem__, now=lambda moment=moment: moment, sleep=lambda seconds: None)
    client.force_login(make_editor())
    page = client.get("/beheer/rapporten/links/").content.decode()
    assert "Deze pagina bestaat niet (404)." in page
    assert f'<a href="/beheer/pages/{case.pk}/edit/">' in page
    assert "https://nieuw.example/" in page
    link = CheckedLink.objects.get(state=State.DEAD)
    answer = client.post(f"/beheer/rapporten/links/{link.pk}/opnieuw/", follow=True)
    assert "als eerste aan de beurt" in answer.content.decode()
    assert CheckedLink.objects.get(pk=link.pk).checked_at is None
    [source] = case.get_latest_revision_as_object().sources.all()
    source.url = "https://archief.example/"
    edit(case, sources=[source])
    assert "nergens meer" in client.get("/beheer/rapporten/links/").content.decode()
    check_links(visitor=lambda url: GOOD, now=lambda: MONDAY + timedelta(days=4), sleep=lambda seconds: None)
    assert not CheckedLink.objects.filter(url="https://krant.example/").exists()


@pytest.mark.django_db
def test_the_report_is_not_for_everybody(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("lezer"))
    for answer in (client.get("/beheer/rapporten/links/"), client.post("/beheer/rapporten/links/1/opnieuw/")):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/beheer/")
    client.force_login(make_editor())
    assert client.get("/beheer/rapporten/links/1/opnieuw/").status_code == 405


@pytest.mark.django_db
def test_the_command_tells_what_it_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    make_publication(url="ftp://geen.example/")
    make_publication(url="http://127.0.0.1:1/")
    call_command("check_links", "--most=5", verbosity=0)
    assert "Links: 1 bekeken, 0 dood, 0 antwoordden niet, 0 verhuisd, 1 niet bezocht." in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 of hoger"):
        call_command("check_links", "--most=0")

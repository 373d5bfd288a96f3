"""What people search without finding anything, counted without knowing who."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from factories import make_case, make_editor

from cases import search_statistics
from cases.models import SearchMiss
from cases.search_statistics import note_miss, write_misses

pytestmark = pytest.mark.django_db


def ask(words: str, times: int) -> None:
    for number in range(times):
        note_miss(words, f"{words} {number}")
    write_misses()


def test_a_question_without_an_answer_is_counted_each_time(client: Client) -> None:
    make_case("Zand")
    for number in range(2):
        client.get("/casussen/?q=kwantumdroogte", REMOTE_ADDR=f"192.0.2.{number}")
    write_misses()
    assert SearchMiss.objects.get().count == 2


def test_a_question_with_an_answer_is_not_counted(client: Client) -> None:
    make_case("Zand")
    client.get("/casussen/?q=zand")
    client.get("/casussen/")
    write_misses()
    assert not SearchMiss.objects.exists()


def test_who_reloads_the_page_does_not_make_their_own_words_readable(client: Client) -> None:
    make_case("Zand")
    for _ in range(10):
        client.get("/casussen/?q=kwantumdroogte")
    write_misses()
    assert SearchMiss.objects.get().count == 1


def test_below_ten_nobody_can_read_it() -> None:
    ask("kwantumdroogte", 9)
    assert SearchMiss.objects.get().words == ""


def test_from_ten_on_it_is_readable() -> None:
    ask("kwantumdroogte", 9)
    ask(" Kwantumdroogte ", 1)
    found = SearchMiss.objects.get()
    assert (found.words, found.count) == ("kwantumdroogte", 10)


@pytest.mark.parametrize("words", ["jan@example.nl", "06 12 34 56 78", "123456782"])
def test_what_may_be_somebodys_address_or_number_is_never_readable(words: str) -> None:
    ask(words, 12)
    assert SearchMiss.objects.get().words == ""


def test_what_few_people_asked_is_forgotten() -> None:
    ask("zeldzaam", 3)
    SearchMiss.objects.update(last_on=timezone.localdate() - timedelta(days=181))
    ask("nieuw", 1)
    assert SearchMiss.objects.count() == 1


def test_nonsense_does_not_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_statistics, "MOST_ROWS", 2)
    for number in range(4):
        note_miss(f"onzin {number}", "iemand")
    write_misses()
    assert SearchMiss.objects.count() == 2


def test_when_the_database_is_away_the_counts_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    note_miss("kwantumdroogte", "iemand")

    def away(counted: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(search_statistics, "_write", away)
        write_misses()
    write_misses()
    assert SearchMiss.objects.get().count == 1


def test_the_report_shows_only_what_many_asked(client: Client) -> None:
    ask("kwantumdroogte", 10)
    ask("geheimpje", 9)
    client.force_login(make_editor())
    text = client.get("/beheer/rapporten/gezocht/").content.decode()
    assert "kwantumdroogte" in text
    assert "geheimpje" not in text


def test_a_question_that_is_a_formula_is_text_in_the_file_for_spreadsheets(client: Client) -> None:
    ask("=cmd|'/c calc'!a1", 10)
    client.force_login(make_editor())
    response = client.get("/beheer/rapporten/gezocht/?export=csv")
    assert response.getvalue().decode().splitlines()[1].startswith("'=cmd")


def test_an_empty_report_says_why(client: Client) -> None:
    client.force_login(make_editor())
    assert "tien keer of vaker" in client.get("/beheer/rapporten/gezocht/").content.decode()

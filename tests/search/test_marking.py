"""Marked texts: safe, whole and readable."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.search.analysis import normalise
from cases.search.engine import search
from cases.search.index import CaseIndex
from cases.search.lexicon import build_lexicon
from cases.search.questions import Question

from .conftest import Ask
from .sources import MemorySource, case

TAG = re.compile(r"</?mark>")
EVIL = '<script>alert("dijk")</script> & dijk <img src=x onerror=dijk>'


def test_nothing_from_a_case_becomes_markup(ask: Callable[..., Ask]) -> None:
    hit = ask(case(1, EVIL, EVIL, EVIL, organisations=(EVIL,)))("dijk").hits[0]
    for html in (hit.title_html, hit.summary_html, hit.snippet_html or ""):
        assert "<mark>dijk</mark>" in html
        assert not re.search(r"[<>\"]", TAG.sub("", html))
        assert unescape(TAG.sub("", html)) in EVIL


def test_every_form_and_accent_is_marked(ask: Callable[..., Ask]) -> None:
    hit = ask(case(1, "Ideeën en een idee 🙂, geen ideaal"))("idee").hits[0]
    assert hit.title_html == "<mark>Ideeën</mark> en een <mark>idee</mark> 🙂, geen ideaal"


def test_the_piece_of_text_holds_the_words_and_whole_sentences(ask: Callable[..., Ask]) -> None:
    body = "Het begon klein. " * 40 + "Daarna kwam er een dijk van klei. " + "Toen was het klaar. " * 40
    piece = ask(case(1, body=body))("dijk").hits[0].snippet_html
    assert piece is not None
    assert "Daarna kwam er een <mark>dijk</mark> van klei." in piece
    assert len(piece) < 400


def test_words_elsewhere_than_in_the_text_give_no_piece(ask: Callable[..., Ask]) -> None:
    assert ask(case(1, "Dijk", body="Iets anders."))("dijk").hits[0].snippet_html is None
    assert ask(case(1, "Dijk", body="Iets anders."))("").hits[0].snippet_html is None


def test_an_expression_is_marked_where_its_words_stand_together(ask: Callable[..., Ask]) -> None:
    body = "Het ministerie koos zaken uit. Binnenlandse Zaken betaalde."
    find = ask(case(1, "Nota", body=body), lexicon=build_lexicon([("BZK", "Binnenlandse Zaken")], []))
    assert find("bzk").hits[0].snippet_html == (
        "Het ministerie koos zaken uit. <mark>Binnenlandse Zaken</mark> betaalde."
    )
    assert find('"zaken uit"').hits[0].snippet_html == (
        "Het ministerie koos <mark>zaken uit</mark>. Binnenlandse Zaken betaalde."
    )


def test_of_words_that_were_typed_as_one_no_small_word_is_marked_alone(ask: Callable[..., Ask]) -> None:
    hit = ask(case(1, "Fiets- en wandelroutes"))("fietsen").hits[0]
    assert hit.title_html == "<mark>Fiets</mark>- en wandelroutes"


characters = st.text(alphabet=st.sampled_from("dijk Dé<>&\"'.\n🙂ßİ\u0301\u00ad\u200d-"), max_size=400)


@settings(max_examples=40, deadline=None)
@given(title=characters, body=characters)
def test_marks_never_change_the_text(title: str, body: str) -> None:
    with TemporaryDirectory() as folder:
        index = CaseIndex(Path(folder), MemorySource(case(1, "dijk" + title, body=body + " dijk. ")))
        hit = search(index, Question("dijk de"), ()).all_pks() and search(index, Question("dijk"), ()).hits
        for found in hit or ():
            assert unescape(TAG.sub("", found.title_html)) == normalise("dijk" + title)
            piece = unescape(TAG.sub("", found.snippet_html or "")).strip("… ")
            assert piece.strip() in normalise(body + " dijk. ")
            assert "\ufffd" not in found.title_html

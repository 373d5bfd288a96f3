"""An index in a folder of its own, and a short way to ask it something."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cases.search.documents import CaseDocument
from cases.search.engine import NO_LEXICON, search
from cases.search.index import CaseIndex
from cases.search.lexicon import Lexicon, Meaning
from cases.search.questions import Question
from cases.search.results import SearchResult

from .sources import MemorySource

Ask = Callable[..., SearchResult]


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Ask]:
    """`ask(*cases)` gives a function that puts questions to an index of these cases."""

    def over(*cases: CaseDocument, lexicon: Lexicon = NO_LEXICON, meanings: Sequence[Meaning] = ()) -> Ask:
        index = CaseIndex(tmp_path / "index", MemorySource(*cases))
        return lambda text="", params=(), **rest: search(index, Question(text, **rest), params, lexicon, meanings)

    return over

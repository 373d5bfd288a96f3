"""Which cases are like one case: they share choices and words, the rare ones first."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log

from tantivy import DocAddress, Occur, Query, Searcher

from cases.search.analysis import words_of
from cases.search.index import CaseIndex
from cases.search.inflection import NUMERALS, forms_of, stem
from cases.search.schema import EVERYTHING, FACET, facet_value, schema
from cases.search.wording import FRAME_WORDS, STOP_WORDS

HEAD, BODY = ("title", "summary"), "body"
LEAST_LETTERS = 4
LEAST_TIMES = 3
"""A word that a text says once or twice only tells how it went; what the text is about comes back."""
HEAD_COUNTS = 2
"""Title and summary are short: what stands there was chosen."""
MOST_SHARE = 0.1
"""A word that more of the cases have tells nothing."""
FEW_CASES = 5
"""Among so few cases every word may tell something."""
MOST_WORDS = 12
WORDS_ALONE = 2
"""So many words must stand in title and summary of a case that shares no choice."""
WORDS_COUNT = 0.4
"""A shared choice has evidence behind it; shared words only look like it."""
UNTELLING = STOP_WORDS | FRAME_WORDS | set(NUMERALS.values())
_TOKEN = re.compile(r"\w+")

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Likened:
    """What others are compared with. Its key need not be in the index: a draft has likes too."""

    pk: int
    choices: Sequence[Choice]
    """Parameter and slug of what it may share."""
    text: str
    """Title and summary; what more there is to read comes from the index."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that is like it, and the words that both share, as the first one writes them, the most telling first."""

    pk: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    as_written: str
    forms: tuple[str, ...]
    weight: float


def similar(index: CaseIndex, case: Likened, without: Collection[int], limit: int) -> tuple[list[Alike], list[Choice]]:
    """The other cases that share most, and the choices of this one in the order of what they tell.

    Each shares a choice, or some words that say what it is about.
    """
    if limit < 1:
        return [], []
    return index.read(lambda searcher: _similar(searcher, case, {case.pk, *without}, limit))


def _similar(
    searcher: Searcher, case: Likened, without: Collection[int], limit: int
) -> tuple[list[Alike], list[Choice]]:
    weights = {
        choice: _weight(searcher, searcher.doc_freq(FACET, facet_value(*choice)))
        for choice in dict.fromkeys(case.choices)
    }
    order = sorted(weights, key=lambda choice: -weights[choice])
    words = _telling_words(searcher, case)
    choices = [(Occur.Should, Query.const_score_query(_choice(choice), weight)) for choice, weight in weights.items()]
    enough = [Query.boolean_query(choices)] if choices else []
    if len(words) >= WORDS_ALONE:
        heads = [(Occur.Should, _in_head(word)) for word in words]
        enough.append(Query.boolean_query(heads, minimum_number_should_match=WORDS_ALONE))
    if not enough:
        return [], order
    needed = Query.boolean_query([(Occur.Should, query) for query in enough])
    query = Query.boolean_query(
        [
            (Occur.Must, Query.const_score_query(needed, 0.0)),
            (Occur.MustNot, Query.term_set_query(schema(), "pk", list(without))),
            *choices,
            *((Occur.Should, _anywhere(word)) for word in words),
        ]
    )
    addresses = [address for _, address in searcher.search(query, limit=limit, count=False).hits]
    keys = searcher.fast_field_values("pk", addresses)
    return [
        Alike(int(pk or 0), _shared_words(searcher, address, words))
        for pk, address in zip(keys, addresses, strict=True)
    ], order


def _telling_words(searcher: Searcher, case: Likened) -> list[_Word]:
    """Words that come back in this case, and that some other cases have too, but not many; the rarest first."""
    itself = searcher.search(Query.term_query(schema(), "pk", case.pk), limit=1, count=False).hits
    least, most = 1 + len(itself), max(FEW_CASES, searcher.num_docs * MOST_SHARE)
    text = "\n".join([case.text] * HEAD_COUNTS + [_texts(searcher, address, [BODY]) for _, address in itself])
    found = []
    for root, as_written in _returning_words(text).items():
        frequencies = {form: searcher.doc_freq(EVERYTHING, form) for form in forms_of(root)}
        frequency = sum(frequencies.values())
        if least <= frequency <= most:
            forms = tuple(form for form, times in frequencies.items() if times)
            found.append(_Word(as_written, forms, _weight(searcher, frequency)))
    return sorted(found, key=lambda word: -word.weight)[:MOST_WORDS]


def _returning_words(text: str) -> dict[str, str]:
    """Stem -> word as it is mostly written, of the words that a text says more than once."""
    written: dict[str, Counter[str]] = {}
    for token in _TOKEN.findall(text):
        for word in words_of(token):
            if len(word) >= LEAST_LETTERS and word.isalpha() and word not in UNTELLING:
                written.setdefault(stem(word), Counter())[token] += 1
    return {root: _spelling(times) for root, times in written.items() if times.total() >= LEAST_TIMES}


def _spelling(times: Counter[str]) -> str:
    """A name has a capital wherever it stands, another word only at the beginning of a sentence."""
    word, _ = times.most_common(1)[0]
    return word.lower() if times[word.lower()] else word


def _shared_words(searcher: Searcher, other: DocAddress, words: Sequence[_Word]) -> tuple[str, ...]:
    """Those that stand in title or summary of the other case, or come back in its story."""
    head, body = words_of(_texts(searcher, other, HEAD)), words_of(_texts(searcher, other, [BODY]))
    said = Counter(head * LEAST_TIMES + body)  # once is enough in title or summary
    return tuple(word.as_written for word in words if sum(said[form] for form in word.forms) >= LEAST_TIMES)


def _texts(searcher: Searcher, address: DocAddress, fields: Sequence[str]) -> str:
    document = searcher.doc(address)
    return "\n".join(document.get_first(field) or "" for field in fields)


def _weight(searcher: Searcher, frequency: int) -> float:
    return log((searcher.num_docs + 1) / (frequency + 0.5))


def _choice(choice: Choice) -> Query:
    return Query.term_query(schema(), FACET, facet_value(*choice), "basic")


def _in_head(word: _Word) -> Query:
    return Query.boolean_query(
        [(Occur.Should, Query.term_set_query(schema(), field, list(word.forms))) for field in HEAD]
    )


def _anywhere(word: _Word) -> Query:
    each = [Query.term_query(schema(), EVERYTHING, form, "freq") for form in word.forms]
    return Query.boost_query(Query.disjunction_max_query(each), WORDS_COUNT)

"""From understood words to terms: what of them stands in the index, and under which other names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from tantivy import Searcher

from cases.search.analysis import is_dutch_word, parts_of
from cases.search.inflection import forms_of, plainer
from cases.search.lexicon import Lexicon
from cases.search.nearest import is_slight, nearest_of, nearest_word
from cases.search.schema import EVERYTHING, PARTS
from cases.search.terms import Term, Way, any_of
from cases.search.wording import FRAME_WORDS, STOP_WORDS, Wording

BEGUN, SYNONYM, JOINED, TOGETHER = 0.7, 0.4, 0.9, 0.5
"""Weights beside the word itself: a longer word that begins so, a synonym, neighbours as one word, a compound in its parts."""
NAME, OUTCOME = 2.4, 6.0
"""Weights of a concept that is called so, and of the outcome that was asked for."""
PART_FROM = 3
"""From so many letters on a word is looked for in compounds (wet in grondwet)."""
BEGIN_FROM = 5
"""From so many letters on a word is also looked for as the beginning of others; an unknown word from PART_FROM on."""
MOST_BEGUN = 16
BEGUN_LOOKED_AT = 80
TELLING_FROM = 8
"""From so many letters on a part of a compound that no case holds is looked for alone: handschrift of handschriftherkenning."""
MOST_PARTS = 4
LEAST_HALF, MISSPELT_HALF = 4, 6
"""Letters in each half of a compound with a mistake in it, and in the half that has the mistake."""
LONGEST_MISSPELT = 4
"""Words of an expression in which a mistake is looked for."""
MOST_GUESSED = 4
"""Words of one question for which a guess is made: with more, it is no question in Dutch, and guessing takes longest."""
RARE = 20
"""A word that so few cases hold is also looked for in its parts."""


def terms_of(searcher: Searcher, wording: Wording, lexicon: Lexicon) -> tuple[Term, ...]:
    """The words, expressions and phrases that must be found, in the order of the question."""
    phrases = tuple(_quoted(searcher, phrase, lexicon) for phrase in wording.phrases)
    if wording.only_outcome:
        forms = _known(searcher, [form for word in wording.words for form in forms_of(word)])
        ended = Way("begrip", facets=wording.favoured, weight=OUTCOME)
        called = [way for word in wording.words for way in _called_so(searcher, (word,), lexicon)]
        return (Term(" ".join(wording.words), (Way("woord", forms=forms), *called, ended)), *phrases)
    terms: list[Term] = []
    joined = _joined(searcher, wording.sequence)
    waiting = set(wording.words)
    place = 0
    while place < len(wording.sequence):
        words = wording.sequence[place : place + max(1, lexicon.longest(wording.sequence, place))]
        spelled = words if len(words) > 1 else _misspelt_expression(searcher, wording.sequence[place:], lexicon)
        if len(spelled) > 1 and waiting.intersection(words := wording.sequence[place : place + len(spelled)]):
            term = _expression(searcher, spelled, lexicon)
            terms.append(term if spelled == words else _instead_of(words, term))
        elif words[0] in waiting:
            guess = sum(bool(term.meant or not term.known) for term in terms) < MOST_GUESSED
            terms.append(word_term(searcher, words[0], lexicon, joined.get(words[0], ()), guess=guess))
        waiting.difference_update(words)
        place += len(words)
    return (*terms, *phrases)


def _misspelt_expression(searcher: Searcher, sequence: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """What the words begin with as an expression, when one of them is misspelt: kunstmatige inteligentie."""
    for place, word in enumerate(sequence[:LONGEST_MISSPELT]):
        if len(word) < MISSPELT_HALF or searcher.doc_freq(EVERYTHING, word):
            continue
        if near := nearest_of(word, lexicon.spellings):
            spelled = (*sequence[:place], near, *sequence[place + 1 :])
            if (length := lexicon.longest(spelled, 0)) > max(1, place):
                return tuple(spelled[:length])
    return ()


def _instead_of(words: Sequence[str], meant: Term) -> Term:
    return replace(meant, typed=" ".join(words), meant=meant.typed if meant.known else "")


def word_term(
    searcher: Searcher, word: str, lexicon: Lexicon, joined: Sequence[str] = (), *, guess: bool = True
) -> Term:
    """A word with its forms, in compounds, under other names, or else (`guess`) as it was probably meant."""
    ways = _all_ways(searcher, word, lexicon)
    if joined:
        ways.append(Way("deel", forms=tuple(joined), weight=JOINED))
    if ways or not guess:
        return Term(word, tuple(ways))
    near = nearest_word(searcher, word, lexicon.spellings)
    if not (near and is_slight(word, near)):
        for plain in plainer(word):
            if plain not in STOP_WORDS and (ways := _all_ways_of_whole(searcher, plain, lexicon)):
                return Term(word, tuple(ways))
        near = _mended(searcher, word, near)
    meant = _all_ways(searcher, near, lexicon) if near else []
    return Term(word, tuple(meant), meant=near if meant else "")


def _mended(searcher: Searcher, word: str, near: str) -> str:
    """The compound without the mistake in one of its halves (zorginnovatie for zorginovatie), or else what was near."""
    if is_dutch_word(word):
        return ""
    for cut in range(len(word) - LEAST_HALF, LEAST_HALF - 1, -1):
        left, right = word[:cut], word[cut:]
        if len(right) >= MISSPELT_HALF and searcher.doc_freq(PARTS, left) and (half := nearest_word(searcher, right)):
            return left + half
        if len(left) >= MISSPELT_HALF and searcher.doc_freq(PARTS, right) and (half := nearest_word(searcher, left)):
            return half + right
    return near


def known_forms(searcher: Searcher, word: str) -> tuple[str, ...]:
    """The forms of a word that stand in the index."""
    return _known(searcher, forms_of(word))


def _known(searcher: Searcher, forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if searcher.doc_freq(EVERYTHING, form)))


def _all_ways(searcher: Searcher, word: str, lexicon: Lexicon) -> list[Way]:
    return [*_as_written(searcher, word, lexicon), *_called_so(searcher, (word,), lexicon)]


def _all_ways_of_whole(searcher: Searcher, word: str, lexicon: Lexicon) -> list[Way]:
    """As all ways, of a word that is more than the beginning of others."""
    stands = known_forms(searcher, word) or lexicon.others((word,)) or lexicon.called((word,))
    return _all_ways(searcher, word, lexicon) if stands else []


def _as_written(searcher: Searcher, word: str, lexicon: Lexicon) -> list[Way]:
    """In any form, within compounds, as the beginning of longer words, or apart."""
    forms = known_forms(searcher, word)
    parts: tuple[str, ...] = ()
    if len(word) >= PART_FROM and not word.isdigit():
        parts = tuple(form for form in forms_of(word) if searcher.doc_freq(PARTS, form))
    ways = []
    if forms or parts:
        ways.append(Way("woord", typed=word, forms=forms, parts=parts))
    # What begins with a word that compounds are made of is found by that part, or stands among the parts itself.
    if begun := _begun(searcher, word, {*forms, *parts}, (PARTS,) if parts else (EVERYTHING, PARTS)):
        ways.append(Way("deel", forms=begun, parts=begun, weight=BEGUN))
    if sum(searcher.doc_freq(EVERYTHING, form) for form in forms) <= RARE:
        ways += _apart(searcher, word, lexicon)
    return ways


def _begun(searcher: Searcher, word: str, known: set[str], fields: Sequence[str]) -> tuple[str, ...]:
    """The longer words that begin with it, those of most cases first."""
    if word.isdigit() or len(word) < (BEGIN_FROM if known else PART_FROM):
        return ()
    found = Counter[str]()
    for field in fields:
        found |= Counter(dict(searcher.terms_with_prefix(field, word, limit=BEGUN_LOOKED_AT)))
    return tuple(term for term, _ in found.most_common() if term not in known)[:MOST_BEGUN]


def _apart(searcher: Searcher, word: str, lexicon: Lexicon) -> list[Way]:
    """As more words: innovatie in de zorg for zorginnovatie, co-creatie for cocreatie."""
    ways = []
    parts = part_terms(searcher, word, lexicon)
    if parts and all(term.known for term in parts):
        ways.append(Way("deel", together=parts, weight=TOGETHER))
    for cut in range(1, len(word)):
        pair = (word[:cut], word[cut:])
        if all(searcher.doc_freq(EVERYTHING, part) for part in pair):
            way = Way("woord", phrase=pair)
            if searcher.search(any_of(way.lean()), limit=1, count=False).hits:
                ways.append(way)
    return ways


def telling_parts(searcher: Searcher, term: Term, lexicon: Lexicon) -> list[Term]:
    """What of a term may be looked for alone.

    The words of an expression, when all are there; any part of a known compound; of an unknown one only a part that says enough.
    """
    if " " in term.typed:
        words = [word for word in term.typed.split() if word not in STOP_WORDS]
        parts = _as_parts(searcher, words, lexicon)
        return list(parts) if all(part.known for part in parts) else []
    enough = 0 if term.known else TELLING_FROM
    parts = part_terms(searcher, term.typed, lexicon)
    return [part for part in parts if part.known and len(part.typed) >= enough]


def part_terms(searcher: Searcher, word: str, lexicon: Lexicon) -> tuple[Term, ...]:
    """The parts of a compound as words of their own; those that only ask for a case are left out. None when it is no compound."""
    parts = parts_of(word)
    if not 1 < len(parts) <= MOST_PARTS:
        return ()
    return _as_parts(searcher, [part for part in parts if part not in FRAME_WORDS] or list(parts), lexicon)


def _as_parts(searcher: Searcher, words: Sequence[str], lexicon: Lexicon) -> tuple[Term, ...]:
    return tuple(Term(word, tuple(_as_part(searcher, word, lexicon))) for word in words)


def _as_part(searcher: Searcher, word: str, lexicon: Lexicon) -> list[Way]:
    forms = tuple(form for form in forms_of(word) if searcher.doc_freq(PARTS, form))
    ways = [Way("deel", parts=forms)] if forms else []
    return [*ways, *_called_so(searcher, (word,), lexicon)]


def _joined(searcher: Searcher, sequence: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Neighbours that are written as one word elsewhere: zorg innovatie and zorginnovatie, co-creatie and cocreatie."""
    found: dict[str, tuple[str, ...]] = {}
    for one, other in pairwise(sequence):
        if len(one) + len(other) < BEGIN_FROM:
            continue
        forms = _known(searcher, [one + link + form for link in ("", "s") for form in forms_of(other)])
        for word in (one, other) if forms else ():
            found[word] = (*found.get(word, ()), *forms)
    return found


def _expression(searcher: Searcher, words: tuple[str, ...], lexicon: Lexicon) -> Term:
    """Words that have one meaning together: all of them, or what else that is called."""
    each = tuple(Term(word, tuple(_as_written(searcher, word, lexicon))) for word in words)
    ways = _called_so(searcher, words, lexicon)
    if all(term.known for term in each):
        ways.insert(0, Way("woord", together=each))
    return Term(" ".join(words), tuple(ways))


def _called_so(searcher: Searcher, words: Sequence[str], lexicon: Lexicon) -> list[Way]:
    """Under the other names that editors keep, and the concepts of which this is a name."""
    ways = []
    for other in lexicon.others(words):
        if len(other.words) > 1:
            if all(searcher.doc_freq(EVERYTHING, word) for word in other.words):
                ways.append(Way("synoniem", other.label, SYNONYM, phrase=other.words))
        elif forms := known_forms(searcher, other.words[0]):
            ways.append(Way("synoniem", other.label, SYNONYM, forms=forms))
    return [*ways, *_concepts(words, lexicon)]


def _concepts(words: Sequence[str], lexicon: Lexicon) -> list[Way]:
    return [Way("begrip", name.label, NAME, facets=(name.facet,)) for name in lexicon.called(words)]


def _quoted(searcher: Searcher, phrase: tuple[str, ...], lexicon: Lexicon) -> Term:
    """Just as it was typed, or the concept that is called so."""
    ways = _concepts(phrase, lexicon)
    if all(searcher.doc_freq(EVERYTHING, word) for word in phrase):
        ways.insert(0, Way("woord", forms=phrase) if len(phrase) == 1 else Way("woord", phrase=phrase))
    return Term(" ".join(phrase), tuple(ways), literal=True)

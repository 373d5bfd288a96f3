"""Which words organisations use in their own descriptions, and which they use together.

Everything counts organisations, not occurrences: who writes a word ten times counts once.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

#: A word, or two words together, needs this many organisations. No setting goes below it.
FLOOR = 10
#: The model that keeps a word has no more room; longer "words" are pasted strings.
LONGEST = 40
SHORTEST = 3
#: Two words go into one list only while a reader can take it in: pairs among the most used words.
MOST_WORDS, MOST_PAIRS = 200, 200

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_STOP_WORDS = """
aan achter af al alle alleen alles als altijd ander andere anders bij binnen bijvoorbeeld boven bovendien buiten daar
daarbij daardoor daarin daarmee daarnaast daarom daarop daarvan daarvoor dan dat de deel deze dezelfde die dient dit
doen doet door dus echt een één eens eerder eerst eigen elk elkaar elke en enige enkele er erg ervan etc even gaan gaat
geen gehad geven gewoon goed goede graag haar had hadden hebben heeft heel hem het hier hierbij hierdoor hiermee hij
hoe hun iedere ieder iemand iets ik in indien inzake is ja je juist kan komen komt konden krijgen kunnen laten lang
maar maken maakt mate mede meer meest men met mij mijn minder moest moet moeten mogelijk mogen na naar naast nadat nee
net niet niets nieuw nieuwe nog nu of om omdat onder ons onszelf ontwikkeld onze ook op over per plaats reeds samen
sinds slechts snel soms steeds te tegen ten ter terwijl tijdens toch toe toen tot tussen uit uiteraard van vanaf vanuit
vanwege veel verder via vinden volgens voor vooral voordat waar waarbij waardoor waarin waarmee waarop waarvan waarvoor
wanneer want waren was wat we weer wel welke werd werden wij wil willen worden wordt zal ze zeer zelf zich zien zij
zijn zo zoals zodat zonder zou zouden zowel zullen nvt
"""
#: Words that hold a Dutch sentence together and say nothing about an innovation.
STOP_WORDS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class FrequentWords:
    """`words`: word and number of organisations. `pairs`: two words of one organisation, and how many used both.

    Both run from most to least used, then by alphabet.
    """

    words: tuple[tuple[str, int], ...]
    pairs: tuple[tuple[str, str, int], ...]

    def clusters(self) -> list[list[str]]:
        """Words that hang together through the pairs, largest group first; words without a pair are in none."""
        names = sorted({word for first, second, _ in self.pairs for word in (first, second)})
        place = {name: number for number, name in enumerate(names)}
        ends = ([place[first] for first, _, _ in self.pairs], [place[second] for _, second, _ in self.pairs])
        links = sparse.coo_array((np.ones(len(self.pairs)), ends), shape=(len(names), len(names)))
        number, labels = sparse.csgraph.connected_components(links, directed=False)
        groups = [
            [name for name, label in zip(names, labels, strict=True) if label == group] for group in range(number)
        ]
        return sorted(groups, key=lambda group: (-len(group), group))


def frequent_words(texts: Iterable["pd.Series[str]"], least: int = FLOOR) -> FrequentWords:
    """What at least `least` organisations wrote; never fewer than FLOOR, whatever is asked.

    `texts`: one series for each open question, with the same organisations in the same order.

    A pair is left out when fewer than `least` organisations used the one word without the other: the numbers of the
    words minus that of the pair would tell how few.
    """
    least = max(least, FLOOR)
    used, organisations = _answers(list(texts))
    vocabulary: dict[str, int] = {}
    starts: list[int] = [0]
    places: list[int] = []
    for own in used:
        places.extend(vocabulary.setdefault(word, len(vocabulary)) for word in own)
        starts.append(len(places))
    if not vocabulary:
        return FrequentWords((), ())
    uses = sparse.csr_array(
        (np.ones(len(places), dtype=np.int64), np.array(places), np.array(starts)), shape=(len(used), len(vocabulary))
    )
    counts = organisations @ uses
    names = np.array(list(vocabulary))
    shown = sorted(np.flatnonzero(counts >= least).tolist(), key=lambda place: (-counts[place], names[place]))[
        :MOST_WORDS
    ]
    words = tuple((str(names[place]), int(counts[place])) for place in shown)
    return FrequentWords(words, _pairs(uses[:, shown], organisations, words, least))


def words_of(text: str) -> set[str]:
    """The words of a text that may mean something, in lower case."""
    found = _WORD.findall(unicodedata.normalize("NFC", text).lower().replace("’", "'"))
    return {word for word in found if SHORTEST <= len(word) <= LONGEST and word not in STOP_WORDS}


def _answers(texts: list["pd.Series[str]"]) -> tuple[list[set[str]], NDArray[np.int64]]:
    """Each different set of answers once: its words, and how many organisations gave it."""
    if not texts or not len(texts[0]):
        return [], np.empty(0, dtype=np.int64)
    codes = pd.DataFrame({place: pd.factorize(text)[0] for place, text in enumerate(texts)})
    values = [[words_of(str(value)) for value in pd.factorize(text)[1]] for text in texts]
    counted = codes.groupby(list(codes.columns), sort=False).size()
    used = [
        set().union(*(values[place][code] for place, code in enumerate(key) if code >= 0))
        for key in codes.drop_duplicates().itertuples(index=False)
    ]
    return used, counted.to_numpy(dtype=np.int64)


def _pairs(
    uses: sparse.csr_array, organisations: NDArray[np.int64], words: tuple[tuple[str, int], ...], least: int
) -> tuple[tuple[str, str, int], ...]:
    weighted = uses.multiply(organisations[:, None]).tocsr()
    together = (uses.T @ weighted).toarray()
    found: list[tuple[str, str, int]] = []
    for first, (word, count) in enumerate(words):
        for second in range(first + 1, len(words)):
            other, other_count = words[second]
            both = int(together[first, second])
            if both >= least and min(count, other_count) - both >= least:
                found.append((min(word, other), max(word, other), both))
    found.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    return tuple(found[:MOST_PAIRS])

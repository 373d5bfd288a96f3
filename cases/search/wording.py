"""What somebody typed: which words must be found, which may help, which are only there to make a sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from cases.search.analysis import normalise, words_of
from cases.search.inflection import stem

MAX_CHARACTERS = 500
MAX_WORDS = 16
MAX_WORD_LENGTH = 60
ENOUGH_TELLING = 2
"""With so many other words, the little words of a sentence are left out."""


def _list(words: str, change: Callable[[str], str] = str) -> frozenset[str]:
    return frozenset(change(word) for word in words.split())


STOP_WORDS = _list(
    """
    aan al alle alles als altijd ander andere anders bij binnen buiten daar daarom dan dat de deze die dit doe doen doet door
    dus echt een eens eerst eigenlijk elk elke en er etc even gaan gaat ga ging gingen geen gedaan geweest geworden graag had
    hadden heb hebben hebt heeft hem het hier hij hoe hoeveel hun ik iemand iets ie in is ja je jij jou jouw jullie kan kon
    konden krijg krijgen krijgt kun kunnen kunt maar maken maakt maak me mee meer men met mij mijn mocht moest moet moeten na naar niet niets nog nu
    of om omdat onder ons onze ook op over per s t te tegen toch toe toen tot tussen u uit uw vaak van vanuit veel via vind vinden
    voor waar waarom waarin waarmee wanneer want waren was wat we wel welk welke werd werden wie wij wil willen word worden
    wordt ze zelf zich zien zij zijn zo zoals zoek zoeken zonder zou zouden zeg eigen gebruikt gebruiken gebruik iedereen
    niks terwijl
    the of and for in to with
    """
)
LITTLE_WORDS = _list(
    """
    mag mogen mochten wilde wilden hoef hoeft hoeven hoefde laat laten liet lieten komt komen kwam kwamen zit zitten zat zaten staat
    staan stond stonden blijft blijven bleef bleven zegt zeggen zei geeft gaf waarop waaraan waardoor waarvan doordat zodat ermee
    ervoor eraan ervan weer steeds gewoon heel erg wel overal ergens nergens zelfs leuk opeens ineens
    """
)
"""Words that hold a sentence together, and say something only where hardly anything else was typed: *mag niet van de regels*."""
FRAME_WORDS = _list(
    """
    artikel artikelen briljant briljante casus casussen case cases ervaring ervaringen geleerd geval gevallen idee ideeen informatie
    initiatief initiatieven innovatie innovaties leren les lessen praktijk praktijkvoorbeeld praktijkvoorbeelden project
    projecten verhaal verhalen voorbeeld voorbeelden
    """
)
"""Words that ask for a case rather than say what it is about."""

FAILURE_STEMS = _list(
    """
    falen fiasco flop fout gefaald gesneuveld gestopt gestrand mis misging misgegaan misgaan mislukking stopte verkeerd
    """,
    stem,
)
SUCCESS_STEMS = _list("gelukt geslaagd succes succesvol", stem)
FAILURE_OUTCOMES = ("uitkomst:briljante-mislukking", "uitkomst:gestopt")
SUCCESS_OUTCOMES = ("uitkomst:geslaagd",)

EXCLUDED = re.compile(r'(?:^|(?<=\s))[-−–](?:"([^"]*)"|(?=\w)(\S+))')
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
"""An abbreviation with points: *K.v.K.*"""
APOSTROPHE_S = re.compile(r"(?<=\w)['’`]s\b", re.IGNORECASE)
QUOTED = re.compile(r'"([^"]*)"')
QUOTES = str.maketrans("“”„‟«»", '""""""')
ONLY_WILDCARDS = re.compile(r"[\s*?\"'.,…/\\-]*")


@dataclass(frozen=True, slots=True)
class Wording:
    """The typed text, understood."""

    words: tuple[str, ...] = ()
    """Must be found, in any form."""
    phrases: tuple[tuple[str, ...], ...] = ()
    """Must be found literally, as typed between double quotes."""
    excluded: tuple[tuple[str, ...], ...] = ()
    """Must not be found, typed after a minus: words, or phrases between quotes."""
    sequence: tuple[str, ...] = ()
    """All typed words in their order, those of phrases left out: for expressions of more words."""
    helping: tuple[str, ...] = ()
    """Need not be found but count when they are."""
    favoured: tuple[str, ...] = ()
    """Facet values the sentence leans to: *wat ging er mis* to what failed."""
    only_outcome: bool = False
    """Nothing was asked but how it ended (*gestopte projecten*): every case that ended so is an answer."""
    typed: bool = False
    """Something was typed, also when no word came out of it."""

    @property
    def empty(self) -> bool:
        """No wish at all: every case belongs to the answer."""
        return not self.typed

    @property
    def impossible(self) -> bool:
        """Something was typed that no text can hold, such as an emoji."""
        return self.typed and not self.words and not self.phrases and not self.excluded


def understand(text: str) -> Wording:
    """Takes any text at all."""
    text = normalise(text[:MAX_CHARACTERS]).translate(QUOTES)
    if ONLY_WILDCARDS.fullmatch(text):
        return Wording()
    text = APOSTROPHE_S.sub("", DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), text))
    excluded = [tuple(_words(quoted or word)) for quoted, word in EXCLUDED.findall(text)]
    text = EXCLUDED.sub(" ", text)
    phrases = [tuple(_words(quoted)) for quoted in QUOTED.findall(text)]
    sequence = _words(QUOTED.sub(" ", text))
    words = list(dict.fromkeys(sequence))
    needed = [word for word in words if word not in STOP_WORDS]
    telling = [word for word in needed if word not in LITTLE_WORDS]
    if len(telling) >= ENOUGH_TELLING:
        needed = telling
    helping = [word for word in needed if _frames(word)]
    needed = [word for word in needed if word not in helping]
    has_phrase = any(phrases)
    favoured = _favoured(words)
    only_outcome = bool(favoured) and not needed and not has_phrase
    if only_outcome:
        needed, helping = [word for word in helping if _tells_outcome(word)], []
    elif not needed and not has_phrase:
        # Nothing but frame or stop words: then these are what it is about.
        needed, helping = (helping, []) if helping else (words, [])
    return Wording(
        words=tuple(needed),
        phrases=tuple(dict.fromkeys(phrase for phrase in phrases if phrase))[:4],
        excluded=tuple(dict.fromkeys(words for words in excluded if words))[:MAX_WORDS],
        sequence=tuple(sequence),
        helping=tuple(helping),
        favoured=favoured,
        only_outcome=only_outcome,
        typed=True,
    )


def _words(text: str) -> list[str]:
    return [word[:MAX_WORD_LENGTH] for word in words_of(text)][:MAX_WORDS]


def _fails(word: str) -> bool:
    return stem(word) in FAILURE_STEMS


def _frames(word: str) -> bool:
    return word in FRAME_WORDS or _tells_outcome(word)


def _tells_outcome(word: str) -> bool:
    return stem(word) in SUCCESS_STEMS or _fails(word)


def _favoured(words: list[str]) -> tuple[str, ...]:
    if any(_fails(word) for word in words):
        return FAILURE_OUTCOMES
    if any(stem(word) in SUCCESS_STEMS for word in words):
        return SUCCESS_OUTCOMES
    return ()

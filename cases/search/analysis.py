"""How text becomes words, the same for what is indexed and what is typed.

The index holds words as they are written (small letters, no accents). Forms of one word come together when a
question is asked (`inflection.forms_of`), so an exact form can rank higher and any form can be marked in a text. Beside them
stand the parts of compounds: *burgerbegroting* is also found by *begroting*.
"""

import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ANALYZER = "words"
PARTS_ANALYZER = "parts"
_ACCENTS = {
    chr(code): plain
    for code in range(0xC0, 0x250)
    if (plain := unicodedata.normalize("NFD", chr(code))[0]) != chr(code) and plain.isascii()
}
_ACCENTED = re.compile(f"[{''.join(_ACCENTS)}]")
_PARTS_FILE = Path(__file__).with_name("compound_parts.txt")
_WORDS_FILE = Path(__file__).with_name("dutch_words.txt")
SHORTEST, LONGEST = 4, 10
"""Letters of the words in that file."""


@cache
def analyzer() -> TextAnalyzer:
    """Words as written, without capitals and accents."""
    return _words().build()


@cache
def parts_analyzer() -> TextAnalyzer:
    """The same words, and instead of a compound that is wholly made of known parts: its parts."""
    return _words().filter(Filter.split_compound(list(compound_parts()))).build()


def _words() -> TextAnalyzerBuilder:
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())


@cache
def compound_parts() -> tuple[str, ...]:
    """What compounds are made of, linking letters included (*begrotings*)."""
    lines = _PARTS_FILE.read_text(encoding="ascii").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _dutch_words() -> str:
    return _WORDS_FILE.read_text(encoding="ascii")


@lru_cache(maxsize=10_000)
def is_dutch_word(word: str) -> bool:
    """Whether it is no spelling mistake: a dictionary has it, or it is long and made of words that are known."""
    if not word.isalpha() or len(word) < SHORTEST:
        return False
    if len(word) > LONGEST:
        return len(parts_of(word)) > 1
    # One text of a megabyte, searched in half a millisecond: a set of its words would take twenty megabytes.
    return f"\n{word}\n" in _dutch_words()


@cache
def compound_parts_digest() -> str:
    """Another list makes another index."""
    return hashlib.sha256("\n".join(compound_parts()).encode()).hexdigest()[:8]


def normalise(text: str) -> str:
    """Accents typed apart become the same accents; characters that nobody can see become blanks."""
    composed = unicodedata.normalize("NFC", text)
    if composed.replace("\n", " ").isprintable():
        return composed
    return "".join(c if c.isprintable() or c == "\n" else _invisible(c) for c in composed)


def _invisible(character: str) -> str:
    """Soft hyphens and joiners stand inside words and vanish; all others part words."""
    return "" if unicodedata.category(character) == "Cf" else " "


def folded(text: str) -> str:
    """Small letters without accents, as the index has them, each character still in its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return _ACCENTED.sub(lambda found: _ACCENTS[found.group()], lower)


def words_of(text: str) -> list[str]:
    """The words of a text as the index knows them."""
    return analyzer().analyze(normalise(text))


@lru_cache(maxsize=50_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a compound; the word itself when it is none."""
    return tuple(parts_analyzer().analyze(word)) or (word,)

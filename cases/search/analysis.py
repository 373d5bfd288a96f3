"""How text becomes words, the same for what is indexed and what is typed.

The index holds words as they are written (small letters, no accents). Forms of one word come together when a
question is asked (`inflection.forms_of`), so an exact form can rank higher and any form can be marked in a text.
"""

import unicodedata
from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ANALYZER = "words"


@cache
def analyzer() -> TextAnalyzer:
    """Words as written, without capitals and accents."""
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


def normalise(text: str) -> str:
    """Accents typed apart become the same accents; characters that nobody can see become blanks."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed
    return "".join(c if c.isprintable() or c == "\n" else _invisible(c) for c in composed)


def _invisible(character: str) -> str:
    """Soft hyphens and joiners stand inside words and vanish; all others part words."""
    return "" if unicodedata.category(character) == "Cf" else " "


def words_of(text: str) -> list[str]:
    """The words of a text as the index knows them."""
    return analyzer().analyze(normalise(text))

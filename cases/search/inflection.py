"""Forms of one Dutch word: kaart and kaarten, patroon and patronen, digitaal and digitale, samenwerken and samenwerking.

A light stemmer and its reverse. The Snowball stemmer that the search engine brings is too coarse for this subject: it makes
*over* of overheid, *meen* of gemeente and *zon* of gezond, and parts schuld from schulden. Here a stem keeps nearly
the whole word. What inflection cannot see (stad, steden) stands in `IRREGULAR`.
"""

import re
from functools import lru_cache

IRREGULAR = {
    "steden": "stad",
    "leden": "lid",
    "schepen": "schip",
    "kinderen": "kind",
    "eieren": "ei",
    "oudere": "oudere",  # no parent
    "ouderen": "oudere",
    "base": "base",  # of database, no *baas*
    "apps": "app",
    "labs": "lab",
    "hubs": "hub",
    "bots": "bot",
}
STRONG_VERBS = """
    begrijp: begreep begrepen, besluit: besloot besloten, bespreek: besprak besproken,
    bewijs: bewees bewezen, bezoek: bezocht bezochten, blijk: bleken gebleken, blijf: bleef bleven gebleven,
    breek: brak braken gebroken, breng: bracht brachten gebracht, bedenk: bedacht bedachten, denk: dacht dachten gedacht,
    dwing: dwong dwongen gedwongen, help: hielp hielpen geholpen, houd: hield hielden gehouden, kies: koos kozen gekozen,
    kijk: keek keken gekeken, koom: kwam kwamen gekomen, koop: kocht kochten gekocht, lees: las lazen gelezen,
    loop: liep liepen gelopen, neem: nam genomen, onderzoek: onderzocht onderzochten, ontvang: ontving ontvingen,
    ontwerp: ontwierp ontwierpen ontworpen, overlijd: overleed overleden, rijd: reed gereden,
    schrijf: schreef schreven geschreven, sluit: gesloten, spreek: sprak spraken gesproken, steel: gestolen,
    sterf: stierf stierven gestorven, stijg: steeg gestegen, tref: trof troffen getroffen, trek: trok trokken getrokken,
    verbied: verbood verboden, verbind: verbond verbonden, verdwijn: verdween verdwenen,
    vergelijk: vergeleek vergeleken, verkoop: verkocht verkochten, verlies: verloor verloren, vervang: verving vervingen,
    vlieg: vloog vlogen gevlogen, win: won wonnen gewonnen, zit: zat zaten gezeten
"""
"""Stem: its past; without those that are another word too (*rook*, *sloot*, *gegeven*)."""
for _root, _, _pasts in (verb.partition(":") for verb in STRONG_VERBS.split(",")):
    IRREGULAR |= dict.fromkeys(_pasts.split(), _root.strip())
_OF_ROOT: dict[str, list[str]] = {}
for _form, _root in IRREGULAR.items():
    _OF_ROOT.setdefault(_root, []).append(_form)
ENDS_IN_S = (
    "proces",
    "succes",
    "adres",
    "congres",
    "stres",
    "mens",
    "grens",
    "wens",
    "dans",
    "prins",
    "advies",
    "verlies",
    "precies",
)
NUMERALS = {
    "2": "twee", "3": "drie", "4": "vier", "5": "vijf", "6": "zes",
    "7": "zeven", "8": "acht", "9": "negen", "10": "tien",
    "11": "elf", "12": "twaalf", "13": "dertien", "14": "veertien", "15": "vijftien",
    "16": "zestien", "17": "zeventien", "18": "achttien", "19": "negentien", "20": "twintig",
    "30": "dertig", "40": "veertig", "50": "vijftig", "60": "zestig", "70": "zeventig",
    "80": "tachtig", "90": "negentig", "100": "honderd",
}  # fmt: skip
"""A number and how it is written in words; *een* is no number but an article."""
OTHER_NUMERALS = NUMERALS | {word: number for number, word in NUMERALS.items()}
PLURAL_S = re.compile(
    r"(?:[^aeiou][eo][lrnm]|eu?r|aar|i?e|[aiu][lrn]|ing|(?<![aeiou])[aeiou][tkpdbg]|[^aeious][kpdbg])s$"
)
OPEN_SYLLABLE = re.compile(r"(?:^|[^aeiouy])([aeou])[^aeiouyjwx]$")
WEAK_ENDING = re.compile(r"[aeiouy][^aeiouy]+(?:e[lrnm]|or)$")
LONG_WEAK_ENDING = re.compile(r"[aeiouy][^aeiouy]+(?:ee[lrnm]|oor)$")
DOUBLE_CONSONANT = re.compile(r"([bdfgklmnprst])\1$")
HAS_VOWEL = re.compile(r"[aeiouy]")
PAST_TENSE = re.compile(r"(?<=\w{4})[dt]en?$")
THIRD_PERSON = re.compile(r"(?<=\w{4})[dt]$")
PARTICIPLE = re.compile(
    r"^(aan|af|be|bij|door|her|in|mee|na|om|ont|op|over|samen|terug|toe|uit|ver|voor|weg)?(ge)(?=\w{5})(?=.*[dt]e?$)"
)
GOING_ON = re.compile(r"(?<=\w{3})ende?$")
SMALL = (re.compile(r"(?<=\w{3})jes?$"), re.compile(r"(?<=\w{3})tjes?$"), re.compile(r"(?<=m)pjes?$"))
DOER = re.compile(r"(?<=\w{5})ers?$")
QUALITY = re.compile(r"(?<=\w{4})(?:heid|baarheid|bare?)$")
LATIN_NOUN = re.compile(r"(?<=\w{4})atie$")
LATIN_VERB = re.compile(r"(?<=\w{3})(?:eer(?:[td]|den?)?|er(?:en|ing|ingen))$")
LATIN_NOUNS = ("e", "", "ie", "atie")
"""After what is left of a verb: fraud(eren) and fraude, experiment(eren), register(en), communic(eren) and communicatie."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of a word have in common. Takes small letters without accents."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("heden") and len(word) > 6:
        return word[:-4] + "eid"
    base = word
    if base.endswith("s") and len(base) > 4 and not base.endswith(ENDS_IN_S) and PLURAL_S.search(base):
        base = base[:-1]
    if base.endswith("ingen") and _enough(base[:-5], 4):
        return _close(base[:-5])
    if base.endswith("ing") and _enough(base[:-3], 4):
        return _close(base[:-3])
    if base.endswith("eert") and len(base) > 6:
        return _close(base[:-1])
    if base.endswith("een") and len(base) > 5 and base[-4:-3] == "e":
        return base[:-2]
    if base.endswith("ien") and _enough(base[:-1], 5):
        return base[:-1]
    if base.endswith("en") and base[-3] not in "ei" and _enough(base[:-2], 3):
        return _close(base[:-2])
    if base.endswith("e") and base[-2] not in "ei" and _enough(base[:-1], 3):
        return _close(base[:-1])
    return _plain(base)


def _enough(rest: str, letters: int) -> bool:
    return len(rest) >= letters and HAS_VOWEL.search(rest) is not None


def _close(rest: str) -> str:
    """Spells what is left after an ending as a word of its own: wett -> wet, patron -> patroon, briev -> brief."""
    if DOUBLE_CONSONANT.search(rest):
        rest = rest[:-1]
    elif OPEN_SYLLABLE.search(rest) and not WEAK_ENDING.search(rest):
        rest = rest[:-1] + rest[-2] + rest[-1]
    if rest.endswith("v"):
        rest = rest[:-1] + "f"
    elif rest.endswith("z"):
        rest = rest[:-1] + "s"
    return _plain(rest)


def _plain(base: str) -> str:
    """The last differences: probleem and problem(en), mislukt and misluk(ken)."""
    if LONG_WEAK_ENDING.search(base):
        base = base[:-2] + base[-1]
    if base.endswith("kt") and len(base) > 5:
        base = base[:-1]
    return base


def present_of(word: str) -> tuple[str, ...]:
    """Of *stroomde* stroom and stroomt; nothing when it is no past tense. Many nouns look like one (*waarde*): a last resort."""
    root = PAST_TENSE.sub("", word)
    return () if root == word else (root, root + "t")


def plainer(word: str) -> tuple[str, ...]:
    """Simpler words for what it may be: beest for beestjes, fraude for fraudeert, uitvinden for uitvinder. A last resort."""
    bare = PARTICIPLE.sub(r"\1", word)
    found = [*present_of(bare), THIRD_PERSON.sub("", bare)]
    found += [stem(rest) for small in SMALL if (rest := small.sub("", word)) != word]
    for ending, instead in ((GOING_ON, "en"), (DOER, "en"), (QUALITY, ""), (LATIN_NOUN, "eren")):
        if (rest := ending.sub(instead, word)) != word:
            found.append(stem(rest))
    for verb in (word, *found):
        if (rest := LATIN_VERB.sub("", verb)) != verb:
            found += [rest.removesuffix("is") + noun for noun in LATIN_NOUNS]
    return tuple(dict.fromkeys(one for one in found if one != stem(word)))


@lru_cache(maxsize=10_000)
def forms_of(word: str) -> tuple[str, ...]:
    """All spellings that may be a form of this word, itself first. Most of them will not exist."""
    if word in OTHER_NUMERALS:
        return (word, OTHER_NUMERALS[word])
    root = stem(word)
    bases = {word, root}
    for base in (root, *_OF_ROOT.get(root, ())):
        bases |= {base, base + base[-1:]}
        bases.add(re.sub(r"([aeou])\1([^aeiou])$", r"\1\2", base))
        bases.add(re.sub(r"e([lrnm])$|o(r)$", lambda found: f"ee{found[1]}" if found[1] else "oor", base))
    for base in list(bases):
        bases.add(re.sub("f$", "v", base))
        bases.add(re.sub("s$", "z", base))
        if base.endswith("heid"):
            bases.add(base[:-3] + "ed")
        if base.endswith("k"):
            bases.add(base + "t")
    endings = ("", "e", "en", "n", "s", "es", "t", "ing", "ingen", "ings")
    found = {base + ending for base in bases for ending in endings}
    return (word, *sorted(form for form in found if form != word and stem(form) == root))

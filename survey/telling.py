"""Sentences about numbers, the same on every page."""

from collections.abc import Iterable
from typing import Any

from .barometer import MAIN_STATISTIC, EditionEntry, Number, barometer
from .models import Provenance, Qualifier, Statistic, Verdict
from .wording import in_ten, interval_text, result_text, unit_of

HOME = "nederland"
UNKNOWN = "niet vermeld"
#: Whose number it is, short enough to stand beside it.
PROVENANCE: dict[str, str] = {
    Provenance.PUBLISHED: "overgenomen uit de publicatie",
    Provenance.COMPUTED: "berekend uit de antwoorden",
    Provenance.EXAMPLE: "berekend uit verzonnen antwoorden",
}
VERDICT: dict[str, str] = {
    Verdict.MORE: "Dat is hoger dan bij de rest, en meer dan toeval.",
    Verdict.LESS: "Dat is lager dan bij de rest, en meer dan toeval.",
    Verdict.SAME: "Dat verschilt niet duidelijk van de rest: het kan toeval zijn.",
    Verdict.UNKNOWN: "Er zijn te weinig antwoorden om te zeggen of dat meer is dan toeval.",
}


def sentence(number: Number) -> str:
    """The number as a sentence: ‘17% van de organisaties werkte onder de radar’."""
    indicator = number.indicator
    is_main = number.statistic == MAIN_STATISTIC.get(indicator.unit)
    if number.is_known and indicator.phrase and is_main:
        text = f"{result_text(number)} {indicator.phrase}"
        return text[0].upper() + text[1:]
    return f"{indicator.name}: {result_text(number)}"


def base_text(number: Number) -> str:
    """Who answered, how many they were, which edition, and whose number it is."""
    who = who_answered(number)
    if number.group:
        who = f"{number.group.name}: {who.removeprefix('alle ')}"
    # A count of organisations is its own n.
    counted = [] if number.statistic == Statistic.COUNT else [f"n = {number.n}" if number.n else "n niet vermeld"]
    text = " · ".join([who, *counted, number.edition.name, provenance_text(number)])
    return text[0].upper() + text[1:]


def who_answered(number: Number) -> str:
    """Of whom the number tells; abroad also what was counted there, for that need not be an organisation."""
    who = number.indicator.base or "deelnemende organisaties"
    edition = number.edition
    if edition.country and edition.country.slug != HOME and edition.unit and not edition.unit.startswith(UNKNOWN):
        return f"{who} (in dit onderzoek: {edition.unit})"
    return who


def provenance_text(number: Number) -> str:
    """Whose number it is; where it was read, when that is not the publication of its own edition."""
    if number.provenance == Provenance.PUBLISHED and number.source not in ("", number.edition.source):
        return f"overgenomen uit ‘{number.source}’"
    return PROVENANCE[number.provenance]


def margin_text(number: Number) -> str:
    """Between which numbers it lies, in a sentence; nothing where no interval was computed."""
    if number.low is None or number.high is None:
        return ""
    return f"Marge: {interval_text(number.low, number.high, unit_of(number.statistic, number.indicator.unit))}."


def verdict_text(number: Number) -> str:
    """Whether the group differs from the rest, in a sentence; nothing where that was not looked at."""
    return VERDICT[number.verdict] if number.verdict else ""


def sources_text(numbers: Iterable[Number]) -> str:
    """Where numbers stand: each place once, with all its lines."""
    places: dict[str, set[int]] = {}
    for number in numbers:
        place = ", ".join(part for part in (number.source, number.locator) if part)
        places.setdefault(place, set()).update([number.text_line] if number.text_line else [])
    return "; ".join(_place_text(place, sorted(lines)) for place, lines in places.items())


def _place_text(place: str, lines: list[int]) -> str:
    if not lines:
        return place
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    said: list[str] = []
    for run in runs:
        said += [f"{run[0]} tot en met {run[-1]}"] if len(run) > 2 else map(str, run)
    word = "regel" if len(lines) == 1 else "regels"
    all_said = " en ".join(filter(None, (", ".join(said[:-1]), said[-1])))
    return f"{place}, {word} {all_said} van de gelezen tekst"


def key_number(number: Number, *, url: str = "", link_label: str = "") -> dict[str, Any]:
    """What `components/key_number.html` prints."""
    indicator = number.indicator
    said = indicator.phrase or indicator.name
    if number.group:
        said = f"{said} ({number.group.name})"
    return {
        "value": result_text(number),
        "text": f"{said}: {words}" if (words := in_words(number)) else said,
        "base": " ".join(filter(None, (f"{base_text(number)}.", margin_text(number), verdict_text(number)))),
        "url": url or indicator.url,
        "link_label": link_label or "Bekijk dit cijfer",
    }


def in_words(number: Number) -> str:
    """An exact share in words that people use, such as ‘bijna de helft’; nothing for other numbers."""
    is_exact_share = number.statistic.is_share and number.qualifier == Qualifier.EXACT
    return in_ten(number.value) if is_exact_share and number.value is not None else ""


def key_numbers(numbers: Iterable[Number | None]) -> list[dict[str, Any]]:
    """Those that are known."""
    return [key_number(number) for number in numbers if number and number.is_known]


def what_differs(editions: Iterable[EditionEntry]) -> list[str]:
    """What to mind when editions stand beside each other: unit, years and the cautions of each."""
    found = []
    for edition in editions:
        parts = [part for part in (edition.unit, edition.period, edition.fieldwork) if part]
        text = f"{edition.name}: {'; '.join(parts)}." if parts else f"{edition.name}."
        found.append(f"{text} {edition.caution}".strip())
    return found


def number_behind(concept_pk: int) -> tuple[str, str]:
    """The figure behind a concept as a sentence, and where it stands; two empty texts when there is none."""
    number = barometer().headline(concept_pk)
    return (f"{sentence(number)} ({number.edition.short_name})", number.indicator.url) if number else ("", "")

"""Names of private persons in a text: found by their shape, told with the place, never refused.

The rules know forms of address, frequent first names before a capital, e-mail addresses, telephone numbers and citizen
service numbers. They miss names and find things that are none: the editor decides.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .texts import FieldText

MOST = 8
"""Mentions that are shown; who sees these looks for the others."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRST_NAMES = _names(
    """
    Ahmed Ali Amber Amina An André Anna Anne Annelies Annemarie Anita Anouk Arie Arjan Arjen Astrid Bart Bas Bert
    Bianca Bram Brigitte Carla Carolien Caroline Chantal Charlotte Chris Christa Christian Claudia Cor Daan Daniël
    Danny David Dennis Desiree Diana Dick Dirk Edwin Eelco Ellen Els Emma Erik Eric Erwin Esther Eva Evelien Fatima
    Femke Ferry Floor Frank Frans Fred Frits Geert Gerard Gerda Gerrit Gert Gijs Guus Hanna Hannah Hanneke Hans Harm
    Harry Hassan Heleen Helma Henk Herman Hilde Hugo Ibrahim Ilse Inge Ingrid Irene Iris Ivo Jaap Jacob Jacqueline
    Jan Janine Janneke Jasper Jeroen Jessica Jet Joke Jolanda Joost Jop Joris Jos José Josje Joyce Judith Julia
    Jurgen Karel Karen Karin Kees Khadija Kim Klaas Koen Kirsten Lars Laura Leo Leon Lianne Lies Liesbeth Linda Lisa
    Lotte Lucas Luuk Maarten Maaike Manon Marc Marcel Margriet Maria Marian Marianne Marieke Marijke Marion Marit
    Marjan Mark Marleen Marloes Martijn Martin Mathijs Matthijs Maurits Max Melanie Merel Michael Michel Michiel
    Mieke Miranda Mirjam Mohamed Mohammed Monique Mustafa Myrthe Nadia Natasja Nick Nicole Niels Nienke Noor Olaf
    Omar Patricia Patrick Paul Paula Petra Peter Pieter Piet Pim Rachel Ralph Ramon Remco Renate René Renske Rianne
    Richard Rik Rob Robert Robin Roel Roelof Ronald Ron Rosa Ruben Rutger Ruud Sabine Sam Samira Sander Sandra Sanne
    Sara Sarah Saskia Sebastiaan Sem Silvia Simone Sjoerd Sofie Sophie Stefan Stijn Suzanne Sylvia Tamara Tanja Teun
    Theo Thijs Thomas Tim Timo Tineke Tjeerd Tom Ton Vera Victor Vincent Willem Willemijn Wilma Wim Wouter Yasmin
    Youssef Yvonne
    """
)
PREFIX = r"(?:(?:van|de|den|der|ter|ten|te|het|’t|'t|in|op|el|al|la|le|du|von)\s+){0,3}"
SURNAME = rf"{PREFIX}[A-ZÀ-Ý][\w’'-]+"
ADDRESSED = re.compile(
    rf"\b(?:[Dd]hr\.?|[Mm]evr\.?|[Mm]w\.?|[Mm]evrouw|[Mm]eneer|[Dd]e\s+heer)\s+(?:[A-Z]\.\s*)*{SURNAME}"
)
FULL_NAME = re.compile(rf"\b(?:{'|'.join(sorted(FIRST_NAMES))})\s+(?:[A-Z]\.\s*)*{SURNAME}")
MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
PHONE = re.compile(r"(?<![\w./-])(?:\+31|0031|0)[ -]?(?:\(0\)[ -]?)?[1-9](?:[ -]?\d){8}(?![\d])")
NINE_DIGITS = re.compile(r"(?<![\d.,-])\d{9}(?!\d|[.,-]\d)")


@dataclass(frozen=True, slots=True)
class Mention:
    """What looks like a private person, or a way to reach one, and where it stands."""

    kind: str
    found: str
    label: str
    anchor: str


def mentions(fields: Iterable[FieldText], known: Collection[str] = ()) -> list[Mention]:
    """Each once. `known` are names that may stand there: organisations, concepts, authors of publications."""
    allowed = " | ".join(known).casefold()
    found: dict[tuple[str, str], Mention] = {}
    for field in fields:
        for kind, text in _found(field.text):
            if text.casefold() not in allowed:
                found.setdefault((kind, text), Mention(kind, text, field.label, field.anchor))
    return list(found.values())[:MOST]


def _found(text: str) -> Iterable[tuple[str, str]]:
    for match in MAIL.finditer(text):
        yield "e-mailadres", match[0]
    for match in PHONE.finditer(text):
        yield "telefoonnummer", match[0]
    for match in NINE_DIGITS.finditer(text):
        if is_citizen_number(match[0]):
            yield "burgerservicenummer", match[0]
    taken: list[range] = []
    for match in ADDRESSED.finditer(text):
        taken.append(range(match.start(), match.end()))
        yield "naam", match[0]
    for match in FULL_NAME.finditer(text):
        if not any(match.start() in place for place in taken):
            yield "naam", match[0]


def is_citizen_number(digits: str) -> bool:
    """Nine digits that pass the eleven-test of a burgerservicenummer."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return int(digits) > 0 and sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0

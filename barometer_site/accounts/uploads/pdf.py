"""PDF files: nothing in them that runs, opens a program or carries another file."""

import re
import zlib
from collections.abc import Iterator

from .refusal import RefusedError

NOT_A_PDF = "Dit is geen pdf-bestand, al heet het zo. Bewaar het opnieuw als pdf en probeer het nog eens."
LOCKED = "Deze pdf is beveiligd met een wachtwoord, dus we kunnen hem niet controleren. Haal de beveiliging eraf."
RUNS = "In deze pdf zit iets dat op de computer van een lezer kan werken ({what}). Bewaar hem opnieuw zonder dat, bijvoorbeeld met ‘Afdrukken naar pdf’."
LARGE = "Deze pdf is te groot als hij is uitgepakt. Bewaar hem opnieuw, in delen."
#: Names of the format, with what they are. Each has so many letters that it doesn't turn up by chance in a picture.
DANGEROUS = {
    b"JavaScript": "een script",
    b"Launch": "een opdracht",
    b"EmbeddedFile": "een bijgevoegd bestand",
    b"EmbeddedFiles": "een bijgevoegd bestand",
    b"RichMedia": "een film of spel",
    b"SubmitForm": "een formulier dat gegevens verstuurt",
    b"ImportData": "een opdracht",
}
_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
#: How a compressed part starts that holds objects: numbers and places.
_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")
#: Bytes; more than this is not unpacked.
MOST_UNPACKED = 50 * 1024 * 1024


def check_pdf(data: bytes) -> None:
    """Raise when it is no PDF, can't be looked into, or holds a dangerous name, also inside compressed objects.

    Objects that are packed in a way that nobody's software uses (such as twice) are not looked into.
    """
    if not re.match(rb"%PDF-[12]\.\d", data) or b"%%EOF" not in data[-2048:]:
        raise RefusedError(NOT_A_PDF)
    names = set(_names(data))
    if b"Encrypt" in names:
        raise RefusedError(LOCKED)
    for part in _compressed_objects(data):
        names |= set(_names(part))
    for name, what in DANGEROUS.items():
        if name in names:
            raise RefusedError(RUNS.format(what=what))


def _names(data: bytes) -> Iterator[bytes]:
    """Names as they are meant: `/Java#53cript` is `JavaScript`."""
    for found in _NAME.findall(data):
        yield _HEX.sub(lambda code: bytes([int(code[1], 16)]), found)


def _compressed_objects(data: bytes) -> Iterator[bytes]:
    left = MOST_UNPACKED
    for found in _STREAM.finditer(data):
        part = memoryview(data)[found.end() :]
        try:
            if not _OBJECTS.match(zlib.decompressobj().decompress(part[:512], 64)):
                continue
            objects = zlib.decompressobj().decompress(part, left)
        except zlib.error:
            continue  # packed otherwise, or no stream at all
        left -= len(objects)
        if left <= 0:
            raise RefusedError(LARGE)
        yield objects

"""Documents and spreadsheets that are a zip file inside: DOCX, XLSX, ODT, ODS."""

import re
import zipfile
from typing import IO

from .refusal import RefusedError

NOT_ONE = "Dit is geen {extension}-bestand, al heet het zo. Bewaar het opnieuw als {extension} en probeer het nog eens."
MACROS = "In dit bestand zitten macro's. Bewaar het zonder macro's en probeer het nog eens."
INSIDE = "In dit bestand zit een ander bestand of programma. Haal dat eruit en probeer het nog eens."
OUTSIDE = "Dit bestand haalt iets op van een andere plek. Voeg dat beeld of sjabloon in het bestand zelf in, of haal het eruit."
LARGE = "Dit bestand is te groot als het is uitgepakt. Splits het in delen."
LOCKED = "Dit bestand is beveiligd met een wachtwoord, dus we kunnen het niet controleren. Haal de beveiliging eraf."

MOST_PARTS = 5000
#: Bytes.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PART = 50 * 1024 * 1024

#: What must be in it for each kind: a part, and what that part must say.
MUST_SAY = {
    "docx": ("[Content_Types].xml", rb"wordprocessingml\.document\.main\+xml"),
    "xlsx": ("[Content_Types].xml", rb"spreadsheetml\.sheet\.main\+xml"),
    "odt": ("mimetype", rb"\Aapplication/vnd\.oasis\.opendocument\.text\s*\Z"),
    "ods": ("mimetype", rb"\Aapplication/vnd\.oasis\.opendocument\.spreadsheet\s*\Z"),
}
_MACRO_PARTS = re.compile(r"(?:vbaProject|vbaData|macrosheets?/|^Basic/|^Scripts/)", re.IGNORECASE)
_FOREIGN_PARTS = re.compile(
    r"(?:/embeddings/|/activeX/|^Object |^ObjectReplacements/.*\.exe|\.(?:exe|dll|js|vbs|bat|html?|svg)$)",
    re.IGNORECASE,
)
_MACRO_TEXT = re.compile(
    rb"macroEnabled|script:event-listener|<office:script[ >]|ooo:macro|vnd\.sun\.star\.script", re.IGNORECASE
)
_DYNAMIC = re.compile(rb"\bDDE(?:AUTO)?\b\s|<(?:\w+:)?ddeLink|office:dde-source|<(?:\w+:)?oleLink", re.IGNORECASE)
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
_ODF_OUTSIDE = re.compile(rb"<(?:draw:(?:image|object|object-ole|plugin|applet|floating-frame)|table:table-source)\b[^>]*xlink:href\s*=\s*[\"'](?:[a-z]+:)?//", re.IGNORECASE)  # fmt: skip
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_package(file: IO[bytes], extension: str) -> None:
    """Raise when it is another kind of file, holds macros or foreign files, or fetches something when it is opened."""
    not_one = NOT_ONE.format(extension=extension)
    if extension not in MUST_SAY or file.read(4) != b"PK\x03\x04":
        raise RefusedError(not_one)
    try:
        with zipfile.ZipFile(file) as package:
            _check_parts(package)
            part, says = MUST_SAY[extension]
            if not re.search(says, package.read(part)):
                raise RefusedError(MACROS if _MACRO_TEXT.search(package.read(part)) else not_one)
            for info in package.infolist():
                if info.filename.lower().endswith((".xml", ".rels")):
                    _check_text(package.read(info))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise RefusedError(not_one) from error
    except RuntimeError as error:  # what zipfile says of a password
        raise RefusedError(LOCKED) from error


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise RefusedError(LARGE)
    for part in parts:
        if part.file_size > MOST_PART:
            raise RefusedError(LARGE)
        if _MACRO_PARTS.search(part.filename):
            raise RefusedError(MACROS)
        if _FOREIGN_PARTS.search(part.filename) or part.filename.startswith("/") or ".." in part.filename:
            raise RefusedError(INSIDE)


def _check_text(text: bytes) -> None:
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = text.decode("utf-16", "replace").encode()
    if _DECLARATION.search(text):
        raise RefusedError(INSIDE)
    if _MACRO_TEXT.search(text):
        raise RefusedError(MACROS)
    if _DYNAMIC.search(text) or _ODF_OUTSIDE.search(text):
        raise RefusedError(OUTSIDE)
    for found in _RELATIONSHIP.findall(text):
        # A link that a reader may click is fine; a template or picture from elsewhere is fetched by itself.
        if re.search(rb"TargetMode\s*=\s*[\"']External", found, re.IGNORECASE) and not re.search(
            rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", found, re.IGNORECASE
        ):
            raise RefusedError(OUTSIDE)

"""Whatever a file was written in, as UTF-8 with newlines, a piece at a time."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from .mistakes import refused

#: Bytes at a time: small enough for the memory of the processor, large enough to be fast.
CHUNK = 4 * 1024**2
_NUL = "Hier staat een teken zonder betekenis (NUL). Het bestand is beschadigd; maak de export opnieuw."
_UNREADABLE = "Het bestand bevat tekens die niet te lezen zijn. Bewaar het opnieuw als CSV UTF-8."


def utf8_chunks(path: Path, encoding: str, size: int, chunk: int = CHUNK) -> Iterator[tuple[bytes, float]]:
    """Pieces of the file, each with how far we are. Raises SurveyFileError at what is no text."""
    rows = 0
    for text, share in _decoded(path, encoding, size, chunk):
        if b"\0" in text:
            raise refused(_NUL, rows + text.count(b"\n", 0, text.index(b"\0")) + 1)
        rows += text.count(b"\n")
        yield text, share


def _decoded(path: Path, encoding: str, size: int, chunk: int) -> Iterator[tuple[bytes, float]]:
    decoder = codecs.getincrementaldecoder(encoding)()
    is_ascii_superset = encoding != "utf-16"
    pending = b""
    with path.open("rb") as file:
        while True:
            raw = file.read(chunk)
            try:
                # Bytes that are plain ASCII are UTF-8 already.
                if is_ascii_superset and raw.isascii() and not decoder.getstate()[0] and file.tell() > chunk:
                    text = raw
                else:
                    text = decoder.decode(raw, final=not raw).encode()
            except UnicodeError as error:
                raise refused(_UNREADABLE) from error
            text = pending + text
            pending = b""
            if text.endswith(b"\r") and raw:  # the other half of the line end may follow
                text, pending = text[:-1], b"\r"
            if b"\r" in text:
                text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            if text:
                yield text, min(1.0, file.tell() / size)
            if not raw:
                return

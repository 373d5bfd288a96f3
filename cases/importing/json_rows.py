"""Cases from JSON, one at a time: a line each, or in one list as the catalogue gives them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from survey.importing.encodings import utf8_chunks
from survey.importing.files import checked_size, encoding_of
from survey.importing.mistakes import refused, shortened

_LIST = re.compile(r'\s*(?:\[|\{\s*(?:"[^"\\]*"\s*:\s*(?:"[^"\\]*"|[\w.+-]+)\s*,\s*)*"casussen"\s*:\s*\[)')
_START = 4096
_NO_OBJECT = 'Hier hoort één casus te staan, tussen accolades: {"titel": ...}.'
_NOT_JSON = "Dit is geen JSON. Maak deze regel opnieuw."
_CUT_OFF = "Het bestand houdt halverwege een casus op. Is het half opgeslagen? Maak het opnieuw."

#: The number of a case, the case or what is wrong with it, and how far we are (0 to 1).
Item = tuple[int, dict[str, Any] | str, float]


class TwiceError(ValueError):
    """A name stands twice in one case."""


def is_json(path: Path, largest: int) -> bool:
    """Whether a file begins as JSON does. Raises SurveyFileError for one that is not there, empty or too large."""
    checked_size(path, largest)
    with path.open("rb") as file:
        start = file.read(64)
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    # A table may begin with a bracket too, but not with a text or another bracket right after it.
    return bool(re.match(rb'\s*(?:\{\s*["}]|\[\s*[{\]])', start.replace(b"\0", b"")))


def json_items(path: Path, longest: int) -> Iterator[Item]:
    """The cases of a file. Raises SurveyFileError where nobody can tell any more where a case ends."""
    with path.open("rb") as file:
        start = file.read(_START)
    size = path.stat().st_size
    chunks = utf8_chunks(path, encoding_of(path, start), size)
    texts = ((chunk.decode(), share) for chunk, share in chunks)
    first, share = next(texts, ("", 1.0))
    first = first.removeprefix("\ufeff")
    if opened := _LIST.match(first[:_START]):
        yield from _of_list(first[opened.end() :], share, texts, longest)
    else:
        yield from _of_lines(first, share, texts, longest)


def _of_lines(text: str, share: float, texts: Iterator[tuple[str, float]], longest: int) -> Iterator[Item]:
    number = 0
    more: tuple[str, float] | None = (text, share)
    kept = ""
    while more is not None:
        text, share = kept + more[0], more[1]
        *lines, kept = text.split("\n")
        for line in lines:
            number += 1
            if line.strip():
                yield number, _loaded(line, longest), share
        if len(kept) > longest:
            raise refused("Een regel in dit bestand is veel te lang. Zet elke casus op een eigen regel.")
        more = next(texts, None)
    if kept.strip():
        yield number + 1, _loaded(kept, longest), 1.0


def _of_list(text: str, share: float, texts: Iterator[tuple[str, float]], longest: int) -> Iterator[Item]:
    """One case after the other from a buffer that is filled when a case does not end within it."""
    number, at = 0, 0
    while True:
        at = _past(text, at)
        if at < len(text) and text[at] == "]":
            return
        try:
            if at >= len(text):
                raise _not_yet()
            item, end = _DECODER.raw_decode(text, at)
        except TwiceError as error:
            raise refused(f"Casus {number + 1}: {error}") from error
        except RecursionError as error:
            raise refused(f"Casus {number + 1}: {_NOT_JSON}") from error
        except ValueError as error:
            more = next(texts, None)
            if more is None:
                raise refused(
                    _CUT_OFF if at >= len(text) or _is_open(error, text) else f"Casus {number + 1}: {_NOT_JSON}"
                ) from error
            if len(text) - at > longest:
                raise refused(
                    f"Casus {number + 1} is veel te lang of is geen JSON. Maak het bestand opnieuw."
                ) from error
            text, share, at = text[at:] + more[0], more[1], 0
            continue
        number += 1
        yield number, item if isinstance(item, dict) else _NO_OBJECT, share
        at = end


def _not_yet() -> ValueError:
    return json.JSONDecodeError("more text is needed", "", 0)


def _is_open(error: ValueError, text: str) -> bool:
    """Whether the text ended before the case did."""
    place = getattr(error, "pos", 0)
    return place >= len(text.rstrip()) - 1 or "Unterminated" in str(error)


def _past(text: str, at: int) -> int:
    """The place of the next case, or of the end of the list."""
    while at < len(text) and (text[at].isspace() or text[at] == ","):
        at += 1
    return at


def _loaded(line: str, longest: int) -> dict[str, Any] | str:
    if len(line) > longest:
        return "Deze regel is veel te lang. Kort de casus in."
    try:
        item = _DECODER.decode(line.strip())
    except TwiceError as error:
        return str(error)
    except (ValueError, RecursionError):
        return _NOT_JSON
    return item if isinstance(item, dict) else _NO_OBJECT


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise TwiceError(f"‘{shortened(name)}’ staat twee keer in één casus. Laat er één staan.")
        found[name] = value
    return found


def _no_number(name: str) -> None:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)

"""Moments as survey tools write them: 15-02-2021 08:30, 2021-02-15T08:30:00, with or without a time."""

import re
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Moments = NDArray[np.datetime64]

_DATE = re.compile(
    r"(?:(?P<d>\d\d?)[-/.](?P<m>\d\d?)[-/.](?P<y>\d{4})|(?P<y2>\d{4})[-/.](?P<m2>\d\d?)[-/.](?P<d2>\d\d?))"
    r"(?:(?:T|,?\s+)(?P<H>\d\d?):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?)?\s*(?:Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_LONGEST = 40
_ZERO = ord("0")


def read_moments(texts: "pd.Series[str]") -> tuple[Moments, NDArray[np.bool_]]:
    """Each text as a moment (NaT where empty), and which texts are no moment that exists."""
    moments = np.full(len(texts), np.datetime64("NaT"), "datetime64[s]")
    values = texts.to_numpy(object)
    filled = pd.notna(values)
    if not filled.any():
        return moments, np.zeros(len(texts), bool)
    todo = filled.copy()
    sample = values[np.argmax(filled)]
    if match := _DATE.fullmatch(sample):
        same = np.flatnonzero(filled)
        same = same[np.fromiter(map(len, values[same]), np.int64, len(same)) == len(sample)]
        fast, done = _read_alike(values[same], match)
        moments[same[done]] = fast[done]
        todo[same[done]] = False
    wrong = np.zeros(len(texts), bool)
    if todo.any():
        places, unique = pd.factorize(values[todo])
        read = [_read_one(str(text)) for text in unique]
        found = np.array([np.datetime64(one, "s") if one else np.datetime64("NaT", "s") for one in read])[places]
        is_blank = np.array([not str(text).strip() for text in unique])[places]
        moments[todo] = found
        wrong[todo] = np.isnat(found) & ~is_blank
    return moments, wrong


def _read_alike(values: NDArray[np.object_], sample: "re.Match[str]") -> tuple[Moments, NDArray[np.bool_]]:
    """Texts of the same length, by the places of the digits in the sample; the second array tells which fitted."""
    width = len(sample.string)
    try:
        letters = values.astype(f"S{width}").view(np.uint8).reshape(len(values), width)
    except UnicodeEncodeError:
        return np.empty(len(values), "datetime64[s]"), np.zeros(len(values), bool)
    fits = np.ones(len(values), bool)
    parts = {name[0]: sample.span(name) for name, value in sample.groupdict().items() if value is not None}
    digits = {place for start, end in parts.values() for place in range(start, end)}
    for place, letter in enumerate(sample.string.encode()):
        found = letters[:, place]
        fits &= (found >= _ZERO) & (found <= _ZERO + 9) if place in digits else found == letter

    def number(name: str) -> NDArray[np.int64]:
        total = np.zeros(len(values), np.int64)
        for place in range(*parts.get(name, (0, 0))):
            total = total * 10 + letters[:, place] - _ZERO
        return total

    month, day = number("m"), number("d")
    fits &= (month >= 1) & (month <= 12) & (day >= 1) & (number("y") >= 1)
    fits &= (number("H") < 24) & (number("M") < 60) & (number("S") < 60)
    first = ((number("y") - 1970) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")
    moment = first.astype("datetime64[D]") + (day - 1)
    fits &= moment.astype("datetime64[M]") == first
    seconds = number("H") * 3600 + number("M") * 60 + number("S")
    return moment.astype("datetime64[s]") + seconds, fits


def _read_one(text: str) -> datetime | None:
    text = text.strip()
    match = _DATE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    parts = {name[0]: int(value) for name, value in match.groupdict().items() if value is not None}
    try:
        return datetime(parts["y"], parts["m"], parts["d"], parts.get("H", 0), parts.get("M", 0), parts.get("S", 0))
    except ValueError:
        return None

"""Made-up answers to the questionnaire of 2021, so that everybody can see what a full edition looks like.

The shares are near the published ones; no organisation gave any of these answers. Same arguments, same file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from openpyxl import Workbook

Dialect = Literal["nl", "en", "xlsx"]
Numbers = NDArray[np.int8]
Chances = NDArray[np.float64]

#: Finished responses in each sector in 2021, in the order of their codes.
SECTORS = (85, 110, 4, 26, 3, 14, 76, 12, 36)
#: How far the climate of each sector is from that of all.
SECTOR_CLIMATE = (-0.05, 0.12, -0.2, 0.1, 0.0, -0.25, -0.15, 0.0, 0.2)
#: The codes of the clusters that occur in each sector.
CLUSTERS = ((1,), (4, 6, 7, 8, 11, 12, 13, 14, 15, 16), (17,), (4, 6, 7), (6,), (10,), (3, 5, 9), (8,), (2,))
#: Questions to everybody with one answer: the share of each answer, in percent.
SINGLE = {"v2_omvang": (22, 33, 25, 20), "v3_productie": (10, 31, 34, 17, 8), "v4_thuiswerk": (8, 9, 12, 71)}
SINGLE |= {"v5_faciliteiten": (25, 71, 4)}
#: Questions to those who innovated with one answer.
SINGLE_ASKED = {"v8_herkomst": (30, 48, 22), "v9_technologie": (11, 59, 20, 10), "v10_nieuw": (34, 33, 33)}
SINGLE_ASKED |= {"v15_delen": (60, 40), "v17_strategie": (40, 19, 17, 11, 13)}
#: Questions to those who innovated with more answers: the share that chose each.
MULTIPLE = {
    "v7_type": (39, 52, 77, 62),
    "v11_aanleiding": (49, 32, 30, 29, 14, 13, 10, 8, 5, 4, 3),
    "v12_kanaal": (55, 35, 28, 33, 12),
    "v13_partner": (48, 46, 36, 22, 9, 5, 7),
    "v14_fase": (40, 66, 58, 62, 25),
    "v16_financiering": (85, 18, 8, 10, 7),
}
#: Who has a better climate chooses more of these.
FAVOURED = ("v7_type", "v14_fase")
#: How far each factor is from neutral.
FACTORS = (0.9, 0.75, 0.65, 0.45, 0.5, 0.6, 0.4, 0.3, -0.6, -0.45, -0.4, 0.0, 0.05, 0.05, 0.1)
VALUES = (65, 60, 42, 38, 29)
#: How far each statement is from the climate of the organisation.
STATEMENTS = (0.45, 0.35, 0.3, 0.2, 0.05, -0.05, -0.35, -0.05, -0.3, -0.35, 0.0, -0.9)
SAFETY = {"v21_fouten_veilig": -0.2, "v21_verbeteren": 0.0}
INNOVATED = 0.86
CLIMATE, SPREAD = 3.62, 0.52
#: "Don't know", and a cell that stays empty.
UNKNOWN, EMPTY = 9, -1

DIGITAL = (
    "Digitale aanvraag", "Digitaal loket", "Dashboard met data", "Digitale dienstverlening", "Data uit de keten",
    "Sensoren en data", "Chatbot met digitale hulp", "Algoritme op eigen data", "Digitale tweeling", "Kaart met open data",
)  # fmt: skip
DIGITAL_ENDS = (
    "voor inwoners", "voor ondernemers", "voor toezicht en inspectie", "samen met gemeenten", "in de hele keten",
    "voor het beheer van de openbare ruimte", "om sneller te beslissen", "met een nieuwe werkwijze", "voor medewerkers",
)  # fmt: skip
REMOTE = (
    "Thuiswerken en digitaal overleggen", "Thuiswerken", "Online overleggen", "Beeldbellen met inwoners", "Hybride werken",
    "Online vergaderen", "Thuiswerken met beeldbellen", "Overleggen op afstand",
)  # fmt: skip
REMOTE_ENDS = (
    "voor alle medewerkers", "met nieuwe afspraken", "in kleine teams", "ook na de pandemie", "met inwoners en bestuur",
    "binnen enkele weken ingevoerd", "als vaste werkwijze",
)  # fmt: skip
TEXTS = (
    "",
    *(f"{start} {end}" for start in DIGITAL for end in DIGITAL_ENDS),
    *(f"{start} {end}" for start in REMOTE for end in REMOTE_ENDS),
)
#: Shares of: no text, the digital cluster, the cluster of working at home.
TEXT_SHARES = (0.2, 0.45, 0.35)

FIRST_DAY = np.datetime64("2021-02-15T08:00", "m")
FIELDWORK_DAYS = 90
AT_A_TIME = 50_000
TITLE = "Export van de vragenlijst (verzonnen antwoorden)"


@dataclass(frozen=True, slots=True)
class Example:
    """All responses: whether each is finished, when it was, its codes, and the place of its text in TEXTS."""

    is_finished: NDArray[np.bool_]
    started: NDArray[np.datetime64]
    ended: NDArray[np.datetime64]
    codes: dict[str, Numbers]
    texts: NDArray[np.int64]

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return ["respons_id", "startdatum", "einddatum", "status", *self.codes, "v22_omschrijving"]


def write_example(path: Path, *, rows: int = 366, seed: int = 2021, dialect: Dialect = "nl") -> None:
    """Write made-up responses as a survey tool does; `rows` are finished, and some unfinished ones come on top.

    nl: semicolons, Windows-1252. en: commas, UTF-8 with BOM. xlsx: one sheet with a title above the header.
    """
    example = make_example(rows, seed)
    if dialect == "xlsx":
        _write_workbook(path, example)
        return
    delimiter, newline, mark = (";", "\r\n", b"") if dialect == "nl" else (",", "\n", b"\xef\xbb\xbf")
    with path.open("wb") as file:
        file.write(mark + (delimiter.join(example.header) + newline).encode("ascii"))
        for start in range(0, len(example.texts), AT_A_TIME):
            cells = list(_cells(example, slice(start, start + AT_A_TIME), dialect))
            file.write(_joined(cells, delimiter.encode(), newline.encode()))


def make_example(rows: int, seed: int) -> Example:
    """The responses, in a mixed order."""
    rng = np.random.default_rng(seed)
    unfinished = max(3, rows // 60)
    total = rows + unfinished
    is_finished = np.ones(total, bool)
    is_finished[rng.choice(total, unfinished, replace=False)] = False
    sector = np.empty(total, np.int8)
    sector[is_finished] = _quota(rng, SECTORS, rows)
    sector[~is_finished] = _quota(rng, SECTORS, unfinished)
    codes = _answers(rng, sector)
    texts = np.where(codes["v6_innovatie"] == 1, _texts(rng, total), 0)
    # Who stops, stops somewhere halfway.
    until = rng.integers(1, len(codes), total)
    for place, column in enumerate(codes.values()):
        column[~is_finished & (place >= until)] = EMPTY
    texts[~is_finished] = 0
    started = FIRST_DAY + rng.integers(0, FIELDWORK_DAYS * 24 * 60, total).astype("timedelta64[m]")
    ended = started + rng.integers(9, 60, total).astype("timedelta64[m]")
    return Example(is_finished, started, ended, codes, texts)


def _answers(rng: np.random.Generator, sector: Numbers) -> dict[str, Numbers]:
    total = len(sector)
    climate = np.array(SECTOR_CLIMATE)[sector - 1] + SPREAD * rng.standard_normal(total)
    codes = {"v1_sector": sector, "v1b_cluster": _cluster(rng, sector)}
    codes |= {name: _quota(rng, shares, total) for name, shares in SINGLE.items()}
    has = _most_likely(rng, INNOVATED, 0.2 * climate)
    codes["v6_innovatie"] = np.where(has, 1, 2).astype(np.int8)
    asked: dict[str, Numbers] = {}
    for name, shares in MULTIPLE.items():
        lift = (0.15 if name in FAVOURED else 0.0) * climate
        asked |= {f"{name}_{i}": _chosen(rng, share, lift, has) for i, share in enumerate(shares, 1)}
    asked |= {name: _quota(rng, shares, total) for name, shares in SINGLE_ASKED.items()}
    asked["v17_strategie"] = _sometimes_unknown(rng, 0.02, asked["v17_strategie"])
    for i, offset in enumerate(FACTORS, 1):
        answer = _scale(rng, 3 + offset + 0.35 * climate, 0.85)
        asked[f"v18_factor_{i}"] = _sometimes_unknown(rng, 0.04, answer)
    for i, share in enumerate(VALUES, 1):
        answer = 2 - _chosen(rng, share, 0.3 * climate, has)
        asked[f"v19_waarde_{i}"] = _sometimes_unknown(rng, 0.05, answer)
    # In the order of the questionnaire.
    for name in sorted(asked, key=lambda name: int(name[1:].split("_")[0])):
        codes[name] = np.where(has, asked[name], EMPTY).astype(np.int8)
    for i, offset in enumerate(STATEMENTS, 1):
        codes[f"v20_klimaat_{i}"] = _sometimes_unknown(rng, 0.02, _scale(rng, CLIMATE + climate + offset, 0.75))
    for name, offset in SAFETY.items():
        codes[name] = _scale(rng, CLIMATE + climate + offset, 0.8)
    return codes


def _quota(rng: np.random.Generator, shares: tuple[int, ...], total: int) -> Numbers:
    """Codes from 1 in exactly these shares, in any order."""
    edges = np.rint(np.cumsum((0, *shares)) / sum(shares) * total).astype(np.int64)
    codes = np.repeat(np.arange(1, len(shares) + 1, dtype=np.int8), np.diff(edges))
    return rng.permutation(codes)


def _most_likely(rng: np.random.Generator, share: float, lift: Chances) -> NDArray[np.bool_]:
    """True for exactly this share, more often where the lift is high."""
    score = rng.random(len(lift)) + lift
    found: NDArray[np.bool_] = score > np.quantile(score, 1 - share)
    return found


def _chosen(rng: np.random.Generator, percent: int, lift: Chances, asked: NDArray[np.bool_]) -> Numbers:
    chosen = np.zeros(len(lift), np.int8)
    chosen[asked] = _most_likely(rng, percent / 100, lift[asked])
    return chosen


def _scale(rng: np.random.Generator, centre: Chances, spread: float) -> Numbers:
    return np.clip(np.rint(centre + spread * rng.standard_normal(len(centre))), 1, 5).astype(np.int8)


def _sometimes_unknown(rng: np.random.Generator, share: float, answers: Numbers) -> Numbers:
    return np.where(rng.random(len(answers)) < share, UNKNOWN, answers).astype(np.int8)


def _cluster(rng: np.random.Generator, sector: Numbers) -> Numbers:
    most = max(map(len, CLUSTERS))
    table = np.array([(some * most)[:most] for some in CLUSTERS], np.int8)
    sizes = np.array([len(some) for some in CLUSTERS])[sector - 1]
    return table[sector - 1, (rng.random(len(sector)) * sizes).astype(np.int64)]


def _texts(rng: np.random.Generator, total: int) -> NDArray[np.int64]:
    digital = len(DIGITAL) * len(DIGITAL_ENDS)
    sizes = np.array([1, digital, len(TEXTS) - 1 - digital])
    starts = np.array([0, 1, 1 + digital])
    group = rng.choice(3, total, p=TEXT_SHARES)
    return starts[group] + (rng.random(total) * sizes[group]).astype(np.int64)


def _cells(example: Example, rows: slice, dialect: Dialect) -> Iterator[NDArray[np.bytes_]]:
    """Column after column, each cell as it is written."""
    is_finished = example.is_finished[rows]
    yield np.arange(100_001, 100_001 + len(example.texts))[rows].astype("S9")
    yield _moments(example.started[rows], dialect)
    yield np.where(is_finished, _moments(example.ended[rows], dialect), b"")
    yield np.where(is_finished, b"Voltooid", b"Niet voltooid")
    words = np.array([*(str(code) for code in range(20)), ""], "S2")
    for column in example.codes.values():
        yield words[column[rows]]
    yield np.array([text.encode("cp1252" if dialect == "nl" else "utf-8") for text in TEXTS])[example.texts[rows]]


def _moments(moments: NDArray[np.datetime64], dialect: Dialect) -> NDArray[np.bytes_]:
    texts = np.datetime_as_string(moments, unit="m" if dialect == "nl" else "s").astype("S19")
    if dialect != "nl":
        return texts
    letters = texts.view("S1").reshape(len(texts), 19)
    dutch = letters[:, [8, 9, 7, 5, 6, 7, 0, 1, 2, 3, 10, 11, 12, 13, 14, 15]]
    dutch[:, 10] = b" "
    return np.ascontiguousarray(dutch).view("S16").ravel()


def _joined(cells: list[NDArray[np.bytes_]], delimiter: bytes, newline: bytes) -> bytes:
    """All cells side by side at their full widths, then without the padding."""
    after = [delimiter] * (len(cells) - 1) + [newline]
    width = sum(column.itemsize + len(end) for column, end in zip(cells, after, strict=True))
    letters = np.zeros((len(cells[0]), width), np.uint8)
    place = 0
    for column, end in zip(cells, after, strict=True):
        size = column.itemsize
        letters[:, place : place + size] = np.ascontiguousarray(column).view(np.uint8).reshape(len(column), size)
        place += size
        letters[:, place : place + len(end)] = np.frombuffer(end, np.uint8)
        place += len(end)
    return letters[letters != 0].tobytes()


def _write_workbook(path: Path, example: Example) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Antwoorden")
    for row in ([TITLE], [], [], example.header):
        sheet.append(row)
    columns: list[list[Any]] = [
        [None if code == EMPTY else int(code) for code in one] for one in example.codes.values()
    ]
    codes = zip(*columns, strict=True)
    started, ended = example.started.astype(object), example.ended.astype(object)
    for number, answers in enumerate(codes):
        is_finished = bool(example.is_finished[number])
        end = ended[number] if is_finished else None
        status = "Voltooid" if is_finished else "Niet voltooid"
        text = TEXTS[int(example.texts[number])] or None
        sheet.append([100_001 + number, started[number], end, status, *answers, text])
    book.save(path)

"""How good search is: questions with the cases that belong to them, and how near an answer comes to that."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any, Final

import yaml

#: The kinds of questions, in the order of the table.
KINDS: Final = {
    "plain": "gewone woorden",
    "typo": "tikfouten",
    "compound": "samenstellingen",
    "inflection": "verbuigingen",
    "synonym": "synoniemen",
    "phrase": "letterlijk",
    "minus": "zonder woord",
    "part": "half woord",
    "number": "getallen",
    "organisation": "organisaties",
    "everyday": "alledaags",
    "no-answer": "geen antwoord",
}
NO_ANSWER: Final = "no-answer"
HALVES: Final = ("tune", "hold")
GRADES: Final = (3, 2, 1)
#: Grade from which a case is what was asked.
RELEVANT = 2
DEPTH = 10
FIRST = 3


class JudgementError(Exception):
    """The file of judged questions is missing or wrong; the message says what and where, in Dutch."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question and the cases that belong to it, by slug."""

    kind: str
    query: str
    half: str
    """"tune": search may be adjusted to it; "hold": only to measure with."""
    grades: Mapping[str, int]
    """3: exactly what was asked, 2: clearly relevant, 1: touches it. Any other case is worth nothing."""
    never: frozenset[str] = frozenset()
    """Shut out by the question: one of these in the answer makes it worth nothing."""

    @property
    def slugs(self) -> frozenset[str]:
        """Every case that it names."""
        return self.never | set(self.grades)


@dataclass(frozen=True, slots=True)
class Answer:
    """What search gave on one question."""

    judgement: Judgement
    found: tuple[str, ...] = ()
    """Slugs, the first on top."""
    failed: bool = False
    """Search gave an error instead of an answer."""

    @property
    def ndcg(self) -> float:
        """From 0 to 1: how near the order is to the best possible one."""
        return 0.0 if self._spoiled else ndcg(self.found, self.judgement.grades)

    @property
    def success(self) -> bool:
        """A relevant case is among the first three."""
        return not self._spoiled and any(self.judgement.grades.get(slug, 0) >= RELEVANT for slug in self.found[:FIRST])

    @property
    def empty(self) -> bool:
        """Nothing was found, and nothing went wrong."""
        return not self.found and not self.failed

    @property
    def _spoiled(self) -> bool:
        return self.failed or not self.judgement.never.isdisjoint(self.found)


@dataclass(frozen=True, slots=True)
class Score:
    """Several answers together. Shares from 0 to 1; None where there is nothing to say."""

    queries: int
    ndcg: float | None
    ndcg_of_half: Mapping[str, float | None]
    success: float | None
    empty: float | None
    failed: int


def dcg(gains: Iterable[float]) -> float:
    """Discounted cumulative gain: what stands lower counts for less."""
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """The gain of the first `depth` (2^grade - 1 each), as a share of that of the best order; 0 when nothing has a grade."""
    best = dcg(2**grade - 1 for grade in sorted(grades.values(), reverse=True)[:depth])
    return dcg(2 ** grades.get(slug, 0) - 1 for slug in found[:depth]) / best if best else 0.0


def score(answers: Sequence[Answer]) -> Score:
    """The means. Questions without an answer only count in `empty` and `failed`."""
    asked = [answer for answer in answers if answer.judgement.kind != NO_ANSWER]
    return Score(
        queries=len(answers),
        ndcg=_mean(answer.ndcg for answer in asked),
        ndcg_of_half={half: _mean(answer.ndcg for answer in asked if answer.judgement.half == half) for half in HALVES},
        success=_mean(answer.success for answer in asked),
        empty=_mean(answer.empty for answer in answers),
        failed=sum(answer.failed for answer in answers),
    )


def scores(answers: Sequence[Answer]) -> dict[str, Score]:
    """Per kind, and under "" for all questions that have an answer."""
    kinds = {kind: [answer for answer in answers if answer.judgement.kind == kind] for kind in KINDS}
    found = {kind: score(of_kind) for kind, of_kind in kinds.items() if of_kind}
    return found | {"": score([answer for answer in answers if answer.judgement.kind != NO_ANSWER])}


def ask(judgements: Iterable[Judgement], search: Callable[[str], Sequence[str] | None]) -> list[Answer]:
    """Put every question to `search`, which gives slugs, or None after an error."""
    answers = []
    for judgement in judgements:
        found = search(judgement.query)
        answers.append(Answer(judgement, tuple(found or ()), failed=found is None))
    return answers


def read_judgements(path: Path) -> list[Judgement]:
    """The questions of the file. Raises JudgementError."""
    try:
        kinds = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise JudgementError(
            f"Het bestand met beoordeelde zoekvragen is niet te lezen: {path}. Noem een ander met --file."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise JudgementError(f"{path.name} is geen leesbare YAML: {error}") from error
    if not isinstance(kinds, dict):
        raise JudgementError(f"{path.name}: begin met een soort vraag, zoals plain.")
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise JudgementError(f"{path.name}: onbekende soort {unknown[0]}. Kies uit: {', '.join(KINDS)}.")
    judgements = [_judgement(kind, row, path.name) for kind, rows in kinds.items() for row in rows or []]
    seen: set[str] = set()
    for judgement in judgements:
        if judgement.query.lower() in seen:
            raise JudgementError(f"{path.name}: de vraag “{judgement.query}” staat er twee keer.")
        seen.add(judgement.query.lower())
    return judgements


def _judgement(kind: str, row: Any, file: str) -> Judgement:
    query = row.get("query") if isinstance(row, dict) else None
    if not isinstance(query, str) or not query.strip():
        raise JudgementError(f"{file}, {kind}: een vraag zonder query, of met een query die geen tekst is: {row!r}.")
    where = f"{file}, “{query}”"
    if unknown := [key for key in row if key not in ("query", "half", "never", *GRADES)]:
        raise JudgementError(f"{where}: {unknown[0]} kan hier niet. Het mag zijn: query, half, 3, 2, 1 en never.")
    if row.get("half") not in HALVES:
        raise JudgementError(f"{where}: zet bij half: {' of '.join(HALVES)}.")
    named = [(slug, grade) for grade in (*GRADES, "never") for slug in row.get(grade, [])]
    grades = {slug: grade for slug, grade in named if isinstance(grade, int)}
    if len({slug for slug, _ in named}) != len(named):
        raise JudgementError(f"{where}: een casus staat er twee keer.")
    if (kind == NO_ANSWER) == bool(grades):
        wrong = "hier hoort geen casus bij" if grades else "noem minstens één casus"
        raise JudgementError(f"{where}: {wrong}.")
    return Judgement(kind, query, row["half"], grades, frozenset(row.get("never", [])))


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return sum(listed) / len(listed) if listed else None

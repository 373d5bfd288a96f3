"""Logistic regression: which features go with an outcome when all are looked at together."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, special

from .intervals import CONFIDENCE

Columns = Sequence[NDArray[Any]]
Numbers = NDArray[np.float64]

#: Newton's steps stop when the next one promises the log likelihood less than this; that one is still taken, and leaves
#: the coefficients off by far less than a millionth of their standard errors.
PROMISE = 1e-8
STEPS, HALVINGS = 60, 20
#: An error of the log odds beyond this, over the whole range of a feature, comes of chances of 0 or 1: the outcome is
#: separated and no finite answer exists (Albert and Anderson 1984). Errors that mean something stay under 20; those of
#: separated features are over 1000 by the time the steps stop.
LARGEST_ERROR = 50.0
#: Columns that others explain up to this part of their spread carry nothing of their own.
COLLINEAR = 1e-8
#: Rows are taken in blocks that fit the processor's cache, so a million of them need no matrix of their own.
BLOCK = 8192
SIGNIFICANCE = 0.05


class Problem(StrEnum):
    """Why a regression can't be estimated."""

    TOO_FEW = "fewer respondents than coefficients"
    ONE_OUTCOME = "everybody has the same outcome"
    CONSTANT = "a feature is the same for everybody"
    COLLINEAR = "a feature follows from the others"
    SEPARATED = "features predict the outcome without error"


class NotEstimableError(Exception):
    """This regression has no meaningful answer; `problem` says why, `column` which feature where one is to blame."""

    def __init__(self, problem: Problem, column: int | None = None):
        super().__init__(problem.value if column is None else f"{problem.value} (column {column})")
        self.problem, self.column = problem, column


@dataclass(frozen=True, slots=True)
class Coefficient:
    """What one feature does to the odds of the outcome, for one step of the feature, the others held equal."""

    estimate: float
    error: float
    odds_ratio: float
    low: float
    high: float
    probability: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted regression. `columns` tells which of the given features are in it, in the order of `coefficients`.

    McFadden's R² is 1 - L/L0; the adjusted one counts each coefficient against it: 1 - (L - k)/L0, k with intercept.
    """

    columns: tuple[int, ...]
    coefficients: tuple[Coefficient, ...]
    intercept: float
    n: int
    log_likelihood: float
    mcfadden: float
    adjusted: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """Coefficients on standardised columns, intercept first."""

    weights: Numbers
    information: Numbers
    log_likelihood: float

    def without(self, place: int) -> Numbers:
        """About the weights that a fit without one of them gives (Lawless and Singhal 1978); good to begin with."""
        shift = np.linalg.solve(self.information, np.eye(len(self.weights))[place])
        return np.delete(self.weights - shift * self.weights[place] / shift[place], place)


def logistic(outcome: NDArray[np.bool_], columns: Columns) -> Logistic:
    """Fit by Newton's method (iteratively reweighted least squares). No value may be NaN.

    Raises NotEstimableError rather than returning coefficients that mean nothing.
    """
    return _Model(outcome, columns).fit(tuple(range(len(columns))))


def backward(
    outcome: NDArray[np.bool_], columns: Columns, significance: float = SIGNIFICANCE, most: int | None = None
) -> Logistic | None:
    """Leave out the least certain feature, fit again, and so on until each left has p < `significance` (Wald).

    As the report of 2021 did ("stepwise, backward"). With `most`, it goes on until no more than that many are left.
    Nothing if no feature is left. What is left is chosen because it stands out in these answers, so its p-values
    flatter: a pointer, not proof. Raises NotEstimableError when the regression on all features can't be estimated.
    """
    model = _Model(outcome, columns)
    kept, start = tuple(range(len(columns))), None
    while kept:
        found, fit = model.fit_from(kept, start)
        worst = max(range(len(kept)), key=lambda place: found.coefficients[place].probability)
        too_many = most is not None and len(kept) > most
        if found.coefficients[worst].probability < significance and not too_many:
            return found
        kept = kept[:worst] + kept[worst + 1 :]
        start = fit.without(worst + 1)
    return None


class _Model:
    """Outcome and features of one regression, with what every fit on them needs."""

    def __init__(self, outcome: NDArray[np.bool_], columns: Columns):
        self.outcome, self.n = outcome.astype(np.float64), len(outcome)
        events = float(self.outcome.sum())
        if self.n <= len(columns) + 1:
            raise NotEstimableError(Problem.TOO_FEW)
        if events in (0, self.n):
            raise NotEstimableError(Problem.ONE_OUTCOME)
        chance = events / self.n
        self.log_odds = log(chance / (1 - chance))
        self.nothing_known = events * log(chance) + (self.n - events) * log(1 - chance)
        self.columns = columns
        self.centres = np.array([column.mean(dtype=np.float64) for column in columns])
        self.scales = np.array([column.std(dtype=np.float64) for column in columns])
        self.ranges = np.array([float(column.max()) - float(column.min()) for column in columns])
        for place, (centre, scale) in enumerate(zip(self.centres, self.scales, strict=True)):
            if not scale > COLLINEAR * max(1.0, abs(centre)):
                raise NotEstimableError(Problem.CONSTANT, place)

    def fit(self, kept: tuple[int, ...]) -> Logistic:
        return self.fit_from(kept, None)[0]

    def fit_from(self, kept: tuple[int, ...], start: Numbers | None) -> tuple[Logistic, _Fit]:
        """The regression on some of the features, and what the next one can begin with."""
        first = np.concatenate([[self.log_odds], np.zeros(len(kept))]) if start is None else start
        fit = self._newton(kept, first)
        return self._described(kept, fit), fit

    def _newton(self, kept: tuple[int, ...], weights: Numbers) -> _Fit:
        likelihood, slope, information = self._pass(kept, weights)
        self._refuse_collinear(kept, information)
        for _ in range(STEPS):
            step = self._solve(information, slope)
            if slope @ step / 2 < PROMISE:
                return _Fit(weights + step, information, likelihood)
            for _ in range(HALVINGS):
                found = self._pass(kept, weights + step)
                if found[0] >= likelihood - PROMISE:
                    break
                step = step / 2
            weights = weights + step
            likelihood, slope, information = found
        raise NotEstimableError(Problem.SEPARATED)

    def _pass(self, kept: tuple[int, ...], weights: Numbers) -> tuple[float, Numbers, Numbers]:
        """Log likelihood, its slope and its information at these weights, over all rows."""
        size = len(kept) + 1
        likelihood, slope, information = 0.0, np.zeros(size), np.zeros((size, size))
        centres, scales = self.centres[list(kept)], self.scales[list(kept)]
        for begin in range(0, self.n, BLOCK):
            rows = slice(begin, min(begin + BLOCK, self.n))
            features = np.ones((size, rows.stop - begin))
            for place, column in enumerate(kept, 1):
                features[place] = self.columns[column][rows]
            features[1:] -= centres[:, None]
            features[1:] /= scales[:, None]
            odds = weights @ features
            chance = special.expit(odds)
            likelihood += float(self.outcome[rows] @ odds - np.logaddexp(0, odds).sum())
            slope += features @ (self.outcome[rows] - chance)
            features *= np.sqrt(chance * (1 - chance))
            information += features @ features.T
        return likelihood, slope, information

    def _refuse_collinear(self, kept: tuple[int, ...], information: Numbers) -> None:
        """Columns are standardised, so what is left of each after the columns before it shows on the diagonal of R."""
        _, left, order = linalg.qr(information / information[0, 0], mode="economic", pivoting=True)
        sizes = np.abs(np.diag(left))
        if sizes[-1] <= COLLINEAR * sizes[0]:
            raise NotEstimableError(Problem.COLLINEAR, kept[order[-1] - 1] if order[-1] else None)

    def _solve(self, information: Numbers, slope: Numbers) -> Numbers:
        try:
            return np.asarray(linalg.cho_solve(linalg.cho_factor(information), slope))
        except linalg.LinAlgError:
            # It was regular at the start: the chances ran to 0 and 1.
            raise NotEstimableError(Problem.SEPARATED) from None

    def _described(self, kept: tuple[int, ...], fit: _Fit) -> Logistic:
        scales = self.scales[list(kept)]
        estimates = fit.weights[1:] / scales
        errors = np.sqrt(np.diag(self._solve(fit.information, np.eye(len(kept) + 1)))[1:]) / scales
        if (errors * self.ranges[list(kept)] > LARGEST_ERROR).any():
            raise NotEstimableError(Problem.SEPARATED)
        coefficients = tuple(map(_coefficient, estimates.tolist(), errors.tolist()))
        return Logistic(
            columns=kept,
            coefficients=coefficients,
            intercept=float(fit.weights[0] - estimates @ self.centres[list(kept)]),
            n=self.n,
            log_likelihood=fit.log_likelihood,
            mcfadden=1 - fit.log_likelihood / self.nothing_known,
            adjusted=1 - (fit.log_likelihood - len(kept) - 1) / self.nothing_known,
        )


def _coefficient(estimate: float, error: float) -> Coefficient:
    reach = float(special.ndtri((1 + CONFIDENCE) / 2)) * error
    with np.errstate(over="ignore"):
        ratio, low, high = np.exp([estimate, estimate - reach, estimate + reach]).tolist()
    return Coefficient(estimate, error, ratio, low, high, float(2 * special.ndtr(-abs(estimate / error))))

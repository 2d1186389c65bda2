"""Intraclass correlation in its six forms, and how many reviewers a reliable mean needs.

Source: Shrout & Fleiss (1979), Psychol. Bull. 86:420; the F distribution's quantiles give the intervals.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import fdtri

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import not_defined, ratings_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

_ROUNDING = 1e-28
"""A mean square of ratings no larger than 1 that is nothing but rounding."""
_LEAST_FREEDOM = 0.2
FORMS = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")


class IntraclassCorrelation(dict[str, float]):
    """The six coefficients by name; ``intervals`` holds their confidence intervals.

    ``targets`` were used; ``left_out`` had a missing rating.
    """

    def __init__(
        self,
        values: Mapping[str, float],
        intervals: Mapping[str, tuple[float, float]],
        targets: int,
        left_out: int,
    ) -> None:
        super().__init__(values)
        self.intervals = dict(intervals)
        self.targets = targets
        self.left_out = left_out


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    targets: int
    judges: int
    between: float
    within: float
    judge: float
    error: float


def icc(ratings: ArrayLike, *, confidence: float = 0.95) -> IntraclassCorrelation:
    """Return ICC1, ICC2, ICC3 and their k-rater forms of a table of targets x judges.

    Targets with a missing rating (NaN) are left out and counted. Raises NotDefinedError with fewer than two
    complete targets or judges, or where all targets have the same mean.
    """
    table = ratings_table(ratings, "targets x judges")
    complete = ~np.isnan(table).any(axis=1)
    used = table[complete]
    if used.shape[0] < 2 or used.shape[1] < 2:  # noqa: PLR2004 variance needs two
        raise not_defined(_("fewer than two projects were scored by the same two or more reviewers"))
    if np.ptp(used) == 0:
        raise not_defined(_("all ratings are the same"))
    squares = _mean_squares(used / np.abs(used).max())
    if squares.between < _ROUNDING:
        raise not_defined(_("all projects have the same mean, so that there is nothing to tell apart"))
    return IntraclassCorrelation(
        _coefficients(squares),
        _intervals(squares, 1 - (1 - confidence) / 2),
        used.shape[0],
        int((~complete).sum()),
    )


def spearman_brown(single: float, raters: float) -> float:
    """Return the reliability of a mean of ``raters`` from that of one (Spearman 1910, Brown 1910).

    Raises NotDefinedError where ``single`` is so far below zero that no mean of so many could have it.
    """
    below = 1 + (raters - 1) * single
    if below <= _ROUNDING:
        raise not_defined(_("reviewers differ from each other as much as projects do"))
    return raters * single / below


def reviewers_needed(single: float, target: float = 0.8) -> int | None:
    """Return how many reviewers give their mean the reliability ``target``; None where no number does.

    Raises InputError for a target outside 0..1.
    """
    if not 0 < target < 1:
        raise InputError(
            Fault(
                _("a reliability of {value} cannot be aimed at", value=f"{target:g}"),
                _("aim between 0 and 1"),
            )
        )
    if single <= 0:
        return None
    if single >= 1:
        return 1
    exact = target * (1 - single) / (single * (1 - target))
    # A value that is whole but for rounding must not ask for one more reviewer.
    return max(1, math.ceil(exact - 1e-9))


def _mean_squares(table: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> _MeanSquares:
    n, k = table.shape
    grand = table.mean()
    of_targets = k * float(((table.mean(axis=1) - grand) ** 2).sum())
    of_judges = n * float(((table.mean(axis=0) - grand) ** 2).sum())
    residual = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0, keepdims=True) + grand
    rest = float((residual**2).sum())
    return _MeanSquares(
        targets=n,
        judges=k,
        between=of_targets / (n - 1),
        within=(of_judges + rest) / (n * (k - 1)),
        judge=of_judges / (k - 1),
        error=rest / ((n - 1) * (k - 1)),
    )


def _coefficients(s: _MeanSquares) -> dict[str, float]:
    n, k = s.targets, s.judges
    shift = (s.judge - s.error) / n
    return {
        "ICC1": (s.between - s.within) / (s.between + (k - 1) * s.within),
        "ICC2": (s.between - s.error) / (s.between + (k - 1) * s.error + k * shift),
        "ICC3": (s.between - s.error) / (s.between + (k - 1) * s.error),
        "ICC1k": (s.between - s.within) / s.between,
        "ICC2k": (s.between - s.error) / _not_zero(s.between + shift),
        "ICC3k": (s.between - s.error) / s.between,
    }


def _not_zero(below: float) -> float:
    """Return the variance of a mean of the panel as it is estimated; it can come out as none at all."""
    if abs(below) < _ROUNDING:
        raise not_defined(_("reviewers differ from each other as much as projects do"))
    return below


def _intervals(s: _MeanSquares, upper_tail: float) -> dict[str, tuple[float, float]]:
    n, k = s.targets, s.judges
    low, high = _f_bounds(s.between, s.within, n - 1, n * (k - 1), upper_tail)
    low3, high3 = _f_bounds(s.between, s.error, n - 1, (n - 1) * (k - 1), upper_tail)
    single2 = _second_form_interval(s, upper_tail)
    return {
        "ICC1": (_bounded(low, k), _bounded(high, k)),
        "ICC2": single2,
        "ICC3": (_bounded(low3, k), _bounded(high3, k)),
        "ICC1k": (1 - 1 / low, 1 - 1 / high),
        "ICC2k": (_of_mean(single2[0], k), _of_mean(single2[1], k)),
        "ICC3k": (1 - 1 / low3, 1 - 1 / high3),
    }


def _of_mean(single: float, k: int) -> float:
    """Return the bound of the mean's reliability; there is none below where the single one's is too low."""
    below = 1 + (k - 1) * single
    return k * single / below if below > _ROUNDING else -math.inf


def _bounded(f: float, k: int) -> float:
    return 1.0 if math.isinf(f) else (f - 1) / (f + k - 1)


def _f_bounds(above: float, below: float, df1: int, df2: int, upper_tail: float) -> tuple[float, float]:
    if below == 0:
        return math.inf, math.inf
    f = above / below
    return f / float(fdtri(df1, df2, upper_tail)), f * float(fdtri(df2, df1, upper_tail))


def _second_form_interval(s: _MeanSquares, upper_tail: float) -> tuple[float, float]:
    """Interval of ICC2 with Satterthwaite's degrees of freedom (Shrout & Fleiss 1979, p. 424)."""
    n, k = s.targets, s.judges
    rho = _coefficients(s)["ICC2"]
    if s.error == 0:
        return (1.0, 1.0) if s.judge == 0 else (0.0, 1.0)
    ratio = s.judge / s.error
    inner = n * (1 + (k - 1) * rho) - k * rho
    below = (n - 1) * k**2 * rho**2 * ratio**2 + inner**2
    above = (k - 1) * (n - 1) * (k * rho * ratio + inner) ** 2
    freedom = max(above / below, _LEAST_FREEDOM) if below > 0 else _LEAST_FREEDOM
    f_low, f_high = float(fdtri(n - 1, freedom, upper_tail)), float(fdtri(freedom, n - 1, upper_tail))
    spread = k * s.judge + (k * n - k - n) * s.error
    return (
        n * (s.between - f_low * s.error) / (f_low * spread + n * s.between),
        n * (f_high * s.between - s.error) / (spread + n * f_high * s.between),
    )

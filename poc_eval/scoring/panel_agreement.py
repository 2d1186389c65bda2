"""How far a panel's reviewers agree, each figure with its interval or with the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import PocEvalError
from poc_eval.i18n import _
from poc_eval.scoring.agreement import (
    alpha_interval,
    concordance_interval,
    icc,
    kendall_w,
    krippendorff_alpha,
    mean_reliability_interval,
    reviewers_needed,
)
from poc_eval.scoring.panel_result import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_DECIMALS = 6
_ROUNDING = 1e-9


def agreement_of(table: NDArray[np.float64], seed: int) -> dict[str, Figure]:
    """Return alpha, the reliability of the mean and concordance of reviewers x projects.

    NaN where not scored. Who scored nothing and what nobody scored is left out.
    """
    scored = _scored(table)
    return {
        "krippendorff_alpha": alpha_of(table, seed),
        "icc_2k": _with_interval(
            _figure(lambda: icc(scored.T)["ICC2k"]), lambda: mean_reliability_interval(scored.T, seed=seed)
        ),
        "kendall_w": _with_interval(
            _figure(lambda: kendall_w(scored).w), lambda: concordance_interval(scored, seed=seed)
        ),
    }


def alpha_of(table: NDArray[np.float64], seed: int) -> Figure:
    """Return alpha of reviewers x projects, and how many reviewers make the mean reliable to 0.8.

    The number follows from ICC(2,1) where everybody scored the same projects, and from alpha, the reliability
    of a single score, where the table has gaps.
    """
    scored = _scored(table)
    found = _figure(lambda: krippendorff_alpha(scored))
    if found.value is None:
        return found
    single = None if np.isnan(scored).any() else _figure(lambda: icc(scored.T)["ICC2"]).value
    needed = reviewers_needed(found.value if single is None else single)
    return _with_interval(replace(found, needed=needed), lambda: alpha_interval(scored, seed=seed))


def _with_interval(found: Figure, work_out: Callable[[], tuple[float, float]]) -> Figure:
    if found.value is None:
        return found
    try:
        low, high = work_out()
    except PocEvalError as error:
        return replace(found, no_interval=error.faults[0].what)
    return replace(found, interval=(round(low, _DECIMALS), round(high, _DECIMALS)))


def _scored(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the table without the projects that nobody scored and the reviewers who scored nothing."""
    seen = ~np.isnan(table)
    kept = table[seen.any(axis=1)][:, seen.any(axis=0)]
    return kept if kept.size else np.full((1, 1), np.nan)


def reviewers_present(table: NDArray[np.float64]) -> int:
    """Return how many reviewers a project has on average, rounded down."""
    seen = ~np.isnan(_scored(table))
    return int(seen.sum(axis=0).mean())


def _figure(work_out: Callable[[], float]) -> Figure:
    try:
        value = work_out()
    except PocEvalError as error:
        return Figure(None, error.faults[0].what)
    if not -math.inf < value <= 1 + _ROUNDING:
        # An estimated variance came out below zero: the formula's value would mislead.
        why = _("reviewers differ from each other as much as projects do")
        return Figure(None, _("not defined, because {why}", why=why))
    return Figure(round(value, _DECIMALS))

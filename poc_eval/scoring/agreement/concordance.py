"""Kendall's coefficient of concordance W, corrected for ties.

Source: Kendall & Gibbons, Rank Correlation Methods, chapter 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc

from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import not_defined, ratings_table

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W with Friedman's chi-square test; ``objects`` were ranked by every one of ``judges``."""

    w: float
    chi2: float
    df: int
    p: float
    judges: int
    objects: int


def kendall_w(ratings: ArrayLike) -> Concordance:
    """Return W of a table of judges x objects (scores or ranks; ties share their mean rank).

    Objects that a judge left out (NaN) are left out for all. Raises NotDefinedError with fewer than two
    judges or objects, or where every judge ties everything.
    """
    table = ratings_table(ratings, "judges x objects")
    used = table[:, ~np.isnan(table).any(axis=0)]
    judges, objects = used.shape
    if judges < 2 or objects < 2:  # noqa: PLR2004 concordance needs two of each
        raise not_defined(_("fewer than two projects were scored by the same two or more reviewers"))
    ranks, ties = zip(*(mid_ranks(row) for row in used), strict=True)
    sums = np.sum(ranks, axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    room = judges**2 * (objects**3 - objects) - judges * float(sum(ties))
    if room <= 0:
        raise not_defined(_("every reviewer gave all projects the same score"))
    w = 12 * spread / room
    chi2 = judges * (objects - 1) * w
    return Concordance(w, chi2, objects - 1, float(chdtrc(objects - 1, chi2)), judges, objects)


def mid_ranks(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Return ranks from 1 up with ties at their mean, and the tie term: the sum of t^3 - t."""
    codes, sizes = np.unique(values, return_inverse=True, return_counts=True)[1:]
    ranks = np.cumsum(sizes) - (sizes - 1) / 2.0
    return ranks[codes], float((sizes**3 - sizes).sum())

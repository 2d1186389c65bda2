"""Seeded bootstrap intervals for any figure of agreement: units are drawn again with replacement.

Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, percentile interval.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import NotDefinedError
from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import not_defined, ratings_table
from poc_eval.scoring.seeded import seeded_generator

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

DRAWS = 1000
CONFIDENCE = 0.95
FEWEST_UNITS = 5
_ENOUGH = 0.95


def bootstrap_interval(
    figure: Callable[[NDArray[np.float64]], float],
    ratings: ArrayLike,
    *,
    axis: int = 1,
    draws: int = DRAWS,
    confidence: float = CONFIDENCE,
    seed: int = 0,
) -> tuple[float, float]:
    """Return the interval of ``figure(ratings)``; ``axis`` is the one that holds the units.

    Draws in which the figure is not defined are left out. Raises NotDefinedError where that is more than
    one in twenty, since the interval would then speak of the lucky draws only. The same seed gives the
    same interval.
    """
    table = ratings_table(ratings, "raters x units")
    refuse_few_units(table.shape[axis])
    generator = seeded_generator(seed)
    found: list[float] = []
    for _draw in range(draws):
        chosen = generator.integers(table.shape[axis], size=table.shape[axis])
        try:
            found.append(figure(np.take(table, chosen, axis=axis)))
        except NotDefinedError:
            continue
    return percentiles(np.array(found), draws, confidence)


def refuse_few_units(units: int) -> None:
    """Raise NotDefinedError where drawing again from so few units would only pretend to know more."""
    if units < FEWEST_UNITS:
        raise not_defined(_("there are too few units to draw from"))


def percentiles(found: NDArray[np.float64], draws: int, confidence: float) -> tuple[float, float]:
    """Return the interval of what was ``found`` in those of ``draws`` in which the figure is defined."""
    if len(found) < _ENOUGH * draws:
        raise not_defined(_("there are too few units to draw from"))
    tail = (1 - confidence) / 2
    low, high = np.quantile(found, [tail, 1 - tail])
    return float(low), float(high)

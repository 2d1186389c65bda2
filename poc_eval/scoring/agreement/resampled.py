"""The same intervals as `bootstrap_interval` gives, for all draws at once.

A draw takes every unit some number of times. What these figures need is made of sums over units, so that one
matrix of draws x units, holding how often each is taken, gives all draws in a few array operations. The same
seed draws the same units as `bootstrap_interval` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poc_eval.scoring.agreement._ratings import ratings_table
from poc_eval.scoring.agreement.intervals import CONFIDENCE, DRAWS, percentiles, refuse_few_units
from poc_eval.scoring.seeded import seeded_generator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_LARGEST_BLOCK = 4_000_000
_ROUNDING = 1e-13


def alpha_interval(
    ratings: ArrayLike, *, draws: int = DRAWS, confidence: float = CONFIDENCE, seed: int = 0
) -> tuple[float, float]:
    """Return the interval of Krippendorff's alpha at interval level of raters x units.

    Raises NotDefinedError where fewer than five units have two ratings, or too few draws tell units
    apart.
    """
    table = ratings_table(ratings, "raters x units")
    present = ~np.isnan(table)
    counts = present.sum(axis=0).astype(np.float64)
    paired = counts > 1
    refuse_few_units(int(paired.sum()))
    used = present & paired
    centred = _centred(table, used)
    counts = np.where(paired, counts, 0.0)
    sums = centred.sum(axis=0)
    mean = np.divide(sums, counts, out=np.zeros_like(sums), where=paired)
    within = (np.where(used, centred - mean, 0.0) ** 2).sum(axis=0)
    observed = 2.0 * counts * np.divide(within, counts - 1, out=np.zeros_like(sums), where=paired)
    of_units = np.column_stack([counts, sums, (centred**2).sum(axis=0), observed])
    summed = np.concatenate([times @ of_units for times in _times(table.shape[1], draws, seed)])
    size, total, squares, disagreement = summed[summed[:, 0] > 0].T
    spread = squares - total**2 / size
    varies = spread > _ROUNDING
    size, spread = size[varies], spread[varies]
    return percentiles(1.0 - disagreement[varies] * (size - 1) / (2.0 * size * spread), draws, confidence)


def mean_reliability_interval(
    ratings: ArrayLike, *, draws: int = DRAWS, confidence: float = CONFIDENCE, seed: int = 0
) -> tuple[float, float]:
    """Return the interval of ICC(2,k) of targets x judges.

    Raises NotDefinedError for too few complete targets.
    """
    table = ratings_table(ratings, "targets x judges")
    complete: NDArray[np.bool_] = np.logical_not(np.isnan(table).any(axis=1))
    judges = table.shape[1]
    refuse_few_units(int(complete.sum()) if judges > 1 else 0)
    centred = _centred(table, np.broadcast_to(complete[:, None], table.shape))
    of_units = np.column_stack(
        [complete.astype(np.float64), centred, (centred**2).sum(axis=1), centred.sum(axis=1) ** 2 / judges]
    )
    summed = np.concatenate([times @ of_units for times in _times(table.shape[0], draws, seed)])
    summed = summed[summed[:, 0] > 1]
    size, of_judges, squares, of_targets = summed[:, 0], summed[:, 1:-2], summed[:, -2], summed[:, -1]
    grand = of_judges.sum(axis=1) ** 2 / (size * judges)
    judge = (of_judges**2).sum(axis=1) / size - grand
    error = (squares - of_targets - judge) / ((size - 1) * (judges - 1))
    between = (of_targets - grand) / (size - 1)
    below = between + (judge / (judges - 1) - error) / size
    defined = (between > _ROUNDING) & (np.abs(below) > _ROUNDING)
    return percentiles((between - error)[defined] / below[defined], draws, confidence)


def concordance_interval(
    ratings: ArrayLike, *, draws: int = DRAWS, confidence: float = CONFIDENCE, seed: int = 0
) -> tuple[float, float]:
    """Return the interval of Kendall's W of judges x objects.

    Raises NotDefinedError for too few complete objects.
    """
    table = ratings_table(ratings, "judges x objects")
    complete: NDArray[np.bool_] = np.logical_not(np.isnan(table).any(axis=0))
    judges = table.shape[0]
    refuse_few_units(int(complete.sum()) if judges > 1 else 0)
    places = [np.unique(row, return_inverse=True)[1] for row in table[:, complete]]
    found: list[Floats] = []
    for every in _times(table.shape[1], draws, seed):
        times = every[:, complete]
        times = times[times.sum(axis=1) > 1]
        size = times.sum(axis=1)
        sums, ties = np.zeros_like(times), np.zeros_like(size)
        for place in places:
            groups = times @ (place[:, None] == np.arange(place.max() + 1))
            sums += (np.cumsum(groups, axis=1) - (groups - 1) / 2)[:, place]
            ties += (groups**3 - groups).sum(axis=1)
        spread = (times * (sums - judges * (size[:, None] + 1) / 2) ** 2).sum(axis=1)
        room = judges**2 * (size**3 - size) - judges * ties
        found.append(12 * spread[room > 0] / room[room > 0])
    return percentiles(np.concatenate(found), draws, confidence)


def _centred(table: Floats, used: NDArray[np.bool_]) -> Floats:
    """Return the ratings that are used about their mean, none larger than 1, and 0 for all others."""
    centred = np.where(used, table - table[used].mean(), 0.0)
    largest = float(np.abs(centred).max())
    return centred / largest if largest > 0 else centred


def _times(units: int, draws: int, seed: int) -> Iterator[Floats]:
    """Yield draws x units in blocks: how often each unit is taken."""
    generator = seeded_generator(seed)
    step = max(1, _LARGEST_BLOCK // units)
    for first in range(0, draws, step):
        part = min(step, draws - first)
        chosen = generator.integers(units, size=(part, units))
        chosen += np.arange(part)[:, None] * units
        yield np.bincount(chosen.ravel(), minlength=part * units).reshape(part, units).astype(np.float64)

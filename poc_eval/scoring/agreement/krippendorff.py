"""Krippendorff's alpha without a coincidence matrix, so that many units and many values cost little.

Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. Observed and expected disagreement
are sums of squared differences over pairs. For the interval metric such a sum is a variance; the ordinal
metric is the interval metric on mid-ranks of all pairable values; nominal needs only counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import not_defined, rated_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Disagreements = tuple[float, float]
    Metric = Callable[[NDArray[np.float64], NDArray[np.intp], NDArray[np.int64]], Disagreements]

Level = Literal["nominal", "ordinal", "interval", "ratio"]

_BLOCK = 4_000_000
_DIRECT_PAIRS = 4_000
_FEW_VALUES = 64
_STEPS_OF_SCALES = (1, 2, 4, 10)
"""How many steps to a point: whole, half, quarter and tenth marks."""
_QUADRATURE_STEP = 0.0625
_SQUARES_FIT = 2.0**400
"""Up to here, and down to its inverse, squares and their sums stay within the range of floats."""


def krippendorff_alpha(ratings: ArrayLike, level: Level = "interval") -> float:
    """Return Krippendorff's alpha of a table of raters x units, NaN where a rating is missing.

    A unit with fewer than two ratings is left out. At nominal level ratings may be words. Raises
    NotDefinedError where no unit has two ratings or all ratings are the same, InputError for an unknown level
    or, at ratio level, negative ratings.
    """
    if level not in _METRICS:
        raise InputError(
            Fault(
                _("there is no level of measurement {level}", level=level),
                _("choose one of {levels}", levels=", ".join(_METRICS)),
            )
        )
    table = _brought_near_one(rated_values(ratings, level))
    present = ~np.isnan(table)
    per_unit = present.sum(axis=0)
    pairable = per_unit > 1
    if not pairable.any():
        raise not_defined(_("no unit has two ratings"))
    found = _short_scale(table, present, pairable)
    if found is None:
        values = table.T[pairable][present.T[pairable]]
        _refuse_values(values, level)
        counts = per_unit[pairable]
        unit_of = np.repeat(np.arange(counts.size), counts)
        observed, expected = _METRICS[level](values, unit_of, counts)
        size = values.size
    else:
        distinct, in_unit = found
        _refuse_values(distinct, level)
        observed, expected = _by_counts(in_unit, _few_values_metric(level, distinct, in_unit.sum(axis=0)))
        size = int(per_unit[pairable].sum())
    return float(1.0 - observed * (size - 1) / expected)


def _brought_near_one(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the table times a power of two where squares would leave the range of floats; alpha stays."""
    largest = float(np.fmax.reduce(np.abs(table), axis=None))
    if not largest > 0 or 1 / _SQUARES_FIT < largest < _SQUARES_FIT:
        return table
    return np.ldexp(table, -int(np.frexp(largest)[1]))


def _refuse_values(values: NDArray[np.float64], level: Level) -> None:
    if values.min() == values.max():
        raise not_defined(_("all ratings are the same"))
    if level == "ratio" and values.min() < 0:
        raise InputError(
            Fault(
                _("a ratio scale has no negative values, and {value} is one", value=f"{values.min():g}"),
                _("use the interval level"),
            )
        )


def _short_scale(
    table: NDArray[np.float64], present: NDArray[np.bool_], pairable: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return the values and how often each stands in each pairable unit; None but for a short, even scale.

    Panels score on such scales, and counting them needs neither sorting nor picking values out.
    """
    low, high = float(np.fmin.reduce(table, axis=None)), float(np.fmax.reduce(table, axis=None))
    for steps in _STEPS_OF_SCALES:
        if (high - low) * steps >= _FEW_VALUES:
            return None
        first = np.round(low * steps)
        scaled = table if steps == 1 else table * steps
        with np.errstate(invalid="ignore"):  # what a missing rating is cast to is covered below
            codes = (scaled - (first - 0.5)).astype(np.uint8)
        if (((codes + first) / steps != table) & present).any():
            continue
        codes |= np.negative((~present).view(np.uint8))
        last = int(np.round(high * steps - first))
        in_unit = np.stack(
            [(codes == code).sum(axis=0, dtype=np.uint32)[pairable] for code in range(last + 1)], axis=1
        ).astype(np.float64)
        used = in_unit.any(axis=0)
        return (first + np.flatnonzero(used)) / steps, in_unit[:, used]
    return None


def _few_values_metric(
    level: Level, distinct: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the squared difference of each pair of values."""
    if level == "nominal":
        return 1.0 - np.eye(distinct.size)
    if level == "ratio":
        return _ratio_metric(distinct[:, None], distinct[None, :])
    place = distinct if level == "interval" else np.cumsum(weight) - (weight - 1) / 2.0
    metric: NDArray[np.float64] = np.subtract.outer(place, place) ** 2
    return metric


def _by_counts(in_unit: NDArray[np.float64], metric: NDArray[np.float64]) -> Disagreements:
    weight = in_unit.sum(axis=0)
    observed = ((in_unit @ metric) * in_unit).sum(axis=1) / (in_unit.sum(axis=1) - 1)
    return float(observed.sum()), float(weight @ metric @ weight)


def _nominal(
    values: NDArray[np.float64], unit_of: NDArray[np.intp], counts: NDArray[np.int64]
) -> Disagreements:
    distinct, codes, sizes = _coded(values)
    cell, times = np.unique(unit_of * distinct.size + codes, return_counts=True)
    agreeing = np.bincount(cell // distinct.size, weights=np.square(times.astype(np.float64)))
    observed = float(((np.square(counts.astype(np.float64)) - agreeing) / (counts - 1)).sum())
    return observed, float(values.size**2 - np.square(sizes).sum())


def _interval(
    values: NDArray[np.float64], unit_of: NDArray[np.intp], counts: NDArray[np.int64]
) -> Disagreements:
    """Sum squared differences over ordered pairs: twice the count times the squares about the mean."""
    centred = values - values.mean()
    means = np.bincount(unit_of, weights=centred) / counts
    within = np.bincount(unit_of, weights=(centred - means[unit_of]) ** 2)
    observed = float((2.0 * counts * within / (counts - 1)).sum())
    return observed, float(2.0 * values.size * (centred**2).sum())


def _ordinal(
    values: NDArray[np.float64], unit_of: NDArray[np.intp], counts: NDArray[np.int64]
) -> Disagreements:
    _distinct, codes, sizes = _coded(values)
    mid_rank = np.cumsum(sizes) - (sizes - 1) / 2.0
    return _interval(mid_rank[codes], unit_of, counts)


def _ratio(
    values: NDArray[np.float64], _unit_of: NDArray[np.intp], counts: NDArray[np.int64]
) -> Disagreements:
    distinct, _codes, sizes = _coded(values)
    weight = sizes.astype(np.float64)
    observed = _ratio_observed_by_pairs(values, counts)
    if distinct.size <= _DIRECT_PAIRS:
        return observed, _ratio_expected_by_pairs(distinct, weight)
    return observed, _ratio_expected_by_quadrature(distinct, weight)


def _coded(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]:
    """Return the distinct values in order, the index of each value among them, and how often each occurs."""
    low, span = values.min(), values.max() - values.min()
    if span > values.size or (values != np.floor(values)).any():
        return np.unique(values, return_inverse=True, return_counts=True)
    # Whole scores on a short scale need no sorting.
    offsets = (values - low).astype(np.intp)
    times = np.bincount(offsets)
    used = np.flatnonzero(times)
    position = np.cumsum(times > 0) - 1
    return low + used.astype(np.float64), position[offsets], times[used]


def _ratio_observed_by_pairs(values: NDArray[np.float64], counts: NDArray[np.int64]) -> float:
    starts = np.concatenate(([0], np.cumsum(counts)))
    observed = 0.0
    # Units of one size are worked together, so that the pairs are one array operation and not a loop.
    for size in np.unique(counts):
        units = np.flatnonzero(counts == size)
        step = max(1, _BLOCK // int(size) ** 2)
        for first in range(0, units.size, step):
            rows = starts[units[first : first + step], None] + np.arange(size)
            observed += _ratio_pairs(values[rows]) / (size - 1)
    return observed


def _ratio_metric(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    total = left + right
    return np.square(np.divide(left - right, total, out=np.zeros_like(total), where=total > 0))


def _ratio_pairs(rows: NDArray[np.float64]) -> float:
    return float(_ratio_metric(rows[:, :, None], rows[:, None, :]).sum())


def _ratio_expected_by_pairs(distinct: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    total = 0.0
    step = max(1, _BLOCK // distinct.size)
    for first in range(0, distinct.size, step):
        part = slice(first, first + step)
        total += float(weight[part] @ _ratio_metric(distinct[part, None], distinct[None, :]) @ weight)
    return total


def _ratio_expected_by_quadrature(distinct: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Sum over all pairs where there are too many: ((x-y)/(x+y))^2 = 1 - 4xy/(x+y)^2.

    xy/(x+y)^2 is the integral of t (x e^-tx)(y e^-ty) over t > 0, so one weighted sum a node replaces the
    square of the number of values. With t = e^s the trapezoidal rule is exact to rounding at this step
    (the integrand is analytic in a strip of half-width pi/2).
    """
    positive = distinct > 0
    x, w = distinct[positive], weight[positive]
    zero = float(weight[~positive].sum())
    nodes = np.arange(-np.log(x.max()) - 22.0, -np.log(x.min()) + 5.0, _QUADRATURE_STEP)
    total = 0.0
    for s in nodes:
        t = np.exp(s)
        total += float(t * (w @ (x * np.exp(-t * x)))) ** 2
    return float(w.sum() ** 2 - 4.0 * _QUADRATURE_STEP * total + 2.0 * zero * w.sum())


_METRICS: dict[str, Metric] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}

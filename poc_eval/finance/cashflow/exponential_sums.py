"""All real zeros of sums  a_0 exp(-u t_0) + ... + a_n exp(-u t_n), many sums at once.

A net present value is such a sum in u = log(1 + rate), for whole periods as for dates. It has at most as many
real zeros as its amounts change sign in order of time (Laguerre 1883, Oeuvres I, 3; Descartes' rule for
powers). Multiplied by exp(u s), with s between two flows of opposite sign, and differentiated, it loses that
change of sign. So after as many steps as there are changes nothing is left that could vanish, and on the way
back the zeros of one step cut the line into pieces on each of which the step before is monotone: a
comparison of signs finds every zero, and where the sum only touches zero it does so at such a cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

EPS: Final = float(np.finfo(np.float64).eps)
ROUNDING: Final = 8.0
"""A sum within this many rounding errors of its terms is zero: amounts in decimals are rounded themselves."""
ITERATIONS: Final = 200
CHUNK: Final = 4096
"""Sums worked on at once, so that the terms stay in the processor's cache."""
_SMALLEST, _LARGEST = 1e-100, 1e100


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums x terms in order of time: ``amounts`` times exp(``offset``) at ``times``; padded with nothing."""

    amounts: Floats
    offset: Floats
    times: Floats

    def __getitem__(self, rows: Indices | NDArray[np.bool_] | slice) -> Sums:
        return Sums(self.amounts[rows], self.offset[rows], self.times[rows])

    @property
    def logs(self) -> Floats:
        """The logarithms of the amounts' sizes, -inf for padding."""
        return self.sizes + self.offset

    @property
    def sizes(self) -> Floats:
        """The same without the offset, 0 for padding."""
        size = np.abs(self.amounts)
        return np.log(np.where(size > 0, size, 1.0))

    @property
    def span(self) -> Floats:
        """The time from the first flow to the last."""
        return self.times[:, -1] - self.times[:, 0]

    def lowered(self, between: Floats) -> Sums:
        """Return the sums times exp(u ``between``), differentiated."""
        product = self.amounts * (between[:, None] - self.times)
        size = np.abs(product)
        beyond = (size > 0) & ((size < _SMALLEST) | (size > _LARGEST))
        factor = np.where(beyond, size, 1.0)
        return replace(self, amounts=product / factor, offset=self.offset + np.log(factor))


def signs_changed(amounts: Floats) -> NDArray[np.int64]:
    """Return how often each row of ``amounts`` changes its sign; zeros have none."""
    last = np.zeros(amounts.shape[0])
    changes = np.zeros(amounts.shape[0], dtype=np.int64)
    for column in np.sign(amounts).T:
        changes += column * last < 0
        last = np.where(column == 0, last, column)
    return changes


def zeros(amounts: Floats, times: Floats) -> Floats:
    """Return all real zeros u of each row's sum, ascending along the last axis and padded with inf.

    ``amounts`` is rows x flows, ``times`` the same or one row for all, not descending and in any one unit.
    A zero that is touched and not crossed, within ``ROUNDING``, stands there once.
    """
    changes = signs_changed(amounts)
    found = np.full((amounts.shape[0], int(changes.max(initial=0))), np.inf)
    times = np.broadcast_to(times, amounts.shape)
    for count in np.unique(changes[changes > 0]):
        rows = np.flatnonzero(changes == count)
        for start in range(0, rows.size, CHUNK):
            some = rows[start : start + CHUNK]
            found[some, :count] = _zeros_of_alike(_packed(amounts[some], times[some]), int(count))
    return found


def _packed(amounts: Floats, times: Floats) -> Sums:
    """Return the flows that are not zero, first in each row; sizes within reach, times from the first."""
    order = np.argsort(amounts == 0, axis=1, kind="stable")
    amounts = np.take_along_axis(amounts, order, axis=1)
    times = np.take_along_axis(times, order, axis=1)
    width = int((amounts != 0).sum(axis=1).max())
    amounts, times = amounts[:, :width], times[:, :width]
    there = amounts != 0
    times = np.where(there, times, np.where(there, times, -np.inf).max(axis=1)[:, None])
    _mantissa, power = np.frexp(np.abs(amounts).max(axis=1))
    amounts = np.ldexp(amounts, -power[:, None] // 2)
    amounts = np.ldexp(amounts, -power[:, None] - (-power[:, None] // 2))
    size = np.abs(amounts)
    tiny = there & (size < _SMALLEST)
    factor = np.where(tiny, size, 1.0)
    offset = np.where(there, np.log(factor), -np.inf)
    return Sums(amounts / factor, offset, times - times[:, :1])


def _zeros_of_alike(sums: Sums, changes: int) -> Floats:
    """Return all zeros of sums that change sign equally often."""
    sign, times = np.sign(sums.amounts), sums.times
    turn = sign[:, :-1] * sign[:, 1:] < 0
    between = ((times[:, :-1] + times[:, 1:]) / 2)[turn].reshape(-1, changes)
    from_the_middle = sorted(range(changes), key=lambda place: abs(2 * place - changes + 1))
    steps = [sums]
    for place in from_the_middle[:-1]:
        steps.append(steps[-1].lowered(between[:, place]))
    cuts = np.empty((sums.amounts.shape[0], 0))
    for step in reversed(steps):
        cuts = _zeros_between(step, cuts)
    return cuts


def _zeros_between(sums: Sums, cuts: Floats) -> Floats:
    """Return the zeros of sums that are monotone, but for a factor exp(u s), between their ``cuts``."""
    low, high = _bounds(sums)
    last = (sums.amounts != 0).sum(axis=1) - 1
    left = np.sign(np.take_along_axis(sums.amounts, last[:, None], axis=1))
    right = np.sign(sums.amounts[:, :1])
    middle = np.broadcast_to(right, cuts.shape).copy()
    row, column = np.nonzero(np.isfinite(cuts))
    middle[row, column] = _sign(sums[row], cuts[row, column])
    sign = np.concatenate([left, middle, right], axis=1)
    inner = np.clip(cuts, low[:, None], high[:, None])
    ends = np.concatenate([low[:, None], inner, high[:, None]], axis=1)
    found = np.full((cuts.shape[0], 2 * cuts.shape[1] + 1), np.inf)
    row, column = np.nonzero(sign[:, :-1] * sign[:, 1:] < 0)
    found[row, column] = _crossings(sums[row], ends[row, column], ends[row, column + 1], sign[row, column])
    row, column = np.nonzero(middle == 0)
    found[row, cuts.shape[1] + 1 + column] = cuts[row, column]
    found.sort(axis=1)
    return found[:, : cuts.shape[1] + 1]


def _bounds(sums: Sums) -> tuple[Floats, Floats]:
    """Return below and above what u the last or the first term outweighs all others together."""
    logs, times = sums.logs, sums.times
    there = sums.amounts != 0
    last = there.sum(axis=1, keepdims=True) - 1
    width = np.log(last + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        above = (logs - logs[:, :1] + width) / (times - times[:, :1])
        below = (np.take_along_axis(logs, last, axis=1) - logs - width) / (times[:, -1:] - times)
    place = np.arange(logs.shape[1])
    high = np.where(there & (place > 0), above, -np.inf).max(axis=1)
    low = np.where(place < last, below, np.inf).min(axis=1)
    return low, high


@dataclass(frozen=True, slots=True)
class _Balance:
    """What the positive and the negative terms come to at u, and the slope of the log of their ratio."""

    positive: Floats
    negative: Floats
    slope: Floats
    noise: Floats

    @property
    def ratio(self) -> Floats:
        """The logarithm of positive to negative: zero where the sum is, and nearly straight in u."""
        return np.log(self.positive) - np.log(self.negative)


def _balance(sums: Sums, at: Floats) -> _Balance:
    power = sums.offset - at[:, None] * sums.times
    power -= (power + sums.sizes).max(axis=1)[:, None]
    terms = sums.amounts * np.exp(power)
    gains, losses = np.fmax(terms, 0.0), np.fmax(-terms, 0.0)
    positive, negative = gains.sum(axis=1), losses.sum(axis=1)
    slope = (losses * sums.times).sum(axis=1) / negative - (gains * sums.times).sum(axis=1) / positive
    return _Balance(positive, negative, slope, EPS * (ROUNDING + np.abs(at) * sums.span))


def _sign(sums: Sums, at: Floats) -> Floats:
    """Return the sign of each sum at its u, zero where rounding alone would explain what is left."""
    with np.errstate(invalid="ignore", divide="ignore"):
        balance = _balance(sums, at)
    left = balance.positive - balance.negative
    noise = balance.noise * (balance.positive + balance.negative)
    return np.where(np.abs(left) <= noise, 0.0, np.sign(left))


def _crossings(sums: Sums, low: Floats, high: Floats, sign: Floats) -> Floats:
    """Return where each sum crosses zero between ``low``, where it has ``sign``, and ``high``.

    Newton's method on the logarithm of the ratio of positive to negative terms, and halving where a step
    would leave the bracket or is more than half the one before.
    """
    at = (low + high) / 2
    found, step, active = at.copy(), high - low, np.arange(at.size)
    low, high = low.copy(), high.copy()
    with np.errstate(invalid="ignore", divide="ignore"):
        for _turn in range(ITERATIONS):
            balance = _balance(sums, at)
            ratio = balance.ratio
            before = np.sign(ratio) == sign
            low, high = np.where(before, at, low), np.where(before, high, at)
            newton = at - ratio / balance.slope
            good = (newton >= low) & (newton <= high) & (np.abs(newton - at) <= np.abs(step) / 2)
            settled = np.abs(ratio) <= EPS * (1 + np.abs(at) * sums.span)
            new = np.where(ratio == 0, at, np.where(good, newton, (low + high) / 2))
            new = np.where(settled & ~good, at, new)
            step, at = new - at, new
            found[active] = at
            busy = ~settled & (np.abs(step) > EPS * (np.abs(at) + 1 / sums.span))
            if not busy.any():
                break
            active, sums = active[busy], sums[busy]
            at, step, low, high, sign = at[busy], step[busy], low[busy], high[busy], sign[busy]
    return found

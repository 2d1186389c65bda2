"""The ordinary cash flow, of which its signs tell that it has one rate: many rows at once, in NumPy.

One change of sign makes one rate (Descartes). So does one change in the running totals, taken together:
those from the first flow on, which count the rates above zero, and those from the last flow back, which count
the ones below (Norstrom 1972, J. Financ. Quant. Anal. 7:1835, for both sides of zero).

Newton's method on the logarithm of money in over money out, as a function of u = log(1 + rate). It is nearly
straight: its slope is the mean time of the one less that of the other and changes by at most a quarter of the
span squared, so that a small step proves that a zero is near (Kantorovich). What does not settle goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.finance.cashflow.exponential_sums import EPS, signs_changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Balance = Callable[[Floats], tuple[Floats, Floats]]

CHUNK: Final = 4096
"""Rows worked on at once, so that they stay in the processor's cache."""
TURNS: Final = 16
SETTLED: Final = 1e-14
"""The error that may be left in u times the span; what rounding leaves is more."""
FLAT: Final = 1e-9
"""A slope by the span, below which a step proves nothing."""
FAR: Final = 300.0
"""Beyond this |u| times the span, powers may leave the range of floats."""
NOT_SETTLED: Final = np.inf


def ordinary_rates(amounts: Floats, times: Floats | None) -> Floats:
    """Return the rate of each row of ``amounts``: NaN for none, inf where the row is not an ordinary one.

    ``times`` are whole periods where None, else one ascending row for all or one for each.
    """
    found = np.empty(amounts.shape[0])
    for start in range(0, amounts.shape[0], CHUNK):
        rows = slice(start, start + CHUNK)
        if times is None:
            found[rows] = _by_period(np.ascontiguousarray(amounts[rows].T))
        else:
            some = times if times.shape[0] == 1 else times[rows]
            found[rows] = _by_time(amounts[rows], some)
    return found


def rates_told(amounts: Floats) -> NDArray[np.int64]:
    """Return how many rates the signs of each row tell: 0, 1, or more where they leave it open."""
    changes = signs_changed(amounts)
    several = np.flatnonzero(changes > 1)
    if several.size:
        rows = amounts[several]
        onward, back = np.cumsum(rows, axis=1), np.cumsum(rows[:, ::-1], axis=1)
        totals = np.concatenate([onward, back], axis=1)
        noise = EPS * rows.shape[1] * np.abs(rows).sum(axis=1, keepdims=True)
        clear = ((totals == 0) | (np.abs(totals) > noise)).all(axis=1) & (onward[:, -1] != 0)
        one = clear & (signs_changed(onward) + signs_changed(back) == 1)
        changes[several[one]] = 1
    return changes


def _by_period(columns: Floats) -> Floats:
    """Return the rates for flows at 0, 1, 2, ...; ``columns`` is periods x rows."""
    gains, losses = np.fmax(columns, 0.0), np.fmax(-columns, 0.0)

    def balance(at: Floats) -> tuple[Floats, Floats]:
        step = np.exp(-at)
        gain, gain_slope = _powers(gains, step)
        loss, loss_slope = _powers(losses, step)
        return np.log(gain / loss), step * (loss_slope / loss - gain_slope / gain)

    return _newton(balance, rates_told(columns.T), float(columns.shape[0] - 1))


def _powers(coefficients: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Return the sums of powers and their derivatives by Horner's rule."""
    value, slope = coefficients[-1].copy(), np.zeros_like(at)
    for row in coefficients[-2::-1]:
        slope *= at
        slope += value
        value *= at
        value += row
    return value, slope


def _by_time(amounts: Floats, times: Floats) -> Floats:
    """Return the rates for flows at any ascending times, one row of them or one for each row."""
    gains, losses = np.fmax(amounts, 0.0), np.fmax(-amounts, 0.0)
    times = times - times[:, :1]

    def balance(at: Floats) -> tuple[Floats, Floats]:
        weights = np.exp(-at[:, None] * times)
        gain, loss = gains * weights, losses * weights
        into, out = gain.sum(axis=1), loss.sum(axis=1)
        return np.log(into / out), (loss * times).sum(axis=1) / out - (gain * times).sum(axis=1) / into

    return _newton(balance, rates_told(amounts), times[:, -1])


def _newton(balance: Balance, changes: NDArray[np.int64], span: Floats | float) -> Floats:
    """Return where the balance is zero, by plain Newton steps from u = 0."""
    at = np.zeros(changes.size)
    ordinary = changes == 1
    settled = ~ordinary
    with np.errstate(all="ignore"):
        for _turn in range(TURNS):
            ratio, slope = balance(at)
            step = ratio / slope
            at -= step
            # Newton's error: half the step squared times the second derivative, which is at most span**2 / 4,
            # over the slope.
            steep = np.abs(slope)
            settled = ~ordinary | (((step * span) ** 2 * span < 8 * SETTLED * steep) & (steep > FLAT * span))
            if settled.all():
                break
        good = ordinary & settled & (np.abs(at) * span < FAR)
        return np.where(good, np.expm1(at), np.where(changes == 0, np.nan, NOT_SETTLED))

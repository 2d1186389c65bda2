"""When a cash flow has paid itself back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poc_eval.finance.cashflow.exponential_sums import EPS
from poc_eval.finance.cashflow.figures import broadcast_to_rows, cash_flows, discount_rates

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def payback(
    cashflows: ArrayLike, rate: ArrayLike | None = None, *, final: bool = False
) -> float | Floats | None:
    """Return after how many periods the sum of ``cashflows`` (..., periods) is no longer negative.

    Within the period in which the sum turns, money is taken to come in evenly (linear interpolation). With a
    ``rate`` a period every flow is discounted first, the first one by nothing. The first such moment; with
    ``final`` the last one, after which the sum stays up. 0 where the sum never is negative; None where it
    does not come back, NaN at that place in an array. A sum within its rounding errors is zero.
    Raises InputError for what is not a number, NotDefinedError for a single rate of -1 or less.
    """
    flows = cash_flows(cashflows)
    if rate is not None:
        periods = np.arange(flows.shape[-1], dtype=np.float64)
        with np.errstate(over="ignore", under="ignore"):
            flows = flows * np.exp(-np.log1p(broadcast_to_rows(discount_rates(rate), flows)) * periods)
    with np.errstate(invalid="ignore", over="ignore"):
        moment = _moment(flows, final=final)
    if moment.ndim == 0:
        return None if np.isnan(moment) else float(moment)
    return moment


def _moment(flows: Floats, *, final: bool) -> Floats:
    """Return the moment for each row, NaN where there is none."""
    total, size = np.cumsum(flows, axis=-1), np.cumsum(np.abs(flows), axis=-1)
    total = np.where(np.abs(total) <= EPS * flows.shape[-1] * size, 0.0, total)
    before = np.concatenate([np.zeros_like(total[..., :1]), total[..., :-1]], axis=-1)
    turns = (before < 0) & (total >= 0)
    if final:
        turns &= total[..., -1:] >= 0
        period = flows.shape[-1] - 1 - np.argmax(turns[..., ::-1], axis=-1)
    else:
        period = np.argmax(turns, axis=-1)
    turn = np.expand_dims(period, -1)
    owed, paid = np.take_along_axis(before, turn, axis=-1), np.take_along_axis(flows, turn, axis=-1)
    part = np.divide(-owed, paid, out=np.ones_like(owed), where=paid > 0)[..., 0]
    moment = np.where(turns.any(axis=-1), period - 1 + np.minimum(part, 1.0), np.nan)
    never_out = (total >= 0).all(axis=-1)
    return np.where(never_out, 0.0, moment)

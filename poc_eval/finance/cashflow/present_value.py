"""Net present value of cash flows by period and by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.finance.cashflow.figures import (
    broadcast_to_rows,
    cash_flows,
    discount_rates,
    single_if_single,
)
from poc_eval.finance.cashflow.schedule import schedule
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from poc_eval.finance.cashflow.dates import Basis, Dates

    Floats = NDArray[np.float64]


def npv(rate: ArrayLike, cashflows: ArrayLike, *, when: Literal["begin", "end"] = "begin") -> float | Floats:
    """Return the net present value of ``cashflows`` (..., periods) at ``rate`` a period.

    ``when="begin"`` leaves the first flow as it is, ``"end"`` discounts it too, as Excel's NPV does.
    ``rate`` is one number or an array that broadcasts against the leading shape. In an array, a rate of -1 or
    less, a missing one and a value too large for a float give NaN at their place. Raises NotDefinedError
    where that happens to a single rate or value, InputError for what is not a number.
    """
    if when not in ("begin", "end"):
        raise InputError(
            Fault(_("the timing {when} is not known", when=when), _("choose begin or end"), place="when")
        )
    flows, rates = cash_flows(cashflows), discount_rates(rate)
    periods = np.arange(flows.shape[-1], dtype=np.float64) + (when == "end")
    return _discounted(broadcast_to_rows(rates, flows), flows, periods)


def xnpv(rate: ArrayLike, dates: Dates, amounts: ArrayLike, *, basis: Basis = "ACT/365F") -> float | Floats:
    """Return the net present value on the earliest date of dated ``amounts`` (..., flows) at a yearly rate.

    ``dates`` in any order, one list for all rows or one date for each amount; a flow weighs
    (1 + rate) ** -years, the years counted by ``basis`` (ACT/365F as in Excel). Rates as in :func:`npv`.
    Raises InputError for dates and amounts that cannot be read or do not fit, NotDefinedError as there.
    """
    dated, rates = schedule(dates, amounts, basis), discount_rates(rate)
    return _discounted(broadcast_to_rows(rates, dated.amounts), dated.amounts, dated.years)


def _discounted(rates: Floats, flows: Floats, years: Floats) -> float | Floats:
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        terms = np.where(flows == 0, 0.0, flows * np.exp(-np.log1p(rates) * years))
        value = np.where(np.isnan(rates[..., 0]), np.nan, terms.sum(axis=-1))
    value = np.where(np.isfinite(value), value, np.nan)
    if value.ndim == 0 and np.isnan(value):
        raise NotDefinedError(
            Fault(_("the present value is too large to be written"), _("choose a rate further from -100%"))
        )
    return single_if_single(value)

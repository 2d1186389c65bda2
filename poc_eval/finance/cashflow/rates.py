"""Rates of return by period and by date: one for each row, or all of one row with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.finance.cashflow import compiled
from poc_eval.finance.cashflow.exponential_sums import zeros
from poc_eval.finance.cashflow.figures import (
    broadcast_to_rows,
    cash_flows,
    discount_rates,
    first_guess,
    single_if_single,
)
from poc_eval.finance.cashflow.ordinary import NOT_SETTLED, ordinary_rates
from poc_eval.finance.cashflow.rate_report import RateReport, rates_of, report_of
from poc_eval.finance.cashflow.schedule import schedule, together
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from poc_eval.finance.cashflow.dates import Basis, Dates

    Floats = NDArray[np.float64]


def irr(cashflows: ArrayLike, guess: float = 0.1) -> float | Floats:
    """Return the internal rate of return a period of each row of ``cashflows`` (..., periods).

    NaN where there is none; of several rates the one nearest to ``guess``, the lower of two as near (then
    :func:`irr_report` tells them all). All rates are found, however near to -1 or large, and scaling every
    flow changes nothing. Rounded to floats, so a flow that NPV = 0 touches within rounding has that one rate.
    Raises InputError for text, missing or infinite amounts, no flows, and a guess that is no rate.
    Method: :mod:`~poc_eval.finance.cashflow.ordinary`, :mod:`~poc_eval.finance.cashflow.exponential_sums`.
    """
    near, flows = first_guess(guess), cash_flows(cashflows)
    rows = flows.reshape(-1, flows.shape[-1])
    return single_if_single(_nearest(rows, None, near).reshape(flows.shape[:-1]))


def irr_report(cashflows: ArrayLike) -> RateReport:
    """Return every internal rate of return of one row of ``cashflows`` (periods,), and why not exactly one.

    Raises InputError as :func:`irr` does, and for more than one row.
    """
    flows = cash_flows(cashflows)
    _single(flows)
    return report_of(flows, np.arange(flows.size, dtype=np.float64), yearly=False)


def xirr(
    dates: Dates, amounts: ArrayLike, guess: float = 0.1, *, basis: Basis = "ACT/365F"
) -> float | Floats:
    """Return the yearly internal rate of return of each row of dated ``amounts`` (..., flows).

    ``dates`` in any order, one list for all rows or one date for each amount; years counted by ``basis``,
    ACT/365F as in Excel. NaN, several rates, scaling and rounding as in :func:`irr`. Raises InputError for
    dates and amounts that cannot be read or do not fit one another.
    """
    near, dated = first_guess(guess), schedule(dates, amounts, basis)
    return single_if_single(_nearest(*dated.rows, near).reshape(dated.amounts.shape[:-1]))


def xirr_report(dates: Dates, amounts: ArrayLike, *, basis: Basis = "ACT/365F") -> RateReport:
    """Return every yearly internal rate of return of one row of dated ``amounts``, and why not exactly one.

    Raises InputError as :func:`xirr` does, and for more than one row.
    """
    dated = schedule(dates, amounts, basis)
    _single(dated.amounts)
    return report_of(together(dated.amounts, dated.years), dated.years, yearly=True)


def mirr(cashflows: ArrayLike, finance_rate: ArrayLike, reinvest_rate: ArrayLike) -> float | Floats:
    """Return the modified internal rate of return a period of each row of ``cashflows`` (..., periods).

    What comes in is reinvested to the end at ``reinvest_rate``, what goes out is financed at
    ``finance_rate``; the rate turns the one's value at the start into the other's at the end, as Excel's
    MIRR does. NaN where no money goes out or none comes in. Raises InputError for what is not a number,
    NotDefinedError for a single rate of -1 or less; in an array such a rate gives NaN.
    """
    flows = cash_flows(cashflows)
    largest = np.abs(flows).max(axis=-1, keepdims=True)
    flows = flows / np.where(largest > 0, largest, 1.0)
    finance = broadcast_to_rows(discount_rates(finance_rate, "finance_rate"), flows)
    reinvest = broadcast_to_rows(discount_rates(reinvest_rate, "reinvest_rate"), flows)
    periods = np.arange(flows.shape[-1], dtype=np.float64)
    with np.errstate(all="ignore"):
        paid = (np.fmax(-flows, 0.0) * np.exp(-np.log1p(finance) * periods)).sum(axis=-1)
        earned = (np.fmax(flows, 0.0) * np.exp(-np.log1p(reinvest) * periods)).sum(axis=-1)
        growth = np.log(earned / paid) / periods[-1] + np.log1p(reinvest[..., 0])
        rate = np.where((paid > 0) & (earned > 0), np.expm1(growth), np.nan)
    return single_if_single(np.where(np.isfinite(rate), rate, np.nan))


def engine() -> Literal["numba", "numpy"]:
    """Return what works out the rates of many ordinary rows here: Numba where it is installed, else NumPy."""
    return "numba" if compiled.available() else "numpy"


def _nearest(rows: Floats, times: Floats | None, guess: float) -> Floats:
    """Return one rate for each row, the nearest to ``guess`` of all that it has."""
    quick = (
        compiled.compiled_rates
        if rows.shape[0] >= compiled.WORTH_IT and compiled.available()
        else ordinary_rates
    )
    rates = quick(rows, times)
    rates[rates <= -1] = np.nan  # it lies nearer to -1 than floats do
    hard = np.flatnonzero(rates == NOT_SETTLED)
    if hard.size:
        if times is None:
            times = np.arange(rows.shape[1], dtype=np.float64)[None]
        some = times if times.shape[0] == 1 else times[hard]
        every = rates_of(zeros(together(rows[hard], some), some))[1]
        every = np.concatenate([every, np.full((hard.size, 1), np.nan)], axis=1)
        distance = np.where(np.isnan(every), np.inf, np.abs(every - guess))
        rates[hard] = np.take_along_axis(every, distance.argmin(axis=1)[:, None], axis=1)[:, 0]
    return rates


def _single(flows: Floats) -> None:
    if flows.ndim > 1:
        raise InputError(
            Fault(
                _("a report is on one cash flow, and here are {rows} rows", rows=flows[..., 0].size),
                _("give one row, or use irr or xirr for all rows at once"),
            )
        )

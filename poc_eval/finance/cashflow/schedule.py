"""Dated cash flows in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.finance.cashflow.dates import calendar_days, year_fractions
from poc_eval.finance.cashflow.figures import cash_flows
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from poc_eval.finance.cashflow.dates import Basis, Dates

    Days = NDArray[np.datetime64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Amounts (..., flows) in order of time, and their years after the earliest (flows,) or (..., flows)."""

    amounts: Floats
    years: Floats

    @property
    def rows(self) -> tuple[Floats, Floats]:
        """The amounts as rows x flows, and the years as one row for all or one for each."""
        amounts = self.amounts.reshape(-1, self.amounts.shape[-1])
        return amounts, self.years.reshape(-1, self.years.shape[-1])


def schedule(dates: Dates, amounts: ArrayLike, basis: Basis) -> Schedule:
    """Return dated flows in order; the dates may come in any order.

    ``dates`` is one list for all rows of ``amounts``, or of the same shape. Raises InputError where they do
    not fit one another or cannot be read.
    """
    flows, days = cash_flows(amounts), calendar_days(dates)
    if days.shape not in {flows.shape, flows.shape[-1:]}:
        raise InputError(
            Fault(
                _(
                    "{dates} dates do not fit {amounts} amounts",
                    dates=" x ".join(map(str, days.shape)),
                    amounts=" x ".join(map(str, flows.shape)),
                ),
                _("give one date for each amount, or one list of dates for all rows"),
            )
        )
    days, flows = _in_order(days, flows)
    return Schedule(flows, year_fractions(days, basis))


def _in_order(days: Days, flows: Floats) -> tuple[Days, Floats]:
    """Return days and flows in order of time; rows that are in order already are left as they are."""
    passed = days.view(np.int64)
    astray = (passed[..., 1:] < passed[..., :-1]).any(axis=-1)
    if not astray.any():
        return days, flows
    if days.ndim == 1:
        order = np.argsort(days, kind="stable")
        return days[order], flows[..., order]
    order = np.argsort(days[astray], axis=-1, kind="stable")
    days, flows = days.copy(), flows.copy()
    days[astray] = np.take_along_axis(days[astray], order, axis=-1)
    flows[astray] = np.take_along_axis(flows[astray], order, axis=-1)
    return days, flows


def together(flows: Floats, years: Floats) -> Floats:
    """Return the flows, those of one time added to the first of them, which leaves nothing of the others."""
    same = years[..., 1:] == years[..., :-1]
    if not same.any():
        return flows
    flows = flows.copy()
    for place in range(flows.shape[-1] - 1, 0, -1):
        moved = np.where(same[..., place - 1], flows[..., place], 0.0)
        flows[..., place - 1] += moved
        flows[..., place] -= moved
    return flows

"""Every rate at which a cash flow is worth nothing, how many there are, and why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from poc_eval.finance.cashflow.exponential_sums import signs_changed, zeros
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from poc_eval.i18n import Message

    Floats = NDArray[np.float64]

Status: TypeAlias = Literal["unique", "several", "none"]
SHORT: Final = 0.25
"""Years; a yearly rate of a shorter flow says little."""
NEAR_TOTAL_LOSS: Final = 1e-6
"""One plus a rate, below which the rate's own digits no longer carry the figure."""


@dataclass(frozen=True, slots=True)
class RateReport:
    """All rates of return of one cash flow.

    ``roots``: the real ones above -1, ascending, one that is touched and not crossed once. ``growth``: one
    plus each, exact also where a rate lies next to -1. ``status``: how many there are; ``reason``: why there
    is not exactly one, None where there is; ``warnings``: what to know before a root is quoted.
    """

    roots: tuple[float, ...]
    growth: tuple[float, ...]
    status: Status
    reason: Message | None
    warnings: tuple[Message, ...]

    @property
    def rate(self) -> float | None:
        """The rate where there is exactly one."""
        return self.roots[0] if self.status == "unique" else None


def report_of(amounts: Floats, times: Floats, *, yearly: bool) -> RateReport:
    """Return the report on one row of amounts at ascending times; ``yearly`` where these are years."""
    found = zeros(amounts[None], times)[0]
    growth, roots = rates_of(found)
    said = ~np.isnan(roots)
    growth, roots = growth[said], roots[said]
    status: Status = "none" if roots.size == 0 else "unique" if roots.size == 1 else "several"
    reason = (
        _reason(amounts, times, out_of_reach=bool(np.isfinite(found).any())) if status == "none" else None
    )
    if status == "several":
        reason = _(
            "{count} rates fit this cash flow ({rates}), so none of them alone is its rate of return",
            count=roots.size,
            rates=", ".join(f"{root:.6g}" for root in roots),
        )
    warnings = _warnings(amounts, times, growth, yearly=yearly)
    return RateReport(tuple(roots.tolist()), tuple(growth.tolist()), status, reason, warnings)


def rates_of(logs: Floats) -> tuple[Floats, Floats]:
    """Return one plus the rate, and the rate, for log(1 + rate); NaN where no float holds the rate."""
    with np.errstate(over="ignore", under="ignore"):
        growth, rates = np.exp(logs), np.expm1(logs)
    return growth, np.where(np.isfinite(rates) & (rates > -1), rates, np.nan)


def _reason(amounts: Floats, times: Floats, *, out_of_reach: bool) -> Message:
    """Return why there is no rate."""
    paid = amounts[amounts != 0]
    if amounts.size > 1 and times[-1] == times[0]:
        return _("all payments fall on one day; a rate of return needs time to pass")
    if paid.size == 0:
        return _("every amount is zero, so every rate fits")
    if paid.size == 1:
        return _("there is one payment only; a rate of return needs money out and money back")
    if signs_changed(amounts[None])[0] == 0:
        goes, comes = _("money only goes out, so no rate fits"), _("money only comes in, so no rate fits")
        return goes if paid[0] < 0 else comes
    if not out_of_reach:
        return _("the payments change sign, but no rate brings their present value to zero")
    return _("the rate lies too near -100%, or is too large, to be written")


def _warnings(amounts: Floats, times: Floats, growth: Floats, *, yearly: bool) -> tuple[Message, ...]:
    """Return what to know before a root is quoted."""
    if not growth.size:
        return ()
    said = []
    when = times[amounts != 0]
    if yearly and when[-1] - when[0] < SHORT:
        said.append(_("all payments lie within three months; a yearly rate of so short a time says little"))
    if growth[0] < NEAR_TOTAL_LOSS:
        said.append(_("a rate lies next to -100%, a total loss; compare the payments instead"))
    return tuple(said)

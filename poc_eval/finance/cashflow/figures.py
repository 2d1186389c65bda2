"""Reading amounts and rates: what they must look like, and how to say that they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from poc_eval.i18n import Message

    Floats = NDArray[np.float64]

_NUMBERS: Final = frozenset("iuf")
_NOT_NUMBERS: Final = (str, bytes, bool, np.bool_, complex)


def cash_flows(values: ArrayLike) -> Floats:
    """Return ``values`` as floats, the last axis being time.

    Raises InputError for text, rows of different lengths, no flows at all, and what is missing or infinite.
    """
    flows = _numbers(
        values, _("the cash flows hold something that is not a number, or rows of unequal length")
    )
    if flows.ndim == 0 or flows.shape[-1] == 0:
        raise InputError(
            Fault(_("there is no cash flow"), _("give one amount for each period, the earliest first"))
        )
    finite = np.isfinite(flows)
    if not finite.all():
        place = [int(index) for index in np.argwhere(~finite)[0]]
        raise InputError(
            Fault(
                _("{count} cash flows are missing or infinite", count=int((~finite).sum())),
                _("give every amount, and 0 for a period in which nothing is paid"),
                place=f"cashflows{place}",
            )
        )
    return flows


def discount_rates(rate: ArrayLike, name: str = "rate") -> Floats:
    """Return rates of discount as an array, those of -100% or less and those missing as NaN.

    One single such rate is an error instead: NotDefinedError at or below -100%, InputError where it is no
    number.
    """
    rates = _numbers(rate, _("the rate is not a number"), name)
    if rates.ndim == 0:
        if not np.isfinite(rates):
            raise InputError(
                Fault(_("the rate is missing or infinite"), _("give a rate such as 0.08 for 8%"), place=name)
            )
        if rates <= -1:
            raise NotDefinedError(
                Fault(
                    _("there is no present value at a rate of {rate}", rate=f"{float(rates):.6g}"),
                    _("give a rate above -1, which is -100%"),
                    place=name,
                )
            )
    return np.where(np.isfinite(rates) & (rates > -1), rates, np.nan)


def first_guess(guess: float) -> float:
    """Return the rate near which a root is looked for; raises InputError unless it is one number above -1."""
    found = _numbers(guess, _("the guess is not a number"), "guess")
    if found.ndim or not np.isfinite(found) or found <= -1:
        raise InputError(
            Fault(
                _("the guess is not one rate above -100%"), _("give one such as 0.1 for 10%"), place="guess"
            )
        )
    return float(found)


def broadcast_to_rows(rates: Floats, flows: Floats) -> Floats:
    """Return the rates with an axis for time; raises InputError where they do not fit the rows."""
    try:
        np.broadcast_shapes(rates.shape, flows.shape[:-1])
    except ValueError:
        raise InputError(
            Fault(
                _(
                    "{rates} rates do not fit {rows} rows of cash flows",
                    rates=rates.shape,
                    rows=flows.shape[:-1],
                ),
                _("give one rate for all rows, or one for each"),
                place="rate",
            )
        ) from None
    return rates[..., None]


def single_if_single(values: Floats) -> float | Floats:
    """Return a plain float where the result has no axis left."""
    return float(values) if values.ndim == 0 else values


def _numbers(values: ArrayLike, complaint: Message, place: str | None = None) -> Floats:
    """Return ``values`` as floats; text that looks like a number is not one, nor is yes or no."""
    fault = Fault(complaint, _("give plain numbers, each row of the same length"), place=place)
    if isinstance(values, np.ma.MaskedArray):
        values = np.ma.filled(values.astype(np.float64), np.nan)
    try:
        found = np.asarray(values)
    except (TypeError, ValueError):
        raise InputError(fault) from None
    if found.dtype.kind == "O" and not any(isinstance(one, _NOT_NUMBERS) for one in found.flat):
        try:
            found = found.astype(np.float64)
        except (TypeError, ValueError, OverflowError, ArithmeticError):
            raise InputError(fault) from None
    if found.dtype.kind not in _NUMBERS:
        if found.size:
            raise InputError(fault)
        found = found.astype(np.float64)
    return found.astype(np.float64, copy=False)

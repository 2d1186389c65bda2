"""Amounts and days as a caller gives them: text, whole numbers, Decimal, or a date; never a float."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.i18n import _
from poc_eval.money import Exact, parse_money, whole_fen

if TYPE_CHECKING:
    from decimal import Decimal


def yuan(given: Exact, place: str) -> Decimal:
    """Return an amount of 0 or more in yuan; ``place`` names the field for the fault.

    Raises InputError where it is no amount in whole fen, or negative.
    """
    try:
        amount = parse_money(given) if isinstance(given, str) else whole_fen(given)
    except PocEvalError as error:
        raise InputError(*(Fault(one.what, one.remedy, place=place) for one in error.faults)) from None
    if amount < 0:
        what = _("the amount {amount} is negative", amount=f"{amount:,f}")
        raise InputError(Fault(what, _("write an amount of 0 or more"), place=place))
    return amount


def day(given: date | str, place: str) -> date:
    """Return a day given as a date or as 2026-11-20; raises InputError."""
    if type(given) is date:
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        what = _('"{text}" is not a day', text=str(given)[:40])
        raise InputError(Fault(what, _("write a date as 2026-11-20"), place=place)) from None

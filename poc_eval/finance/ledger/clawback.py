"""How much of a grant is to be given back (追回) where only a part of what was agreed was done."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.money import round_money

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.money import RoundingMode


@dataclass(frozen=True, slots=True)
class Clawback:
    """What the unit may keep of a grant and what it gives back, in yuan."""

    entitled: Decimal
    clawback: Decimal


def straight_line_clawback(
    grant: Decimal, paid: Decimal, *, passed: int, total: int, mode: RoundingMode = "half_up"
) -> Clawback:
    """Return what is given back where ``passed`` of ``total`` milestones were passed, each worth the same.

    Raises InputError where the counts or amounts do not fit together.
    """
    if not 0 <= passed <= total or total == 0:
        raise InputError(
            Fault(
                _("{passed} of {total} milestones is no part", passed=passed, total=total),
                _("give how many were passed, and how many there were"),
                place="passed",
            )
        )
    if grant < 0 or paid < 0:
        raise InputError(Fault(_("the amount is below 0"), _("correct the amount"), place="grant"))
    entitled = round_money(Fraction(grant) * passed / total, mode=mode)
    return Clawback(entitled, max(paid - entitled, 0 * paid))

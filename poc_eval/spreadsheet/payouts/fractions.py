"""Exact fractions of fen in cells: whole fen, and a remainder over one denominator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.spreadsheet.terms import Term, either, every, some, term

if TYPE_CHECKING:
    from poc_eval.money import RoundingMode
    from poc_eval.spreadsheet.payouts.columns import Columns


@dataclass(frozen=True, slots=True)
class Parts:
    """``whole + rest / under`` fen; all of a row have the same ``under``, and ``rest`` is below it."""

    whole: Term
    rest: Term

    def above(self, other: Parts) -> Term:
        """Return whether it is more than ``other``."""
        if other.rest.text == "0":
            if self.rest.text == "0":
                return self.whole > other.whole
            return some(self.whole > other.whole, every(self.whole.same(other.whole), self.rest > 0))
        return some(self.whole > other.whole, every(self.whole.same(other.whole), self.rest > other.rest))


def whole(value: Term) -> Parts:
    """Return whole fen as parts."""
    return Parts(value, term(0))


def times(columns: Columns, key: str, value: Term, over: Term, under: Term) -> Parts:
    """Return ``value * over / under``, split so that no product passes what programs hold exactly."""
    quotient = value // under
    product = columns.put(
        f"{key} product", _("remainder × numerator"), (value - quotient * under) * over, "number"
    )
    carried = product // under
    found = columns.put(f"{key} whole", _("whole fen"), quotient * over + carried)
    return Parts(found, columns.put(f"{key} rest", _("remainder"), product - carried * under, "number"))


def rounded(parts: Parts, under: Term, mode: RoundingMode) -> Term:
    """Return parts as whole fen."""
    if parts.rest.text == "0" or mode == "down":
        return parts.whole
    twice = parts.rest * 2
    if mode == "up":
        return parts.whole + either(parts.rest > 0, 1, 0)
    if mode == "half_up":
        return parts.whole + either(twice >= under, 1, 0)
    odd = (parts.whole - parts.whole // 2 * 2).same(1)
    return parts.whole + either(some(twice > under, every(twice.same(under), odd)), 1, 0)

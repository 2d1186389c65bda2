"""Figures as sentences print them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Message, _
from poc_eval.money import format_money, from_fen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal as Rate

REASON_WORDS: Final[Mapping[str, Message]] = {
    "rate": _("by rate"),
    "fixed": _("fixed amount"),
    "bracket": _("bracket"),
    "cap": _("cap"),
    "below_minimum": _("below the minimum"),
    "ineligible": _("not eligible"),
    "not_in_force": _("not in force"),
    "rule_incomplete": _("rule incomplete"),
    "matching": _("own funds"),
    "excluded_by": _("another payment"),
    "budget": _("budget"),
}
"""What each reason is called."""
_MOST_DECIMALS: Final = 6
_FEN: Final = 100


def yuan(fen: int) -> str:
    """Return fen as yuan: 1,000,000.00."""
    return format_money(from_fen(fen))


def exact_yuan(fen: Fraction) -> str:
    """Return exact fen as yuan with all their decimals; more than six end in an ellipsis."""
    scaled = fen * 10 ** (_MOST_DECIMALS - 2)
    digits = int(scaled)
    text = f"{Decimal(digits).scaleb(-_MOST_DECIMALS):,.{_MOST_DECIMALS}f}"
    if digits != scaled:
        return f"{text}…"
    whole, _point, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def percent(rate: Rate) -> str:
    """Return a rate in per cent: 30%."""
    exact = Fraction(rate) * _FEN
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"

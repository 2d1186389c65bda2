"""Exact sums and means of scores, and the one place where a score is rounded.

Scores are exact fractions until they are shown; rounding is half up (四舍五入), away from zero for what is
below zero, as it is done on paper.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.scoring.rules import TotalMethod

SHOWN_DECIMALS = 2
_MOST_DECIMALS = 12


def half_up(value: Fraction, decimals: int) -> Decimal:
    """Return ``value`` with ``decimals`` places; a half goes away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # Made from text: every other way rounds to the precision of the context.
    return Decimal(f"{'-' if value < 0 < whole else ''}{whole}e-{decimals}")


def combine(method: TotalMethod, parts: Sequence[tuple[Fraction | None, Fraction]]) -> Fraction:
    """Return what ``(weight, value)`` pairs of siblings give.

    Siblings without weights add up whatever the method; ``weighted_mean`` divides by the sum of all weights,
    ``weighted_sum`` multiplies as given.
    """
    if any(weight is None for weight, _ in parts):
        return sum((value for _, value in parts), Fraction(0))
    weighted = sum(((weight or 0) * value for weight, value in parts), Fraction(0))
    if method != "weighted_mean":
        return weighted
    return weighted / sum((weight or 0 for weight, _ in parts), Fraction(0))


def printed(value: Fraction | Decimal | int) -> str:
    """Return the shortest plain writing of ``value``: no exponent, no trailing zeros, at most 12 places."""
    exact = value if isinstance(value, Decimal) else half_up(Fraction(value), _MOST_DECIMALS)
    text = f"{exact or 0:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def printed_beside(value: Fraction, line: Fraction, decimals: int) -> str:
    """Return ``value`` at ``decimals`` places, or at as many more as show on which side of ``line`` it is.

    59.995 beside a line of 60 must not be printed as 60.00.
    """
    for places in range(decimals, _MOST_DECIMALS + 1):
        shown = half_up(value, places)
        if value == line or ((Fraction(shown) > line) == (value > line) and Fraction(shown) != line):
            return printed(shown)
    return printed(value)

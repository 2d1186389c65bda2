"""What a year's sales owe: tiers, a minimum, and royalties that are owed to others; exact."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.finance.amounts import yuan
from poc_eval.finance.least_reward import share_of
from poc_eval.money import Exact, round_money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from poc_eval.finance.licence_parts import Royalty, Sale


def royalty(
    sales: Exact,
    *,
    rate: Exact | None = None,
    tiers: Sequence[tuple[Exact | None, Exact]] | None = None,
    minimum: Exact = "0",
) -> Decimal:
    """Return the royalty on a year's ``sales`` (yuan), rounded half up to the fen.

    ``tiers``: (up to, rate) from the lowest, the last up to None; each rate holds for the sales inside its
    tier, not for all of them.  Raises InputError for negative sales and for what is no amount or share.
    """
    base = Fraction(yuan(sales, "sales"))
    steps = [
        (None if top is None else Fraction(yuan(top, f"tiers[{index}]")), share_of(share, f"tiers[{index}]"))
        for index, (top, share) in enumerate(tiers if tiers is not None else [(None, rate or 0)])
    ]
    return round_money(max(tiered(base, steps), Fraction(yuan(minimum, "minimum"))))


def stacked_rate(rate: Exact, *, third_party: Exact, offset: Exact, floor: Exact) -> Fraction:
    """Return the rate left where ``offset`` times a third party's rate comes off, never below ``floor``.

    A rate that is below the floor of itself stays as it is.
    """
    off = share_of(offset, "offset") * share_of(third_party, "third_party")
    return _less(share_of(rate, "rate"), off, share_of(floor, "floor"))


def tiered(base: Fraction, tiers: Sequence[tuple[Fraction | None, Fraction]]) -> Fraction:
    """Return what ``base`` owes over ``tiers`` (end, rate), the last without end."""
    owed, below = Fraction(0), Fraction(0)
    for top, rate in tiers:
        upper = base if top is None else min(base, top)
        owed += max(upper - below, Fraction(0)) * rate
        below = upper
    return owed


def owed(terms: Royalty, sale: Sale, margin: Decimal | None) -> Fraction:
    """Return what one year's sales owe before the minimum, under the terms of a deal."""
    base = base_of(terms, sale, margin)
    steps = [
        (None if tier.up_to is None else Fraction(tier.up_to), effective_rate(terms, tier.rate))
        for tier in terms.tiers or ()
    ]
    return tiered(base, steps or [(None, effective_rate(terms, Fraction(terms.rate or 0)))])


def base_of(terms: Royalty, sale: Sale, margin: Decimal | None) -> Fraction:
    """Return the figure of a year that the royalty is a share of; gross sales not stated are net sales."""
    if terms.of == "profit":
        return Fraction(sale.amount) * Fraction(margin or 0)
    if terms.of == "gross_sales" and sale.gross is not None:
        return Fraction(sale.gross)
    return Fraction(sale.amount)


def effective_rate(terms: Royalty, rate: Decimal | Fraction) -> Fraction:
    """Return the rate that is left of ``rate`` where royalties are owed to others too."""
    stacking = terms.stacking
    if stacking is None:
        return Fraction(rate)
    return _less(
        Fraction(rate), Fraction(stacking.offset) * Fraction(stacking.third_party), Fraction(stacking.floor)
    )


def _less(rate: Fraction, off: Fraction, floor: Fraction) -> Fraction:
    return max(rate - off, min(rate, floor))

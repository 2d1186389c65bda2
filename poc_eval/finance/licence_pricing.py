"""What the price of a deal is: by agreement, listing or auction (协议定价、挂牌交易、拍卖)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from poc_eval.i18n import _
from poc_eval.money import format_money

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.finance.licence_parts import Bid, Pricing, PricingWay
    from poc_eval.i18n import Message

PriceStanding: TypeAlias = Literal["stated", "highest", "tie", "below_reserve", "no_bids", "not_stated"]


@dataclass(frozen=True, slots=True)
class PriceFound:
    """The price in yuan and how it came about; ``price`` is None where there is none, ``says`` says why."""

    by: PricingWay
    price: Decimal | None
    standing: PriceStanding
    says: Message
    bids: tuple[Bid, ...]
    """From the highest to the lowest; equal ones in the order of the file."""
    reserve: Decimal | None


def price_found(pricing: Pricing) -> PriceFound:
    """Return the price: as stated, or the one highest bid that reaches the reserve price.

    Equal highest bids give no price, because no rule seen says who comes first. A highest bid below the
    reserve price has no effect (Auction Law, art. 50); of a listing the same is taken.
    """
    bids = tuple(sorted(pricing.bids, key=lambda bid: -bid.amount))
    price, standing, says = _result(pricing, bids)
    return PriceFound(pricing.by, price, standing, says, bids, pricing.reserve)


def _result(pricing: Pricing, bids: tuple[Bid, ...]) -> tuple[Decimal | None, PriceStanding, Message]:
    if not bids:
        return _without_bids(pricing)
    top = bids[0]
    amount = format_money(top.amount)
    if pricing.reserve is not None and top.amount < pricing.reserve:
        said = _("the highest bid of {amount} yuan is below the reserve price of {reserve} yuan: no price",
                 amount=amount, reserve=format_money(pricing.reserve))  # fmt: skip
        return None, "below_reserve", said
    equal = [bid for bid in bids if bid.amount == top.amount]
    if len(equal) > 1:
        said = _("{count} bids of {amount} yuan are the highest: no price until a further round decides",
                 count=len(equal), amount=amount)  # fmt: skip
        return None, "tie", said
    said = _("{amount} yuan, the highest of {count} bids, by {bidder}",
             amount=amount, count=len(bids), bidder=top.bidder)  # fmt: skip
    return top.amount, "highest", said


def _without_bids(pricing: Pricing) -> tuple[Decimal | None, PriceStanding, Message]:
    if pricing.price is None and pricing.by == "agreement":
        return None, "not_stated", _("the intended price is not stated")
    if pricing.price is None:
        return None, "no_bids", _("there are no bids yet")
    amount = format_money(pricing.price)
    if pricing.reserve is not None and pricing.price < pricing.reserve:
        said = _("{amount} yuan is below the reserve price of {reserve} yuan: no price",
                 amount=amount, reserve=format_money(pricing.reserve))  # fmt: skip
        return None, "below_reserve", said
    return pricing.price, "stated", _("{amount} yuan, as stated", amount=amount)

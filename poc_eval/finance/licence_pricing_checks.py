"""All rules of a deal's pricing that go beyond the type of one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.catalog.refusal import Refusal
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.licence_parts import Pricing


def pricing_refusals(pricing: Pricing) -> Iterator[Refusal]:
    """Yield everything that is wrong with how the price is found, each with its place in the deal."""
    amounts: dict[Where, Decimal | None] = {
        ("price",): pricing.price,
        ("reserve",): pricing.reserve,
        **{("bids", index, "amount"): bid.amount for index, bid in enumerate(pricing.bids)},
    }
    for place, amount in amounts.items():
        if amount is not None and amount < 0:
            yield Refusal(
                _("the amount {amount} is negative", amount=f"{amount:,f}"),
                _("write an amount of 0 or more"),
                ("pricing", *place),
            )
    yield from _bids(pricing)
    notice = pricing.notice
    if notice is not None and notice.to < notice.from_:
        yield Refusal(
            _("these dates go from {start} to {end}", start=notice.from_, end=notice.to),
            _("let the second date be the later one"),
            ("pricing", "notice", "to"),
        )


def _bids(pricing: Pricing) -> Iterator[Refusal]:
    for key in ("bids", "reserve") if pricing.by == "agreement" else ():
        if getattr(pricing, key):
            yield Refusal(
                _("bids and a reserve price belong to a listing or an auction, not to an agreement"),
                _("take them away, or change how the price is found"),
                ("pricing", key),
            )
    if pricing.bids and pricing.price is not None and pricing.by != "agreement":
        yield Refusal(
            _("the price follows from the bids and is stated as well"),
            _("keep one of them"),
            ("pricing", "price"),
        )
    bidders = [" ".join(bid.bidder.split()) for bid in pricing.bids]
    for index, name in enumerate(bidders):
        if name in bidders[:index]:
            yield Refusal(
                _('"{text}" stands here twice', text=name[:40]),
                _("write the last bid of each bidder once"),
                ("pricing", "bids", index, "bidder"),
            )

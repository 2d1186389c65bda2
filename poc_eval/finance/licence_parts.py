"""The parts of a deal file: sales, the licensee's side, a trial, and what each structure pays."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from poc_eval.catalog.fields import (
    Amount,
    Count,
    IsoDate,
    Number,
    Part,
    Ratio,
    Share,
    Words,
    YesNo,
)

RoyaltyBase: TypeAlias = Literal["net_sales", "gross_sales", "profit"]
PricingWay: TypeAlias = Literal["agreement", "listing", "auction"]
LicenceKind: TypeAlias = Literal["open", "ordinary", "sole", "exclusive", "transfer", "long_term_use"]

MOST: Final = 200


class Discount(Part):
    """The yearly rate at which what comes later is worth less."""

    rate: Ratio


class Sale(Part):
    """The sales of one year, ``at`` years after the start."""

    at: Number
    amount: Amount
    """Net sales in yuan."""
    gross: Amount | None = None
    """Gross sales, where a royalty is on them."""


class Cost(Part):
    """What the licensee spends, ``at`` years after the start."""

    at: Number
    amount: Amount


class Licensee(Part):
    """The licensee's side: without ``margin`` or ``costs`` it is not valued."""

    margin: Share | None = None
    """What is left of net sales before anything is paid to the licensor."""
    costs: tuple[Cost, ...] | None = Field(default=None, max_length=MOST)


class Trial(Part):
    """A trial before the rest: what falls later depends on it."""

    months: Count
    exit: YesNo = True
    """Whether the licensee may leave after a trial that failed, and then owes nothing more."""
    success: Share


class Tier(Part):
    """One tier of a year's sales: what lies below ``up_to`` and above the tier before pays ``rate``."""

    up_to: Amount | None = None
    rate: Share


class Stacking(Part):
    """Royalties owed to others come off in part: ``offset`` times ``third_party``, never below ``floor``."""

    third_party: Share
    offset: Share
    floor: Share


class Until(Part):
    """Until when a payment is put off: the earlier one of the two where both are given."""

    months: Count | None = None
    or_: Literal["first_revenue"] | None = Field(default=None, alias="or")


class Fixed(Part):
    """A fixed payment: a buy-out, an entry fee (入门费), an instalment."""

    kind: Literal["fixed"]
    at: Number
    amount: Amount
    paid: Share = Decimal(1)
    """The probability that it is paid when it is due."""


class Milestone(Part):
    """A payment at a milestone (里程碑) that is reached with a ``probability``."""

    kind: Literal["milestone"]
    at: Number
    amount: Amount
    probability: Share = Decimal(1)
    paid: Share = Decimal(1)


class Royalty(Part):
    """A share of each year's sales or profit (收入提成): a ``rate`` or ``tiers``, and a minimum."""

    kind: Literal["royalty"]
    of: RoyaltyBase
    rate: Share | None = None
    tiers: tuple[Tier, ...] | None = Field(default=None, min_length=1, max_length=MOST)
    minimum: Amount = Decimal(0)
    """The least for each year from the first with sales to the last of the deal (保底提成)."""
    stacking: Stacking | None = None
    paid: Share = Decimal(1)


class Deferred(Part):
    """A payment that is put off (延期支付)."""

    kind: Literal["deferred"]
    amount: Amount
    until: Until
    paid: Share = Decimal(1)


class Guarantee(Part):
    """A guarantee for what falls due after the start; it ``covers`` a share of what is not paid."""

    kind: Literal["guarantee"]
    covers: Share
    fee: Share = Decimal(0)
    """Of the guaranteed amount, once, at the start."""
    fee_by: Literal["licensee", "licensor"] = "licensee"


Payment: TypeAlias = Annotated[
    Fixed | Milestone | Royalty | Deferred | Guarantee, Field(discriminator="kind")
]


class PublicNotice(Part):
    """A public notice (公示) of name and price."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate
    days: Count | None = None
    """How long it has to stand by the institution's rule; null where not known."""
    objections: YesNo = False


class Bid(Part):
    """What somebody offers in a listing or an auction (报价)."""

    bidder: Words
    amount: Amount


class Pricing(Part):
    """How the price is found (art. 18 of the law)."""

    by: PricingWay
    price: Amount | None = None
    """The price intended by agreement (拟交易价格), or the one reached where no bids are written down."""
    reserve: Amount | None = None
    """The reserve price (底价、保留价) of a listing or an auction."""
    bids: tuple[Bid, ...] = Field(default=(), max_length=MOST)
    notice: PublicNotice | None = None
    venue: Words | None = None
    """Where it is listed or auctioned."""


class Licence(Part):
    """What is given."""

    kind: LicenceKind
    years: Count | None = None
    """How long a right of use lasts."""

"""The price of a deal by the way it is found."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from poc_eval.finance.licence_parts import Pricing
from poc_eval.finance.licence_pricing import price_found

NOTICE = {"from": "2026-03-02", "to": "2026-03-15"}


def pricing(by="auction", *amounts, **keys):
    bids = [{"bidder": f"单位{place}", "amount": amount} for place, amount in enumerate(amounts)]
    return Pricing.model_validate({"by": by, "bids": bids, **keys})


@pytest.mark.parametrize(
    ("given_", "standing", "price"),
    [
        (pricing("auction", "300万", "320万", "310万", reserve="280万"), "highest", 3200000),
        (pricing("listing", "280万", reserve="280万"), "highest", 2800000),
        (pricing("listing", "279.9999万", reserve="280万"), "below_reserve", None),
        (pricing("auction", "310万", "300万", "3100000"), "tie", None),
        (pricing("auction", "270万", "270万", reserve="280万"), "below_reserve", None),
        (pricing("auction", reserve="280万"), "no_bids", None),
        (pricing("listing", price="290万", reserve="280万"), "stated", 2900000),
        (pricing("listing", price="270万", reserve="280万"), "below_reserve", None),
        (pricing("agreement", price="300万"), "stated", 3000000),
        (pricing("agreement"), "not_stated", None),
    ],
)
def test_the_one_highest_bid_that_reaches_the_reserve_price_is_the_price(given_, standing, price):
    found = price_found(given_)
    assert (found.standing, found.price) == (standing, price)
    assert found.says.text("zh") != found.says.text("en")


def test_a_tie_says_how_many_and_how_much():
    found = price_found(pricing("auction", "310万", "300万", "3100000"))
    assert "2 bids of 3,100,000.00 yuan are the highest" in found.says.text("en")
    assert [bid.bidder for bid in found.bids] == ["单位0", "单位2", "单位1"]


@given(some.lists(some.integers(0, 50), min_size=1, max_size=8), some.integers(0, 50))
def test_a_price_beats_every_other_bid_and_no_bid_without_one_does(amounts, reserve):
    found = price_found(pricing("auction", *map(str, amounts), reserve=str(reserve)))
    winners = [
        place
        for place, amount in enumerate(amounts)
        if amount >= reserve and all(amount > other for at, other in enumerate(amounts) if at != place)
    ]
    assert found.price == (Decimal(amounts[winners[0]]) if winners else None)
    assert len(winners) <= 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"by": "agreement", "bids": [{"bidder": "甲", "amount": "1"}]}, "not to an agreement"),
        ({"by": "agreement", "reserve": "1"}, "not to an agreement"),
        ({"by": "auction", "price": "1", "bids": [{"bidder": "甲", "amount": "1"}]}, "stated as well"),
        ({"by": "auction", "bids": [{"bidder": "甲", "amount": "-1"}]}, "negative"),
        ({"by": "listing", "reserve": "-1"}, "negative"),
        ({"by": "auction", "bids": [{"bidder": one, "amount": "1"} for one in ("甲", " 甲 ")]}, "twice"),
    ],
)
def test_a_pricing_that_does_not_hold_together_is_refused(deal, keys, said):
    structures = {"a": [{"kind": "fixed", "at": "0", "amount": "5"}]}
    with pytest.raises(ValueError, match=said):
        deal(structures=structures, pricing=keys)


@pytest.mark.parametrize(
    ("notice", "by", "said"),
    [
        (NOTICE, "agreement", ["the public notice stands 14 days; 15 are asked for"]),
        ({**NOTICE, "days": "5"}, "agreement", ["the public notice stands 14 days; 15 are asked for"]),
        ({**NOTICE, "days": "20"}, "agreement", ["the public notice stands 14 days; 20 are asked for"]),
        ({**NOTICE, "to": "2026-03-16"}, "agreement", []),
        (NOTICE, "listing", ["how long the public notice has to stand is not stated"]),
        ({**NOTICE, "days": "14"}, "listing", []),
    ],
)
def test_an_agreement_is_public_for_fifteen_days_or_for_as_long_as_the_institution_asks(
    deal, notice, by, said
):
    structures = {"a": [{"kind": "fixed", "at": "0", "amount": "5"}]}
    found = deal(structures=structures, pricing={"by": by, "venue": "中技所", "notice": notice}).compare()
    told = [one for one in found.warnings if one.id == "notice_length"]
    assert [one.text.text("en") for one in told] == said
    assert all(one.source.document for one in told)
